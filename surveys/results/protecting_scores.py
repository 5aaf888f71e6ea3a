"""The scores of a round: each protected against the base as a question is, and all of them against their items.

A table of bands is shown only where every hidden figure, of an item or of a score, could be another one although
all that is shown is as it is (`surveys.results.other_rounds`). What stands against that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from datasets.disclosure import AggregationRule, ProtectedCube
from surveys.questionnaire import Question, Questionnaire, Score, counted_scores, heavy_bands
from surveys.results.other_rounds import OtherRounds, Told
from surveys.results.protecting import NotShown, Protected, groups_of, protected_tables
from surveys.results.scores import columns_with_scores
from surveys.results.tabulation import Columns, Counted, question_tables


def items_of(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The questions that some score is worked out of, in the questionnaire's order."""
    needed = {item for score in counted_scores(questionnaire) for item in score.items}
    return tuple(question.code for question in questionnaire if question.code in needed)


@dataclass
class _Scores:
    """The tables of each score that are still to be shown, and why others are not."""

    told: dict[str, list[Told]]
    not_shown: dict[str, dict[str, NotShown]]

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
    _leave_out_what_tells(OtherRounds(columns, groupings), known, found, scores)
    return {
        code: Protected({told.counted.code: told.cube for told in tables}, found.not_shown[code])
        for code, tables in found.told.items()
    }


def _leave_out_what_tells(
    others: OtherRounds, items: Sequence[Told], scores: _Scores, defined: Sequence[Score]
) -> None:
    """Take tables of scores away until no secret of an item or a score is given away."""
    while any(scores.told.values()):
        weak = others.given_away([*items, *(told for tables in scores.told.values() for told in tables)])
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
