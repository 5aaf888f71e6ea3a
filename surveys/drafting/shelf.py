"""The questionnaires that a tenant can use: its own, those its region shares, and the ready one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.drafting import bank, simulating
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireVersion
from surveys.questionnaire import Kind, wellbeing
from surveys.questionnaire import Questionnaire as Content

READY_CODE = "wellbeing"


@dataclass(frozen=True)
class Size:
    """How many questions there are, and about how many minutes they take."""

    questions: int
    minutes: int


@dataclass(frozen=True)
class Entry:
    """A questionnaire with its newest version and its draft, where there are such."""

    questionnaire: Questionnaire
    latest: QuestionnaireVersion | None
    draft: QuestionnaireDraft | None

    @property
    def size(self) -> Size | None:
        """The size of the newest version."""
        return size_of(self.latest.content) if self.latest else None


@dataclass(frozen=True)
class Shelf:
    """What the list page shows."""

    own: list[Entry]
    shared: list[Entry]
    archived: list[Entry]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing beside the ready questionnaire."""
        return not (self.own or self.shared or self.archived)


def size_of(content: Content) -> Size:
    """How large a questionnaire is for the one who is asked the most."""
    asked = sum(question.kind not in (Kind.INFO, Kind.CALCULATED) for question in content)
    return Size(asked, simulating.minutes(content))


def ready_size() -> Size:
    """The size of the questionnaire that Växtkraft brings."""
    return size_of(wellbeing())


def shelf() -> Shelf:
    """Everything the tenant at work may use, in four queries."""
    own = list(Questionnaire.objects.own().filter(is_composed=False))
    mine = {one.pk for one in own}
    others = Questionnaire.objects.filter(archived_at=None, is_composed=False)
    shared = [one for one in others if one.pk not in mine]
    latest = _latest([*own, *shared])
    drafts = {draft.questionnaire_id: draft for draft in QuestionnaireDraft.in_scope()}

    def entries(found: Iterable[Questionnaire]) -> list[Entry]:
        return [Entry(one, latest.get(one.pk), drafts.get(one.pk)) for one in found]

    kept = [one for one in entries(own) if one.latest or one.draft]
    return Shelf(
        own=[one for one in kept if one.questionnaire.archived_at is None and not _is_ready_alone(one)],
        shared=[one for one in entries(shared) if one.latest],
        archived=[one for one in kept if one.questionnaire.archived_at is not None],
    )


def shared_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The newest version of the shared questionnaire that this one builds on, where it builds on any."""
    if questionnaire.builds_on_id is None:
        return None
    found: QuestionnaireVersion | None = (
        QuestionnaireVersion.objects.filter(questionnaire_id=questionnaire.builds_on_id)
        .order_by("-number")
        .first()
    )
    return found


def usable_versions() -> list[QuestionnaireVersion]:
    """The newest version of each questionnaire that a round can be held with, the ready one left out."""
    found = shelf()
    return [entry.latest for entry in (*found.own, *found.shared) if entry.latest]


def bank_size() -> int:
    """How many questions the bank has."""
    return len(bank.items())


def _is_ready_alone(entry: Entry) -> bool:
    """The ready questionnaire is stored when a round first uses it; the list shows it anyway."""
    return (
        entry.questionnaire.code == READY_CODE
        and entry.draft is None
        and entry.latest is not None
        and entry.latest.number <= wellbeing().version
    )


def _latest(questionnaires: Iterable[Questionnaire]) -> dict[object, QuestionnaireVersion]:
    versions = (
        QuestionnaireVersion.objects.filter(questionnaire__in=list(questionnaires))
        .select_related("questionnaire")
        .order_by("questionnaire_id", "-number")
        .distinct("questionnaire_id")
    )
    return {version.questionnaire_id: version for version in versions}
