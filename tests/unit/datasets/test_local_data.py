"""The demo's local data: files as departments hand them in, marked as made up, always the same."""

import csv
import io
from collections import defaultdict

import pytest

from accounts.reference.demo import DEMO_MUNICIPALITIES
from datasets.content import find_factor, find_theme
from datasets.demo.local_data import local_data_sets
from tests.lix import lix_of

ALL = local_data_sets()


def name(data):
    return f"{data.tenant_code}-{data.key}"


def rows(data):
    return list(csv.DictReader(io.StringIO(data.csv.decode(data.encoding)), delimiter=data.separator))


def one(tenant_code, key):
    return next(data for data in ALL if (data.tenant_code, data.key) == (tenant_code, key))


def test_four_data_sets_for_each_municipality_and_two_for_the_region():
    by_tenant = defaultdict(set)
    for data in ALL:
        by_tenant[data.tenant_code].add(data.key)
    assert {code: len(keys) for code, keys in by_tenant.items()} == {"9901": 4, "9902": 4, "9903": 4, "99": 2}


def test_the_files_are_the_same_every_time():
    assert local_data_sets() == ALL


@pytest.mark.parametrize("data", ALL, ids=name)
def test_everything_says_that_it_is_made_up(data):
    assert data.is_synthetic
    assert "påhittad" in data.source["sv"]
    assert "made up" in data.source["en"]


@pytest.mark.parametrize("data", ALL, ids=name)
def test_a_file_is_a_whole_table_of_its_columns(data):
    table = rows(data)
    assert list(table[0]) == [column.heading for column in data.columns]
    (measure,) = [column.heading for column in data.columns if column.role == "measure"]
    assert all(row[measure].isdigit() for row in table)
    keys = [column.heading for column in data.columns if column.role in ("time", "geo", "dimension")]
    cells = {tuple(row[key] for key in keys) for row in table}
    size = 1
    for key in keys:
        size *= len({row[key] for row in table})
    assert len(cells) == len(table) == size


@pytest.mark.parametrize("data", ALL, ids=name)
def test_the_words_are_there_in_both_languages_and_plain(data):
    for text in (data.title, data.description, data.how_to_read, data.does_not_say, data.unit, *data.notes):
        assert text["sv"] and text["en"]
    assert lix_of([data.description["sv"], data.how_to_read["sv"], data.does_not_say["sv"]]) <= 45


@pytest.mark.parametrize("data", ALL, ids=name)
def test_it_is_registered_with_known_words(data):
    assert all(find_factor(key) for key in data.factors)
    assert all(find_theme(key) for key in data.themes)
    assert data.measures in ("wellbeing", "protective", "risk", "context")
    assert data.sensitivity in ("open", "internal", "sensitive")
    assert data.fit_for and set(data.fit_for) <= {1, 2, 3}


def test_counts_of_people_are_sensitive_and_small_where_the_place_is_small():
    absence = one("9903", "school_absence")
    assert absence.sensitivity == "sensitive"
    counts = [int(row["Elever"]) for row in rows(absence)]
    assert any(0 < count < 5 for count in counts)
    large = [int(row["Elever"]) for row in rows(one("9901", "school_absence"))]
    assert min(large) >= 5


def test_the_county_is_the_sum_of_its_municipalities():
    totals = defaultdict(int)
    for row in rows(one("99", "young_population")):
        sign = 1 if row["Kommunkod"] == "99" else -1
        totals[row["År"], row["Kön"], row["Ålder"]] += sign * int(row["Antal"])
    assert set(totals.values()) == {0}


def test_the_population_is_that_of_the_demo():
    population = [row for row in rows(one("99", "young_population")) if row["År"] == "2025"]
    for demo in DEMO_MUNICIPALITIES:
        young = sum(int(row["Antal"]) for row in population if row["Kommunkod"] == demo.municipality.code)
        assert abs(young - demo.young) < 0.05 * demo.young


def test_there_is_something_to_talk_about():
    visits = defaultdict(int)
    for row in rows(one("9901", "youth_centre_visits")):
        visits[row["År"]] += int(row["Besök"])
    assert visits["2020"] < 0.6 * visits["2019"]
    assert visits["2025"] > 1.15 * visits["2024"]
    sessions = defaultdict(int)
    for row in rows(one("9902", "sports_sessions")):
        sessions[row["Kön"]] += int(row["Tillfällen"])
    assert sessions["Flickor"] < sessions["Pojkar"]


def test_one_file_is_in_an_older_encoding_as_real_ones_are():
    with pytest.raises(UnicodeDecodeError):
        one("9901", "sports_sessions").csv.decode("utf-8")
