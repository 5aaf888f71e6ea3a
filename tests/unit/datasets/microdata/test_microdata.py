"""Rows of people become counts; nothing of a single one comes along, not in an error either."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from datasets.disclosure import AggregationRule, CountTable, Sensitivity, protect, protect_means
from datasets.identifiers import Kind
from datasets.microdata import (
    ColumnPlan,
    ColumnUse,
    Figure,
    Looks,
    MicrodataError,
    PeoplePlan,
    PlanError,
    RowIs,
    aggregate,
    coding,
    profile,
    propose,
    read_people,
    reading,
    without_rare,
)
from tests.unit.datasets.microdata.people import HEADINGS, PLAN, csv_of, people, xlsx_of

TITLE = {"sv": "Elever"}
INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)


def test_csv_and_xlsx_give_the_same_table() -> None:
    rows = people()
    tables = [read_people(csv_of(rows)), read_people(csv_of(rows, separator="\t")), read_people(xlsx_of(rows))]
    cubes = [aggregate(table, PLAN, title=TITLE).cube for table in tables]
    assert all(np.array_equal(cube.values, cubes[0].values) for cube in cubes)
    assert cubes[0].shape == (3, 5)


def test_counts_are_those_of_the_rows_and_totals_are_their_sums() -> None:
    rows = people()
    found = aggregate(read_people(csv_of(rows)), PLAN, title=TITLE)
    girls = [row for row in rows if row[0] == "flicka" and 15 <= row[1] <= 17]
    assert found.cube.select({"Kön": ["Flickor"], "age": ["15-17"]}).values.item() == len(girls)
    inside = [row for row in rows if 15 <= row[1] <= 29]
    assert found.cube.select({"Kön": ["total"], "age": ["total"]}).values.item() == len(inside)
    assert found.left_out == {"outside_ages": len(rows) - len(inside)}
    assert found.rows == len(rows)


def test_the_counts_can_be_protected_with_their_totals() -> None:
    found = aggregate(read_people(csv_of(people(60))), PLAN, title=TITLE)
    table = protect(found.cube, INTERNAL)
    shown = table.values[~np.isnan(table.values)]
    assert not ((shown > 0) & (shown < 5)).any()


def test_ages_are_reckoned_from_years_of_birth_at_the_end_of_the_year() -> None:
    rows = [("2009", "2024"), ("2009", "2026"), ("2006", "2024"), ("1990", "2024"), ("", "2024")]
    plan = PeoplePlan((ColumnPlan("Född", ColumnUse.BIRTH_YEAR), ColumnPlan("År", ColumnUse.TIME)))
    found = aggregate(read_people(csv_of(rows, ("Född", "År"))), plan, title=TITLE)
    one = found.cube.select({"age": ["15-17"]}).values.ravel().tolist()
    assert one == [1, 1] and found.cube.dimension("year").codes == ("2024", "2026")
    assert found.left_out == {"outside_ages": 1, "unreadable": 1}
    without = replace(plan, columns=(plan.columns[0], ColumnPlan("År", ColumnUse.DROP)), year=2024)
    assert aggregate(read_people(csv_of(rows, ("Född", "År"))), without, title=TITLE).cube.shape == (5, 1)


def test_categories_are_merged_ordered_and_left_out_as_was_said_and_rare_ones_become_other() -> None:
    shown = {"Bok": "Övriga skolor", "Ek": "Ek", "Alm": ""}
    plan = PeoplePlan((ColumnPlan("Skola", ColumnUse.DIMENSION, "skola", shown),))
    rows = [(s,) for s in ["Ek"] * 6 + ["Bok"] * 3 + ["Alm"] * 2 + ["Gran", ""]]
    found = aggregate(read_people(csv_of(rows, ("Skola",))), plan, title=TITLE)
    assert found.cube.dimension("skola").codes == ("Övriga skolor", "Ek", "other", "total")
    assert found.cube.values.tolist() == [3, 6, 1, 10]
    assert found.left_out == {"chosen": 2}


def test_a_person_with_several_cases_is_counted_once_in_a_cell() -> None:
    rows = [("7", "Ek", "2"), ("7", "Ek", "3"), ("8", "Ek", "1"), ("7", "Alm", "4"), ("", "Ek", "9")]
    headings = ("Löpnr", "Skola", "Antal")
    columns = (
        ColumnPlan("Löpnr", ColumnUse.PERSON),
        ColumnPlan("Skola", ColumnUse.DIMENSION, "", {"Ek": "Ek", "Alm": "Alm"}),
        ColumnPlan("Antal", ColumnUse.MEASURE),
    )
    plan = PeoplePlan(columns, RowIs.CASE, Figure.MEAN)
    found = aggregate(read_people(csv_of(rows, headings)), plan, title=TITLE)
    assert found.cube.values.tolist() == [2, 1] and found.cube.dimension("Skola").total is None
    assert found.contributions is not None and found.contributions.sums.tolist() == [6, 4]
    assert found.left_out == {"no_person": 1}


def test_one_person_with_many_cases_makes_no_category_of_their_own() -> None:
    rows = [("1", "Hemlig")] * 9 + [(str(at), "Ek") for at in range(2, 12)]
    columns = (
        ColumnPlan("Löpnr", ColumnUse.PERSON),
        ColumnPlan("Skola", ColumnUse.DIMENSION, "", {"Hemlig": "Hemlig", "Ek": "Ek"}),
    )
    table = read_people(csv_of(rows, ("Löpnr", "Skola")))
    plan = without_rare(PeoplePlan(columns, RowIs.CASE), table)
    assert aggregate(table, plan, title=TITLE).cube.dimension("Skola").codes == ("Ek", "other")


def test_means_pass_the_gate_and_show_no_mean_of_few() -> None:
    rows = [*people(300), *[("flicka", 16, "Ek", "999999")]]
    columns = (PLAN.columns[0], PLAN.columns[1], PLAN.columns[2], ColumnPlan("Timmar", ColumnUse.MEASURE))
    plan = replace(PLAN, columns=columns, figure=Figure.MEAN)
    found = aggregate(read_people(csv_of(rows)), plan, title=TITLE)
    assert found.contributions is not None
    made = protect_means(CountTable(found.cube), found.contributions, INTERNAL)
    girls = made.means.select({"Kön": ["Flickor"], "age": ["15-17"], "measure": ["mean"]})
    assert np.isnan(girls.values.item()), "one person decides that mean"
    assert not np.isnan(
        made.means.select({"Kön": ["Pojkar"], "age": ["total"], "measure": ["mean"]}).values.item()
    )


def test_a_profile_tells_of_columns_and_never_of_few() -> None:
    rows = [*people(100), ("flicka", 17, "Hemligskolan", "1,0")]
    seen = {one.heading: one for one in profile(read_people(csv_of(rows)))}
    assert seen["Skola"].different == 4 and seen["Skola"].rare == 1
    assert [category.word for category in seen["Skola"].categories].count("Hemligskolan") == 0
    assert seen["Ålder"].looks is Looks.WHOLE and seen["Timmar"].looks is Looks.NUMBERS
    assert all(category.rows >= 5 for one in seen.values() for category in one.categories)


def test_what_columns_are_is_proposed_and_last_years_word_is_kept() -> None:
    seen = profile(read_people(csv_of(people())))
    first = propose(seen)
    assert [column.use for column in first.columns] == ["dimension", "age", "dimension", "drop"]
    again = propose(seen, PLAN)
    assert again.columns == PLAN.columns


def test_an_identifier_stops_until_it_is_dropped_and_is_proposed_for_nothing() -> None:
    rows = [(f"elev{n}@example.org", "flicka") for n in range(20)]
    table = read_people(csv_of(rows, ("Inloggning", "Kön")))
    seen = profile(table)
    assert seen[0].identifier is Kind.EMAIL and seen[0].categories == ()
    plan = propose(seen)
    assert plan.columns[0].use is ColumnUse.ASK
    with pytest.raises(PlanError):
        aggregate(table, plan, title=TITLE)
    used = replace(plan, columns=(replace(plan.columns[0], use=ColumnUse.DIMENSION), plan.columns[1]))
    with pytest.raises(MicrodataError) as stopped:
        aggregate(table, used, title=TITLE)
    assert stopped.value.about == {"heading": "Inloggning", "kind": "email"}
    dropped = replace(plan, columns=(replace(plan.columns[0], use=ColumnUse.DROP), plan.columns[1]))
    assert aggregate(table, dropped, title=TITLE).cube.shape == (1,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03", "not_a_table"),
        (b"PK\x03\x04 nothing", "not_a_table"),
        (csv_of([]), "no_rows"),
        (csv_of(people(20)).partition(b"\r\n")[2], "no_headings"),
        (b"Gretaplanterad Exempelsson;flicka\nOlle Exempelsson;pojke", "no_headings"),
        (b"flicka;Ek\nflicka;Alm\npojke;Ek", "no_headings"),
        (b"A;A\n1;2", "heading_twice"),
        (b"A;\n1;2", "heading_missing"),
    ],
)
def test_what_is_no_table_of_people_is_refused_without_repeating_it(data: bytes, code: str) -> None:
    with pytest.raises(MicrodataError) as refused:
        read_people(data)
    assert refused.value.code == code
    assert "Greta" not in f"{refused.value} {refused.value.about}"
    assert refused.value.__cause__ is None


def test_rows_of_another_length_are_counted_and_left_out_not_shifted() -> None:
    data = csv_of(people(20)) + b"\r\nflicka;16\r\nflicka;16;Ek;1;2"
    table = read_people(data)
    assert (table.rows, table.ragged) == (20, 2)
    assert aggregate(table, PLAN, title=TITLE).left_out["ragged"] == 2


def test_quoted_cells_and_spaces_are_read_as_one_cell() -> None:
    table = read_people('Kön;Skola\n"flicka";"Ek; norra"\n flicka ;Ek;\n'.encode())
    assert table.ragged == 1 and table.columns[1].words == ("Ek; norra",)


def test_a_column_nobody_spoke_of_or_that_is_gone_stops() -> None:
    table = read_people(csv_of(people(20)))
    with pytest.raises(MicrodataError) as new:
        aggregate(table, replace(PLAN, columns=PLAN.columns[:3]), title=TITLE)
    assert new.value.code == "column_new"
    gone = replace(PLAN, columns=(*PLAN.columns, ColumnPlan("Klass", ColumnUse.DIMENSION)))
    with pytest.raises(MicrodataError) as missing:
        aggregate(table, gone, title=TITLE)
    assert missing.value.code == "column_missing"


def test_a_plan_survives_being_stored_in_the_order_it_had() -> None:
    plan = replace(PLAN, year=2024, high=10.0, unit="timmar")
    assert PeoplePlan.from_json(plan.to_json()) == plan
    assert list(PeoplePlan.from_json(plan.to_json()).columns[0].shown) == ["flicka", "pojke"]
    assert HEADINGS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("begin", ["", "\r\n\r\n"])
def test_letters_are_read_however_they_are_written(encoding: str, begin: str) -> None:
    text = begin + csv_of(people()).decode("cp1252")
    cube = aggregate(read_people(text.encode(encoding)), PLAN, title=TITLE).cube
    assert np.array_equal(cube.values, aggregate(read_people(csv_of(people())), PLAN, title=TITLE).cube.values)


@pytest.mark.parametrize("codec", ["cp1252", "utf-16-le"])
def test_a_file_read_in_small_pieces_is_the_file_read_at_once(codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(kind, age, f'"{school};\n{school}"', n) for n, (kind, age, school, _hours) in enumerate(people(500))]
    data = csv_of(rows).decode("cp1252").encode(codec)
    whole = read_people(data)
    monkeypatch.setattr(reading, "_BLOCK", 1000)
    monkeypatch.setattr(coding, "MANY", 10)
    pieces = read_people(data)
    for one, other in zip(whole.columns, pieces.columns, strict=True):
        cells = [[column.words[place] for place in column.places] for column in (one, other)]
        assert cells[0] == cells[1] and sorted(one.words) == sorted(other.words)
    assert [column.heading for column in pieces.columns] == list(HEADINGS) and pieces.rows == 500


def test_columns_that_must_go_are_passed_over_and_still_belong_to_the_file() -> None:
    table = read_people(csv_of(people(40)), without=["Skola", "Timmar"])
    assert table.passed_over == ("Skola", "Timmar") and table.column("Skola") is None
    whole = aggregate(read_people(csv_of(people(40))), PLAN, title=TITLE)
    assert np.array_equal(aggregate(table, PLAN, title=TITLE).cube.values, whole.cube.values)
    used = replace(PLAN, columns=(*PLAN.columns[:2], ColumnPlan("Skola", ColumnUse.DIMENSION), PLAN.columns[3]))
    with pytest.raises(MicrodataError):
        aggregate(table, used, title=TITLE)


@pytest.mark.parametrize("at", [0, 30_000, 59_999])
def test_one_address_among_very_many_cells_is_found(at: int) -> None:
    rows = [(f"ärende {n}" if n != at else "elev7@example.org", "flicka") for n in range(60_000)]
    seen = profile(read_people(csv_of(rows, ("Ärende", "Kön"))))
    assert seen[0].identifier is Kind.EMAIL and seen[0].different == 60_000 and seen[0].categories == ()


@pytest.mark.parametrize("space", [" ", "\u00a0", "\t", "\u2003", "\u3000", "\x1f"])
def test_cells_that_differ_by_white_space_alone_are_one(space: str) -> None:
    written = f"Kön;Skola\n{space}flicka;Ek{space}{space}norra\nflicka{space};Ek norra\n"
    table = read_people(written.encode())
    assert [column.words for column in table.columns] == [("flicka",), ("Ek norra",)]
