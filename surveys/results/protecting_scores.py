"""The scores of a round: each protected against the base as a question is, and all of them against their items.

A table of bands is shown only where every hidden figure, of an item or of a score, could be another one although
all that is shown is as it is (`surveys.results.other_rounds`). What stands against that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from datasets.disclosure import AggregationRule, ProtectedCube
from datasets.disclosure import Scale as Ends
from surveys.questionnaire import Question, Questionnaire, Score, counted_scores, heavy_bands
from surveys.results.means import MEAN, POINTS, Numbers, ends_of, protected_mean
from surveys.results.other_rounds import OtherRounds, scored
from surveys.results.protecting import NotShown, Protected, groups_of, protected_tables
from surveys.results.scores import columns_with_scores, item_columns
from surveys.results.tabulation import Columns, Counted, question_tables
from surveys.results.told import Told

STEP = 1.0
"""Two scores less than a point apart are as good as the same: so near an end of the scale none is told."""


def items_of(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The questions that some score is worked out of, in the questionnaire's order."""
    needed = {item for score in counted_scores(questionnaire) for item in score.items}
    return tuple(question.code for question in questionnaire if question.code in needed)


@dataclass
class _Scores:
    """The tables of each score that are still to be shown, and why others are not."""

    told: dict[str, list[Told]]
    not_shown: dict[str, dict[str, NotShown]]

    @property
    def tables(self) -> list[Told]:
        """All of them."""
        return [told for tables in self.told.values() for told in tables]

    def protected(self, code: str) -> Protected:
        """What there is of one score now."""
        return Protected({told.counted.code: told.cube for told in self.told[code]}, self.not_shown[code])

    def leave_out(self, told: Told) -> None:
        """Take a table away; without the score's own table none of it is left."""
        tables = self.told[told.about]
        gone = [one for one in tables if one is told or not told.counted.by]
        self.not_shown[told.about] |= {one.counted.code: NotShown.NOT_SAFE for one in gone}
        self.told[told.about] = [one for one in tables if one not in gone]


def protected_scores(
    secrets: Mapping[str, Any],
    columns: Columns,
    items: Mapping[str, ProtectedCube],
    rule: AggregationRule,
    *,
    input_key: bytes = b"",
) -> dict[str, Protected]:
    """Every score's tables, by score. `columns` holds all items, `items` their protected tables by table code.

    Nothing of any score is shown where the base itself hides something, or where the rule asks that a figure stay
    unknown within a span or to those who took part: that is not looked into here.
    """
    scores = counted_scores(columns.questionnaire)
    if secrets["base"] is None:
        return {score.code: Protected({}, {score.code: NotShown.TOO_FEW}) for score in scores}
    if secrets["base"]["witnesses"] or rule.interval or rule.insider:
        return {score.code: Protected({}, {score.code: NotShown.NOT_SAFE}) for score in scores}
    groupings, crossings = groups_of(secrets, columns, rule)
    beside = columns_with_scores(columns)
    found = _Scores({}, {})
    for score in scores:
        tables = _tables(beside, score, question_tables(beside, _question(beside, score), groupings, crossings))
        protected = protected_tables(secrets, tables, rule, input_key=input_key)
        found.told[score.code] = list(_told(tables, protected.shown))
        found.not_shown[score.code] = dict(protected.not_shown)
    known = [
        told
        for code in items_of(columns.questionnaire)
        for told in _told(
            question_tables(columns, columns.questionnaire.question(code), groupings, crossings), items
        )
    ]
    others = OtherRounds(columns, groupings)
    _leave_out_what_tells(others, known, found, scores)
    means = _means(others, [*known, *found.tables], columns, found, rule, input_key)
    return {code: _with_mean(found.protected(code), code, means.get(code)) for code in found.told}


def _with_mean(found: Protected, code: str, mean: ProtectedCube | None) -> Protected:
    """A score's tables and its mean; where there are tables and no mean, that."""
    if mean is not None:
        return replace(found, shown={**found.shown, code + MEAN: mean})
    if not found.shown:
        return found
    return replace(found, not_shown={**found.not_shown, code + MEAN: NotShown.NOT_SAFE})


def _means(
    others: OtherRounds,
    tables: Sequence[Told],
    columns: Columns,
    found: _Scores,
    rule: AggregationRule,
    input_key: bytes,
) -> dict[str, ProtectedCube]:
    """The mean of each score whose own table hides nothing, where second rounds leave it as it is too."""
    means: dict[str, ProtectedCube] = {}
    spreads: dict[str, tuple[float, float]] = {}
    for score in counted_scores(columns.questionnaire):
        own = next((told for told in found.told[score.code] if not told.counted.by), None)
        if own is None or own.is_hidden.any():
            continue
        everyone = scored(columns.questionnaire, score, item_columns(columns, score))
        numbers = Numbers(
            everyone.values[everyone.bands > 0], Ends(*ends_of(columns.questionnaire, score), STEP), POINTS
        )
        mean = protected_mean(own.counted.question, numbers, rule, columns.notes, input_key=input_key)
        if mean is None:
            continue
        tried = {**spreads, score.code: numbers.slack}
        if not others.given_away(tables, tried):
            means[score.code], spreads = mean, tried
    return means


def _leave_out_what_tells(
    others: OtherRounds, items: Sequence[Told], scores: _Scores, defined: Sequence[Score]
) -> None:
    """Take tables of scores away until no secret of an item or a score is given away."""
    while any(scores.told.values()):
        weak = others.given_away([*items, *scores.tables], {})
        own = [told for told in weak if told.about in scores.told]
        for told in own:
            scores.leave_out(told)
        if not own:
            given = {told.about for told in weak}
            guilty = [scores.told[score.code] for score in defined if given & set(score.items)]
            for tables in guilty:
                if tables:
                    scores.leave_out(tables[-1])
            if not any(guilty):
                return


def _tables(columns: Columns, score: Score, tables: Sequence[Counted]) -> list[Counted]:
    """A score's tables; of sensitive items no group must be seen to be in the bad band as a whole."""
    if not _question(columns, score).is_sensitive:
        return list(tables)
    return [replace(one, table=replace(one.table, sensitive=heavy_bands(score))) for one in tables]


def _question(columns: Columns, score: Score) -> Question:
    return columns.questionnaire.question(score.code)


def _told(tables: Sequence[Counted], shown: Mapping[str, ProtectedCube]) -> Iterator[Told]:
    """The tables that are shown, with their counts."""
    return (Told(counted, shown[counted.code]) for counted in tables if counted.code in shown)
