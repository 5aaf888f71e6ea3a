"""What came out of a round beside the one before: published tables, and what may be said of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from datasets.disclosure import ProtectedCube
from datasets.models import Dataset
from surveys.models import SurveyRound
from surveys.questionnaire import Questionnaire
from surveys.results.comparing import Change
from surveys.results.findings import Findings, findings_of
from surveys.results.pooling import ROUND, poolable
from surveys.results.waves import Waves, comparable, waves_of
from surveys.selectors import Published, cubes_of, published_of, results_of


@dataclass(frozen=True, eq=False)
class Outcome:
    """A round's published tables by code, and those of the round before; groups of fewer than `base` are not
    compared. `before` is None where there is nothing to compare with."""

    questionnaire: Questionnaire
    tables: Mapping[str, Published]
    base: int
    earlier: Mapping[str, Published] = field(default_factory=dict)
    before: SurveyRound | None = None

    @cached_property
    def cubes(self) -> dict[str, ProtectedCube]:
        """What the tables hold, by table code."""
        return cubes_of(self.tables)

    @cached_property
    def findings(self) -> Findings:
        """The differences between groups and since the round before, and the strongest of them."""
        then = self.before.told if self.before is not None else None
        earlier = comparable(self.questionnaire, then, cubes_of(self.earlier)) if then is not None else {}
        return findings_of(self.questionnaire, self.cubes, earlier, base=self.base)

    @property
    def between_groups(self) -> tuple[Change, ...]:
        """The comparisons of a group with everybody else, certain or not."""
        return tuple(one for one in self.findings.all if one.by is not None)

    @cached_property
    def waves(self) -> Waves | None:
        """Every share and mean beside that of the round before; None where there is none."""
        if self.before is None:
            return None
        base = max(self.base, self.before.rule["base"])
        return waves_of(self.questionnaire, self.before.told, self.cubes, cubes_of(self.earlier), base=base)


def outcome_of(survey_round: SurveyRound) -> Outcome:
    """The outcome of a round whose results are made; both rounds are read at once, in two queries."""
    before = survey_round.previous_round
    read = results_of(survey_round, *([before] if before else []))
    return Outcome(
        questionnaire=survey_round.told,
        tables=read[survey_round.pk],
        base=survey_round.rule["base"],
        earlier=read[before.pk] if before else {},
        before=before,
    )


def outcome_of_both(before: SurveyRound, now: SurveyRound, dataset: Dataset) -> Outcome:
    """The outcome of two rounds counted as one, of the questions that are told of both; in two queries."""
    asked = now.version.content
    kept = {question.code for question in (*asked.background, *poolable(asked))}
    return Outcome(
        questionnaire=asked.only(kept),
        tables={code: replace(one, cube=one.cube.without(ROUND)) for code, one in published_of(dataset).items()},
        base=max(one.rule["base"] for one in (before, now)),
    )
