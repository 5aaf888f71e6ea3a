"""A round whose questionnaire has every kind of question, in three languages, for browsers to answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.tenancy.scope import scope
from surveys.models import QuestionnaireVersion, SurveyRound
from surveys.services.questionnaires import questionnaire_version_add
from tests.rounds import open_round
from tests.unit.surveys.every_kind import every_kind
from tests.world import World

ARABIC = "نص"


def trilingual(value: Any) -> Any:
    """The same definition with English, and a language from right to left, beside each Swedish text."""
    if isinstance(value, dict):
        if set(value) == {"sv"}:
            return {"sv": value["sv"], "en": f"In English: {value['sv']}", "ar": f"{ARABIC} {value['sv']}"}
        return {key: trilingual(child) for key, child in value.items()}
    return [trilingual(child) for child in value] if isinstance(value, list) else value


def version_of_every_kind(world: World, *, scored: bool = False) -> QuestionnaireVersion:
    """The questionnaire; with `scored` a question depends on a score, so that pages come from the server."""
    definition = {**trilingual(every_kind()), "languages": ["sv", "en", "ar"]}
    for question in definition["questions"]:
        if question["code"] == "joys":
            question["shuffle"] = True
        if question["code"] == "life":
            question["sensitive"] = True
    if not scored:
        definition["questions"] = [each for each in definition["questions"] if each["code"] != "low"]
    with transaction.atomic(), scope(world.alvik.pk):
        return questionnaire_version_add(definition=definition)


def open_round_of_every_kind(world: World, *, scored: bool = False) -> SurveyRound:
    """A round about it, open in Alvik."""
    return open_round(world, version=version_of_every_kind(world, scored=scored))
