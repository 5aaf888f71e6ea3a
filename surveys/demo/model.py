"""A population that never was: answers drawn from a small model of what lies behind them.

Behind each person stand six latent variables with unit variance: wellbeing, four sides of life that share in
it, and troubles, which correlate with wellbeing at about -0.4, so that some feel well in spite of troubles. A
question's answer is a weighted sum of them plus chance, cut into the scale's answers (an ordered probit).
Nobody's data went into the figures, see :mod:`surveys.demo.parameters`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from surveys.questionnaire import Answer, Kind, Polarity, Question, Questionnaire, prune

from .parameters import (
    APPEAL,
    BEHIND,
    GENDER,
    LATENTS,
    OCCUPATION,
    SKIPPED_FIRST,
    SKIPPED_PER_QUESTION,
    SKIPPED_SENSITIVE,
    SPREAD,
    STOPPED_EARLY,
    TROUBLES_BY,
    WELLBEING_BY,
    WORDS,
    WORDS_SHARE,
    MunicipalityProfile,
)

Floats = NDArray[np.float64]
SHARED = 0.6  # how much of the sides of life is general wellbeing
AGAINST = -0.4  # how far troubles lean against it


def simulate(
    questionnaire: Questionnaire, *, municipality_profile: MunicipalityProfile, n: int, wave: int, seed: int
) -> list[dict[str, Answer]]:
    """Answers of n people of one place in one round, the first being wave 1.

    The same arguments give the same answers; another wave or place gives other people. Questions that a
    person is not asked have no answer, some that they are asked are skipped, and a few people stop early.
    """
    rng = np.random.default_rng([seed, wave, int(municipality_profile.code)])
    shifts = _shifts(municipality_profile, wave)
    people: list[dict[str, Answer]] = [{} for _ in range(n)]
    latents: dict[str, Floats] = {}
    column: Sequence[Answer | None]
    for question in questionnaire:
        if question.code == "age":
            column = _ages(rng, municipality_profile, n)
        elif question.code == "gender":
            column = _draw(rng, [GENDER] * n)
        elif question.code == "occupation":
            column = _occupations(rng, people, municipality_profile.neither)
        else:
            latents = latents or _latents(rng, people, shifts)
            column = _answers(rng, question, latents, shifts.get(question.code, 0.0), n)
        for person, answer in zip(people, column, strict=True):
            if answer:
                person[question.code] = answer
    _skip(rng, questionnaire, people)
    return [prune(questionnaire, person) for person in people]


def _shifts(profile: MunicipalityProfile, wave: int) -> dict[str, float]:
    names = profile.shifts.keys() | profile.trends.keys()
    return {name: profile.shifts.get(name, 0.0) + (wave - 1) * profile.trends.get(name, 0.0) for name in names}


def _draw(rng: np.random.Generator, shares: Sequence[Mapping[str, float]]) -> list[Answer]:
    """One draw from each person's own shares, which need not sum to 1."""
    drawn: list[Answer] = []
    for chance, share in zip(rng.random(len(shares)), shares, strict=True):
        bounds = np.cumsum(list(share.values()))
        drawn.append(list(share)[int(np.searchsorted(bounds, chance * bounds[-1], side="right"))])
    return drawn


def _ages(rng: np.random.Generator, profile: MunicipalityProfile, n: int) -> list[Answer]:
    return _draw(rng, [profile.ages] * n)


def _occupations(rng: np.random.Generator, people: Sequence[Mapping[str, Answer]], neither: float) -> list[Answer]:
    shares = {
        band: {code: share * (neither if code == "neither" else 1.0) for code, share in occupation.items()}
        for band, occupation in OCCUPATION.items()
    }
    return _draw(rng, [shares[str(person["age"])] for person in people])


def _latents(
    rng: np.random.Generator, people: Sequence[Mapping[str, Answer]], shifts: Mapping[str, float]
) -> dict[str, Floats]:
    n = len(people)
    general = rng.standard_normal(n) + _by(people, WELLBEING_BY)
    found = {"wellbeing": general}
    for name in LATENTS[1:-1]:
        found[name] = SHARED * general + np.sqrt(1 - SHARED**2) * rng.standard_normal(n)
    found["troubles"] = (
        AGAINST * general + np.sqrt(1 - AGAINST**2) * rng.standard_normal(n) + _by(people, TROUBLES_BY)
    )
    # "leisure" names both a latent and a question; a shift by that name moves the side of life, and so both.
    return {name: values + shifts.get(name, 0.0) for name, values in found.items()}


def _by(people: Sequence[Mapping[str, Answer]], effects: Mapping[str, Mapping[str, float]]) -> Floats:
    return np.array(
        [
            sum(effect.get(str(person.get(question)), 0.0) for question, effect in effects.items())
            for person in people
        ],
        dtype=np.float64,
    )


def _answers(
    rng: np.random.Generator, question: Question, latents: Mapping[str, Floats], shift: float, n: int
) -> Sequence[Answer | None]:
    if question.kind is Kind.MULTIPLE:
        return _several(rng, question, latents, n)
    if question.kind is Kind.TEXT:
        picked = rng.integers(len(WORDS), size=n)
        return [
            WORDS[which] if wrote else None
            for which, wrote in zip(picked, rng.random(n) < WORDS_SHARE, strict=True)
        ]
    return _ordered(rng, question, latents, 0.0 if question.code in LATENTS else shift, n)


def _ordered(
    rng: np.random.Generator, question: Question, latents: Mapping[str, Floats], shift: float, n: int
) -> list[Answer | None]:
    """A weighted sum of what lies behind, with chance added up to about unit variance, cut by the spread."""
    default = {"wellbeing": -0.4 if question.polarity is Polarity.LESS_IS_BETTER else 0.4}
    weights, lift = BEHIND.get(question.code, (default, 0.0))
    signal = sum((weight * latents[name] for name, weight in weights.items()), np.zeros(n))
    explained = sum(weight**2 for weight in weights.values())
    drawn = lift + shift + signal + np.sqrt(max(0.1, 1 - explained)) * rng.standard_normal(n)
    choices = question.choices
    spread = SPREAD.get(question.scale or "", (1 / len(choices),) * len(choices))
    cuts = [NormalDist().inv_cdf(min(bound, 1 - 1e-9)) for bound in np.cumsum(spread)[:-1]]
    return [choices[int(index)].code for index in np.searchsorted(cuts, drawn)]


def _several(
    rng: np.random.Generator, question: Question, latents: Mapping[str, Floats], n: int
) -> list[Answer | None]:
    """The readiest one to three answers of each person; what stands alone goes to those whose leisure is good."""
    open_choices = [choice.code for choice in question.choices if not choice.is_exclusive]
    alone = next((choice.code for choice in question.choices if choice.is_exclusive), None)
    appeal = APPEAL.get(question.code, {})
    readiness = np.log([appeal.get(code, 1.0) for code in open_choices]) + rng.gumbel(size=(n, len(open_choices)))
    counts = rng.choice([1, 2, 3], size=n, p=[0.25, 0.25, 0.5])
    content = latents["leisure"] + rng.standard_normal(n) > 0.3
    found: list[Answer | None] = []
    for row, count, is_content in zip(readiness, counts, content, strict=True):
        if alone and is_content:
            found.append((alone,))
            continue
        picked = np.sort(np.argsort(-row)[: min(int(count), question.max_choices or len(open_choices))])
        found.append(tuple(open_choices[index] for index in picked))
    return found


def _skip(rng: np.random.Generator, questionnaire: Questionnaire, people: Sequence[dict[str, Answer]]) -> None:
    """Take answers away again: some questions are skipped, more so late and sensitive ones; a few people stop."""
    questions = [question for question in questionnaire if not question.is_required]
    chance = np.array(
        [
            SKIPPED_FIRST + place * SKIPPED_PER_QUESTION + (SKIPPED_SENSITIVE if question.is_sensitive else 0.0)
            for place, question in enumerate(questions)
        ]
    )
    skipped = rng.random((len(people), len(questions))) < chance
    stops = np.where(
        rng.random(len(people)) < STOPPED_EARLY,
        rng.integers(3, len(questions) + 1, size=len(people)) if len(questions) > 3 else len(questions),
        len(questions),
    )
    for person, row, stop in zip(people, skipped, stops, strict=True):
        for place, question in enumerate(questions):
            if row[place] or place >= stop:
                person.pop(question.code, None)
