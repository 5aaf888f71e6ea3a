"""From a draft to a version that never changes; and questionnaires put away and taken out again."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Tenant, User
from portal.audit.recording import record
from surveys.drafting import simulating
from surveys.drafting.comparing import settle_since
from surveys.drafting.problems import Problem, problems_of
from surveys.drafting.texts import Definition
from surveys.errors import SurveysError
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireVersion
from surveys.models.questionnaire_version import definition_hash
from surveys.questionnaire import read
from surveys.services.drafts import DraftMoved


class NotPublishable(SurveysError):
    """A draft with problems; they are told one by one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        words = ngettext(
            "%(count)s thing must be mended first.", "%(count)s things must be mended first.", len(problems)
        )
        super().__init__(words % {"count": len(problems)})


def settled(draft: QuestionnaireDraft, same: Collection[str] = ()) -> Definition:
    """What the draft would be as a version: numbered, its questions dated, its minutes worked out."""
    definition = deepcopy(draft.definition)
    latest = draft.questionnaire.versions.order_by("-number").first()
    number = latest.number + 1 if latest else 1
    before = latest or draft.based_on
    settle_since(before.definition if before else None, definition, number, same)
    if latest is None:
        # A first version that grew out of another's begins its own count.
        for question in definition["questions"]:
            question["since"] = 1
    return definition


@transaction.atomic
def draft_publish(
    *,
    draft: QuestionnaireDraft,
    revision: int,
    by: User,
    tenant: Tenant,
    same: Collection[str] = (),
    shared: bool = False,
) -> QuestionnaireVersion:
    """Make the draft a version. `same` are reworded questions that still ask the same; `shared` is a region's.

    Raises NotPublishable with every problem, DraftMoved where the draft is not the one that was looked at.
    """
    locked = QuestionnaireDraft.in_scope().select_for_update().get(pk=draft.pk)
    if locked.revision != revision:
        raise DraftMoved(
            _("The draft was changed somewhere else. Look it through once more before you publish it.")
        )
    if problems := problems_of(locked.definition):
        raise NotPublishable(problems)
    definition = settled(locked, same)
    definition["minutes"] = simulating.minutes(read(definition))
    questionnaire = locked.questionnaire
    audience = tenant.members_audience if shared and tenant.is_region else tenant.pk
    version: QuestionnaireVersion = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=definition["version"],
        definition=definition,
        definition_hash=definition_hash(definition),
        audience_id=audience,
    )
    questionnaire.title = definition["title"]
    if shared and tenant.is_region:
        questionnaire.audience_id = audience
    questionnaire.save(update_fields=["title", "audience_id"])
    record("questionnaire.published", target=questionnaire, by=by, version=version.number, shared=shared)
    locked.delete()
    return version


@transaction.atomic
def questionnaire_archive(*, questionnaire: Questionnaire, by: User) -> None:
    """Put a questionnaire away: it is not offered for new rounds. Rounds that have it keep it."""
    changed = (
        Questionnaire.objects.own()
        .filter(pk=questionnaire.pk, archived_at=None)
        .update(archived_at=timezone.now())
    )
    if changed:
        record("questionnaire.archived", target=questionnaire, by=by)


@transaction.atomic
def questionnaire_restore(*, questionnaire: Questionnaire, by: User) -> None:
    """Take a questionnaire out again."""
    changed = (
        Questionnaire.objects.own().filter(pk=questionnaire.pk).exclude(archived_at=None).update(archived_at=None)
    )
    if changed:
        record("questionnaire.restored", target=questionnaire, by=by)
