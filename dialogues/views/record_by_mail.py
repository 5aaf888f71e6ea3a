"""A record opened from a mail, without an account: read, commented on while it is a draft, taken along."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dialogues.forms.recording import RecordCommentForm
from dialogues.models import Dialogue
from dialogues.recording.reading import Shown, draft_of, version_of
from dialogues.services.record_mail import record_named_in
from dialogues.services.recording import comment_add
from dialogues.views.by_mail import ByMailView
from dialogues.views.common import REFUSALS
from dialogues.views.recording import file_answer
from portal.views import PUBLIC


class RecordMailed(ByMailView):
    """The draft or the version that went out. A draft that was made anew opens as it is now."""

    is_abstract = True
    gone_template = "dialogues/recording/record_gone.html"
    dialogue: Dialogue
    shown: Shown

    def named_in(self, token: str) -> tuple[UUID, UUID, str] | None:
        return record_named_in(token)

    def find(self, object_id: UUID, mark: str) -> bool:
        dialogue = Dialogue.in_scope().select_related("tenant").filter(pk=object_id).first()
        if dialogue is None:
            return False
        kind, _space, number = mark.partition(" ")
        wanted = int(number) if number.isdecimal() else 0
        shown = draft_of(dialogue) if kind == "draft" else version_of(dialogue, wanted)
        if shown is None or shown.number != wanted:
            return False
        self.dialogue, self.shown = dialogue, shown
        return True


class RecordByMailView(RecordMailed):
    """The page; a comment is kept without anybody's name."""

    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = RecordCommentForm(request.POST)
        if not form.is_valid():
            return self.show(request, form=form, status=422)
        try:
            comment_add(dialogue=self.dialogue, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error("text", str(refusal))
            return self.show(request, form=form, status=422)
        return self.show(request, is_said=True)

    def show(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "dialogue": self.dialogue,
            "shown": self.shown,
            "form": RecordCommentForm(initial={"write_key": uuid4()}),
            "token": self.kwargs["token"],
        }
        return render(request, "dialogues/recording/record_by_mail.html", context | more, status=status)


class RecordFileByMailView(RecordMailed):
    """The PDF of what went out."""

    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if "pdf" not in self.shown.forms:
            raise Http404
        return file_answer(self.dialogue, self.shown.number, "pdf", is_draft=self.shown.is_draft)
