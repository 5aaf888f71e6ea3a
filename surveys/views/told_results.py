"""Results in words, as the pages of a round and of two rounds together show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.charts import Measure, Selection, build_chart, propose
from datasets.cubes import pick
from datasets.selectors import about_of
from surveys.questionnaire import Question, Questionnaire
from surveys.results.means import MEAN
from surveys.results.outcome import Outcome
from surveys.results.shown_means import mean_shown
from surveys.results.weighted_means import weighted_mean
from surveys.results.weighting import Weighting, weighted_shares
from surveys.selectors import Published
from surveys.wording import not_shown_in_words
from surveys.wording.findings import finding_in_words
from surveys.wording.means import MeanWords, given_in_words, mean_in_words, score_in_words, why_no_mean
from surveys.wording.results import WeightedWords, weighted_in_words

NotShown = Mapping[str, Mapping[str, str]]
"""By question and table: what could not be shown, and why."""


@dataclass(frozen=True)
class Bar:
    """One answer with its share: in words, and as a length from 0 to 100 where it is shown."""

    label: str
    text: str
    interval: str
    length: float | None


@dataclass(frozen=True)
class Result:
    """One question: its finding in a sentence, the answers, its chart, and its breakdowns as (label, address).

    `made_of` is what a score follows from; `missing` tells which breakdowns could not be shown, and why;
    `weighted` what the population would answer.
    """

    label: str
    question: str
    sentence: str
    bars: tuple[Bar, ...] = ()
    url: str = ""
    breakdowns: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    made_of: str = ""
    mean: MeanWords | None = None
    no_mean: str = ""
    mean_url: str = ""
    weighted: WeightedWords | None = None


@dataclass(frozen=True)
class Told:
    """What a page tells results of: the outcome, what could not be shown, the weights if any, whose charts."""

    outcome: Outcome
    not_shown: NotShown
    weighting: Weighting | None
    slug: str
    lang: str

    def findings(self) -> list[dict[str, str]]:
        """The strongest findings in words, each with the chart that shows it."""
        found = []
        for one in self.outcome.findings.found:
            tables = self.outcome.tables
            code = (
                one.question.code + MEAN
                if one.mean is not None and one.question.code + MEAN in tables
                else one.table
            )
            published = tables[code]
            url = self.chart_url(published, propose(published.cube))
            found.append({**finding_in_words(one, self.lang), "url": url})
        return found

    def sections(self) -> list[dict[str, Any]]:
        """Every section with the result of each of its questions."""
        return [
            {
                "code": section.code,
                "title": pick(section.title, self.lang),
                "results": [
                    self._with_weights(self._result(question), question)
                    for question in section.questions
                    if question.is_told
                ],
            }
            for section in self.outcome.questionnaire.sections
        ]

    def chart_url(self, published: Published, selection: Selection) -> str:
        """The address of exactly this view among the data set's charts."""
        address = reverse("chart-view", args=[self.slug, published.dataset.pk])
        return f"{address}?table={quote(published.table.code)}&{selection.to_query()}"

    def _result(self, question: Question) -> Result:
        """A question with its first chart in words; where nothing can be shown, that and why."""
        questionnaire, tables, lang = self.outcome.questionnaire, self.outcome.tables, self.lang
        not_shown = self.not_shown.get(question.code, {})
        label, text = pick(question.label, lang), pick(question.text, lang)
        made_of = score_in_words(questionnaire, question.code, lang)
        shown, mean = mean_shown(questionnaire, question, self.outcome.cubes), tables.get(question.code + MEAN)
        words = mean_in_words(shown, lang) if shown else None
        mean_url = self.chart_url(mean, propose(mean.cube)) if mean else ""
        published = tables.get(question.code)
        if published is None and shown is not None:
            return Result(label, text, given_in_words(shown), mean=words, mean_url=mean_url)
        if published is None:
            why = not_shown_in_words(not_shown.get(question.code, not_shown.get(question.code + MEAN, "")))
            return Result(label, text, _("Could not be shown: %(why)s.") % {"why": why}, made_of=made_of)
        selection = propose(published.cube)
        about = about_of(published.dataset, published.table.title)
        spec = build_chart(published.cube, selection, lang=lang, about=about)
        (series,) = spec.series
        bars = tuple(
            Bar(place.label, point.text, point.interval, None if point.value is None else round(point.value, 1))
            for place, point in zip(spec.x.places, series.points, strict=True)
        )
        return Result(
            label=label,
            question=text,
            sentence=spec.sentence,
            bars=_to_scale(bars, spec.measure),
            url=self.chart_url(published, selection),
            breakdowns=self._breakdowns(question),
            missing=missing_in_words(question, not_shown, questionnaire, lang),
            made_of=made_of,
            mean=words,
            no_mean="" if words else why_no_mean(questionnaire, question),
            mean_url=mean_url,
        )

    def _breakdowns(self, question: Question) -> tuple[tuple[str, str], ...]:
        tables = self.outcome.tables
        return tuple(
            (pick(by.label, self.lang), self.chart_url(found, propose(found.cube)))
            for by in self.outcome.questionnaire.background
            if (found := tables.get(f"{question.code}.{by.code}")) is not None
        )

    def _with_weights(self, result: Result, question: Question) -> Result:
        """A result with what the population would answer, where it is told weighted and that can be known."""
        cubes = self.outcome.cubes
        found = weighted_shares(cubes, question, self.weighting) if self.weighting is not None else None
        if found is None:
            return result
        mean = weighted_mean(self.outcome.questionnaire, question, cubes, found)
        return replace(result, weighted=weighted_in_words(found, mean, self.lang))


def missing_in_words(
    question: Question, not_shown: Mapping[str, str], questionnaire: Questionnaire, lang: str
) -> str:
    """The breakdowns of a question that could not be shown, together where the reason is the same."""
    labels: dict[str, list[str]] = {}
    for by in questionnaire.background:
        why = not_shown.get(f"{question.code}.{by.code}")
        if why is not None:
            labels.setdefault(not_shown_in_words(why), []).append(pick(by.label, lang).lower())
    return " ".join(
        _("Could not be shown by %(backgrounds)s: %(why)s.") % {"backgrounds": ", ".join(found), "why": why}
        for why, found in labels.items()
    )


def _to_scale(bars: tuple[Bar, ...], measure: Measure) -> tuple[Bar, ...]:
    """Shares are lengths already; of numbers the largest fills the row."""
    longest = max((bar.length for bar in bars if bar.length is not None), default=0.0)
    if measure is Measure.SHARE or not longest:
        return bars
    return tuple(
        bar if bar.length is None else replace(bar, length=round(100 * bar.length / longest, 1)) for bar in bars
    )
