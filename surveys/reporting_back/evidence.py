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
from surveys.reporting_back.content import MOST_FINDINGS
from surveys.results.comparing import Change
from surveys.results.outcome import Outcome, outcome_of
from surveys.results.shown_means import mean_shown
from surveys.selectors import Published
from surveys.wording.findings import finding_in_words, mean_as_finding
from surveys.wording.results import number_in_words

SINCE, MEAN = "<", "=mean"
"""End the keys of a change since the round before, and of a mean."""
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
    """One finding in one language. `answer` is what people said, `certainty` how sure it is; or empty."""

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
    """What there is to choose from: `strongest` are the keys of the findings to begin with.

    `changed` are those of everything that has certainly changed for everyone since the round before.
    """

    strongest: tuple[str, ...]
    changed: tuple[str, ...]
    all: Mapping[str, Evidence]

    @property
    def to_begin_with(self) -> tuple[str, ...]:
        """The strongest findings; where few are certain also a mean and what all answered at first."""
        certain = tuple(islice(dict.fromkeys((*self.strongest, *self.changed)), MOST_FINDINGS))
        others = [key for key in self.all if key not in certain]
        means = [key for key in others if key.endswith(MEAN)][:1]
        plain = [key for key in others if not key.endswith(MEAN)]
        fill = (*plain[:1], *means, *plain[1:])
        return (*certain, *fill[: max(0, FEWEST - len(certain))])


def evidence_of(survey_round: SurveyRound, lang: str) -> Offered:
    """The strongest findings of a round whose results are made, then what was answered to each question.

    After them comes what else has certainly changed since the round before, and the means.
    """
    outcome = outcome_of(survey_round)
    with translation.override(lang):
        strongest, changed = (
            {one.key: one for one in (_of_finding(finding, survey_round, lang) for finding in found)}
            for found in (outcome.findings.found, outcome.findings.since)
        )
        others = dict(_of_questions(outcome.questionnaire, outcome.tables, lang))
        return Offered(
            tuple(strongest), tuple(changed), {**strongest, **others, **changed, **dict(_of_means(outcome, lang))}
        )


def evidence_to_keep(survey_round: SurveyRound, keys: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The chosen evidence in every language, as an edition keeps it; keys that are no more are left out."""
    return {
        lang: [offered[key].to_json() for key in keys if key in offered]
        for lang in LANGUAGES
        for offered in [evidence_of(survey_round, lang).all]
    }


def _of_finding(finding: Change, survey_round: SurveyRound, lang: str) -> Evidence:
    words, mean = finding_in_words(finding, lang), finding.mean
    if finding.by is None or finding.group is None:
        key = f"{finding.question.code}{SINCE}{MEAN if mean is not None else ''}"
        before = survey_round.previous_round
        labels = survey_round.wave or _("Now"), (before.wave if before else "") or _("The round before")
    else:
        key = f"{finding.question.code}.{finding.by.code}={finding.group.code}"
        labels = pick(finding.group.label, lang), _("The others")
    bars = tuple(
        Bar(label, _in_per_cent(figure, lang), round(100 * figure, 1))
        if mean is None
        else Bar(label, number_in_words(figure, mean.decimals), _along(figure, mean.ends))
        for label, figure in zip(labels, (finding.now, finding.earlier), strict=True)
    )
    return Evidence(
        key=key,
        heading=words["heading"],
        question=pick(finding.question.text, lang),
        answer="" if mean is not None or finding.is_score else pick(finding.answer, lang),
        sentence=words["sentence"],
        certainty=words["certainty"],
        bars=bars,
    )


def _of_means(outcome: Outcome, lang: str) -> Iterator[tuple[str, Evidence]]:
    """Everyone's mean of each scale, score and quantity that may be shown."""
    for question in outcome.questionnaire:
        mean = None if question.is_background else mean_shown(outcome.questionnaire, question, outcome.cubes)
        if mean is not None:
            sentence, certainty = mean_as_finding(mean, lang)
            bar = Bar(_("Everyone"), number_in_words(mean.value, mean.decimals), _along(mean.value, mean.ends))
            yield (
                question.code + MEAN,
                Evidence(
                    key=question.code + MEAN,
                    heading=_("%(question)s: the mean") % {"question": pick(question.label, lang)},
                    question=pick(question.text, lang),
                    answer="",
                    sentence=sentence,
                    certainty=certainty,
                    bars=(bar,),
                ),
            )


def _along(value: float, ends: tuple[float, float]) -> float:
    """How far along its scale a mean lies: 0 to 100."""
    lowest, highest = ends
    return round(100 * (value - lowest) / (highest - lowest), 1) if highest > lowest else 0.0


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
