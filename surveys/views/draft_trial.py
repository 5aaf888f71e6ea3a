"""The simulator: which questions somebody gets, in order, how many, and about how many minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting import simulating
from surveys.drafting.problems import readable
from surveys.questionnaire import Answer, Kind, Questionnaire
from surveys.views.drafts import EDIT, DraftView
from surveys.wording import language


class QuestionnaireDraftTrialView(DraftView):
    """An example person, or answers of one's own; and the questions that nobody gets."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        content = readable(self.draft().definition)
        if content is None:
            messages.warning(request, _("It can't be tried yet. Mend what is listed first."))
            return redirect(self.address("questionnaire-draft"))
        chosen = next((one for one in simulating.PEOPLE if one.code == request.GET.get("person")), None)
        given = simulating.answers_of(chosen, content) if chosen else answers_from(request, content)
        if not chosen and not given:
            chosen = simulating.PEOPLE[0]
            given = simulating.answers_of(chosen, content)
        walk = simulating.walk(content, given)
        asked = {question.code for page in walk.pages for question in page.questions}
        lang = language()
        context = self.frame() | {
            "people": [(one.code, _(one.words), one is chosen) for one in simulating.PEOPLE],
            "who": _(chosen.words) if chosen else "",
            "walk": walk,
            "pages": [
                {
                    "title": pick(page.section.title, lang),
                    "questions": [{"text": pick(one.text, lang), "code": one.code} for one in page.questions],
                }
                for page in walk.pages
            ],
            "not_asked": [pick(one.text, lang) for one in content if one.is_asked and one.code not in asked],
            "never": [(one.code, pick(one.text, lang)) for one in simulating.never_asked(content)],
            "choosable": [_choosable(one, given, lang) for one in simulating.choosable(content)],
        }
        return render(request, "surveys/questionnaire_trial.html", context)


def answers_from(request: HttpRequest, content: Questionnaire) -> dict[str, Answer]:
    """The answers that the address tells, as far as there are such."""
    found: dict[str, Answer] = {}
    for question in simulating.choosable(content):
        given = [code for code in request.GET.getlist(question.code) if code in question.position]
        if given:
            found[question.code] = tuple(given) if question.kind in (Kind.MULTIPLE, Kind.RANKING) else given[0]
    return found


def _choosable(question: Any, given: dict[str, Answer], lang: str) -> dict[str, Any]:
    chosen = given.get(question.code, ())
    codes = chosen if isinstance(chosen, tuple) else (chosen,)
    return {
        "code": question.code,
        "label": pick(question.text, lang),
        "choices": [(one.code, pick(one.text, lang), one.code in codes) for one in question.choices],
    }
