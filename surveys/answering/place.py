"""The municipality whose link somebody came by: filled in for them, and theirs to change."""

from __future__ import annotations

from datasets.cubes.text import pick
from surveys.answering.rendering import Raw
from surveys.drafting.joint_version import MUNICIPALITY, asks_of_places
from surveys.questionnaire import Questionnaire


def place_filled_in(questionnaire: Questionnaire, place: str) -> dict[str, list[str]]:
    """The answer that a municipality's link brings; none where the round has no such municipality."""
    return {MUNICIPALITY: [place]} if place_name(questionnaire, {MUNICIPALITY: [place]}, "sv") else {}


def place_name(questionnaire: Questionnaire, raw: Raw, language: str) -> str:
    """The municipality that stands filled in, by its name; nothing where none does."""
    given = raw.get(MUNICIPALITY, ())
    if not given or not asks_of_places(questionnaire):
        return ""
    choices = questionnaire.question(MUNICIPALITY).choices
    return next((pick(choice.text, language) for choice in choices if choice.code in given), "")
