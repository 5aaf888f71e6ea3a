"""Nobody works out a hidden figure of a score or of its items from all that is shown of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from datasets.cubes import Cube, Reason
from datasets.disclosure import AggregationRule, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES, RESPONSES_PER_ROUND
from surveys.questionnaire import Polarity, Questionnaire, Score, ScoreBand, encode, wellbeing
from surveys.results import protecting_scores
from surveys.results.means import MEAN, Numbers
from surveys.results.protecting import Protected, protected_base, protected_question
from surveys.results.protecting_scores import items_of, protected_scores
from surveys.results.tabulation import Columns
from tests.attacks.disclosure.score_attacker import ScoreAttacker

RULE = AggregationRule(Sensitivity.INTERNAL, tau=5)
BREAKDOWNS = ("age", "gender")
REACHED = ("age", "occupation")
"""By these there would be a table of reach too, which in a round of three hundred often would hide figures."""
ANSWERS = ("not_at_all", "poorly", "neither", "well", "fully")
TELLING = (8, 11, 12, 14, 16, 23)
"""Small rounds in which the items' tables and the score's, each protected against the base alone, tell figures."""


@dataclass(frozen=True)
class Published:
    """What is out about a round's items and its score."""

    asked: Questionnaire
    score: Score
    base: list[Cube]
    items: Mapping[str, Cube]
    of_score: Protected

    def known(self, *, of_whole_people: bool) -> set[str]:
        """The hidden figures, nought apart, that somebody with all of it knows."""
        attacker = self.attacker()
        if self.mean is not None:
            attacker.reads_mean(self.mean)
        return set(attacker.exact(of_whole_people=of_whole_people))

    def attacker(self) -> ScoreAttacker:
        """Somebody with all tables, and no mean."""
        scored = {code: cube.cube for code, cube in self.of_score.shown.items() if not code.endswith(MEAN)}
        return ScoreAttacker(self.asked, self.score, self.base, {**self.items, **scored})

    @property
    def mean(self) -> float | None:
        """The mean of the score, where it is shown."""
        found = self.of_score.shown.get(self.score.code + MEAN)
        return None if found is None else float(found.values.ravel()[0])


def small_round(seed: int) -> tuple[Questionnaire, list[dict[str, Any]]]:
    """Some dozens of people in three ages, a score of one or two of the statements, and bands at random."""
    random = np.random.default_rng(seed)
    items = ("close", "speak_up") if seed % 2 else ("close",)
    cut = int(random.integers(0, 4 * len(items)))
    second = int(random.integers(cut, 4 * len(items)))
    spans = [(0, cut), *([(cut + 1, second)] if second > cut else []), (second + 1, 4 * len(items))]
    bands = tuple(
        ScoreBand(f"b{at}", {"sv": f"{low}–{high}"}, Decimal(low), Decimal(high))
        for at, (low, high) in enumerate(spans)
    )
    score = Score("tried", {"sv": "S"}, items, bands=bands, polarity=Polarity.MORE_IS_BETTER)
    shares = random.dirichlet([0.6, 0.6, 1, 1.5, 1.5])
    people: list[dict[str, Any]] = []
    sizes = [int(random.integers(12, 40)) for _ in range(3)]
    for age, number in zip(("15-17", "18-19", "20-24"), sizes, strict=True):
        for _ in range(number):
            close = random.choice(5, p=shares)
            other = close if random.random() < 0.8 else random.choice(5, p=shares)
            gender = "woman" if random.random() < 0.5 else "man"
            people.append({"age": age, "gender": gender, "close": ANSWERS[close], "speak_up": ANSWERS[other]})
    return replace(wellbeing(), scores=(score,)), people


def published(
    asked: Questionnaire, people: list[dict[str, Any]], breakdowns: Sequence[str] = BREAKDOWNS
) -> Published:
    """The tables of a round's items and of its score, as its jobs make them."""
    columns = Columns(asked, np.array([encode(asked, person) for person in people], dtype=np.int16))
    base = protected_base(columns, breakdowns, RULE)
    items = {}
    for code in items_of(asked):
        items |= protected_question(base.secrets, columns, asked.question(code), RULE).shown
    (of_score,) = protected_scores(base.secrets, columns, items, RULE).values()
    shown = [cube.cube for cube in base.protected.shown.values()]
    return Published(asked, asked.scores[0], shown, {code: cube.cube for code, cube in items.items()}, of_score)


@pytest.mark.parametrize("seed", (0, 3, *TELLING))
def test_small_rounds_tell_nothing_that_is_hidden(seed: int) -> None:
    assert published(*small_round(seed)).known(of_whole_people=True) == set()


def test_protected_against_the_base_alone_the_same_rounds_tell_hidden_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The counter-proof: it is the search for other rounds that keeps them."""
    monkeypatch.setattr(protecting_scores, "_leave_out_what_tells", lambda *about: None)
    assert all(published(*small_round(seed)).known(of_whole_people=True) for seed in TELLING)


@pytest.mark.parametrize("code, breakdowns", [("9903", BREAKDOWNS), ("9902", BREAKDOWNS), ("9902", REACHED)])
def test_the_index_of_the_built_in_questionnaire_tells_nothing_that_is_hidden(
    code: str, breakdowns: tuple[str, str]
) -> None:
    people = simulate(
        wellbeing(), municipality_profile=PROFILES[code], n=RESPONSES_PER_ROUND[code], wave=1, seed=7
    )
    found = published(wellbeing(), people, breakdowns)
    hidden = [cube for cube in found.of_score.shown.values() if (cube.statuses == Reason.SUPPRESSED).any()]
    assert len(found.of_score.shown) == 4 and hidden, "the attack must have had something to attack"
    assert found.mean is not None and 60 < found.mean < 90
    assert found.known(of_whole_people=False) == set()


def test_nothing_of_a_score_is_shown_where_the_base_or_the_rule_asks_for_more_than_is_looked_into() -> None:
    asked, people = small_round(0)
    columns = Columns(asked, np.array([encode(asked, person) for person in people], dtype=np.int16))
    secrets = protected_base(columns, BREAKDOWNS, RULE).secrets
    hiding = {**secrets, "base": {**secrets["base"], "witnesses": [[{"age=15-17": 1}]]}}
    for of_base, rule in (
        (hiding, RULE),
        (secrets, replace(RULE, insider=True)),
        (secrets, replace(RULE, interval=True)),
    ):
        (found,) = protected_scores(of_base, columns, {}, rule).values()
        assert found == Protected({}, {"tried": "not_safe"})


def test_a_mean_of_unprotected_counts_by_group_would_tell() -> None:
    """Why no group has a mean: what its answers are worth together was missing to know the hidden ones."""
    told = 0
    for seed in (0, 3, 8, 12):
        asked, people = small_round(seed)
        found = published(asked, people)
        before = set(found.attacker().exact(of_whole_people=True))
        attacker = found.attacker()
        for age in sorted({person["age"] for person in people}):
            item = found.score.items[0]
            sets = attacker.sets_of_answers
            worth = [0.0 if given[0] is None else float(ANSWERS.index(given[0])) for given in sets]
            total = sum(ANSWERS.index(person[item]) for person in people if person["age"] == age)
            attacker.reads_sum({"age": age}, worth, total)
        told += len(set(attacker.exact(of_whole_people=True)) - before)
    assert told > 0


def test_a_mean_is_of_everyone_and_never_of_a_group() -> None:
    asked, people = small_round(3)
    for code, cube in published(asked, people).of_score.shown.items():
        if code.endswith(MEAN):
            assert "." not in code
            assert {dimension.code for dimension in cube.dimensions} == {"tried", "measure"}
            assert cube.dimension("tried").codes == ("answered",)


def test_where_second_rounds_must_move_the_mean_it_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nobody who could be otherwise at the same sum there are bands, and why there is no mean."""
    asked, people = small_round(3)
    monkeypatch.setattr(Numbers, "slack", property(lambda numbers: (1e9, 1e9)))
    found = published(asked, people).of_score
    assert "tried" in found.shown and "tried:mean" not in found.shown
    assert found.not_shown["tried:mean"] == "not_safe"
