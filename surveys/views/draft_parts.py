"""What the pages of a draft's parts share: a scale, a battery, a score, each with one form that changes it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.drafting.outline import DraftError
from surveys.drafting.posted import Posted
from surveys.drafting.texts import Definition
from surveys.services.drafts import locked_codes
from surveys.views.drafts import CONFLICT, EDIT, DraftView

REFUSED = 422


class DraftPartView(DraftView):
    """A page about one part of a draft. What can't be taken is told at its field, and nothing is saved then."""

    is_abstract = True
    permission = EDIT
    part: ClassVar[str]
    url_name: ClassVar[str]
    template: ClassVar[str]

    def get(self, request: HttpRequest, slug: str, draft_id: UUID, code: str) -> HttpResponse:
        return self.show(self.draft().definition, code, Posted(request.GET))

    def post(self, request: HttpRequest, slug: str, draft_id: UUID, code: str) -> HttpResponse:
        tried, posted = deepcopy(self.draft().definition), Posted(request.POST)
        try:
            self.write(tried, code, posted)
        except DraftError as refusal:
            self.refusal = str(refusal)
            return self.show(self.draft().definition, code, posted, REFUSED)
        if posted.refused:
            return self.show(tried, code, posted, REFUSED)
        if not self.change(lambda definition: self.write(definition, code, Posted(request.POST))):
            return self.show(tried, code, posted, CONFLICT)
        if posted.op("rows") is not None:
            # Rows that are not whole yet are in what was sent, and nowhere else.
            return self.show(self.draft().definition, code, posted)
        if posted.get("op") and self.is_there(code):
            return redirect(self.address(self.url_name, code))
        messages.success(request, _("It is saved."))
        return redirect(self.address("questionnaire-draft"))

    def write(self, definition: Definition, code: str, posted: Posted) -> None:
        """Change the part as the form has it. Raises DraftError where that can't be done."""
        raise NotImplementedError

    def context(self, definition: Definition, code: str, posted: Posted) -> dict[str, Any]:
        """What the page shows of the part. Raises DraftError where it is gone."""
        raise NotImplementedError

    def is_there(self, code: str) -> bool:
        """Whether the draft still has the part."""
        return any(one.get("code") == code for one in self.draft().definition.get(self.part, []))

    def show(self, definition: Definition, code: str, posted: Posted, status: int = 200) -> HttpResponse:
        """The page; the draft's own where the part is gone."""
        try:
            own = self.context(definition, code, posted)
        except DraftError:
            return redirect(self.address("questionnaire-draft"))
        frame = self.frame()
        context = (
            frame
            | own
            | {
                "code": code,
                "is_locked": code in locked_codes(self.draft(), self.part),
                "refused": posted.refused,
                "refusal": self.refusal,
                "own_problems": [one["words"] for one in frame["problems"] if one["about"] == (self.part, code)],
            }
        )
        return render(self.request, self.template, context, status=status)
