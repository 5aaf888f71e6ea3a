"""Pages of questionnaires: everyone reads what is published, those who hold rounds write."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.tenancy.scope import scope
from surveys.drafting import batteries, outline, own_scores, scales
from surveys.services.drafts import questionnaire_begin
from surveys.services.questionnaires import wellbeing_version
from tests.rules.matrix.row import Row, row
from tests.world import World


def one(world: World) -> dict[str, Any]:
    """The address of a questionnaire in Alvik."""
    with transaction.atomic(), scope(world.alvik.pk):
        return {"slug": "alvik", "questionnaire_id": wellbeing_version().questionnaire_id}


def version(world: World) -> dict[str, Any]:
    """The address of a version in Alvik."""
    with transaction.atomic(), scope(world.alvik.pk):
        return {"slug": "alvik", "version_id": wellbeing_version().pk}


def draft(world: World) -> dict[str, Any]:
    """The address of a draft in Alvik."""
    with transaction.atomic(), scope(world.alvik.pk):
        made = questionnaire_begin(definition=outline.blank("egen", {"sv": "Egen"}), by=world.alma)
        return {"slug": "alvik", "draft_id": made.pk}


def question(world: World) -> dict[str, Any]:
    """The address of a question in a draft."""
    return {**draft(world), "code": "age"}


def section(world: World) -> dict[str, Any]:
    """The address of a section in a draft."""
    return {**draft(world), "code": "about"}


def scale(world: World) -> dict[str, Any]:
    """The address of a scale of one's own in a draft."""
    with transaction.atomic(), scope(world.alvik.pk):
        definition = outline.blank("egen", {"sv": "Egen"})
        code = scales.scale_add(definition, "Ofta", ["Aldrig", "Ibland", "Ofta"])
        made = questionnaire_begin(definition=definition, by=world.alma)
        return {"slug": "alvik", "draft_id": made.pk, "code": code}


def battery(world: World) -> dict[str, Any]:
    """The address of a battery in a draft."""
    with transaction.atomic(), scope(world.alvik.pk):
        definition = outline.blank("egen", {"sv": "Egen"})
        code = batteries.battery_begin(
            definition, "Stämmer det?", ["Jag sover bra.", "Jag äter."], "about", "agree5"
        )
        made = questionnaire_begin(definition=definition, by=world.alma)
        return {"slug": "alvik", "draft_id": made.pk, "code": code}


def score(world: World) -> dict[str, Any]:
    """The address of a score in a draft."""
    with transaction.atomic(), scope(world.alvik.pk):
        definition = outline.ready("egen")
        code = own_scores.score_begin(definition, "Dagarna", ["joy", "close"])
        made = questionnaire_begin(definition=definition, by=world.alma)
        return {"slug": "alvik", "draft_id": made.pk, "code": code}


#             adam alma dag fia olle vera gun bo rut cleo anyone
READERS = "   200 200 200 200 200 200 404 404 404 404 302"
MANAGERS = "  200 200 404 404 404 404 404 404 404 404 302"
DEED_ONLY = " 302 302 404 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "questionnaire-list": row(READERS),
    "questionnaire-create": row(MANAGERS),
    "questionnaire-detail": row(READERS, one),
    "questionnaire-edit": row(DEED_ONLY, one),
    "questionnaire-archive": row(DEED_ONLY, one),
    "questionnaire-version": row(READERS, version),
    "questionnaire-diff": row(READERS, version),
    "questionnaire-import": row(MANAGERS),
    "questionnaire-example": row(READERS),
    "questionnaire-version-xlsform": row(READERS, version),
    "questionnaire-draft": row(MANAGERS, draft),
    "questionnaire-draft-preview": row(MANAGERS, draft),
    "questionnaire-draft-publish": row(MANAGERS, draft),
    "questionnaire-draft-discard": row(MANAGERS, draft),
    "questionnaire-draft-bank": row(MANAGERS, draft),
    "questionnaire-draft-texts": row(MANAGERS, draft),
    "questionnaire-draft-trial": row(MANAGERS, draft),
    "questionnaire-draft-add": row(MANAGERS, draft),
    "questionnaire-draft-question": row(MANAGERS, question),
    "questionnaire-draft-section": row(MANAGERS, section),
    "questionnaire-draft-scale-add": row(MANAGERS, draft),
    "questionnaire-draft-scale": row(MANAGERS, scale),
    "questionnaire-draft-battery-add": row(MANAGERS, draft),
    "questionnaire-draft-score-add": row(MANAGERS, draft),
    "questionnaire-draft-score": row(MANAGERS, score),
    "questionnaire-draft-battery": row(MANAGERS, battery),
}
