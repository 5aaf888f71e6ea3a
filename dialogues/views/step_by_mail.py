"""How a next step goes, said from a mail: no signing in, one page, one press."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from dialogues.errors import DialogueError
from dialogues.forms.next_steps import StepByMailForm
from dialogues.models import NextStep
from dialogues.services.following_up import next_step_move, next_step_update
from dialogues.services.reminding import is_owners, owner_at_work, step_named_in
from portal.tenancy.scope import scope
from portal.views import PUBLIC, PortalView


class StepByMailView(PortalView):
    """The owner's page of one step. Looking changes nothing: what reads mails for viruses opens its links too."""

    permission = PUBLIC
    step: NextStep

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = self.behind_grant(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # Django would log an answer of 400 and above with its path, and the path is the key.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    def behind_grant(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page in the scope of the step's tenant, for a link that was made for its owner of today."""
        named = step_named_in(kwargs["token"])
        if named is None:
            return self.gone(request)
        tenant_id, step_id, mark = named
        with scope(tenant_id):
            steps = NextStep.in_scope().select_related("dialogue", "owner", "tenant")
            found = steps.filter(pk=step_id).first()
            if found is None or not is_owners(found, mark) or (found.owner_id and owner_at_work(found) is None):
                return self.gone(request)
            self.step = found
            return super().dispatch(request, *args, **kwargs)

    def gone(self, request: HttpRequest) -> HttpResponse:
        """A link that leads nowhere any more."""
        return render(request, "dialogues/step_gone.html", status=404)

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
