"""What the pages of results work out of published tables, as rows for files: weighted figures and comparisons.

Nothing is in them that no page shows. A figure that is hidden, or was not compared, leaves its cells empty, and
its row says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from datasets.charts.language import rounded
from datasets.cubes import Reason, pick
from datasets.disclosure import ProtectedCube
from datasets.exports import Cell, Column, Kind, status_columns, status_words
from datasets.statistics import verdict_words
from surveys.questionnaire import Question, Questionnaire
from surveys.results.answer_dimensions import OPTION
from surveys.results.comparing import Change, Pair
from surveys.results.waves import Break
from surveys.results.weighted_means import weighted_mean
from surveys.results.weighting import WeightedShares, Weighting, weighted_shares
from surveys.wording.results import break_in_words, unit_of_mean

Row = tuple[Cell, ...]
PERCENT = 1
"""Decimals of shares, as in the files of charts."""


@dataclass(frozen=True)
class Rows:
    """A table to be: its columns and rows, the last two of which say whether the figures are shown and why not."""

    columns: tuple[Column, ...]
    rows: list[Row]

    @property
    def missing(self) -> dict[tuple[str, str], int]:
        """How many rows have no figures, by their words and code."""
        found: dict[tuple[str, str], int] = {}
        for row in self.rows:
            if row[-1] != "ok":
                key = str(row[-2]), str(row[-1])
                found[key] = found.get(key, 0) + 1
        return found


def rows_weighted(
    questionnaire: Questionnaire, cubes: Mapping[str, ProtectedCube], weighting: Weighting, lang: str
) -> Rows:
    """Each question's answers as the population would have them, with their interval and what they are worth."""
    columns = (
        Column("question_code", _("Question (code)")),
        Column("question", _("Question"), is_key=True),
        Column("answer", _("Answer"), is_key=True),
        Column("value", _("Weighted"), Kind.NUMBER),
        Column("low", _("Lower bound (95%)"), Kind.NUMBER),
        Column("high", _("Upper bound (95%)"), Kind.NUMBER),
        Column("unweighted", _("Unweighted"), Kind.NUMBER),
        Column("answered", _("How many answered"), Kind.NUMBER),
        Column("effective", _("Worth so many answers"), Kind.NUMBER),
        Column("unit", _("Unit")),
        *status_columns(lang),
    )
    rows = [
        row
        for question in questionnaire
        if question.is_told and not question.is_background and question.code in cubes
        for row in _weighted(questionnaire, question, cubes, weighting, lang)
    ]
    return Rows(columns, rows)


def _weighted(
    questionnaire: Questionnaire,
    question: Question,
    cubes: Mapping[str, ProtectedCube],
    weighting: Weighting,
    lang: str,
) -> Iterator[Row]:
    about = question.code, pick(question.text, lang)
    found = weighted_shares(cubes, question, weighting)
    if found is None:
        is_many = any(dimension.code == OPTION for dimension in cubes[question.code].dimensions)
        why = Reason.NOT_APPLICABLE if is_many else Reason.SUPPRESSED
        yield (*about, "", *(None,) * 6, "", *status_words(lang, why))
        return
    base = Decimal(found.people), Decimal(found.worth)
    shares = {one.answer.code: one for one in found.shares}
    answers = cubes[".".join((question.code, *weighting.by))].dimension(question.code)
    for category in answers.categories:
        if category.code == answers.total:
            continue
        one, words = shares.get(category.code), pick(category.label, lang)
        if one is None:
            yield (*about, words, *(None,) * 4, *base, _percent(), *status_words(lang, Reason.SUPPRESSED))
        else:
            figures = (rounded(100 * each, PERCENT) for each in (one.share, one.low, one.high, one.plain))
            yield (*about, words, *figures, *base, _percent(), *status_words(lang))
    yield from _weighted_mean(questionnaire, question, cubes, found, lang)


def _weighted_mean(
    questionnaire: Questionnaire,
    question: Question,
    cubes: Mapping[str, ProtectedCube],
    found: WeightedShares,
    lang: str,
) -> Iterator[Row]:
    mean = weighted_mean(questionnaire, question, cubes, found)
    if mean is not None:
        figures = (rounded(each, mean.decimals) for each in (mean.value, mean.low, mean.high))
        base = Decimal(found.people), Decimal(found.worth)
        about = question.code, pick(question.text, lang), _("the mean")
        yield (*about, *figures, None, *base, unit_of_mean(mean, lang), *status_words(lang))


def rows_since(
    changes: tuple[Change, ...], left_out: tuple[Pair, ...], breaks: Mapping[Question, Break], lang: str
) -> Rows:
    """Every figure beside that of the round before, and what is not compared."""
    columns = _compared(Column("now", _("Now"), Kind.NUMBER), Column("earlier", _("Last time"), Kind.NUMBER), lang)
    broken = [
        (code.code, pick(code.text, lang), "", "", "", *(None,) * 5, "", "", None, break_in_words(why), "break")
        for code, why in breaks.items()
    ]
    return Rows(columns, [*_rows(changes, left_out, lang), *broken])


def rows_between_groups(changes: tuple[Change, ...], left_out: tuple[Pair, ...], lang: str) -> Rows:
    """Every group beside everybody else, and what is not compared."""
    columns = _compared(
        Column("value", _("The group"), Kind.NUMBER), Column("others", _("The others"), Kind.NUMBER), lang
    )
    return Rows(columns, list(_rows(changes, left_out, lang)))


def _compared(first: Column, second: Column, lang: str) -> tuple[Column, ...]:
    return (
        Column("question_code", _("Question (code)")),
        Column("question", _("Question"), is_key=True),
        Column("answer", _("Answer"), is_key=True),
        Column("background", _("Broken down by"), is_key=True),
        Column("group", _("Group"), is_key=True),
        first,
        second,
        Column("difference", _("Difference"), Kind.NUMBER),
        Column("diff_low", _("Difference, lower bound (95%)"), Kind.NUMBER),
        Column("diff_high", _("Difference, upper bound (95%)"), Kind.NUMBER),
        Column("unit", _("Unit of the difference")),
        Column("verdict", _("What may be said (Holm)")),
        Column("certain", _("1 more or higher, −1 fewer or lower, 0 no certain difference"), Kind.NUMBER),
        *status_columns(lang),
    )


def _rows(changes: tuple[Change, ...], left_out: tuple[Pair, ...], lang: str) -> Iterator[Row]:
    for one in changes:
        times, decimals = (1, one.mean.decimals) if one.mean is not None else (100, PERCENT)
        figures = (one.now, one.earlier, one.difference, one.low, one.high)
        yield (
            *_about(one, lang),
            *(rounded(times * figure, decimals) for figure in figures),
            _("percentage points") if one.mean is None else unit_of_mean(one.mean, lang),
            verdict_words(one.verdict, lang, is_level=one.mean is not None),
            Decimal(int(one.verdict)),
            *status_words(lang),
        )
    for pair in left_out:
        why = Reason.SUPPRESSED if pair.is_hidden else Reason.TOO_UNCERTAIN
        yield (*_about(pair, lang), *(None,) * 5, "", "", None, *status_words(lang, why))


def _about(one: Change | Pair, lang: str) -> tuple[str, ...]:
    """Which question, what of it, and whose: the code and words of the question, then words."""
    return (
        one.question.code,
        pick(one.question.text, lang),
        _("the mean") if one.mean is not None else pick(one.answer, lang),
        pick(one.by.label, lang) if one.by is not None else "",
        pick(one.group.label, lang) if one.group is not None else _("Everyone"),
    )


def _percent() -> str:
    return _("per cent")
