"""What a person is told of a new table beside the former one, and that hidden figures have no part in it."""

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension, Note, Reason, Role, Unit
from datasets.cubes.revisions import revisions
from datasets.disclosure import AggregationRule, Sensitivity, protect


def table(values, ages=("15-19", "20-24"), years=("2023", "2024"), statuses=None, **about) -> Cube:
    figures = np.array(values, dtype=float).reshape(len(ages), len(years))
    reasons = np.zeros(figures.shape, dtype=np.uint8) if statuses is None else np.array(statuses, dtype=np.uint8)
    return Cube(
        dimensions=(
            Dimension("ålder", {"sv": "Ålder"}, tuple(Category(age, {"sv": f"{age} år"}) for age in ages)),
            Dimension("tid", {"sv": "År"}, tuple(Category(year, {"sv": year}) for year in years), Role.TIME),
        ),
        values=figures,
        statuses=reasons.reshape(figures.shape),
        **{"title": {"sv": "Unga"}, **about},
    )


def test_the_same_table_has_nothing_to_tell():
    found = revisions(table([1, 2, 3, 4]), table([1, 2, 3, 4]))
    assert found.is_nothing
    assert (found.compared, found.revised) == (4, 0)


def test_revised_figures_are_counted_and_the_largest_is_named():
    found = revisions(table([10, 20, 30, 40]), table([10, 21, 30, 20]))
    assert (found.compared, found.revised) == (4, 2)
    assert found.largest is not None
    assert [label["sv"] for label in found.largest.labels] == ["20-24 år", "2024"]
    assert (found.largest.before, found.largest.after) == (40, 20)


def test_a_new_year_is_new_and_no_break():
    found = revisions(table([1, 2, 3, 4]), table([1, 2, 5, 3, 4, 6], years=("2023", "2024", "2025")))
    assert found.revised == 0
    assert [label["sv"] for label in found.dimensions[0].new] == ["2025"]
    assert found.breaks == ()


def test_a_category_that_went_breaks_the_series():
    found = revisions(table([1, 2, 3, 4]), table([1, 2], ages=("15-19",)))
    assert [label["sv"] for label in found.dimensions[0].gone] == ["20-24 år"]
    assert found.breaks == ("definition",)


def test_years_that_do_not_meet_leave_a_gap():
    assert revisions(table([1, 2, 3, 4]), table([1, 2, 3, 4], years=("2030", "2031"))).breaks == (
        "no_common_period",
    )


def test_title_unit_and_notes_are_compared():
    before = table([1, 2, 3, 4], unit=Unit({"sv": "antal"}), notes=(Note({"sv": "Från registret."}),))
    after = table([1, 2, 3, 4], unit=Unit({"sv": "procent"}), title={"sv": "Unga vuxna"})
    found = revisions(before, after)
    assert found.title == ({"sv": "Unga"}, {"sv": "Unga vuxna"})
    assert found.unit == ({"sv": "antal"}, {"sv": "procent"})
    assert [note["sv"] for note in found.notes_gone] == ["Från registret."]
    assert found.breaks == ("unit",)


def test_another_breakdown_is_named_and_no_figure_is_compared():
    narrow = Cube((table([1, 2, 3, 4]).dimensions[1],), np.array([4.0, 6.0]), np.zeros(2, np.uint8))
    found = revisions(table([1, 2, 3, 4]), narrow)
    assert [label["sv"] for label in found.dimensions_gone] == ["Ålder"]
    assert (found.compared, found.breaks) == (0, ("dimensions",))


def test_the_order_of_dimensions_and_categories_does_not_matter():
    before = table([1, 2, 3, 4])
    turned = Cube(tuple(reversed(before.dimensions)), before.values.T, before.statuses.T, title=before.title)
    assert revisions(before, turned).is_nothing


@pytest.mark.parametrize("hidden_in", ["old", "new", "both"])
def test_a_hidden_figure_says_nothing_about_the_other(hidden_in):
    hidden = [0, Reason.SUPPRESSED, 0, 0]
    shown = table([10, 20, 30, 40])
    covered = table([10, np.nan, 30, 40], statuses=hidden)
    old = covered if hidden_in in ("old", "both") else shown
    new = covered if hidden_in in ("new", "both") else shown
    found = revisions(old, new)
    assert found.is_nothing
    assert (found.compared, found.appeared, found.disappeared) == (3, 0, 0)


def test_two_tables_that_differ_under_the_hatching_alone_tell_the_same():
    def protected(small: int):
        rule = AggregationRule.default(Sensitivity.INTERNAL)
        figures = [[small, 200, 300], [400, 500, 600], [700, 800, 900]]
        cube = Cube(
            tuple(
                Dimension(name, {"sv": name}, tuple(Category(f"{name}{n}", {"sv": f"{n}"}) for n in range(3)))
                for name in ("a", "b")
            ),
            np.array(figures, dtype=float),
            np.zeros((3, 3), np.uint8),
        )
        return protect(cube, rule)

    one, other = protected(1), protected(2)
    assert revisions(one, one).compared < 9
    assert revisions(protected(1), one).to_json() == revisions(protected(1), other).to_json()


def test_figures_that_came_or_went_at_the_source_are_counted():
    before = table([10, np.nan, 30, 40], statuses=[0, Reason.NOT_AVAILABLE, 0, 0])
    after = table([10, 20, np.nan, 40], statuses=[0, 0, Reason.TOO_UNCERTAIN, 0])
    found = revisions(before, after)
    assert (found.compared, found.revised, found.appeared, found.disappeared) == (2, 0, 1, 1)
