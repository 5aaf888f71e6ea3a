"""What a report can point at: certain findings, and the answers to each question, as words and bars.

Made of released tables and nothing else, so that a report cannot say what a chart does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from datasets.charts import Measure, build_chart, propose
from datasets.cubes import pick
from datasets.selectors import about_of
from surveys.models import SurveyRound
from surveys.questionnaire import Question, Questionnaire
from surveys.results.findings import Finding
from surveys.results.outcome import outcome_of
from surveys.selectors import Published
from surveys.wording import finding_in_words

SINCE = "<"
"""Ends the key of a change since the round before."""
LANGUAGES = ("sv", "en")
ENDS = ("high", "low")
"""The two ends of a scale, in the tables of every question that is answered on one."""
MOST_BARS = 5
FEWEST = 3
"""A report begins with so many findings at least."""


@dataclass(frozen=True)
class Bar:
    """One bar: whose it is, its figure in words, and a length from 0 to 100; None where it is not shown."""

    label: str
    text: str
    length: float | None


@dataclass(frozen=True)
class Evidence:
    """One finding in one language. `certainty` says how sure it is, where it is a difference."""

    key: str
    heading: str
    question: str
    answer: str
    sentence: str
    certainty: str
    bars: tuple[Bar, ...]

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Evidence:
        """As it was kept with an edition."""
        return cls(**{**kept, "bars": tuple(Bar(**bar) for bar in kept["bars"])})

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: `strongest` are the keys of the findings to begin with."""

    strongest: tuple[str, ...]
    all: Mapping[str, Evidence]

    @property
    def to_begin_with(self) -> tuple[str, ...]:
        """The strongest findings; where few are certain, what all answered to the first questions as well."""
        others = (key for key in self.all if key not in self.strongest)
        return (*self.strongest, *islice(others, max(0, FEWEST - len(self.strongest))))


def evidence_of(survey_round: SurveyRound, lang: str) -> Offered:
    """The strongest findings of a round whose results are made, then what was answered to each question."""
    outcome = outcome_of(survey_round)
    with translation.override(lang):
        strongest = {
            one.key: one
            for one in (_of_finding(finding, survey_round, lang) for finding in outcome.findings.found)
        }
        others = dict(_of_questions(outcome.questionnaire, outcome.tables, lang))
        return Offered(tuple(strongest), {**strongest, **others})


def evidence_to_keep(survey_round: SurveyRound, keys: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The chosen evidence in every language, as an edition keeps it; keys that are no more are left out."""
    return {
        lang: [offered[key].to_json() for key in keys if key in offered]
        for lang in LANGUAGES
        for offered in [evidence_of(survey_round, lang).all]
    }


def _of_finding(finding: Finding, survey_round: SurveyRound, lang: str) -> Evidence:
    comparison = finding.comparison
    words = finding_in_words(finding, lang)
    if comparison.by is None or comparison.group is None:
        key = f"{comparison.question.code}{SINCE}"
        before = survey_round.previous_round
        labels = survey_round.wave or _("Now"), (before.wave if before else "") or _("The round before")
    else:
        key = f"{comparison.question.code}.{comparison.by.code}={comparison.group.code}"
        labels = pick(comparison.group.label, lang), _("The others")
    bars = tuple(
        Bar(label, _in_per_cent(share, lang), round(100 * share, 1))
        for label, share in zip(labels, (finding.share, finding.other), strict=True)
    )
    return Evidence(
        key=key,
        heading=words["heading"],
        question=pick(comparison.question.text, lang),
        answer=pick(comparison.answer, lang),
        sentence=words["sentence"],
        certainty=words["certainty"],
        bars=bars,
    )


def _of_questions(
    questionnaire: Questionnaire, tables: Mapping[str, Published], lang: str
) -> Iterator[tuple[str, Evidence]]:
    """Every question of which the answers can be shown, but those that only tell people apart."""
    for question in questionnaire:
        published = tables.get(question.code)
        if published is not None and not question.is_background:
            yield question.code, _of_question(question, published, lang)


def _of_question(question: Question, published: Published, lang: str) -> Evidence:
    """What all answered: of a scale its two ends, of many choices those that most people made."""
    selection = propose(published.cube)
    answers = published.cube.dimension(question.code)
    if set(ENDS) <= answers.positions.keys():
        selection = replace(selection, x_only=ENDS)
    about = about_of(published.dataset, published.table.title)
    spec = build_chart(published.cube, selection, lang=lang, about=about)
    (series,) = spec.series
    shown = list(zip(spec.x.places, series.points, strict=True))
    if len(shown) > MOST_BARS:
        known = [pair for pair in shown if pair[1].value is not None]
        shown = sorted(known, key=lambda pair: -(pair[1].value or 0))[:MOST_BARS]
    longest = max((point.value for _place, point in shown if point.value is not None), default=0.0) or 1.0
    scale = 1.0 if spec.measure is Measure.SHARE else 100 / longest
    return Evidence(
        key=question.code,
        heading=pick(question.label, lang),
        question=pick(question.text, lang),
        answer="",
        sentence=spec.sentence,
        certainty="",
        bars=tuple(
            Bar(place.label, point.text, None if point.value is None else round(point.value * scale, 1))
            for place, point in shown
        ),
    )


def _in_per_cent(share: float, lang: str) -> str:
    return f"{round(100 * share)}{'%' if lang == 'en' else chr(0xA0) + '%'}"
