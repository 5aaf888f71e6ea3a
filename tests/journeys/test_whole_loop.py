"""The whole loop, once: young people answer, an official sees, a dialogue decides, a step gets done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from datasets.models import Dataset
from dialogues.models import Dialogue, NextStep
from portal.tenancy.scope import scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.models import SurveyRound
from surveys.public_round import find_round, forget_rounds
from surveys.services.responses import response_submit
from surveys.services.timekeeping import rounds_keep_time
from tests.conftest import client_of, working_as
from tests.journeys.forms import submit
from tests.world import World

ANSWERS = 60


def own_round(world: World) -> SurveyRound:
    with transaction.atomic(), scope(world.alvik.pk):
        found: SurveyRound = SurveyRound.objects.own().select_related("version").get()
        return found


def answer(survey_round: SurveyRound) -> None:
    """Sixty simulated people send their answers, as the answering page does."""
    forget_rounds()
    found = find_round(survey_round.public_code)
    assert found is not None
    people = simulate(found.questionnaire, municipality_profile=PROFILES["9902"], n=ANSWERS, wave=1, seed=3)
    for answers in people:
        assert response_submit(survey_round=found, number=uuid4(), answers=answers) == "stored"


def let_the_round_end(world: World, survey_round: SurveyRound) -> None:
    """The round closes, and its grace passes."""
    long_ago = timezone.now() - timedelta(hours=2)
    with working_as("worker"):
        with transaction.atomic(), scope(world.alvik.pk):
            SurveyRound.objects.filter(pk=survey_round.pk).update(opens_at=long_ago, closes_at=timezone.now())
        rounds_keep_time()
        with transaction.atomic(), scope(world.alvik.pk):
            assert SurveyRound.objects.own().get().state == "closed"
    # The clock moves on past the grace and its margin.
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now() + timedelta(minutes=40)
        patch.setattr(timezone, "now", lambda: later)
        with working_as("worker"):
            rounds_keep_time()


def test_from_a_young_persons_answer_to_an_officials_next_step(
    committed: World, run_jobs: Callable[[], list[str]]
) -> None:
    alma = client_of(committed, "alma")

    # The coordinator plans a round with what the form proposes, and opens it.
    page = alma.get("/k/alvik/enkater/ny/")
    page = submit(alma, page, with_field="title", title="Hur mår du i Alvik?", expected_answers="60")
    survey_round = own_round(committed)
    detail = f"/k/alvik/enkater/{survey_round.pk}/"
    submit(alma, alma.get(f"{detail}oppna/"), to="oppna")
    assert run_jobs() == ["surveys.open_round"]

    # Sixty young people answer. The official sees a rounded number and nothing else.
    page = Client().get(f"/svara/{survey_round.public_code}/")
    assert page.status_code == 200
    assert "Jag vill vara med" in page.content.decode()
    answer(own_round(committed))
    text = alma.get(detail).content.decode()
    assert "60" in text
    assert " %" not in alma.get(f"{detail}resultat/").content.decode()

    # It closes by itself; a job counts, protects and publishes.
    let_the_round_end(committed, survey_round)
    assert "surveys.tabulate" in run_jobs()
    results = alma.get(f"{detail}resultat/").content.decode()
    assert "60" in results
    with transaction.atomic(), scope(committed.alvik.pk):
        leisure = Dataset.objects.own().get(title__startswith="Fritid")

    # A chart goes into a dialogue on leisure.
    page = alma.get(f"/k/alvik/data/{leisure.pk}/diagram/")
    assert page.status_code == 200
    page = submit(alma, alma.get("/k/alvik/dialoger/ny/"), with_field="goal", theme="leisure", goal="learn")
    with transaction.atomic(), scope(committed.alvik.pk):
        dialogue = Dialogue.objects.get()
    place = f"/k/alvik/dialoger/{dialogue.pk}/"
    alma.post(f"{place}bilder/", {"dataset": str(leisure.pk)}, follow=True)
    with transaction.atomic(), scope(committed.alvik.pk):
        assert dialogue.slides.count() == 1
    submit(alma, alma.get(f"{place}visa/"), to="borja")
    shown = [alma.get(f"{place}visa/?bild={n}").content.decode() for n in range(1, 9)]
    assert any("chart-spec" in html or "application/json" in html for html in shown)

    # Somebody notes what they see; a step gets a name and a date.
    log = alma.get(f"{place}logg/")
    submit(alma, log, with_field="write_key", text="Fler än jag trodde trivs på fritiden.", kind="observation")
    log = alma.get(f"{place}logg/")
    assert "Fler än jag trodde" in log.content.decode()
    due = timezone.localdate() + timedelta(days=14)
    submit(
        alma,
        log,
        with_field="due_on",
        text="Fråga ungdomsrådet",
        owner=str(committed.olle.pk),
        due_on=due.isoformat(),
    )
    submit(alma, alma.get(f"{place}logg/"), to="avsluta")
    summary = alma.get(f"{place}sammanfattning/").content.decode()
    assert "Fråga ungdomsrådet" in summary
    assert "Fler än jag trodde" in summary

    # Its owner finds it on the start page, and marks it done there.
    olle = client_of(committed, "olle")
    start = olle.get("/k/alvik/")
    assert "Fråga ungdomsrådet" in start.content.decode()
    with transaction.atomic(), scope(committed.alvik.pk):
        step = NextStep.objects.get()
    olle.post(f"/k/alvik/dialoger/nasta-steg/{step.pk}/", {"to": "done", "from": "start"})
    with transaction.atomic(), scope(committed.alvik.pk):
        assert NextStep.objects.get().state == "done"
    assert not re.search(r"Fråga ungdomsrådet", client_of(committed, "bo").get("/k/bjorkvik/").content.decode())
