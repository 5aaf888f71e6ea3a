"""How a next step goes, said from a mail: no signing in, one page, one press."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogues.errors import DialogueError
from dialogues.forms.next_steps import StepByMailForm
from dialogues.models import NextStep
from dialogues.services.following_up import next_step_move, next_step_update
from dialogues.services.reminding import is_owners, owner_at_work, step_named_in
from dialogues.views.by_mail import ByMailView
from portal.views import PUBLIC


class StepByMailView(ByMailView):
    """The owner's page of one step."""

    permission = PUBLIC
    step: NextStep
    gone_template = "dialogues/step_gone.html"

    def named_in(self, token: str) -> tuple[UUID, UUID, str] | None:
        return step_named_in(token)

    def find(self, object_id: UUID, mark: str) -> bool:
        """The step, while the link's owner owns it and is here."""
        steps = NextStep.in_scope().select_related("dialogue", "owner", "tenant")
        found = steps.filter(pk=object_id).first()
        if found is None or not is_owners(found, mark) or (found.owner_id and owner_at_work(found) is None):
            return False
        self.step = found
        return True

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(request, StepByMailForm(initial={"due_on": self.step.due_on}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = StepByMailForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        sent, by = form.cleaned_data, self.step.owner
        try:
            if sent["to"] == StepByMailForm.MOVED:
                next_step_move(step=self.step, due_on=sent["due_on"], by=by, line=sent["line"])
            else:
                next_step_update(step=self.step, to=NextStep.State(sent["to"]), by=by, line=sent["line"])
        except DialogueError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=422)
        self.step.refresh_from_db()
        return self.show(request, StepByMailForm(initial={"due_on": self.step.due_on}), said=sent["to"])

    def show(
        self, request: HttpRequest, form: StepByMailForm, *, said: str = "", status: int = 200
    ) -> HttpResponse:
        is_over = self.step.state in (NextStep.State.DONE, NextStep.State.DROPPED)
        context = {"step": self.step, "form": form, "said": said, "is_over": is_over}
        return render(request, "dialogues/step_by_mail.html", context, status=status)
