"""What came out of a round beside the one before: published tables, and the strongest of what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.models import SurveyRound
from surveys.questionnaire import Questionnaire
from surveys.results.findings import Findings, findings_of
from surveys.results.waves import comparable
from surveys.selectors import Published, cubes_of, results_of


@dataclass(frozen=True)
class Outcome:
    """A round's published tables by code, those of the round before, and the findings of both."""

    questionnaire: Questionnaire
    tables: Mapping[str, Published]
    earlier: Mapping[str, Published]
    findings: Findings


def outcome_of(survey_round: SurveyRound) -> Outcome:
    """The outcome of a round whose results are made; both rounds are read at once, in two queries."""
    before = survey_round.previous_round
    read = results_of(survey_round, *([before] if before else []))
    tables, earlier = read[survey_round.pk], read[before.pk] if before else {}
    questionnaire = survey_round.told
    found = findings_of(
        questionnaire,
        cubes_of(tables),
        comparable(questionnaire, before.told, cubes_of(earlier)) if before else {},
        base=survey_round.rule["base"],
    )
    return Outcome(questionnaire, tables, earlier, found)
