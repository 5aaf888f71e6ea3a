"""Questionnaires of a tenant: the one that Växtkraft brings is put in place when it is first needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from surveys.drafting.translated import in_all_languages
from surveys.models import Questionnaire, QuestionnaireVersion
from surveys.models.questionnaire_version import definition_hash
from surveys.questionnaire import read
from surveys.questionnaire.reading import CONTENT


@transaction.atomic
def questionnaire_version_add(*, definition: dict[str, Any]) -> QuestionnaireVersion:
    """Store a wording in the tenant at work, or find it there.

    Raises `surveys.questionnaire.QuestionnaireError` with every problem of a definition that can't be used,
    and ValueError for other words under a number that is taken: a version never changes.
    """
    content = read(definition)
    questionnaire = Questionnaire.objects.own().filter(code=content.code).first()
    if questionnaire is None:
        questionnaire = Questionnaire.objects.create(code=content.code, title=dict(content.title))
    spelt = definition_hash(definition)
    found: QuestionnaireVersion | None = questionnaire.versions.filter(number=content.version).first()
    if found is None:
        return QuestionnaireVersion.objects.create(
            questionnaire=questionnaire,
            number=content.version,
            definition=definition,
            definition_hash=spelt,
        )
    if found.definition_hash != spelt:
        raise ValueError(
            f"Version {content.version} of {content.code} is there with other words: raise its number."
        )
    return found


def wellbeing_version() -> QuestionnaireVersion:
    """The newest wording of the built-in questionnaire on wellbeing, in all its languages."""
    return questionnaire_version_add(definition=in_all_languages(_builtin(CONTENT / "wellbeing.json")))


def _builtin(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
