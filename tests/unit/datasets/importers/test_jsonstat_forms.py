"""The forms in which JSON-stat comes, and what else may lie in a file that ends in .json."""

import json

import pytest

from datasets.cubes import SIGNS, Reason, Source, pick
from datasets.importers import read_jsonstat

V2 = {
    "version": "2.0",
    "class": "dataset",
    "label": "Exempel",
    "id": ["a", "b"],
    "size": ["2", 2],
    "role": {"time": ["b"]},
    "dimension": {
        "a": {"category": {"index": {"y": 1, "x": 0}, "label": {"x": "ett", "y": "två"}}},
        "b": {"category": {"index": ["2023", "2024"]}},
    },
    "value": {"0": 1, "3": 4.5},
    "status": {"1": "..", "2": "-"},
}
V1 = {
    **{key: part for key, part in V2.items() if key not in ("version", "class", "id", "size", "role")},
    "dimension": {**V2["dimension"], "id": ["a", "b"], "size": [2, 2], "role": {"time": ["b"]}},
}
OTHER = {**V2, "label": "Annat", "value": [9, 9, 9, 9], "status": None}


def read(document, **more):
    return read_jsonstat(json.dumps(document).encode(), **more)


@pytest.mark.parametrize(
    "document",
    [
        V2,
        V1,
        {"dataset": V1},
        {"anything": V1},
        {"version": "2.0", "class": "collection", "link": {"item": [V2]}},
        {"class": "collection", "link": {"item": [{"class": "collection", "link": {"item": [V2]}}]}},
    ],
)
def test_one_table_in_whatever_form(document):
    result = read(document)
    cube = result.cube
    assert [(d.code, len(d), d.role) for d in cube.dimensions] == [("a", 2, None), ("b", 2, "time")]
    assert cube.dimension("a").codes == ("x", "y")
    assert [cell.value for cell in cube.cells()][::3] == [1, 4.5]
    assert result.problems == ()


@pytest.mark.parametrize(
    "document",
    [{"Exempel": V1, "Annat": OTHER}, {"class": "collection", "link": {"item": [V2, OTHER, {"href": "x"}]}}],
)
def test_of_several_tables_the_first_is_read_and_the_others_named(document):
    result = read(document)
    assert pick(result.cube.title, "sv") == "Exempel"
    (problem,) = result.problems
    assert "2" in problem.text()
    assert "Annat" in problem.text()
    assert read(document, table="Annat").cube.values.sum() == 36
    assert "Exempel, Annat" in str(read(document, table="Okänd").fatal[0])


def test_tables_of_the_same_name_are_told_apart():
    result = read(
        {"class": "collection", "link": {"item": [V2, OTHER | {"label": "Exempel"}]}}, table="Exempel (2)"
    )
    assert result.cube.values.sum() == 36


@pytest.mark.parametrize("status", ["..", ["..", "..", "..", ".."], [".."], {"value": ["..", "..", "..", ".."]}])
def test_status_in_whatever_form(status):
    cube = read({**V2, "value": [None] * 4, "status": status}).cube
    assert {cell.symbol.symbol for cell in cube.cells()} == {".."}


@pytest.mark.parametrize(
    ("about", "sign", "reason"),
    [
        ({"source": "Kolada"}, "-", Reason.DROPPED_OUT),
        ({"source": "SCB"}, "-", Reason.NIL),
        ({"source": "Statistics Norway"}, ":", Reason.CONFIDENTIAL),
        ({"source": "Eurostat"}, ":", Reason.NOT_AVAILABLE),
        ({"extension": {"px": {"matrix": "X"}}}, ".", Reason.NOT_APPLICABLE),
        ({"source": "Någon annan"}, "-", Reason.NOT_AVAILABLE),
    ],
)
def test_a_sign_means_what_its_source_means_by_it(about, sign, reason):
    cube = read({**V2, **about, "value": [1, None, 3, 4], "status": {"1": sign}}).cube
    cell = next(cell for cell in cube.cells() if cell.symbol)
    assert (cell.symbol.symbol, cell.reason) == (sign, reason)


def test_a_source_that_explains_its_signs_is_believed_and_quoted():
    words = {":": "not available", "e": "estimated", "h": "hemlig uppgift"}
    for extra in (
        {"status": {"value": [":", "e", "h", None], "category": {"label": words}}},
        {"status": {"0": ":", "1": "e", "2": "h"}, "extension": {"status": {"label": words}}},
    ):
        cube = read({**V2, "value": [None, 2, 7, 4], **extra}).cube
        cells = list(cube.cells())
        assert [cell.reason for cell in cells] == [
            Reason.NOT_AVAILABLE,
            Reason.NONE,
            Reason.CONFIDENTIAL,
            Reason.NONE,
        ]
        assert [cell.value for cell in cells] == [None, 2, None, 4]
        assert pick(cells[1].symbol.text, "sv") == "estimated"


def test_the_same_sign_is_a_zero_in_one_source_and_missing_in_another():
    assert SIGNS[Source.PXWEB]["-"] is Reason.NIL
    assert SIGNS[Source.KOLADA]["-"].is_missing


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "web_page"),
        (b"\n<!-- proxy --><HTML>Error</HTML>", "web_page"),
        (b'{"type": "Parameter error", "title": "Too many cells selected", "status": 403}', "json_error"),
        (b'{"values": [{"kpi": "N15428", "municipality": "0138", "period": 2024, "values": []}]}', "json_kolada"),
        (b'{"apiVersion": "2.0.0", "maxDataCells": 150000}', "json_about_tables"),
        (json.dumps({**V2, "value": []}).encode(), "json_about_tables"),
        (b'{"$schema": "https://json-schema.org/draft-04/schema", "type": "object"}', "json_schema"),
        (b'{"class": "dimension", "category": {"index": ["a"]}}', "json_dimension"),
        (b'{"class": "collection", "link": {"item": [{"class": "dataset", "href": "x"}]}}', "json_dataset"),
        (b'{"class": "dataset", // remark\n "id": []}', "json_invalid"),
        (b"[1, 2, 3]", "json_not_dataset"),
    ],
)
def test_what_is_no_table_is_named_as_what_it_is(data, code):
    result = read_jsonstat(data)
    assert result.cube is None
    assert [problem.code for problem in result.fatal] == [code]
    assert all(problem.advice() for problem in result.fatal)
