"""The record of a dialogue: a draft to comment on, final versions, and their files."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.middleware import tenant_of
from dialogues.forms.recording import RecordCommentForm, RecordDraftForm, RecordFinishForm
from dialogues.models import Dialogue, RecordComment
from dialogues.recording.files import CONTENT_TYPES, file_name
from dialogues.recording.metadata import FORMS, as_json, as_xml, metadata_of
from dialogues.recording.reading import Shown, draft_of, files_of, rules_here, version_of, versions_of
from dialogues.selectors.attending import attended
from dialogues.services import record_mail, recording
from dialogues.views.common import REFUSALS, DialogueDeedView, DialogueView, language, signed_in


class RecordPage(DialogueView):
    """The record as it stands, also again when something sent to it was refused."""

    is_abstract = True

    def show(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        dialogue = self.dialogue()
        draft = draft_of(dialogue)
        newest = None if draft else version_of(dialogue)
        shown = draft or newest
        summary = shown.record.summary if shown else ""
        context = self.shared_context() | {
            "shown": shown,
            "versions": list(versions_of(dialogue)),
            "comments": list(RecordComment.in_scope().filter(dialogue=dialogue)) if draft else (),
            "draft_form": RecordDraftForm(initial={"summary": summary}),
            "finish_form": RecordFinishForm(),
            "comment_form": RecordCommentForm(initial={"write_key": uuid4()}),
            "rules": rules_here(),
            "attended": attended(dialogue),
        }
        return render(self.request, "dialogues/recording/record.html", context | forms, status=status)


class RecordView(RecordPage):
    """The draft where there is one, else the newest version, else how to begin."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show()


class RecordDraftView(RecordPage):
    """Takes down what the record says now."""

    permission = "dialogues.hold_dialogue"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), RecordDraftForm(request.POST)
        if not form.is_valid():
            return self.show(draft_form=form, status=422)
        department = form.cleaned_data["department"]
        try:
            job = recording.draft_make(
                dialogue=dialogue,
                lang=language(),
                by=signed_in(request),
                summary=form.cleaned_data["summary"],
                department=str(department or ""),
            )
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return self.show(draft_form=form, status=422)
        return to_job(slug, dialogue, job.pk)


class RecordFinishView(RecordPage):
    """Makes the draft final."""

    permission = "dialogues.hold_dialogue"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), RecordFinishForm(request.POST)
        if not form.is_valid():
            return self.show(finish_form=form, status=422)
        try:
            job = recording.record_finish(
                dialogue=dialogue, by=signed_in(request), changes=form.cleaned_data["changes"]
            )
        except REFUSALS as refusal:
            form.add_error("changes", str(refusal))
            return self.show(finish_form=form, status=422)
        messages.success(request, _("The record is final."))
        return to_job(slug, dialogue, job.pk)


class RecordSendView(DialogueDeedView):
    """Mails the draft, or the newest version, to those who were invited."""

    permission = "dialogues.hold_dialogue"
    leads_to = ("dialogue-record",)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        count = record_mail.record_send(dialogue=self.dialogue(), by=signed_in(request))
        return ngettext("It goes to %(count)s person.", "It goes to %(count)s people.", count) % {"count": count}


def to_job(slug: str, dialogue: Dialogue, job_id: UUID) -> HttpResponse:
    """To where the work can be watched, and from there back to the record."""
    after = reverse("dialogue-record", args=[slug, dialogue.pk])
    return redirect(f"{reverse('job-detail', args=[slug, job_id])}?vidare={after}")


class RecordCommentView(RecordPage):
    """Takes a comment of somebody with an account; who it was is not kept."""

    permission = "dialogues.view_dialogue"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), RecordCommentForm(request.POST)
        if not form.is_valid():
            return self.show(comment_form=form, status=422)
        try:
            recording.comment_add(dialogue=dialogue, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error("text", str(refusal))
            return self.show(comment_form=form, status=422)
        messages.success(request, _("Thank you. Your comment is kept without your name."))
        return self.back_to("dialogue-record")


class RecordVersionView(DialogueView):
    """One final version, as it was."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID, number: int) -> HttpResponse:
        shown = found_version(self.dialogue(), number)
        context = self.shared_context() | {"shown": shown, "versions": list(versions_of(self.dialogue()))}
        return render(request, "dialogues/recording/record_version.html", context)


def found_version(dialogue: Dialogue, number: int) -> Shown:
    """The version. Raises Http404 where there is none."""
    shown = version_of(dialogue, number) if number < 30_000 else None
    if shown is None:
        raise Http404
    return shown


class RecordFileView(DialogueView):
    """A file of a version; with `?utkast` of the draft with that number."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID, number: int, form: str) -> HttpResponse:
        return file_answer(self.dialogue(), number, form, is_draft="utkast" in request.GET)


def file_answer(dialogue: Dialogue, number: int, form: str, *, is_draft: bool) -> HttpResponse:
    """The file, to be kept under a name that says what it is. Raises Http404 where there is none."""
    shown = draft_of(dialogue) if is_draft else found_version(dialogue, number)
    if shown is None or shown.number != number or form not in CONTENT_TYPES:
        raise Http404
    found = files_of(dialogue, number, is_draft=is_draft).filter(form=form).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=CONTENT_TYPES[form])
    name = file_name(shown.record, number, form, is_draft=is_draft)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


class RecordMetadataView(DialogueView):
    """What the municipality's record system asks of a version, as JSON or XML."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID, number: int, form: str) -> HttpResponse:
        shown = found_version(self.dialogue(), number)
        if form not in FORMS:
            raise Http404
        rules, tenant = rules_here(), tenant_of(request)
        files = files_of(self.dialogue(), number, is_draft=False).values_list("form", "checksum")
        metadata = metadata_of(
            shown.record,
            identifier=f"urn:uuid:{shown.pk}",
            number=number,
            issued=shown.final_at.date().isoformat(),
            organisation_code=tenant.code,
            kept_years=rules.kept_years,
            decision=rules.decision,
            checksums=dict(files),
        )
        made = as_json(metadata) if form == "json" else as_xml(metadata)
        response = HttpResponse(made, content_type=FORMS[form])
        name = file_name(shown.record, number, form, is_draft=False)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
