"""Places, points in time, figures and identity numbers: read where there is one way to read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.importers.identity import is_identity_number
from datasets.importers.numbers import NumberReader
from datasets.importers.periods import read_period
from datasets.importers.places import Gazetteer, has_mixed_levels
from tests.shared_data import shared_data

GAZETTEER = Gazetteer(
    {
        "01": "Stockholms län",
        "09": "Gotlands län",
        "0117": "Österåker",
        "0180": "Stockholm",
        "0186": "Lidingö",
        "0980": "Gotland",
        "1280": "Malmö",
        "2080": "Falun",
        "2582": "Boden",
    }
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0186", "0186"),
        ("186", "0186"),
        (" 0186 ", "0186"),
        ("0186 Lidingö", "0186"),
        ("0186 - Lidingö", "0186"),
        ("Lidingö", "0186"),
        ("LIDINGÖ", "0186"),
        ("Lidingö kommun", "0186"),
        ("Lidingö stad", "0186"),
        ("Österåkers kommun", "0117"),
        ("Falu kommun", "2080"),
        ("Malmö stad", "1280"),
        ("Stockholm", "0180"),
        ("Stockholms län", "01"),
        ("1", "01"),
        ("01", "01"),
        ("Region Stockholm", "01"),
        ("Region Gotland", "0980"),
        ("Region Atlantis", None),
        ("Riket", "00"),
        ("Sverige", "00"),
        ("00", "00"),
        ("Gotland", "0980"),
        ("Gotlands län", "09"),
        ("9999", None),
        ("18", None),
        ("Atlantis", None),
        ("Lidingo", None),
        ("", None),
        ("Bo kommun", None),
    ],
)
def test_a_place_is_known_by_code_name_or_both(written, code):
    found = GAZETTEER.find(written)
    assert (found.code if found else None) == code


def test_a_code_with_another_places_name_is_a_contradiction():
    assert GAZETTEER.find("0186 Stockholm").contradiction
    assert GAZETTEER.find("0180 Stockholms län").contradiction
    assert not GAZETTEER.find("0186 Lidingö stad").contradiction
    assert not GAZETTEER.find("0980 Gotlands län").contradiction
    assert not GAZETTEER.find("0186 Vår ö").contradiction


def test_every_municipality_of_the_official_list_is_known_by_name_code_and_official_name():
    rows = [line.split(",") for line in shared_data("kommuner_full.csv").read_text().splitlines()[1:]]
    places = {row[0]: row[1] for row in rows} | {row[2]: row[3] for row in rows}
    gazetteer = Gazetteer(places)
    unknown = []
    for code, name, _, _, official, *_ in rows:
        for written in (code, code.lstrip("0"), name, f"{code} {name}", official):
            found = gazetteer.find(written)
            if found is None or found.code != code or found.contradiction:
                unknown.append(written)
    # The list's own official name of Uppsala is wrong: it must not be taken for the municipality's.
    assert unknown == ["Uppsala kommun före 2003"]


def test_levels_are_mixed_only_where_people_would_be_counted_twice():
    assert has_mixed_levels(["00", "01"])
    assert has_mixed_levels(["01", "0114"])
    assert not has_mixed_levels(["0114", "0115", "2584"])
    assert not has_mixed_levels(["01", "03", "25"])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", "2024"),
        ("2024M03", "2024M03"),
        ("2024-03", "2024M03"),
        ("2024K2", "2024K2"),
        ("2024 Q2", "2024K2"),
        ("2024H1", "2024H1"),
        ("2024V05", "2024V05"),
        ("2024W05", "2024V05"),
        ("VT2024", "2024VT"),
        ("ht 2024", "2024HT"),
        ("2023/24", "2023/24"),
        ("2023/2024", "2023/24"),
        ("1999/00", "1999/00"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("2023/25", None),
        ("24", None),
        ("3/4 2024", None),
        ("mars 2024", None),
        ("2024M13", None),
        ("20240301", None),
        ("1850", None),
    ],
)
def test_a_point_in_time_is_read_only_where_there_is_one_way_to(written, code):
    found = read_period(written)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("written", "decimal", "thousands", "value"),
    [
        ("1234", ",", " ", 1234),
        ("1 234", ",", " ", 1234),
        ("1\u00a0234\u00a0567", ",", " ", 1234567),
        ("1\u202f234,5", ",", " ", 1234.5),
        ("-3,25", ",", " ", -3.25),
        ("−3,25", ",", " ", -3.25),
        ("12,5 %", ",", " ", 12.5),
        ("1.234,5", ",", ".", 1234.5),
        ("1,234.5", ".", ",", 1234.5),
        ("0.5", ".", " ", 0.5),
        ("1.5", ",", " ", None),
        ("1,5", ".", " ", None),
        ("12 34", ",", " ", None),
        ("1 2345", ",", " ", None),
        ("1,2,3", ",", " ", None),
        (",5", ",", " ", None),
        ("5,", ",", " ", None),
        ("", ",", " ", None),
    ],
)
def test_a_figure_is_read_by_the_signs_that_were_confirmed(written, decimal, thousands, value):
    assert NumberReader(decimal, thousands).read(written) == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_every_figure_written_the_swedish_way_comes_back(number):
    written = f"{number:,.3f}".replace(",", "\u00a0").replace(".", ",")
    assert NumberReader(",", " ").read(written) == float(number)


@pytest.mark.parametrize(
    ("cell", "valid"),
    [
        ("20020101-2382", True),
        ("020101-2382", True),
        ("0201012382", True),
        ("200201012382", True),
        ("20020101-2383", False),
        ("20021301-2382", False),
        ("1234567890", False),
        ("45", False),
        ("2002-01-01", False),
    ],
)
def test_identity_numbers_are_told_by_date_and_check_digit(cell, valid):
    assert is_identity_number(cell) is valid


def test_coordination_numbers_are_identity_numbers_too():
    numbers = [f"20020161-238{digit}" for digit in range(10)]
    assert sum(map(is_identity_number, numbers)) == 1
