"""A unit after each figure of a column is what the figures are counted in; a word that names a category is not."""

from __future__ import annotations

import pytest

from datasets.importers import ColumnRole, sniff_csv
from datasets.importers.csv_recall import recall
from tests.unit.datasets.importers.csv_files import PLACES, column, cube_of, left_out

FILE = """Kommun;År;Kostnad
Lidingö;2022;1 234{unit}
Lidingö;2023;1 300{unit}
Nynäshamn;2022;12,5{unit}
Nynäshamn;2023;900{unit}
"""
TAKEN = {"role": ColumnRole.MEASURE, "unit": "kr", "after": "kr"}


def guessed(text: str):
    guess = sniff_csv(text.encode(), PLACES)
    assert guess.mapping is not None
    return guess.mapping.columns[2], [problem for problem in guess.problems if problem.code == "csv_unit_after"]


@pytest.mark.parametrize(
    "unit", [" kr", "kr", " Kr.", " tkr", "\u00a0mnkr", " SEK", ":-", " st", " st.", " procent", " ‰"]
)
def test_a_unit_after_every_figure_is_told_and_taken(unit):
    found, told = guessed(FILE.format(unit=unit))
    assert (found.role, found.unit, found.after) == (ColumnRole.MEASURE, unit.strip(), unit.strip())
    assert told[0].params == {"name": "Kostnad", "unit": unit.strip()}
    cube = cube_of(FILE.format(unit=unit))
    assert cube.values.ravel().tolist() == [1234, 1300, 12.5, 900]
    assert cube.unit is not None and cube.unit.label == {"sv": unit.strip()} and cube.unit.decimals == 1


def test_per_cent_after_every_figure_is_the_unit_as_before():
    found, told = guessed(FILE.format(unit=" %"))
    assert (found.role, found.unit, told) == (ColumnRole.MEASURE, "%", [])
    assert cube_of(FILE.format(unit=" %")).values.ravel().tolist() == [1234, 1300, 12.5, 900]


def test_signs_among_the_figures_stay_signs():
    cube = cube_of(FILE.format(unit=" kr").replace("900 kr", ".."))
    assert cube.values.ravel().tolist()[:3] == [1234, 1300, 12.5]


@pytest.mark.parametrize("unit", [" år", " månader", " barn", " klass", " m", " timmar", " personer"])
def test_words_that_name_categories_are_no_units(unit):
    found, told = guessed(FILE.format(unit=unit).replace("År;Kostnad", "År;Grupp"))
    assert found.role is not ColumnRole.MEASURE and not told


def test_a_column_with_two_units_or_some_bare_figures_is_not_taken():
    for changed in ("900 tkr", "900"):
        found, told = guessed(FILE.format(unit=" kr").replace("900 kr", changed))
        assert not told and found.after == ""


def test_another_unit_in_a_row_is_left_out_not_read_as_the_same():
    text = FILE.format(unit=" kr") + "".join(f"Falun;{year};{year} kr\n" for year in range(2000, 2020))
    assert left_out(text.replace("2019 kr", "2 tkr"), column("Kostnad", **TAKEN)).code == "csv_cell_unit"


def test_what_a_person_calls_the_unit_changes_no_figure():
    cube = cube_of(FILE.format(unit=" kr"), column("Kostnad", unit="kronor"))
    assert cube.unit is not None and cube.unit.label == {"sv": "kronor"}
    assert cube.values.ravel().tolist() == [1234, 1300, 12.5, 900]


def test_a_person_may_say_that_it_is_a_category_after_all():
    text = FILE.format(unit=" kr").replace("\n", ";7\n").replace("Kostnad;7", "Kostnad;Antal")
    cube = cube_of(text, column("Kostnad", role=ColumnRole.DIMENSION, unit=""))
    assert "1 234 kr" in cube.dimension("Kostnad").codes


def test_next_years_file_may_be_without_or_first_with_the_unit():
    mappings = [sniff_csv(FILE.format(unit=unit).encode(), PLACES).mapping for unit in (" kr", "")]
    for saved, new in (mappings, mappings[::-1]):
        assert saved is not None and new is not None
        found = recall(saved, new)
        assert found is not None and found.columns[2].after == new.columns[2].after
