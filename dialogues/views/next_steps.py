"""Next steps: promised in the log, followed up on the owner's start page or here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.next_steps import NextStepForm, NextStepUpdateForm, OwnerForm
from dialogues.models import NextStep
from dialogues.room.payload import step_as_json
from dialogues.selectors.next_steps import open_next_steps, possible_owners, possible_owners_outside
from dialogues.services.following_up import (
    next_step_add,
    next_step_hand_over,
    next_step_move,
    next_step_say,
    next_step_update,
)
from dialogues.views.closing_page import closing_page, is_from_closing
from dialogues.views.common import membership_of, signed_in, wants_json
from dialogues.views.logging import LogView, first_error
from portal.views import PortalView


class NextStepListView(PortalView):
    """Every promise that is not kept yet, due first."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {
            "steps": open_next_steps()[:200],
            "today": timezone.localdate(),
            "may_update": request.user.has_perm("dialogues.update_next_step", tenant_of(request)),
        }
        return render(request, "dialogues/next_step_list.html", context)


class NextStepAddView(LogView):
    """Notes who does what by when; sent again it is the same step."""

    permission = "dialogues.log_note"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        owners, invited = possible_owners(dialogue, membership_of(request)), possible_owners_outside(dialogue)
        form = NextStepForm(request.POST, owners=owners, invited=invited)
        error = "" if form.is_valid() else first_error(form)
        step = None
        if not error:
            try:
                step = next_step_add(dialogue=dialogue, by=signed_in(request), **form.cleaned_data)
            except DialogueError as refusal:
                form.add_error("text", str(refusal))
                error = str(refusal)
        if wants_json(request):
            return JsonResponse(
                {"step": step_as_json(step)} if step else {"error": error}, status=200 if step else 422
            )
        if step is None and is_from_closing(request):
            return closing_page(self, step_form=form, status=422)
        if step is None:
            return self.show(step_form=form, status=422)
        if is_from_closing(request):
            return redirect(reverse("dialogue-closing", args=[slug, dialogue_id]) + "#steps")
        return redirect(reverse("dialogue-log", args=[slug, dialogue_id]) + "#next_step")


class StepView(PortalView):
    """One step. Whoever follows up may change it, and always the one who promised it, also a guest."""

    is_abstract = True

    def step(self) -> NextStep:
        """The step that the address names, fetched once."""
        found = getattr(self, "_step", None)
        if found is None:
            steps = NextStep.in_scope().select_related("dialogue", "department", "owner")
            found = self._step = get_object_or_404(steps, pk=self.kwargs["step_id"])
        return found

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) or self.step().owner_id == signed_in(request).pk

    def owner_form(self, sent: Any = None) -> OwnerForm:
        """Who could take it on."""
        dialogue = self.step().dialogue
        owners = possible_owners(dialogue, membership_of(self.request))
        return OwnerForm(sent, owners=owners, invited=possible_owners_outside(dialogue), prefix="to")

    def show(
        self, form: NextStepUpdateForm | None = None, *, owner_form: OwnerForm | None = None, status: int = 200
    ) -> HttpResponse:
        """The page of a step, also when something sent to it needs another look."""
        step = self.step()
        context = {
            "step": step,
            "form": form or NextStepUpdateForm(initial={"to": step.state, "due_on": step.due_on}),
            "owner_form": owner_form or self.owner_form(),
            "may_make_activity": self.request.user.has_perm("dialogues.manage_activity", tenant_of(self.request)),
            "is_open": step.state in (NextStep.State.OPEN, NextStep.State.STUCK),
        }
        return render(self.request, "dialogues/next_step_update.html", context, status=status)


class NextStepUpdateView(StepView):
    """Says how a step goes."""

    permission = "dialogues.update_next_step"

    def get(self, request: HttpRequest, slug: str, step_id: UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, step_id: UUID) -> HttpResponse:
        step = self.step()
        form = NextStepUpdateForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            self.update(step, request, **form.cleaned_data)
        except DialogueError as refusal:
            messages.warning(request, str(refusal))
            return redirect("next-step-update", slug, step.pk)
        return self.back(request, slug, step)

    def update(self, step: NextStep, request: HttpRequest, *, to: str, line: str, due_on: Any) -> None:
        """Move the step on, or leave it where it stands with a line or another day."""
        by = signed_in(request)
        if to != step.state or to == NextStep.State.DONE:
            next_step_update(step=step, to=NextStep.State(to), line=line, by=by)
        elif line:
            next_step_say(step=step, line=line, by=by)
        if due_on is not None and due_on != step.due_on:
            next_step_move(step=step, due_on=due_on, by=by)
        messages.success(request, _("“%s” is done. Well done!") % step.text if to == "done" else _("Saved."))

    def back(self, request: HttpRequest, slug: str, step: NextStep) -> HttpResponse:
        """To where the button was pressed."""
        if request.POST.get("from") == "start":
            return redirect("start", slug)
        if request.POST.get("from") == "list":
            return redirect("next-step-list", slug)
        return redirect("dialogue-summary", slug, step.dialogue_id)


class NextStepHandOverView(StepView):
    """Lets somebody else take a step on: its owner has left, or has no time."""

    permission = "dialogues.update_next_step"

    def post(self, request: HttpRequest, slug: str, step_id: UUID) -> HttpResponse:
        step = self.step()
        form = self.owner_form(request.POST)
        if not form.is_valid():
            return self.show(owner_form=form, status=422)
        try:
            next_step_hand_over(step=step, by=signed_in(request), **form.cleaned_data)
        except DialogueError as refusal:
            messages.warning(request, str(refusal))
            return redirect("next-step-update", slug, step.pk)
        step.refresh_from_db(fields=["owner_name"])
        messages.success(request, _("%s takes the step on, and gets word of it.") % step.owner_name)
        return redirect("next-step-list", slug)
