"""Advice on coarser tables: what it proposes helps as it says, since each piece was protected for real."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.cubes import Category, Cube, Dimension, NotSummable, Reason, Role
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    Why,
    protect,
    protect_linked,
)
from datasets.disclosure.advice.advising import MOST_GIVEN, Effect, advise, without_a_dimension
from datasets.disclosure.advice.coarser import merges, span
from datasets.disclosure.advice.reshaping import Group, Kind, Step, fitting, merged_groups, reshape

RULE = AggregationRule(Sensitivity.INTERNAL, k=5, share_base=0)
SCHOOLS = ("Ek", "Alm", "Bok", "Lind", "Asp")
AGES = ("15–17 år", "18–19 år", "20–24 år", "25–29 år")


def dimension(code: str, labels: Sequence[str], role: Role | None = None, *, summable: bool = True) -> Dimension:
    categories = tuple(Category(label, {"sv": label}) for label in labels)
    return Dimension(code, {"sv": code}, categories, role, summable=summable and role is None)


def pupils(seed: int = 2, years: int = 2) -> Cube:
    """Synthetic pupils by school, age and year, with many small groups."""
    random = np.random.default_rng(seed)
    dimensions = [
        dimension("Skola", SCHOOLS),
        dimension("Ålder", AGES),
        dimension("År", [str(2022 + year) for year in range(years)], Role.TIME),
    ]
    counts = random.poisson(random.gamma(1, 8, size=(5, 4, years)))
    return Cube.of_values(dimensions, counts.astype(float))


def run(cube: Cube, steps: Sequence[Step] = ()) -> object:
    return protect(cube, RULE)


def before(cube: Cube) -> Effect:
    report = protect(cube, RULE).report
    return Effect(report.cells, report.hidden)


def merge(*codes: str, into: str = "Övriga", dimension: str = "Skola") -> Step:
    group = Group(codes, tuple({"sv": code} for code in codes), "+".join(codes), {"sv": into})
    return Step(Kind.MERGE, dimension, {"sv": dimension}, (group,))


@pytest.mark.parametrize("seed", range(6))
def test_each_piece_of_advice_hides_what_it_says_and_less_than_before(seed: int) -> None:
    cube = pupils(seed)
    present = before(cube)
    found = advise(cube, RULE.k, run, present)
    assert 0 < len(found) <= MOST_GIVEN
    for advice in found:
        report = protect(reshape(cube, advice.steps), RULE).report
        assert (advice.effect.cells, advice.effect.hidden) == (report.cells, report.hidden)
        assert advice.effect.share < present.share


def test_the_same_table_gets_the_same_advice() -> None:
    first, second = (advise(pupils(), RULE.k, run, before(pupils())) for _ in range(2))
    assert first == second


def test_a_choice_is_given_between_merging_pooling_and_leaving_out() -> None:
    kinds = {step.kind for advice in advise(pupils(), 5, run, before(pupils())) for step in advice.steps}
    assert kinds == set(Kind)


def test_no_more_cells_are_protected_than_the_budget_allows() -> None:
    spent = []

    def counting(cube: Cube, steps: Sequence[Step]) -> object:
        spent.append(cube.size)
        return run(cube)

    advise(pupils(), RULE.k, counting, before(pupils()), budget=60)
    assert 0 < sum(spent) <= 60


def test_one_dimension_less_is_compared() -> None:
    less = without_a_dimension(pupils(), run)
    assert less is not None
    assert [step.kind for step in less.steps] == [Kind.DROP]
    assert less.effect.share < before(pupils()).share


def test_nothing_is_advised_where_nothing_can_be_added() -> None:
    cube = Cube.of_values([dimension("Mått", ("a", "b", "c"), summable=False)], [2.0, 40.0, 50.0])
    assert advise(cube, 5, run, Effect(3, 1)) == ()
    assert without_a_dimension(cube, run) is None


def test_a_table_that_crosses_too_much_is_told_what_to_leave_out() -> None:
    random = np.random.default_rng(3)
    dimensions = [dimension(f"d{at}", ("a", "b", "c")) for at in range(5)]
    cube = Cube.of_values(dimensions, random.poisson(3, size=(3,) * 5).astype(float))
    with pytest.raises(RefusedToPublish) as refused:
        protect(cube, AggregationRule(Sensitivity.INTERNAL, max_dimensions=3))
    reason = refused.value.reasons[0]
    too_many = int(str(reason.about["crossed"])) - int(str(reason.about["allowed"]))

    def strictly(changed: Cube, steps: Sequence[Step]) -> object:
        return protect(changed, AggregationRule(Sensitivity.INTERNAL, max_dimensions=3))

    found = advise(cube, 5, strictly, None, why=[Why.TOO_MANY_DIMENSIONS], too_many=too_many)
    assert found
    assert all(len(advice.steps) == 2 for advice in found)
    assert all({step.kind for step in advice.steps} == {Kind.DROP} for advice in found)


def test_a_table_of_nothing_but_small_groups_gets_advice_by_which_something_is_shown() -> None:
    cube = Cube.of_values(
        [dimension("Skola", SCHOOLS), dimension("År", ("2022", "2023", "2024"), Role.TIME)],
        np.full((5, 3), 2.0),
    )
    with pytest.raises(RefusedToPublish) as refused:
        run(cube)
    assert refused.value.reasons[0].why is Why.NOTHING_LEFT
    found = advise(cube, 5, run, None, why=[Why.NOTHING_LEFT])
    assert found
    assert all(advice.effect.hidden < advice.effect.cells for advice in found)


def test_merging_adds_the_figures_and_keeps_everything_else() -> None:
    cube = pupils()
    merged = merge("Alm", "Bok").apply(cube)
    assert merged.dimension("Skola").codes == ("Ek", "Alm+Bok", "Lind", "Asp")
    assert np.array_equal(merged.values[1], cube.values[1] + cube.values[2])
    assert np.array_equal(merged.values[[0, 2, 3]], cube.values[[0, 3, 4]])


def test_a_sum_with_a_missing_part_is_missing() -> None:
    cube = Cube.of_values([dimension("Skola", SCHOOLS)], [1.0, np.nan, 5.0, 6.0, 7.0])
    merged = merge("Alm", "Bok").apply(cube)
    assert np.isnan(merged.values[1])
    assert merged.statuses[1] == Reason.NOT_AVAILABLE
    assert merged.values.tolist()[2:] == [6.0, 7.0]


def test_a_total_is_used_where_there_is_one_and_the_parts_where_there_is_not() -> None:
    total = Dimension(
        "Kön", {"sv": "Kön"}, tuple(Category(c, {"sv": c}) for c in ("flickor", "pojkar", "alla")), total="alla"
    )
    cube = Cube.of_values([dimension("Skola", ("Ek", "Alm")), total], [[3.0, 4.0, 7.0], [5.0, 6.0, 11.0]])
    without = Step(Kind.DROP, "Kön", {"sv": "Kön"}).apply(cube)
    assert without.values.tolist() == [7.0, 11.0]
    assert Step(Kind.DROP, "Skola", {"sv": "Skola"}).apply(cube).values.tolist() == [8.0, 10.0, 18.0]


def test_what_cannot_be_added_is_neither_merged_nor_left_out() -> None:
    cube = Cube.of_values(
        [dimension("Mått", ("a", "b", "c"), summable=False), dimension("Skola", SCHOOLS)], range(15)
    )
    with pytest.raises(NotSummable):
        Step(Kind.DROP, "Mått", {"sv": "Mått"}).apply(cube)
    with pytest.raises(NotSummable):
        merge("a", "b", dimension="Mått").apply(cube)


def test_steps_that_no_longer_fit_are_passed_over_and_the_others_done() -> None:
    cube = pupils().select({"Skola": ["Ek", "Lind", "Asp"]})
    steps = [merge("Alm", "Bok"), merge("Ek", "Lind"), Step(Kind.DROP, "Kön", {"sv": "Kön"})]
    assert fitting(cube, steps) == (steps[1],)
    assert reshape(cube, steps).dimension("Skola").codes == ("Ek+Lind", "Asp")


def test_a_step_is_the_same_after_it_was_stored() -> None:
    for advice in advise(pupils(), 5, run, before(pupils())):
        for step in advice.steps:
            assert Step.from_json(step.to_json()) == step
            assert Step.from_json(step.to_json()).key == step.key
    with pytest.raises(ValueError, match="no step"):
        Step.from_json({"kind": "merge"})


@pytest.mark.parametrize(
    ("words", "together"),
    [
        (["15–17 år", "18–19 år"], "15–19 år"),
        (["2022", "2023", "2024"], "2022–2024"),
        (["årskurs 7", "årskurs 8"], "årskurs 7–8"),
        (["25–29 år", "30- år"], "25–29 år · 30- år"),
        (["ja", "nej"], "ja · nej"),
    ],
)
def test_neighbours_get_one_name(words: list[str], together: str) -> None:
    assert span(words) == together


def test_many_small_ones_are_called_others_unless_there_is_one_of_that_name() -> None:
    labels = {group.label["sv"] for step in merges(pupils(), 5) for group in step.groups if len(group.codes) == 3}
    assert "Övriga" in labels
    named = Cube.of_values([dimension("Skola", ("Ek", "Alm", "Bok", "Övriga"))], [1.0, 2.0, 3.0, 40.0])
    taken = {group.label["sv"] for step in merges(named, 5) for group in step.groups if len(group.codes) == 3}
    assert "Övriga" not in taken


def test_what_a_merged_category_is_made_of_is_told_through_several_steps() -> None:
    steps = [merge("Alm", "Bok"), merge("Alm+Bok", "Lind")]
    assert merged_groups(pupils(), steps) == {"Skola": {"Alm+Bok+Lind": ("Alm", "Bok", "Lind")}}


def test_parts_that_were_out_before_do_not_give_a_merged_category_away() -> None:
    """Bok was shown and Alm was not: what both are together now tells Alm, so it is not shown either."""
    schools = dimension("Skola", SCHOOLS)
    cube = Cube.of_values([schools], [2.0, 3.0, 40.0, 50.0, 60.0])
    first = protect(cube, RULE)
    shown = [code for code, status in zip(SCHOOLS, first.statuses, strict=True) if status != Reason.SUPPRESSED]
    step = merge("Alm", "Bok")
    table = CountTable(step.apply(cube), groups=merged_groups(cube, [step]))
    second = protect_linked([table], RULE, earlier=[ReleasedTable(first, release="1")])[0]
    hidden = [
        code
        for code, status in zip(second.dimension("Skola").codes, second.statuses, strict=True)
        if status == Reason.SUPPRESSED
    ]
    assert "Bok" in shown
    assert "Alm+Bok" in hidden


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_no_step_that_is_thought_of_changes_how_many_there_are(seed: int, years: int) -> None:
    cube = pupils(seed, years)
    for step in merges(cube, 5):
        assert step.apply(cube).values.sum() == cube.values.sum()
