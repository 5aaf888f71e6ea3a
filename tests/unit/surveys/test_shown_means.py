"""Means of quantities without bands, and means weighted to the population: by hand, and silent where need be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from datasets.cubes import Category
from surveys.questionnaire import Polarity, Questionnaire, Score, ScoreBand, encode, read, with_scores
from surveys.results.coverage import coverage_note
from surveys.results.means import with_mean_of_quantity
from surveys.results.protecting import NotShown, Protected
from surveys.results.shown_means import MeanOf, ShownMean, mean_shown
from surveys.results.tabulation import Columns
from surveys.results.weighted_means import weighted_mean
from surveys.results.weighting import WeightedShare, WeightedShares, Weighting, weighted_shares, weighting_of
from tests.unit.surveys.every_kind import every_kind
from tests.unit.surveys.test_weighting import ASKED, HIGH, LOW, POPULATION, RULE, YOUNG_ANSWERED, published

KINDS = read(every_kind())


def slept(hours: list[str]) -> Protected:
    """What is told of how long people sleep, a number without bands."""
    columns = Columns(
        KINDS, np.array([encode(KINDS, {"born": "15-19", "sleep": one}) for one in hours], dtype=np.int16)
    )
    columns = replace(columns, notes=coverage_note(100, len(hours)))
    return with_mean_of_quantity(Protected({}, {}), columns, KINDS.question("sleep"), RULE)


def test_of_a_number_without_bands_the_mean_is_told_and_nothing_else() -> None:
    hours = ["5.5", "7", "8", "8.5", "rather_not"] * 8
    found = slept(hours)
    assert list(found.shown) == ["sleep:mean"] and KINDS.question("sleep").is_told
    mean = mean_shown(KINDS, KINDS.question("sleep"), found.shown)
    assert mean is not None and mean.of is MeanOf.QUANTITY
    assert (mean.value, mean.people, mean.unit) == (7.25, 32, {"sv": "timmar"})
    assert mean.low < 7.25 < mean.high
    (note,) = found.shown["sleep:mean"].notes
    assert note.text["en"].startswith("40 per cent"), "how many answered stands beside every figure"


@pytest.mark.parametrize(
    ("hours", "because"),
    [
        (["5", "7", "8"], "too few gave a number"),
        (["0"] * 39 + ["0.1"], "so near an end it tells what each answered"),
        (["rather_not"] * 40, "nobody gave one"),
    ],
)
def test_where_the_rule_of_means_is_not_kept_it_is_said_that_there_is_none(hours: list[str], because: str) -> None:
    assert slept(hours) == Protected({}, {"sleep:mean": NotShown.TOO_FEW}), because


def joy() -> tuple[dict[str, Any], Weighting, WeightedShares]:
    tables = published(YOUNG_ANSWERED)
    weighting = weighting_of(tables, POPULATION)
    assert isinstance(weighting, Weighting)
    found = weighted_shares(tables, ASKED.question("joy"), weighting)
    assert found is not None
    return tables, weighting, found


def test_of_a_scale_it_is_the_mean_of_people_who_each_count_for_those_they_stand_for() -> None:
    tables, weighting, found = joy()
    plain = mean_shown(ASKED, ASKED.question("joy"), tables)
    mean = weighted_mean(ASKED, ASKED.question("joy"), tables, found)
    assert plain is not None and mean is not None
    codes = [choice.code for choice in ASKED.question("joy").choices if not choice.is_missing]
    step = {code: int(code) if code.isdigit() else codes.index(code) + 1 for code in (HIGH, LOW)}
    # By hand: 60, 60, 40 and 40 people with these weights, of whom 45, 30, 10 and 20 gave the highest answer.
    people, content = np.array([60, 60, 40, 40]), np.array([45, 30, 10, 20])
    each = (content * step[HIGH] + (people - content) * step[LOW]) / people
    weights = weighting.weights.of_cells.ravel() * people
    assert mean.value == pytest.approx(float((weights * each).sum() / weights.sum()))
    assert mean.value < plain.value
    assert mean.reach == pytest.approx(plain.reach * np.sqrt(200 / found.worth))


def banded(
    values: list[float], shares: tuple[float, ...], mean: float
) -> tuple[Questionnaire, dict[str, Any], Any]:
    """A score from 0 to 100 in three bands; its mean is told, and shares that weighting moves."""
    bands = tuple(
        ScoreBand(f"b{at}", {"sv": "x"}, Decimal(low), Decimal(high))
        for at, (low, high) in enumerate([(0, 20), (21, 40), (41, 100)])
    )
    score = Score("tried", {"sv": "S"}, ("joy",), bands=bands, multiply=Decimal(25), polarity=Polarity.NONE)
    asked = with_scores(replace(ASKED, scores=(score,)))
    weighted = WeightedShares(
        tuple(
            WeightedShare(Category(band.code, band.text), share, share, share, plain)
            for band, share, plain in zip(bands, shares, values, strict=True)
        ),
        400,
        100,
    )
    return asked, weighted, mean


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.25, 0.25, 0.5), 46.375),  # nothing moved
        ((0.5, 0.25, 0.25), 46.375 + 0.25 * 10 - 0.25 * 72.5),  # from the widest, worth (46.375 - 10.125) / 0.5
        ((0.5, 0.0, 0.5), 46.375 + 0.25 * 10 - 0.25 * 30.5),
        ((0.0, 0.0, 1.0), 46.375 - 0.25 * 10 - 0.25 * 30.5 + 0.5 * 72.5),
    ],
)
def test_of_a_score_the_mean_moves_with_the_bands_and_not_past_the_scale(
    shares: tuple[float, float, float], expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, weighted, told = banded([0.25, 0.25, 0.5], shares, 46.375)
    shown = ShownMean(MeanOf.POINTS, told, told - 2, told + 2, (0.0, 100.0), 400)
    monkeypatch.setattr("surveys.results.weighted_means.mean_shown", lambda *about: shown)
    found = weighted_mean(asked, asked.question("tried"), {}, weighted)
    assert found is not None
    assert found.value == pytest.approx(expected)
    assert found.reach == pytest.approx(4), "four hundred answers worth a hundred"


def test_where_a_share_is_hidden_there_is_no_weighted_mean() -> None:
    tables, _weighting, found = joy()
    some = replace(found, shares=found.shares[1:])
    assert weighted_mean(ASKED, ASKED.question("joy"), tables, some) is None
    assert weighted_mean(ASKED, ASKED.question("joy"), {}, found) is None
