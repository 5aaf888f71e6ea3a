"""Drafts of questionnaires: begun, changed, undone, discarded. Publishing is in `questionnaires`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.drafting import outline
from surveys.drafting.codes import code_of
from surveys.drafting.conditions import modern
from surveys.drafting.outline import DraftError
from surveys.drafting.texts import Definition, within_languages
from surveys.errors import SurveysError
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireDraftStep, QuestionnaireVersion

KEPT_STEPS = 50
LARGEST = 400_000
"""Characters of a definition: far above what anyone writes, and far below what would trouble a page."""
MOST_QUESTIONS = 150

LOCAL_SECTION = "local"
PARTS = ("sections", "questions", "scales", "batteries", "scores")
"""What a definition is made of."""


class DraftMoved(SurveysError):
    """Somebody else, or the same person in another tab, has changed the draft since the page was opened."""


@transaction.atomic
def questionnaire_begin(
    *,
    definition: Definition,
    by: User | None,
    based_on: QuestionnaireVersion | None = None,
    builds_on: Questionnaire | None = None,
) -> QuestionnaireDraft:
    """A new questionnaire of the tenant, as a draft. Its code is made free where it is taken."""
    taken = set(Questionnaire.objects.own().values_list("code", flat=True))
    code = code_of(str(definition.get("code", "")), taken, "enkat")
    definition = definition | {"code": code, "version": 1}
    questionnaire = Questionnaire.objects.create(code=code, title=definition["title"], builds_on=builds_on)
    return _begin(questionnaire, definition, based_on, by)


@transaction.atomic
def questionnaire_extend(
    *, version: QuestionnaireVersion, title: Mapping[str, str], by: User
) -> QuestionnaireDraft:
    """One's own questions at the end of a questionnaire that the region shares, which stays as it is."""
    definition = deepcopy(version.definition)
    taken = {section["code"] for section in definition["sections"]}
    code = code_of(LOCAL_SECTION, taken, LOCAL_SECTION)
    languages = definition["languages"]
    words = {lang: said for lang, said in title.items() if lang in languages}
    definition["format"] = outline.FORMAT
    definition["sections"].append({"code": code, "title": words})
    return questionnaire_begin(definition=definition, by=by, based_on=version, builds_on=version.questionnaire)


@transaction.atomic
def draft_begin(*, questionnaire: Questionnaire, by: User) -> QuestionnaireDraft:
    """The draft of the next version: the one there is, or a new one with the newest version's questions."""
    found = QuestionnaireDraft.in_scope().filter(questionnaire=questionnaire).first()
    if found is not None:
        return found
    latest = questionnaire.versions.order_by("-number").first()
    if latest is None:
        raise DraftError(_("There is no version to begin from."))
    definition = deepcopy(latest.definition) | {"format": outline.FORMAT, "version": latest.number + 1}
    return _begin(questionnaire, definition, latest, by)


@transaction.atomic
def draft_change(
    *, draft: QuestionnaireDraft, revision: int, by: User, change: Callable[[Definition], object]
) -> QuestionnaireDraft:
    """Change the draft by a function of its definition, if it still is as it was at `revision`.

    Raises DraftMoved where it is not, and DraftError where the change can't be done; then nothing is changed.
    """
    locked = QuestionnaireDraft.in_scope().select_for_update().get(pk=draft.pk)
    changed = deepcopy(locked.definition)
    change(changed)
    if changed == locked.definition:
        # What saves itself may have been there first with the very same words: that is no conflict.
        return locked
    if locked.revision != revision:
        raise DraftMoved(
            _("The draft was changed elsewhere, perhaps in another tab. Look at how it is now, and try again.")
        )
    if len(changed["questions"]) > MOST_QUESTIONS or len(str(changed)) > LARGEST:
        raise DraftError(_("The questionnaire would be too large. Nobody finishes one that long."))
    _check_locked(locked, changed)
    QuestionnaireDraftStep.objects.create(draft=locked, revision=locked.revision, definition=locked.definition)
    _forget_old_steps(locked)
    return _store(locked, changed, by)


@transaction.atomic
def draft_undo(*, draft: QuestionnaireDraft, revision: int, by: User) -> QuestionnaireDraft:
    """Take the last change back. Raises DraftMoved as `draft_change`, DraftError where no step is left."""
    locked = QuestionnaireDraft.in_scope().select_for_update().get(pk=draft.pk)
    if locked.revision != revision:
        raise DraftMoved(
            _("The draft was changed somewhere else. Look at how it is now before you undo anything.")
        )
    step = QuestionnaireDraftStep.in_scope().filter(draft=locked).first()
    if step is None:
        raise DraftError(_("There is nothing left to undo."))
    definition = step.definition
    step.delete()
    return _store(locked, definition, by)


@transaction.atomic
def draft_discard(*, draft: QuestionnaireDraft, by: User) -> None:
    """Throw the draft away; published versions stay. A questionnaire without any goes with it."""
    questionnaire = draft.questionnaire
    record("questionnaire.draft_discarded", target=questionnaire, by=by)
    draft.delete()
    if not questionnaire.versions.exists():
        questionnaire.archived_at = timezone.now()
        questionnaire.save(update_fields=["archived_at"])


def locked_codes(draft: QuestionnaireDraft, *parts: str) -> frozenset[str]:
    """The questions and sections that are the region's, in a questionnaire that builds on one of theirs.

    `parts` asks for others: "scales", "batteries" or "scores".
    """
    locked = locked_parts(draft)
    return frozenset().union(*(locked[part] for part in parts or ("sections", "questions")))


def locked_parts(draft: QuestionnaireDraft) -> dict[str, frozenset[str]]:
    """The codes of all that is the region's, by the part of the definition that it stands in."""
    shared, based_on = draft.questionnaire.builds_on_id, draft.based_on
    if shared is None or based_on is None:
        return dict.fromkeys(PARTS, frozenset())
    theirs = [version.definition for version in QuestionnaireVersion.objects.filter(questionnaire_id=shared)]
    return {
        part: frozenset({code for one in theirs for code in _codes(one, part)} & _codes(based_on.definition, part))
        for part in PARTS
    }


def _codes(definition: Definition, part: str) -> set[str]:
    return {one["code"] for one in definition.get(part, [])}


def _check_locked(draft: QuestionnaireDraft, changed: Definition) -> None:
    """What is the region's stays word for word; only translations into further languages may be added."""
    locked = locked_parts(draft)
    if not any(locked.values()) or draft.based_on is None:
        return
    languages = draft.based_on.definition["languages"]

    def theirs(definition: Definition) -> list[Any]:
        parts = {key: deepcopy(definition.get(key, [])) for key in PARTS}
        within_languages(parts, languages)
        return [one for key, part in parts.items() for one in part if one["code"] in locked[key]]

    if theirs(changed) != theirs(draft.definition):
        raise DraftError(_("These questions are the region's and stay as they are. Yours stand after them."))


def _begin(
    questionnaire: Questionnaire, definition: Definition, based_on: QuestionnaireVersion | None, by: User | None
) -> QuestionnaireDraft:
    draft: QuestionnaireDraft = QuestionnaireDraft.objects.create(
        questionnaire=questionnaire,
        based_on=based_on,
        definition=modern(deepcopy(definition)),
        created_by=by,
        changed_by=by,
    )
    record("questionnaire.draft_begun", target=questionnaire, by=by)
    return draft


def _store(draft: QuestionnaireDraft, definition: Definition, by: User) -> QuestionnaireDraft:
    draft.definition, draft.changed_at, draft.changed_by = definition, timezone.now(), by
    draft.revision += 1
    draft.save(update_fields=["definition", "revision", "changed_at", "changed_by"])
    return draft


def _forget_old_steps(draft: QuestionnaireDraft) -> None:
    kept = QuestionnaireDraftStep.in_scope().filter(draft=draft).values_list("pk", flat=True)[:KEPT_STEPS]
    QuestionnaireDraftStep.in_scope().filter(draft=draft).exclude(pk__in=list(kept)).delete()
