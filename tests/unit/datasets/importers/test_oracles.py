"""Every real file as other parsers read it: each difference is listed here with its reason, and no other is.

What differs everywhere, on purpose: a nil (``-``) is a figure for us, the zero it stands for, where the other
parser of PC-Axis sees text; and CODEPAGE is believed before cp1252, so that ``iso-8859-15`` keeps its euro sign.
"""

import json
from functools import cache

import numpy as np
import pytest

from datasets.cubes import Reason, pick
from datasets.importers.any_file import read_any
from datasets.importers.summary import summary
from tests.shared_data import shared_data, shared_files

PX, JSONSTAT = "statistics/px", "statistics/jsonstat"
FATAL = "pxweb_example/error/fatal/"

REFUSED_ON_PURPOSE = {
    **{
        f"{FATAL}BE0101F1{what}.px": "its makers call it fatal, the other parser does not look there"
        for what in (
            "errorContVariableunits",
            "errorContvariable",
            "misingSubjectArea",
            "missingDecimal",
            "missingMatrix",
            "missingSubjectCode",
            "missingTitle",
        )
    },
    "json-stat.org/order.json": "its values are words that show in which order they stand, not figures",
    "pxwebapi/MetadataById_tab001_js2.json": "it describes a table without its values",
    "pxwebapi/MetadataById_tab003_js2.json": "it describes a table without its values",
    "pxapispecs/table-metadata-example-jsonstat-nocomments.json": "it describes a table without its values",
}
READ_BY_US_ALONE = {
    "pxweb_example/keys/BE101ACEkeys.px": "the other parser cannot read KEYS",
    "fixtures/dataset__dataset_unemployment_v1.json": "the other parser wants version 1 in a bundle",
}
OTHER_STATUS = {
    f"fixtures/{name}.json": "the other parser overlooks a status inside an object"
    for name in (
        "www.cso.ie__eurostat-name_gpd_c-geo_IT",
        "www.cso.ie__eurostat-name_gpd_c",
        "www.ec.europa.eu_eurostat__eurostat-name_gpd_c-geo_IT",
        "www.ec.europa.eu_eurostat__eurostat-name_gpd_c-geo_IT_FR",
    )
}
OTHER_ENCODING = {"pyaxis/27067.px": "CODEPAGE says iso-8859-15, and it is"}


@cache
def oracle(name):
    return json.loads(shared_data(f"statistics/oracle/{name}").read_text())


def differences(name, found, told):
    """In what our reading differs from the other parser's."""
    if "error" in told:
        return set() if "error" in found else {"read by us alone"}
    if "error" in found:
        return {"refused"}
    return {part for part, (ours, theirs) in compared(found, told).items() if ours != theirs}


def compared(found, told):
    cube = found["cube"]
    if "datasets" not in told:
        signs = [cell.symbol.symbol for cell in cube.cells() if cell.symbol and cell.reason is not Reason.NONE]
        return {
            "encoding": (found["encoding"], told["encoding"]),
            "sizes": ([d["size"] for d in found["dimensions"]], told["sizes"]),
            "cells": (found["cells"], told["rows"]),
            "figures": (found["cells"] - len(signs), told["numeric"]),
            "signs": ({sign: signs.count(sign) for sign in signs}, told["symbols"]),
            "nulls": (sum(found["nulls"].values()), sum(told["symbols"].values()) - told["symbols"].get("-", 0)),
            "sum": (pytest.approx(found["sum"]), told["sum"]),
            "first": (shown(cube, 0), written(told["first"])),
            "last": (shown(cube, -1), written(told["last"])),
        }
    other = told["datasets"][0]
    return {
        "ids": ([d["id"] for d in found["dimensions"]], other["id"]),
        "labels": ([d["label"] for d in found["dimensions"]], [d["label"] for d in other["dims"].values()]),
        "sizes": ([d["size"] for d in found["dimensions"]], other["size"]),
        "cells": (found["cells"], other["n"]),
        "nulls": (sum(found["nulls"].values()), other["nulls"]),
        "sum": (pytest.approx(found["sum"]), other["sum"]),
        "first": ([cell["value"] for cell in found["first"]], [cell["value"] for cell in other["first"]]),
        "last": ([cell["value"] for cell in found["last"]], [cell["value"] for cell in other["last"]]),
        "codes": ([list(d.codes[:3]) for d in cube.dimensions], [d["first"] for d in other["dims"].values()]),
        "status": (int((cube.sign_places() > 0).sum()), other["withStatus"]),
    }


def shown(cube, place):
    """A cell as the other parser writes it: labels, then the figure or the sign."""
    at = np.unravel_index(range(cube.size)[place], cube.shape)
    cell = cube.cell({d.code: d.codes[int(step)] for d, step in zip(cube.dimensions, at, strict=True)})
    labels = [pick(d.category(code).label, "en") for d, code in zip(cube.dimensions, cell.codes, strict=True)]
    return [*labels, cell.symbol.symbol if cell.symbol and cell.reason is not Reason.NONE else cell.value]


def written(cell):
    *labels, figure = cell
    try:
        return [*labels, float(figure)]
    except ValueError:
        return [*labels, figure.strip('"')]


def looked_at(folder, name):
    reading = read_any(name, shared_data(f"{folder}/{name}").read_bytes())
    return {**summary(reading), "cube": reading.result.cube}


@pytest.mark.parametrize(
    ("folder", "endings", "parser"),
    [(PX, (".px",), "pyaxis_0.4.3.json"), (JSONSTAT, (".json",), "jsonstat_toolkit_2.2.2.json")],
)
def test_every_file_is_read_as_another_parser_reads_it_but_for_what_is_listed(folder, endings, parser):
    names, found = shared_files(folder, *endings), {}
    for name in names:
        if name in oracle(parser):
            differs = differences(name, looked_at(folder, name), oracle(parser)[name])
            if differs:
                found[name] = differs
    explained = {
        **{key: {"refused"} for key in REFUSED_ON_PURPOSE},
        **{key: {"read by us alone"} for key in READ_BY_US_ALONE},
        **{key: {"status"} for key in OTHER_STATUS},
        **{key: {"encoding"} for key in OTHER_ENCODING},
    }
    assert found == {name: what for name, what in explained.items() if name in names}


def test_all_that_is_fatal_to_its_makers_is_refused_and_nothing_else_is():
    names = shared_files(PX, ".px")
    refused = {name for name in names if "error" in looked_at(PX, name)}
    assert refused == {name for name in names if name.startswith(FATAL)}
