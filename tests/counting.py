"""Every table of a round at once, for tests: the jobs make them question by question."""

from __future__ import annotations

from collections.abc import Sequence

from datasets.disclosure import AggregationRule
from surveys.questionnaire import counted_scores
from surveys.results.means import MEAN
from surveys.results.people_groups import crossings_of
from surveys.results.protecting import CROSSED, LEAST_CROSSED, Protected, protected_base, protected_question
from surveys.results.protecting_scores import items_of, protected_scores
from surveys.results.reach_table import reach_tables
from surveys.results.scores import columns_with_scores
from surveys.results.tabulation import Columns, Counted, base_tables, groupings_of, question_tables


def tabulate(columns: Columns, breakdowns: Sequence[str], *, smallest: int) -> list[Counted]:
    """The tables of a round before anything is hidden: how many took part, then question by question."""
    groupings = groupings_of(columns, breakdowns, smallest=smallest)
    crossings = crossings_of(groupings, CROSSED, smallest=LEAST_CROSSED)
    tables = [*base_tables(groupings, crossings), *reach_tables(groupings)]
    for question in columns.questionnaire:
        if question.is_coded and not question.is_background:
            tables += question_tables(columns, question, groupings, crossings)
    beside = columns_with_scores(columns)
    for score in counted_scores(columns.questionnaire):
        tables += question_tables(beside, beside.questionnaire.question(score.code), groupings, crossings)
    return tables


def protected_round(
    columns: Columns, breakdowns: Sequence[str], rule: AggregationRule, *, with_means: bool = False
) -> dict[str, Protected]:
    """What the jobs make of a round, by question and score: tables of counts, and the means if they are wanted."""
    base = protected_base(columns, breakdowns, rule)
    found = {}
    for question in columns.questionnaire:
        if question.is_background:
            found[question.code] = base.protected.of(question)
        elif question.is_coded:
            found[question.code] = protected_question(base.secrets, columns, question, rule)
    items = {code: cube for one in items_of(columns.questionnaire) for code, cube in found[one].shown.items()}
    scored = protected_scores(base.secrets, columns, items, rule)
    return found | (scored if with_means else {code: _counts(one) for code, one in scored.items()})


def _counts(found: Protected) -> Protected:
    """What is protected, less its mean."""
    return Protected(
        {code: cube for code, cube in found.shown.items() if not code.endswith(MEAN)},
        {code: why for code, why in found.not_shown.items() if not code.endswith(MEAN)},
    )
