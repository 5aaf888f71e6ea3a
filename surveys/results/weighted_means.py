"""Means weighted to the population, worked out of what is published anyway: the mean and the weighted shares.

A mean of people's own weights would be a new figure of counts that are hidden. Instead the mean of everyone is
moved by what weighting moves between the groups of answers (a scale's low, middle and high, a score's or a
quantity's bands), each group taken at what it is worth. Within a group the answers are those of all who answered:
so far, and no further, such a mean follows the population. It is the difference estimator of survey sampling
(Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, chapter 6), the groups being known of both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from surveys.questionnaire import Question, Questionnaire
from surveys.results.answer_dimensions import groups_above
from surveys.results.shown_means import MeanOf, ShownMean, Tables, mean_shown, score_of_question, steps_of
from surveys.results.weighting import WeightedShares

ALL = 1e-6
"""So near to one the shares of all answers together are."""


def weighted_mean(
    questionnaire: Questionnaire, question: Question, tables: Tables, weighted: WeightedShares
) -> ShownMean | None:
    """The mean as the population would have it; None where a mean or a share that it needs is not shown.

    The interval is that of the mean, longer by the root of the design effect, and within the ends of the scale.
    """
    mean = mean_shown(questionnaire, question, tables)
    if mean is None or not weighted.worth:
        return None
    plain = {one.answer.code: one.plain for one in weighted.shares}
    worth = _worth(questionnaire, question, tables, mean, plain)
    if set(worth) - set(plain) or abs(sum(plain[code] for code in worth) - 1) > ALL:
        return None
    moved = sum(
        (one.share - one.plain) * worth[one.answer.code] for one in weighted.shares if one.answer.code in worth
    )
    low, high = mean.ends
    value = min(high, max(low, mean.value + moved))
    reach = mean.reach * math.sqrt(max(1.0, weighted.people / weighted.worth))
    return replace(mean, value=value, low=max(low, value - reach), high=min(high, value + reach))


def _worth(
    questionnaire: Questionnaire,
    question: Question,
    tables: Tables,
    mean: ShownMean,
    shares: Mapping[str, float],
) -> dict[str, float]:
    """What an answer of each group is worth on the mean's scale."""
    if mean.of is MeanOf.STEPS:
        return _of_steps(questionnaire, question, tables)
    score, measure = score_of_question(questionnaire, question), question.measure
    bands = score.bands if score is not None else measure.bands if measure is not None else ()
    spans = {
        band.code: (
            mean.ends[0] if band.lowest is None else max(mean.ends[0], float(band.lowest)),
            mean.ends[1] if band.highest is None else min(mean.ends[1], float(band.highest)),
        )
        for band in bands
    }
    return _of_spans(spans, mean.value, shares)


def _of_steps(questionnaire: Questionnaire, question: Question, tables: Tables) -> dict[str, float]:
    """The mean step of those in each group of a scale, from the published counts; of nobody its middle."""
    steps, above = steps_of(questionnaire, question), groups_above(question, questionnaire.scale_of(question))
    counts = tables[question.code].select({question.code: list(steps)}).values.ravel()
    found = {}
    for group in dict.fromkeys(above.values()):
        inside = np.array([above[code] == group for code in steps])
        values, people = np.array(list(steps.values()))[inside], counts[inside]
        found[group] = float((values * people).sum() / people.sum()) if people.sum() else float(values.mean())
    return found


def _of_spans(
    spans: Mapping[str, tuple[float, float]], mean: float, shares: Mapping[str, float]
) -> dict[str, float]:
    """The middle of each band; the widest is worth what makes all of them the mean, as far as it reaches."""
    found = {code: (low + high) / 2 for code, (low, high) in spans.items()}
    if not spans:
        return found
    widest = max(spans, key=lambda code: spans[code][1] - spans[code][0])
    rest = sum(shares.get(code, 0.0) * worth for code, worth in found.items() if code != widest)
    if shares.get(widest, 0.0) > 0:
        low, high = spans[widest]
        found[widest] = min(high, max(low, (mean - rest) / shares[widest]))
    return found
