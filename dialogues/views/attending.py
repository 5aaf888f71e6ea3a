"""Who is here, who keeps the notes, and who approved them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.errors import DialogueError
from dialogues.forms.attending import ApprovalForm, AttendanceForm
from dialogues.models import Dialogue
from dialogues.selectors.attending import Attended, attended
from dialogues.services.attending import attendance_note, notes_approve
from dialogues.views.common import DialogueView, ids_in, signed_in, wants_json


def attendance_forms(found: Attended) -> dict[str, Any]:
    """The two forms, filled with what was noted."""
    approved = {"approved_by": found.approved_by, "approved_on": found.approved_on}
    return {
        "attended": found,
        "attendance_form": AttendanceForm(
            people=found.people, initial=AttendanceForm.initial_of(found.noted, found.people), auto_id="here-%s"
        ),
        "approval_form": ApprovalForm(initial=approved),
    }


class AttendancePage(DialogueView):
    """Presence and approval, also again when something sent to it was refused."""

    permission = "dialogues.hold_dialogue"
    is_abstract = True

    def show(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        context = self.shared_context() | attendance_forms(attended(self.dialogue())) | forms
        context["is_held"] = self.dialogue().state == Dialogue.State.HELD
        return render(self.request, "dialogues/closing/attendance.html", context, status=status)


class AttendanceView(AttendancePage):
    """Ticks who of the list is here; from the presenter without leaving it."""

    permission = "dialogues.hold_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        form = AttendanceForm(request.POST, people=attended(dialogue).people, auto_id="here-%s")
        if form.is_valid():
            try:
                attendance_note(
                    dialogue=dialogue,
                    present=ids_in(request.POST, "present"),
                    others=form.cleaned_data["others"],
                    notes_by=form.cleaned_data["notes_by"],
                    by=signed_in(request),
                )
            except DialogueError as refusal:
                form.add_error(None, str(refusal))
        if wants_json(request):
            errors = [str(one) for found in form.errors.values() for one in found]
            return JsonResponse({"error": errors[0]}, status=422) if errors else HttpResponse(status=204)
        if form.errors:
            return self.show(attendance_form=form, status=422)
        messages.success(request, _("Saved."))
        slide = request.POST.get("bild", "")
        if slide.isdecimal():
            return redirect(reverse("dialogue-present", args=[slug, dialogue.pk]) + f"?bild={slide[:4]}")
        return self.back_to("dialogue-closing")


class NotesApproveView(AttendancePage):
    """Says who approved the notes, once the dialogue is closed."""

    permission = "dialogues.hold_dialogue"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, form = self.dialogue(), ApprovalForm(request.POST)
        if form.is_valid():
            try:
                notes_approve(dialogue=dialogue, by=signed_in(request), **form.cleaned_data)
            except DialogueError as refusal:
                form.add_error("approved_on", str(refusal))
        if form.errors:
            return self.show(approval_form=form, status=422)
        messages.success(request, _("Saved."))
        return self.back_to("dialogue-closing")
