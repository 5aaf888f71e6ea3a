"""Drafts: nobody overwrites anybody, everything can be undone, and what is published never changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from portal.tenancy.scope import identify, scope
from surveys.drafting import outline, texts
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireDraftStep, QuestionnaireVersion
from surveys.services.drafts import (
    KEPT_STEPS,
    DraftMoved,
    draft_begin,
    draft_change,
    draft_discard,
    draft_undo,
    questionnaire_begin,
    questionnaire_extend,
)
from surveys.services.publishing_questionnaires import NotPublishable, draft_publish
from tests.world import World


@contextmanager
def at(world: World, tenant: str = "alvik", who: str = "alma") -> Iterator[None]:
    with transaction.atomic(), scope(getattr(world, tenant).pk):
        identify(getattr(world, who).pk)
        yield


def begun(world: World) -> QuestionnaireDraft:
    return questionnaire_begin(definition=outline.ready("var_enkat"), by=world.alma)


def published(world: World, draft: QuestionnaireDraft, **more) -> QuestionnaireVersion:
    tenant = more.pop("tenant", world.alvik)
    return draft_publish(draft=draft, revision=draft.revision, by=world.alma, tenant=tenant, **more)


def test_the_second_of_two_tabs_is_refused_and_nothing_is_lost(world: World) -> None:
    with at(world):
        draft = begun(world)
        draft_change(draft=draft, revision=1, by=world.alma, change=lambda d: outline.question_remove(d, "money"))
        with pytest.raises(DraftMoved):
            draft_change(
                draft=draft, revision=1, by=world.adam, change=lambda d: outline.question_remove(d, "joy")
            )
        now = QuestionnaireDraft.in_scope().get()
        codes = {question["code"] for question in now.definition["questions"]}
        assert "joy" in codes
        assert "money" not in codes
        assert now.revision == 2


def test_the_last_fifty_steps_can_be_undone(world: World) -> None:
    with at(world):
        draft = begun(world)
        before = draft.definition
        for number in range(KEPT_STEPS + 5):
            words = f"Rubrik {number}"
            draft = draft_change(
                draft=draft, revision=draft.revision, by=world.alma,
                change=lambda d, words=words: texts.put_text(d, ("title",), "sv", words),
            )  # fmt: skip
        assert QuestionnaireDraftStep.in_scope().count() == KEPT_STEPS
        for _step in range(KEPT_STEPS):
            draft = draft_undo(draft=draft, revision=draft.revision, by=world.alma)
        assert draft.definition["title"]["sv"] == "Rubrik 4"
        assert draft.definition["questions"] == before["questions"]
        with pytest.raises(outline.DraftError):
            draft_undo(draft=draft, revision=draft.revision, by=world.alma)


def test_a_draft_with_problems_is_not_published_and_says_all_of_them(world: World) -> None:
    with at(world):
        draft = begun(world)
        draft = draft_change(draft=draft, revision=1, by=world.alma, change=lambda d: texts.language_add(d, "so"))
        with pytest.raises(NotPublishable) as refused:
            published(world, draft)
        assert [problem.code for problem in refused.value.problems] == ["so"]
        assert not QuestionnaireVersion.objects.own().exists()


def test_a_published_version_is_edited_as_a_draft_of_the_next(world: World) -> None:
    with at(world):
        first = published(world, begun(world))
        assert (first.number, first.content.minutes) == (1, 6)
        draft = draft_begin(questionnaire=first.questionnaire, by=world.alma)
        assert draft_begin(questionnaire=first.questionnaire, by=world.alma).pk == draft.pk
        draft = draft_change(
            draft=draft, revision=1, by=world.alma, change=lambda d: outline.bank_add(d, "lonely", "others")
        )
        second = published(world, draft)
        assert second.number == 2
        assert second.content.question("lonely").since == 2
        assert second.content.question("joy").since == 1
        assert not QuestionnaireDraft.in_scope().exists()
        again = QuestionnaireVersion.objects.get(pk=first.pk)
        assert again.definition == first.definition
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionnaireVersion.objects.filter(pk=first.pk).update(definition={})


def test_a_municipality_adds_its_own_questions_to_the_regions(world: World) -> None:
    with at(world, "region", "rut"):
        draft = questionnaire_begin(definition=outline.ready("lanets"), by=world.rut)
        shared = published(world, draft, tenant=world.region, shared=True)
    with at(world):
        assert [one.pk for one in QuestionnaireVersion.objects.all()] == [shared.pk]
        draft = questionnaire_extend(version=shared, title={"sv": "Alviks frågor", "en": "Alvik's"}, by=world.alma)
        draft = draft_change(
            draft=draft, revision=1, by=world.alma, change=lambda d: outline.bank_add(d, "stay_here", "local")
        )
        for deed in (
            lambda d: outline.question_remove(d, "joy"),
            lambda d: outline.question_of(d, "joy")["text"].update(sv="Annat"),
            lambda d: outline.question_move(d, "joy", 1),
        ):
            with pytest.raises(outline.DraftError):
                draft_change(draft=draft, revision=draft.revision, by=world.alma, change=deed)
        own = published(world, draft)
        assert own.content.question("joy").text == shared.content.question("joy").text
        assert own.questionnaire.builds_on_id == shared.questionnaire_id
    with at(world, "bjorkvik", "bo"):
        assert [one.pk for one in QuestionnaireVersion.objects.all()] == [shared.pk]
        assert not QuestionnaireDraft.in_scope().exists()


def test_a_draft_that_never_was_published_goes_away_whole(world: World) -> None:
    with at(world):
        draft_discard(draft=begun(world), by=world.alma)
        assert not QuestionnaireDraft.in_scope().exists()
        assert Questionnaire.objects.own().get().archived_at is not None
