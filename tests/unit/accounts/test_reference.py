"""The official list of municipalities and counties: complete, rightly named, codes untouched."""

import csv
from datetime import date

import pytest

from accounts.reference import (
    County,
    Municipality,
    counties,
    find,
    find_county,
    find_municipality,
    municipalities,
)
from accounts.reference.demo import DEMO_COUNTY, DEMO_MUNICIPALITIES
from tests.shared_data import shared_data


def test_there_are_290_municipalities_in_21_counties():
    assert len(municipalities()) == 290
    assert len(counties()) == 21
    assert {m.county_code for m in municipalities()} == {county.code for county in counties()}


def test_codes_are_text_with_their_leading_zeros():
    assert find("0186").name == "Lidingö"
    assert find("186") is None
    assert find("01") == find_county("01")
    assert find("1") is None
    assert all(len(m.code) == 4 and m.code.isdigit() and m.code[:2] == m.county_code for m in municipalities())


def test_two_digits_are_a_county_and_four_a_municipality():
    assert isinstance(find("20"), County)
    assert isinstance(find("2080"), Municipality)
    assert find_county("2080") is None
    assert find_municipality("20") is None
    assert find("") is None


@pytest.mark.parametrize(
    ("code", "official_name"),
    [
        ("2080", "Falu kommun"),
        ("0880", "Kalmar kommun"),
        ("0380", "Uppsala kommun"),
        ("0186", "Lidingö kommun"),
        ("0192", "Nynäshamns kommun"),
        ("1462", "Lilla Edets kommun"),
        ("1490", "Borås kommun"),
        ("2023", "Malung-Sälens kommun"),
        ("0980", "Region Gotland"),
    ],
)
def test_official_names_have_the_right_genitive(code, official_name):
    assert find(code).official_name == official_name


@pytest.mark.parametrize(
    ("code", "official_name"),
    [
        ("01", "Region Stockholm"),
        ("08", "Region Kalmar län"),
        ("04", "Region Sörmland"),
        ("14", "Västra Götalandsregionen"),
        ("23", "Region Jämtland Härjedalen"),
        ("09", "Region Gotland"),
    ],
)
def test_regions_carry_their_own_names(code, official_name):
    assert find(code).official_name == official_name


def test_gotland_is_a_region_and_a_municipality_in_one():
    (gotland,) = municipalities("09")
    assert gotland.official_name == gotland.county.official_name == "Region Gotland"


def test_municipalities_that_changed_county_or_were_born_have_their_day():
    assert find("0330").name == "Knivsta"
    assert find("0330").valid_from == date(2003, 1, 1)
    assert find("0331").name == "Heby"
    assert find("0331").valid_from == date(2007, 1, 1)
    assert find("0331").county.name == "Uppsala län"
    assert find("1917") is None  # Heby's code while it lay in Västmanland
    assert find("0643").county.name == "Jönköpings län"


def test_names_that_differ_in_one_letter_stay_apart():
    assert find("0305").name == "Håbo"
    assert find("0643").name == "Habo"


def test_no_county_is_forgotten_when_listed_by_county():
    assert sum(len(municipalities(county.code)) for county in counties()) == 290
    assert len(municipalities("01")) == 26
    assert municipalities("99") == ()


def test_the_demo_is_no_real_place():
    real = {m.name for m in municipalities()} | {county.official_name for county in counties()}
    for demo in DEMO_MUNICIPALITIES:
        assert demo.municipality.name not in real
        assert find(demo.municipality.code) is None
        assert demo.municipality.county_code == DEMO_COUNTY.code
        assert demo.young < demo.inhabitants / 4
    assert find(DEMO_COUNTY.code) is None
    assert min(demo.inhabitants for demo in DEMO_MUNICIPALITIES) == 6_000


def test_codes_names_and_counties_agree_with_the_shared_list():
    with shared_data("kommuner_full.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["code"]: (row["name"], row["lan_code"], row["lan_name"]) for row in csv.DictReader(file)}
    assert {m.code: (m.name, m.county_code, m.county.name) for m in municipalities()} == facts
