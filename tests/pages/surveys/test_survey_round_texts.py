"""Free texts, files and deletion: what is read, by whom, what leaves, and what is gone afterwards."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from datasets.models import Voice
from surveys.models import ReadText, SurveyRound
from surveys.models.free_text import FreeText
from surveys.models.response import Response
from surveys.services import timekeeping
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, closed, words
from tests.world import World

TEXTS = (
    "Fler bussar på kvällen.", "Ring mig på 070-174 06 05", "Någonstans att spela musik.", "Fler som lyssnar.",
    "Att skolan började senare.", "Mer att göra för oss över 20.",
)  # fmt: skip


@pytest.fixture
def held(world: World, run_jobs: Any) -> SurveyRound:
    """A round with results; six wrote to one question, four beside a choice of another."""
    survey_round = closed(world, 25)
    with working_as("worker"), at_work(world):
        for question, texts in (("own_words", TEXTS), ("means.other", TEXTS[:4])):
            FreeText.objects.bulk_create(
                FreeText(tenant_id=world.alvik.pk, round=survey_round, question=question, text=text)
                for text in texts
            )
    run_jobs()
    with at_work(world):
        survey_round.refresh_from_db()
    assert survey_round.tabulated_at is not None
    return survey_round


def laid_out(world: World, survey_round: SurveyRound) -> dict[str, ReadText]:
    with at_work(world):
        return {one.text: one for one in ReadText.in_scope().filter(round=survey_round)}


def test_texts_are_read_by_two_shown_without_any_background_and_can_become_a_voice(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    texts = laid_out(world, held)
    assert set(texts) == set(TEXTS), "of the four that wrote beside a choice nobody reads a word"
    assert {one.question for one in texts.values()} == {"own_words"}
    page = words(open_page("survey-round-texts", held))
    assert "6 texts wait for you." in page and "a phone number stands here. It must be hidden." in page
    assert not any(word in page for word in ("18–19", "woman", "Kvinna"))
    assert open_page("survey-round-texts", held, who="vera").status_code == 404
    assert open_page("survey-round-texts", held, who="vera", data={"deed": "approve"}).status_code == 404

    def decide(text: str, who: str, deed: str = "approve", shown: str = "") -> ReadText:
        one = texts[text]
        open_page("survey-round-texts", held, who=who, data={"deed": deed, "text": one.pk, "shown": shown or text})
        with at_work(world):
            return ReadText.in_scope().get(pk=one.pk)

    assert decide(TEXTS[1], "alma").state == "waiting", "a phone number never passes"
    assert decide(TEXTS[0], "alma", shown="Fler tåg på kvällen.").state == "waiting", "no words are put in"
    assert decide(TEXTS[1], "alma", shown="Ring mig på […]").state == "one_yes"
    assert decide(TEXTS[1], "alma", shown="Ring mig på […]").state == "one_yes", "the second is somebody else"
    assert decide(TEXTS[1], "dag", shown="Ring mig på […]").state == "approved"
    gone = decide(TEXTS[2], "dag", deed="reject")
    assert (gone.state, gone.text, gone.shown) == ("rejected", "", "")
    said = words(open_page("survey-round-results", held, who="vera"))
    assert "Ring mig på […]" in said and "070" not in said and TEXTS[0] not in said
    open_page("survey-round-texts", held, data={"deed": "voice", "text": texts[TEXTS[1]].pk})
    with at_work(world):
        voice = Voice.objects.get()
    assert (voice.text, voice.state, voice.method) == ("Ring mig på […]", "waiting", "free_text")


def test_every_table_leaves_in_one_click_and_no_single_answer(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    for form, ending in (("csv", "csv"), ("json", "json"), ("xlsx", "xlsx")):
        answer = open_page("survey-round-files", held, who="vera", form=form)
        assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            names = packed.namelist()
            assert len(names) > 10 and all(name.endswith(ending) for name in names)
            if form == "json":
                documents = [json.loads(packed.read(name)) for name in names]
                assert all(one["class"] == "dataset" for one in documents)
                tables = [one for name, one in zip(names, documents, strict=True) if name[0].isdigit()]
                counts = [v for one in tables for v in one["value"] if v is not None]
                assert counts and not any(0 < count < 5 for count in counts)
    spss = open_page("survey-round-files", held, who="vera", form="sav")
    with zipfile.ZipFile(io.BytesIO(spss.content)) as packed:
        assert packed.namelist() == ["tabeller.sav", "grupper.sav"]
        assert all(packed.read(name).startswith(b"$FL2") for name in packed.namelist())
    for form in ("svg", "svar", "zip"):
        assert open_page("survey-round-files", held, who="adam", form=form).status_code == 404


def forget(later: timedelta) -> int:
    """What beat does so much later. A test's own transaction can't be vacuumed."""
    at = patch("django.utils.timezone.now", return_value=timezone.now() + later)
    with working_as("worker"), at, patch("surveys.services.timekeeping.tables_vacuum"):
        return timekeeping.answers_forget()


def test_answers_and_unread_texts_are_deleted_when_the_time_is_up_and_results_stay(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    def left() -> tuple[int, int]:
        with working_as("worker"), at_work(world):
            of = {"round": held}
            return Response.objects.filter(**of).count(), FreeText.objects.filter(**of).count()

    assert left() == (25, 10)
    assert "are deleted" in words(open_page("survey-round-detail", held))
    assert forget(timedelta(days=360)) == 0 and left() == (25, 10)
    assert open_page("survey-round-retention", held, who="vera").status_code == 404
    assert open_page("survey-round-retention", held, data={"months": "3"}).status_code == 302
    assert open_page("survey-round-retention", held, data={"months": "6"}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic(), at_work(world):
        SurveyRound.objects.filter(pk=held.pk).update(kept_months=12)
    assert forget(timedelta(days=80)) == 0
    assert forget(timedelta(days=100)) == 1
    assert left() == (0, 0) and laid_out(world, held) == {}
    assert forget(timedelta(days=100)) == 0
    page = words(open_page("survey-round-results", held))
    assert "25 young people answered." in page
    assert "were deleted" in words(open_page("survey-round-detail", held))
