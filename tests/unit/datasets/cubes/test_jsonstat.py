"""JSON-stat 2.0 as others write it: every lawful form is read, every broken one refused with words."""

import numpy as np
import pytest

from datasets.cubes import Cube, CubeError, JsonStatError, NotSummable, Reason, Role, Unit, pick


def document(**changes):
    """Made-up figures: two sexes in two years."""
    made = {
        "version": "2.0",
        "class": "dataset",
        "label": "Exempel",
        "source": "Påhittade byrån",
        "updated": "2024-02-29T08:00:00Z",
        "id": ["Kon", "Tid"],
        "size": [2, 2],
        "role": {"time": ["Tid"]},
        "dimension": {
            "Kon": {
                "label": "kön",
                "category": {"index": ["1", "2"], "label": {"1": "män", "2": "kvinnor"}},
            },
            "Tid": {"label": "år", "category": {"index": {"2024": 1, "2023": 0}}},
        },
        "value": [12, None, 9, 8],
    }
    made.update(changes)
    return {key: value for key, value in made.items() if value is not None}


def test_a_plain_dataset():
    cube = Cube.from_jsonstat(document())
    assert cube.dimension("Tid").codes == ("2023", "2024")
    assert cube.with_role(Role.TIME).code == "Tid"
    assert cube.cell({"Kon": "2", "Tid": "2023"}).value == 9
    assert cube.cell({"Kon": "1", "Tid": "2024"}).reason is Reason.NOT_AVAILABLE
    assert pick(cube.dimension("Kon").category("2").label, "sv") == "kvinnor"
    assert cube.updated.year == 2024


@pytest.mark.parametrize(
    "changes",
    [
        {"size": ["2", "2"]},
        {"value": {"0": 12, "2": 9, "3": 8}},
        {"source": None, "updated": None, "label": None, "role": None},
        {"updated": "i våras"},
    ],
)
def test_lawful_and_common_variants(changes):
    cube = Cube.from_jsonstat(document(**changes))
    assert np.nansum(cube.values) == 29
    assert int(np.isnan(cube.values).sum()) == 1


def test_a_single_category_needs_no_index():
    made = document(id=["Tid"], size=[1], value=[5])
    made["dimension"] = {"Tid": {"category": {"label": {"2024": "2024"}}}}
    assert Cube.from_jsonstat(made).dimension("Tid").codes == ("2024",)


@pytest.mark.parametrize("status", [{"1": ".."}, ["", "..", "", ""], [None, "..", None, None]])
def test_status_as_object_or_list(status):
    cube = Cube.from_jsonstat(document(status=status))
    assert cube.cell({"Kon": "1", "Tid": "2024"}).symbol.symbol == ".."
    assert cube.cell({"Kon": "1", "Tid": "2023"}).symbol is None


@pytest.mark.parametrize("status", ["p", ["p"]])
def test_one_status_for_all(status):
    cube = Cube.from_jsonstat(document(status=status, value=[1, 2, 3, 4]))
    assert all(cell.symbol.symbol == "p" and cell.reason is Reason.NONE for cell in cube.cells())


def test_the_same_sign_means_what_its_source_means_by_it():
    made = document(status={"1": "-"})
    nil = Cube.from_jsonstat(made, symbols={"-": Reason.NIL}).cell({"Kon": "1", "Tid": "2024"})
    gone = Cube.from_jsonstat(made, symbols={"-": Reason.DROPPED_OUT}).cell({"Kon": "1", "Tid": "2024"})
    assert (nil.value, nil.reason) == (0.0, Reason.NIL)
    assert (gone.value, gone.reason) == (None, Reason.DROPPED_OUT)


def test_a_value_beside_a_sign_for_secrecy_is_not_taken_in():
    cube = Cube.from_jsonstat(document(status={"0": "c"}), symbols={"c": Reason.CONFIDENTIAL})
    assert cube.cell({"Kon": "1", "Tid": "2023"}).value is None
    assert 12 not in cube.to_jsonstat("sv")["value"]


def test_only_what_a_source_adds_up_itself_may_be_added():
    made = document(value=[1, 2, 3, 4])
    with pytest.raises(NotSummable):
        Cube.from_jsonstat(made).sum_over("Kon")
    made["dimension"]["Kon"]["extension"] = {"elimination": True}
    assert Cube.from_jsonstat(made).sum_over("Kon").values.tolist() == [4, 6]
    made["extension"] = {"px": {"aggregallowed": False}}
    with pytest.raises(NotSummable):
        Cube.from_jsonstat(made).sum_over("Kon")


@pytest.mark.parametrize("role", ["geo", "time", "metric"])
def test_places_times_and_measures_of_others_are_never_added(role):
    made = document(value=[1, 2, 3, 4], role={role: ["Kon"]})
    made["dimension"]["Kon"]["extension"] = {"elimination": True}
    with pytest.raises(NotSummable):
        Cube.from_jsonstat(made).sum_over("Kon")


def test_levels_units_and_notes_are_kept():
    made = document(role={"time": ["Tid"], "metric": ["Kon"]}, note=["Obs"], value=[1, 2, 3, 4])
    made["extension"] = {"noteMandatory": {"0": True}}
    category = made["dimension"]["Kon"]["category"]
    category["child"] = {"1": ["2"]}
    category["unit"] = {"1": {"base": "personer", "decimals": 1}}
    category["note"] = {"2": "Om tvåan"}
    cube = Cube.from_jsonstat(made)
    assert cube.dimension("Kon").category("2").parent == "1"
    assert cube.dimension("Kon").category("1").unit == Unit({"sv": "personer"}, 1)
    assert [(pick(n.text, "sv"), n.mandatory) for n in cube.notes] == [("Obs", True), ("Om tvåan", False)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class": "collection"}, "not a JSON-stat 2.0 dataset"),
        ({"id": None}, "not a JSON-stat 2.0 dataset"),
        ({"id": ["Kon"]}, "different dimensions"),
        ({"size": [2, 3]}, "2 categories, not 3"),
        ({"value": [1, 2, 3]}, "3 values for 4 cells"),
        ({"value": []}, "none of its values"),
        ({"value": ["1", 2, 3, 4]}, "Value number 0 is not a number"),
        ({"value": [True, 2, 3, 4]}, "not a number"),
        ({"value": {"4": 1}}, "outside the table"),
        ({"status": {"9": ".."}}, "outside the table"),
        ({"size": [10**6, 10**6]}, "at most"),
        ({"value": [10**400, 1, 1, 1]}, "form"),
        ({"dimension": {"Kon": {}, "Tid": {}}}, "form"),
        ({"dimension": []}, "different dimensions"),
        ({"value": 5}, "form"),
        ({"status": {str(n): f"s{n}" for n in range(4)} | {"x": "y"}}, "form"),
    ],
)
def test_a_broken_document_is_refused_with_words(changes, words):
    with pytest.raises(JsonStatError, match=words):
        Cube.from_jsonstat(document(**changes))


def test_an_index_with_gaps_is_refused():
    made = document()
    made["dimension"]["Tid"]["category"]["index"] = {"2023": 0, "2024": 2}
    with pytest.raises(JsonStatError, match="gaps"):
        Cube.from_jsonstat(made)


def test_levels_in_a_circle_are_refused():
    made = document()
    made["dimension"]["Kon"]["category"]["child"] = {"1": ["2"], "2": ["1"]}
    with pytest.raises(CubeError, match="inside itself"):
        Cube.from_jsonstat(made)


def test_another_reader_reads_what_we_write():
    pyjstat = pytest.importorskip("pyjstat.pyjstat")
    cube = Cube.from_jsonstat(document())
    frame = pyjstat.Dataset.read(__import__("json").dumps(cube.to_jsonstat("sv"))).write("dataframe")
    assert list(frame["kön"]) == ["män", "män", "kvinnor", "kvinnor"]
    assert [None if np.isnan(v) else v for v in frame["value"].astype(float)] == [12, None, 9, 8]
