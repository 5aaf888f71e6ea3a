"""What was said of last year's columns holds for this year's file, however it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from datasets.cubes import Reason
from datasets.importers import ColumnRole, read_csv, recall, sniff_csv
from tests.unit.datasets.importers.csv_files import LONG, PLACES
from tests.unit.datasets.importers.sheet_files import LONG as SHEET
from tests.unit.datasets.importers.sheet_files import xlsx

WIDE = "Kommun;2022;2023\nLidingö;1,5;2\nNynäshamn;3;4\n"


def guess(data: bytes):
    return sniff_csv(data, PLACES).mapping


@pytest.fixture
def saved():
    """Last year a person gave the column Kön another name, and said what the sign .. meant."""
    found = guess((LONG + "Lidingö;kvinnor;2022;..\n").encode("cp1252"))
    columns = tuple(replace(one, name="Könet") if one.heading == "Kön" else one for one in found.columns)
    return replace(found, columns=columns, signs={**found.signs, "..": Reason.DROPPED_OUT}, source="Skolan")


@pytest.mark.parametrize(
    "data",
    [
        LONG.encode(),
        LONG.encode("utf-16"),
        LONG.replace(";", "\t").encode(),
        ("Unga 2024;;;\n\n" + LONG.replace("Kommun", "KOMMUN ")).encode(),
        xlsx(SHEET),
    ],
)
def test_the_same_columns_written_otherwise_are_recognised(saved, data):
    found = recall(saved, guess(data))
    assert found is not None
    assert [column.name for column in found.columns] == ["", "Könet", "", ""]
    cube = read_csv(data, found, PLACES).cube
    assert cube.source == "Skolan"
    assert cube.dimension("Kön").label == {"sv": "Könet"}


def test_what_was_said_of_a_sign_is_remembered(saved):
    found = recall(saved, guess((LONG + "Lidingö;kvinnor;2022;..\n").encode()))
    assert found.signs[".."] is Reason.DROPPED_OUT


def test_next_years_file_has_one_more_year():
    saved = guess(WIDE.encode())
    newer = WIDE.replace("2022;2023", "2023;2024").encode()
    found = recall(saved, guess(newer))
    assert read_csv(newer, found, PLACES).cube.dimension("tid").codes == ("2023", "2024")


@pytest.mark.parametrize("heading", ["Kommun;Sex;År;Antal", "Kommun;Kön;År;Andel"])
def test_other_columns_are_not_recognised(saved, heading):
    assert recall(saved, guess(f"{heading}\n{LONG.split(chr(10), 1)[1]}".encode())) is None


def test_a_column_more_is_not_passed_over(saved):
    assert recall(saved, guess(LONG.replace("Antal\n", "Antal;Extra\n").encode())) is None


def test_a_column_that_was_left_out_may_be_gone(saved):
    columns = tuple(
        replace(one, role=ColumnRole.LEFT_OUT) if one.heading == "År" else one for one in saved.columns
    )
    text = "Kommun;Kön;Antal\nLidingö;kvinnor;1\nLidingö;män;2\nNynäshamn;män;3\n"
    assert recall(replace(saved, columns=columns), guess(text.encode())) is not None
