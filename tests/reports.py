"""Reports of rounds for tests: a round with public results, and a report on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from surveys.models import SurveyRound
from surveys.reporting_back.content import Content, FindingTold, NoTold, Promise, StepTold
from surveys.services.publishing import survey_round_publish
from surveys.services.reporting_back import report_begun, report_publish, report_save
from tests.pages.surveys.conftest import at_work, closed
from tests.world import World

WORDS = {"sv": "Många av er mår bra, men inte alla.", "en": "Many of you feel well, but not all."}


def made_round(
    world: World, run_jobs: Any, *, count: int = 120, by: tuple[str, ...] = (), **fields: Any
) -> SurveyRound:
    """A closed round whose results are made; with few breakdowns, since each takes its time to protect."""
    survey_round = closed(world, count, breakdowns=by, **fields)
    run_jobs()
    with at_work(world):
        survey_round.refresh_from_db()
    return survey_round


def public_round(world: World, run_jobs: Any, **given: Any) -> SurveyRound:
    """The same, made public by an admin."""
    survey_round = made_round(world, run_jobs, **given)
    with at_work(world):
        return survey_round_publish(survey_round=survey_round, by=world.adam)


def report_on(world: World, survey_round: SurveyRound, **changed: Any) -> Content:
    """A whole report in Swedish and English, kept as a draft."""
    with at_work(world):
        begun = report_begun(survey_round=survey_round)
        content = Content(
            **{
                "lead": {"sv": "Tack för era svar.", "en": "Thank you for your answers."},
                "findings": tuple(FindingTold(one.key, WORDS) for one in begun.findings[:5]),
                "dialogues": {"sv": "Vi satt ner i mars och pratade.", "en": "We sat down in March and talked."},
                "steps": (
                    StepTold({"sv": "Fritidsgården har öppet på söndagar."}, "done"),
                    StepTold({"sv": "Vi söker en kurator till."}, "going_on", "2027-05-01"),
                ),
                "promise": Promise({"sv": "Vi berättar mer.", "en": "We tell you more."}, "2027-03-01"),
                "noes": (NoTold({"sv": "Gratis buss."}, {"sv": "Pengarna räcker inte i år."}),),
                **changed,
            }
        )
        report_save(survey_round=survey_round, content=content, by=world.alma)
        return content


def published_report(world: World, survey_round: SurveyRound, **changed: Any) -> Content:
    """The same, published."""
    content = report_on(world, survey_round, **changed)
    with at_work(world):
        report_publish(survey_round=survey_round, what_is_new={"sv": "Nytt."}, by=world.adam)
    return content


PROMISED = date(2027, 3, 1)
