"""Making a slide that is no chart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.selectors.voices import voices_in_use
from dialogues.errors import DialogueError
from dialogues.forms.slides import FORMS
from dialogues.models import Slide
from dialogues.services.slides import picture_read, slide_make
from dialogues.views.common import DialogueView, signed_in

MOST_VOICES = 30


class SlideMakeView(DialogueView):
    """A form a kind (`?slag=picture`), with the others a click away."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show(request, self.form_of())

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), self.form_of(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):
            form.add_error(None, _("The file is too large to be received. Save it smaller and try again."))
        if not form.is_valid():
            return self.show(request, form, status=422)
        details = dict(form.cleaned_data)
        details.pop("is_safe", None)
        try:
            if "picture" in details:
                details["picture"] = picture_read(details["picture"].read())
            slide_make(dialogue=dialogue, kind=self.kind(), by=signed_in(request), **details)
        except DialogueError as refusal:
            form.add_error("picture", str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("“%s” is in the deck.") % details["heading"])
        return self.back_to("dialogue-prepare", "data")

    def kind(self) -> Slide.Kind:
        """The kind that the address asks for; a picture without one. Raises Http404 for an unknown one."""
        asked = self.request.GET.get("slag", Slide.Kind.PICTURE)
        if asked not in FORMS:
            raise Http404
        return Slide.Kind(asked)

    def form_of(self, posted: Any = None, files: Any = None) -> forms.Form:
        """The form of the kind."""
        kind = self.kind()
        options: dict[str, Any] = {}
        if kind == Slide.Kind.VOICE:
            options["voices"] = (
                voices_in_use(tenant_of(self.request))[:MOST_VOICES]
                if posted is None
                else (voices_in_use(tenant_of(self.request)))
            )
        return FORMS[kind](posted, files, **options)

    def show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        context = self.shared_context() | {
            "form": form,
            "kind": self.kind(),
            "kinds": [(kind.value, kind.label) for kind in Slide.Kind if kind in FORMS],
        }
        return render(request, "dialogues/slide_make.html", context, status=status)
