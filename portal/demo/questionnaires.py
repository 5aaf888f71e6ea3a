"""The demo's questionnaires: one that the region shares, and a municipality's draft that adds to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope
from surveys.drafting import outline
from surveys.drafting.posted_questions import fresh
from surveys.models import QuestionnaireDraft
from surveys.services.drafts import LOCAL_SECTION, draft_change, questionnaire_begin, questionnaire_extend
from surveys.services.publishing_questionnaires import draft_publish

SHARED = {"sv": "Ungas vardag i länet", "en": "Young people's everyday life in the county"}
FROM_THE_BANK = ("lonely", "stay_here")
LOCAL = {"sv": "Frågor från Ekstavik", "en": "Questions from Ekstavik"}
MEETING_PLACE: dict[str, Any] = {
    "text": {"sv": "Var vill du helst träffa andra?", "en": "Where would you most like to meet others?"},
    "label": {"sv": "Mötesplats", "en": "Meeting place"},
    "choices": [
        {"code": "outdoors", "text": {"sv": "Utomhus", "en": "Outdoors"}},
        {"code": "youth_centre", "text": {"sv": "På fritidsgården", "en": "At the youth centre"}},
        {"code": "library", "text": {"sv": "På biblioteket", "en": "At the library"}},
        {"code": "elsewhere", "text": {"sv": "Någon annanstans", "en": "Somewhere else"}, "specify": True},
    ],
}


def draw_up_questionnaires(demo: Demo) -> QuestionnaireDraft:
    """The region publishes one for all its municipalities; Ekstavik has begun to add a question of its own."""
    region, rut = demo.region, demo.people["Rut"]
    with working_as("web"), transaction.atomic(), scope(region.pk):
        definition = outline.ready("ungas_vardag", SHARED)
        for code in FROM_THE_BANK:
            outline.bank_add(definition, code, "others")
        begun = questionnaire_begin(definition=definition, by=rut)
        shared = draft_publish(draft=begun, revision=begun.revision, by=rut, tenant=region, shared=True)
    code, tenant = next(iter(demo.municipalities.items()))
    by = demo.first_in(code)
    with working_as("web"), transaction.atomic(), scope(tenant.pk):
        draft = questionnaire_extend(version=shared, title=LOCAL, by=by)
        question = fresh("single") | MEETING_PLACE
        return draft_change(
            draft=draft,
            revision=draft.revision,
            by=by,
            change=lambda changed: outline.question_add(changed, question, LOCAL_SECTION),
        )
