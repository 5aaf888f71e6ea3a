"""What an official may trust in a cube: nothing counted twice, nothing missing passed off as a figure."""

from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import (
    Category,
    Cube,
    CubeError,
    Dimension,
    Note,
    NotSummable,
    Reason,
    Role,
    SourceSymbol,
    UnknownCode,
    pick,
)

NAN = float("nan")


def dimension(code, *codes, parents=None, **about):
    parents = parents or {}
    return Dimension(
        code, {"sv": code}, tuple(Category(c, {"sv": c.upper()}, parents.get(c)) for c in codes), **about
    )


@pytest.fixture
def answers():
    """Made-up answers: three places by two sexes, one of them hidden at the source."""
    area = dimension("area", "north", "south", "west", role=Role.GEO, summable=True)
    sex = dimension("sex", "women", "men", "both", summable=True, total="both")
    values = [[4, 6, 10], [3, NAN, NAN], [0, 5, 5]]
    statuses = np.zeros((3, 3), dtype=np.uint8)
    statuses[1, 1:] = Reason.CONFIDENTIAL
    statuses[2, 0] = Reason.NIL
    return Cube(
        (area, sex),
        np.array(values),
        statuses,
        title={"sv": "Svar"},
        symbols=(
            SourceSymbol("..", {"sv": "Sekretess"}, Reason.CONFIDENTIAL),
            SourceSymbol("-", {"sv": "Noll"}, Reason.NIL),
        ),
        notes=(
            Note({"sv": "Hela tabellen"}),
            Note({"sv": "Om söder"}, {"area": "south"}, mandatory=True),
            Note({"sv": "Om kön"}, {"sex": None}),
        ),
    )


def test_a_cell_says_value_reason_and_the_sources_own_sign(answers):
    hidden = answers.cell({"area": "south", "sex": "men"})
    assert (hidden.value, hidden.reason) == (None, Reason.CONFIDENTIAL)
    assert pick(hidden.symbol.text, "sv") == "Sekretess"
    nil = answers.cell({"area": "west", "sex": "women"})
    assert (nil.value, nil.reason, nil.symbol.symbol) == (0.0, Reason.NIL, "-")


def test_cells_come_with_the_last_dimension_fastest(answers):
    assert [cell.codes for cell in answers.cells()][:4] == [
        ("north", "women"),
        ("north", "men"),
        ("north", "both"),
        ("south", "women"),
    ]


def test_select_keeps_the_order_asked_for_and_every_dimension(answers):
    part = answers.select({"area": ["west", "north"], "sex": ["men"]})
    assert part.shape == (2, 1)
    assert part.values.tolist() == [[5], [6]]
    assert part.dimension("area").codes == ("west", "north")
    assert part.dimension("sex").total is None


def test_select_drops_notes_on_what_is_gone(answers):
    notes = answers.select({"area": ["west"]}).notes
    assert [pick(note.text, "sv") for note in notes] == ["Hela tabellen", "Om kön"]


def test_select_refuses_what_is_not_there(answers):
    with pytest.raises(UnknownCode, match="'east'"):
        answers.select({"area": ["east"]})
    with pytest.raises(UnknownCode, match="'year'"):
        answers.select({"year": ["2024"]})
    with pytest.raises(CubeError, match="twice"):
        answers.select({"area": ["west", "west"]})


def test_a_sum_with_a_missing_part_is_missing_for_that_reason(answers):
    total = answers.sum_over("area")
    assert total.dimensions == (answers.dimension("sex"),)
    assert total.cell({"sex": "women"}).value == 7
    assert total.cell({"sex": "men"}).reason is Reason.CONFIDENTIAL
    assert total.cell({"sex": "men"}).value is None
    assert total.cell({"sex": "men"}).symbol.symbol == ".."


def test_the_sources_own_total_is_taken_rather_than_added(answers):
    assert answers.sum_over("sex").values[[0, 2]].tolist() == [10, 5]
    assert answers.sum_over("sex", ["women", "men"]).values[[0, 2]].tolist() == [10, 5]


def test_nils_add_up_to_nil_and_rounded_parts_to_rounded():
    cube = Cube(
        (dimension("a", "x", "y", summable=True), dimension("b", "p", "q")),
        np.array([[0.0, 5], [0, 5]]),
        np.array([[Reason.NIL, Reason.ROUNDED], [Reason.NIL, Reason.NONE]]),
    )
    assert cube.sum_over("a").statuses.tolist() == [Reason.NIL, Reason.ROUNDED]


def test_the_gravest_reason_wins():
    reasons = np.array([[Reason.NOT_APPLICABLE], [Reason.SUPPRESSED], [Reason.NOT_AVAILABLE]])
    cube = Cube((dimension("a", "x", "y", "z", summable=True), dimension("b", "p")), np.full((3, 1), NAN), reasons)
    assert cube.sum_over("a").statuses.tolist() == [Reason.SUPPRESSED]


@pytest.mark.parametrize("codes", [["women", "both"], ["women", "women"], []])
def test_nobody_is_counted_twice_or_not_at_all(answers, codes):
    with pytest.raises(NotSummable):
        answers.sum_over("sex", codes)


def test_a_parent_and_its_part_cannot_be_added():
    area = dimension(
        "area", "00", "01", "0114", "0115", parents={"01": "00", "0114": "01", "0115": "01"}, summable=True
    )
    cube = Cube.of_values([area], [100, 30, 10, 20])
    with pytest.raises(NotSummable, match="'0114' is already counted in '00'"):
        cube.sum_over("area", ["00", "0114"])
    assert cube.sum_over("area").values.tolist() == 30
    assert cube.select({"area": ["00", "0114"]}).dimension("area").category("0114").parent == "00"


def test_a_dimension_that_may_not_be_summed_is_refused():
    cube = Cube.of_values([dimension("year", "2023", "2024", role=Role.TIME)], [1, 2])
    with pytest.raises(NotSummable, match="'year'"):
        cube.sum_over("year")
    with pytest.raises(NotSummable):
        cube.sum_over("year", ["2023"])


@pytest.mark.parametrize(
    ("values", "statuses", "words"),
    [
        ([1, NAN], [0, 0], "must say why"),
        ([1, 2], [0, Reason.SUPPRESSED], "still has a value"),
        ([1, float("inf")], [0, 0], "infinite"),
        ([1, 2], [0, 77], "no known reason"),
        ([1, 2, 3], [0, 0, 0], "shape"),
    ],
)
def test_a_cube_that_contradicts_itself_cannot_be_made(values, statuses, words):
    with pytest.raises(CubeError, match=words):
        Cube((dimension("a", "x", "y"),), np.array(values, dtype=float), np.array(statuses))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: dimension("a"), "no categories"),
        (lambda: dimension("a", "x", "x"), "'x' twice"),
        (lambda: dimension("a", "x", total="y"), "'y' is no category"),
        (lambda: dimension("a", "x", parents={"x": "y"}), "missing"),
        (lambda: dimension("a", "x", "y", parents={"x": "y", "y": "x"}), "inside itself"),
    ],
)
def test_a_dimension_that_contradicts_itself_cannot_be_made(make, words):
    with pytest.raises(CubeError, match=words):
        make()


def test_the_figures_cannot_be_changed_afterwards(answers):
    mine = np.array([1.0, 2.0])
    cube = Cube.of_values([dimension("a", "x", "y")], mine)
    mine[0] = 99
    assert cube.values.tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        cube.values[0] = 5


def test_a_hidden_cell_does_not_keep_the_sign_that_would_give_it_away(answers):
    marked = replace(answers, marks=answers.sign_places())
    values, statuses = marked.values.copy(), marked.statuses.copy()
    values[2, 0], statuses[2, 0] = NAN, Reason.SUPPRESSED
    hidden = replace(marked, values=values, statuses=statuses)
    assert hidden.cell({"area": "west", "sex": "women"}).symbol is None
    assert "-" not in hidden.to_jsonstat("sv").get("status", {}).values()


def test_a_remark_beside_a_value_goes_when_the_value_is_hidden():
    small = SourceSymbol("s", {"sv": "litet tal"}, Reason.NONE)
    cube = Cube(
        (dimension("a", "x", "y"),),
        np.array([3.0, 4.0]),
        np.zeros(2, dtype=np.uint8),
        symbols=(small,),
        marks=np.array([1, 0]),
    )
    assert cube.cell({"a": "x"}).symbol == small
    hidden = replace(cube, values=np.array([NAN, 4.0]), statuses=np.array([Reason.SUPPRESSED, 0], dtype=np.uint8))
    assert hidden.cell({"a": "x"}).symbol is None


def test_a_sum_down_to_a_single_figure():
    assert Cube.of_values([dimension("a", "x", "y", summable=True)], [1, 2]).sum_over("a").cell({}).value == 3


def test_text_falls_back_to_the_sources_own_language():
    assert pick({"sv": "kön", "en": "sex"}, "en") == "sex"
    assert pick({"sv": "kön"}, "en") == "kön"
    assert pick({}, "en") == ""
