"""Tables in files: as people write them, and what is said of those that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from datasets.disclosure import RefusedToPublish, Why
from datasets.disclosure.tablefile import BadFile, asked, read_spec, read_table
from datasets.disclosure.tablefile.building import MOST_CELLS
from tests.unit.datasets.disclosure.filing import PLACES, SPEC, Files

WHOLE = {
    ("Total", "Total"): "169",
    ("01", "15-17"): "42",
    ("0114", "18-19"): "",
    ("02", "Total"): "102",
}


def refused(
    tmp_path: Path, text: str | bytes = PLACES, spec: dict[str, Any] | None = None, *rules: str
) -> BadFile:
    files = Files.made(tmp_path, text, spec)
    with pytest.raises(BadFile) as bad:
        files.protect(*rules)
    assert not files.output.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv", "spec.json"] or len(
        list(tmp_path.iterdir())
    ) == 2
    assert "{" not in bad.value.text.replace('{"dims"', "")
    assert bad.value.text.endswith(".")
    return bad.value


class TestAsPeopleWriteThem:
    def check(self, files: Files) -> None:
        told = files.protect()
        cells = files.cells()
        assert len(cells) == 7 * 3 == told["cells"]
        for cell, count in WHOLE.items():
            assert cells[cell] == count
        assert told["primary"] == 1
        assert told["suppressed"] == sum(not count for count in cells.values()) >= 4
        hidden = [row for row in files.rows() if row["suppressed"] == "TRUE"]
        assert all(row["freq"] == "" for row in hidden)
        assert sum(row["primary"] == "TRUE" for row in files.rows()) == 1
        assert {row["primary"] for row in files.rows()} == {"TRUE", "FALSE"}

    def test_plainly(self, tmp_path: Path):
        self.check(Files.made(tmp_path))

    @pytest.mark.parametrize(
        "text",
        [
            PLACES.replace(",", ";"),
            PLACES.replace(",", "\t"),
            "\ufeff" + PLACES,
            PLACES.replace("\n", "\r\n"),
            PLACES.replace("\n", "\n\n"),
            PLACES.replace(",3\n", ",3.0\n").replace(",12\n", ", 12 \n"),
            PLACES.replace(",", ";").replace(";3\n", ";3,00\n"),
            PLACES.replace(",12\n", ",1.2e1\n"),
            "\n".join(f'"{line.replace(",", chr(34) + "," + chr(34))}"' for line in PLACES.strip().splitlines()),
            "\n".join(f"{line},{'weight' if not at else 0.37 * at}" for at, line in enumerate(PLACES.split())),
            "\n".join([PLACES.split()[0], *sorted(PLACES.split()[1:], reverse=True)]),
            "\n".join(f"{line}," for line in PLACES.split()),
        ],
    )
    def test_whatever_stands_between(self, tmp_path: Path, text: str):
        self.check(Files.made(tmp_path, text))

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
    def test_swedish_letters(self, tmp_path: Path, encoding: str):
        text = PLACES.replace("0114", "Åmål").replace("age", "ålder")
        files = Files.made(
            tmp_path, text.encode(encoding), {"dims": {"ort": ["region", "county"], "ålder": ["ålder"]}}
        )
        files.protect()
        assert files.cells()["Åmål", "18-19"] == ""
        assert list(files.rows()[0])[:2] == ["ort", "ålder"]

    def test_the_order_of_lines_never_shows(self, tmp_path: Path):
        heading, *lines = PLACES.split()
        written = []
        for order in (lines, lines[::-1], sorted(lines, key=lambda line: line[-2:])):
            files = Files.made(tmp_path, "\n".join([heading, *order]))
            files.protect()
            written.append(files.output.read_bytes())
        assert len(set(written)) == 1

    def test_combinations_that_are_left_out_are_nobody(self, tmp_path: Path):
        files = Files.made(tmp_path, PLACES.replace("0202,02,18-19,19\n", ""))
        told = files.protect()
        assert told["cells"] == 21
        assert told["notes"] == ["1 combinations that the file leaves out were taken as nobody."]
        assert ("0202", "18-19") in files.cells()

    def test_one_dimension_adds_up_over_the_columns_that_are_not_named(self, tmp_path: Path):
        files = Files.made(tmp_path, PLACES, {"dims": {"region": ["region"]}})
        told = files.protect()
        assert files.cells() == {
            ("Total",): "169",
            ("0114",): "15",
            ("0115",): "52",
            ("0201",): "58",
            ("0202",): "44",
        }
        assert told["notes"] == ["Added up over the columns county, age, which the specification does not name."]

    def test_five_dimensions(self, tmp_path: Path):
        random = np.random.default_rng(1)
        lines = ["a,b,c,d,e,freq"]
        for cell in np.ndindex(2, 2, 3, 2, 2):
            lines.append(
                ",".join(f"{chr(97 + at)}{place}" for at, place in enumerate(cell)) + f",{random.poisson(9)}"
            )
        files = Files.made(tmp_path, "\n".join(lines), {"dims": {name: [name] for name in "abcde"}})
        assert files.protect()["cells"] == 3 * 3 * 4 * 3 * 3 == len(files.cells())

    def test_parents_that_are_the_total_or_have_one_child(self, tmp_path: Path):
        text = "\n".join(
            f"{line},{'land' if not at else 'SE'},{'own' if not at else line[:4]}"
            for at, line in enumerate(PLACES.split())
        )
        files = Files.made(
            tmp_path, text, {"dims": {"region": ["region", "county", "land", "own"], "age": ["age"]}}
        )
        files.protect()
        cells = files.cells()
        assert len(cells) == 8 * 3
        assert all(cells["SE", age] == cells["Total", age] for age in ("Total", "15-17", "18-19"))

    def test_lines_with_sums_are_checked_and_made_anew(self, tmp_path: Path):
        files = Files.made(tmp_path, PLACES + "Total,,15-17,108\n01,01,15-17,42\n02,,18-19,36\nTotal,,Total,169\n")
        assert files.protect()["cells"] == 21
        assert files.cells()["01", "15-17"] == "42"
        files.output.unlink()
        bad = refused(tmp_path, PLACES + "Total,,15-17,108\n01,01,15-17,43\n")
        assert bad.code == "margins_differ"
        assert bad.cells == ("region=01, age=15-17",)
        assert "43" not in bad.text


class TestWhatCannotBeUsed:
    @pytest.mark.parametrize(
        ("old", "new", "code", "cell"),
        [
            ("18-19,3\n", "18-19,-3\n", "negative_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,3.5\n", "fractional_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,\n", "missing_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,NA\n", "missing_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,three\n", "not_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,inf\n", "not_counts", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,99999999999999999999\n", "too_large_counts", "region=0114, age=18-19"),
            ("0114,01,18-19", "0114,,18-19", "hole", "region=0114"),
            ("0114,01,18-19", "0114,02,18-19", "two_groups", "region=0114"),
            ("18-19,3\n", "18-19,3\n0114,01,18-19,4\n", "cell_twice", "region=0114, age=18-19"),
            ("18-19,3\n", "18-19,3\n0114,01,18-19,3\n", "cell_twice", "region=0114, age=18-19"),
            ("0202,02", "0202,0201", "code_clash", "region=0201"),
        ],
    )
    def test_cells_are_named(self, tmp_path: Path, old: str, new: str, code: str, cell: str):
        text = PLACES.replace(old, new, 1) if code != "code_clash" else PLACES.replace(old, new)
        bad = refused(tmp_path, text)
        assert bad.code == code
        assert bad.cells[0] == cell
        assert cell in bad.text

    def test_a_loop(self, tmp_path: Path):
        text = "region,county,freq\na,b,20\nb,a,30\nc,a,40\nd,b,20\n"
        bad = refused(tmp_path, text, {"dims": {"region": ["region", "county"]}})
        assert bad.code == "loop"

    def test_one_code_for_two_groups(self, tmp_path: Path):
        text = "r,p,q,freq\na,x,x,20\nb,x,y,30\nc,y,y,40\n"
        assert refused(tmp_path, text, {"dims": {"r": ["r", "p", "q"]}}).code in ("loop", "code_clash")

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (b"", "not_csv"),
            (b"PK\x03\x04 and so on", "not_csv"),
            (b"\x00\x01\x02", "not_csv"),
            (b'region,county,age,freq\n0114,01,"15-17,12\n', "not_csv"),
            (b"region,county,age,freq\n0114,01,15-17\n", "not_csv"),
            (b"region,county,age,freq\n", "no_rows"),
            (b"region,age,freq\n0114,15-17,3\n", "missing_columns"),
            (b"region,county,age,age,freq\n0114,01,15-17,15-17,3\n", "missing_columns"),
            (b"region,county,age,freq\n,01,15-17,3\n", "empty_code"),
            (b"region,county,age,freq\nTotal,,15-17,30\n", "no_rows"),
        ],
    )
    def test_files_that_are_no_tables(self, tmp_path: Path, text: bytes, code: str):
        assert refused(tmp_path, text).code == code

    @pytest.mark.parametrize(
        "spec",
        [
            [],
            {"dims": {}},
            {"dims": {"region": []}},
            {"dims": {"region": [1]}},
            {"dims": {"freq": ["region"]}},
            {"dims": {"region": ["region"]}, "freq": "region"},
            {"dims": {"region": ["region"]}, "freq": 3},
            {"dims": {"region": ["region"]}, "formula": 3},
        ],
    )
    def test_specifications(self, tmp_path: Path, spec: Any):
        files = Files.made(tmp_path)
        files.spec.write_text(json.dumps(spec))
        with pytest.raises(BadFile) as bad:
            read_spec(files.spec)
        assert bad.value.code == "bad_spec"
        files.spec.write_text("{")
        with pytest.raises(BadFile):
            read_spec(files.spec)

    def test_everything_would_be_hidden(self, tmp_path: Path):
        text = "region,age,freq\na,x,1\na,y,1\nb,x,1\nb,y,0\n"
        files = Files.made(tmp_path, text, {"dims": {"region": ["region"], "age": ["age"]}})
        with pytest.raises(RefusedToPublish) as why:
            files.protect()
        assert why.value.reasons[0].why is Why.NOTHING_LEFT
        assert not files.output.exists()

    def test_ten_million_cells_are_refused_before_they_are_counted(self, tmp_path: Path):
        import tracemalloc

        names = "abcdefg"
        lines = [",".join(names) + ",freq", *(",".join([f"c{at}"] * 7) + ",5" for at in range(10))]
        files = Files.made(tmp_path, "\n".join(lines), {"dims": {name: [name] for name in names}})
        tracemalloc.start()
        with pytest.raises(BadFile) as bad:
            files.protect()
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()
        assert bad.value.code == "too_large"
        assert "19487171 cells (11 × 11" in bad.value.text
        assert str(MOST_CELLS) in bad.value.text


def published(tmp_path: Path, formula: str) -> set[tuple[str, str]]:
    files = Files.made(tmp_path, PLACES, {**SPEC, "formula": formula})
    files.protect()
    return set(files.cells())  # type: ignore[arg-type]


REGIONS, COUNTIES, AGES = ["0114", "0115", "0201", "0202"], ["01", "02"], ["15-17", "18-19"]
TOTAL = {("Total", "Total")}
BY_REGION = {(region, "Total") for region in REGIONS}
BY_COUNTY = {(county, "Total") for county in COUNTIES}
BY_AGE = {("Total", age) for age in AGES}
BOTH = {(region, age) for region in REGIONS for age in AGES}
COUNTY_AGE = {(county, age) for county in COUNTIES for age in AGES}


class TestFormulas:
    @pytest.mark.parametrize(
        ("formula", "cells"),
        [
            ("~ region*age", TOTAL | BY_REGION | BY_AGE | BOTH),
            ("region + age", TOTAL | BY_REGION | BY_AGE),
            ("freq ~ county*age", TOTAL | BY_COUNTY | BY_AGE | COUNTY_AGE),
            ("~ region + county:age", TOTAL | BY_REGION | COUNTY_AGE),
            ("~ (region + age)^2", TOTAL | BY_REGION | BY_AGE | BOTH),
            ("~ (county + region)*age - region:age", TOTAL | BY_REGION | BY_COUNTY | BY_AGE | COUNTY_AGE),
            ("~ age - 1", BY_AGE),
            ("~ 0 + age", BY_AGE),
            ("~ county/age", TOTAL | BY_COUNTY | COUNTY_AGE),
            ("~ age %in% county", TOTAL | COUNTY_AGE),
            ("~ region:county", TOTAL | BY_REGION),
            ("~ `region` + age", TOTAL | BY_REGION | BY_AGE),
            ("~ 1", TOTAL),
        ],
    )
    def test_publish_the_margins_that_they_name(self, tmp_path: Path, formula: str, cells: set[tuple[str, str]]):
        assert published(tmp_path, formula) == cells

    @pytest.mark.parametrize(
        "formula",
        ["~ region + gender", "~ region +", "~ (region", "~ region^0", "~ 3", "~ a ~ b", "region & age", "~"],
    )
    def test_are_refused_in_words_where_they_are_not_understood(self, tmp_path: Path, formula: str):
        bad = refused(tmp_path, PLACES, {**SPEC, "formula": formula})
        assert bad.code == "bad_formula"

    def test_names_of_columns_may_be_any(self, tmp_path: Path):
        text = PLACES.replace("county", "län-2024").replace("age", "ålder (år)")
        spec = {
            "dims": {"region": ["region", "län-2024"], "age": ["ålder (år)"]},
            "formula": "~ län-2024*ålder (år)",
        }
        files = Files.made(tmp_path, text, spec)
        files.protect()
        assert set(files.cells()) == TOTAL | BY_COUNTY | BY_AGE | COUNTY_AGE

    def test_groups_that_overlap_cannot_be_crossed(self, tmp_path: Path):
        text = "r,p,q,freq\na,x,u,20\nb,x,v,30\nc,y,v,40\n"
        assert refused(tmp_path, text, {"dims": {"r": ["r", "p", "q"]}, "formula": "~ p:q"}).code == "bad_formula"

    def test_what_is_not_published_is_not_protected_by_hiding(self, tmp_path: Path):
        """A margin that nobody shows need not be safe, nor does it hide another."""
        files = Files.made(tmp_path, PLACES, {**SPEC, "formula": "~ region + age"})
        assert files.protect()["suppressed"] == 0


class TestRules:
    @pytest.mark.parametrize(
        ("rules", "field", "value"),
        [
            (["interval=on"], "interval", True),
            (["insider=yes"], "insider", True),
            (["tau=5"], "tau", 5),
            (["rounding=5"], "rounding", 5),
            (["share-base=12"], "share_base", 12),
        ],
    )
    def test_names_and_values(self, rules: list[str], field: str, value: object):
        assert getattr(asked(5, "secondary", rules).rule, field) == value

    def test_from_a_file(self, tmp_path: Path):
        path = tmp_path / "rule.json"
        path.write_text(
            json.dumps({"tau": 4, "over": "q", "sensitive": [["often", "always"]], "leave_out": ["none"]})
        )
        wanted = asked(5, "secondary", [str(path)])
        assert wanted.rule.tau == 4
        assert wanted.about == {
            "over": "q",
            "sensitive": (frozenset({"often", "always"}),),
            "leave_out": ("none",),
        }

    @pytest.mark.parametrize(
        "rule",
        [
            "k=3",
            "nonsense=1",
            "tau=many",
            "interval=perhaps",
            "no.json",
            "sensitive=often",
            "priority=a",
            "tau=-1",
            "tau=1.5",
        ],
    )
    def test_what_means_nothing(self, rule: str):
        with pytest.raises(BadFile) as bad:
            asked(5, "secondary", [rule])
        assert bad.value.code == "bad_rule"

    @pytest.mark.parametrize(("k", "hidden"), [(1, 0), (2, 0), (4, True), (5, True)])
    def test_a_smallest_count_of_any_size(self, tmp_path: Path, k: int, hidden: bool):
        files = Files.made(tmp_path)
        assert bool(files.protect(k=k)["suppressed"]) == bool(hidden)
        with pytest.raises(BadFile):
            asked(0, "secondary", [])

    def test_shares_over_answers(self, tmp_path: Path):
        files = Files.made(tmp_path)
        told = files.protect("over=age", "share_base=16", k=3)
        assert files.cells()["0114", "Total"] == ""
        assert told["rule"]["share_base"] == 16

    def test_of_a_dimension_that_is_not_there(self, tmp_path: Path):
        assert refused(tmp_path, PLACES, None, "over=answer").code == "bad_rule"
        assert refused(tmp_path, PLACES, None, "geo=county").code == "bad_rule"

    def test_headline_cells_are_kept(self, tmp_path: Path):
        files = Files.made(tmp_path)
        files.protect("priority=region:0115:5")
        kept = [count for (region, _), count in files.cells().items() if region == "0115"]
        assert all(kept)


class TestReading:
    def test_roles_and_notes(self, tmp_path: Path):
        files = Files.made(tmp_path)
        table = read_table(files.source, read_spec(files.spec), roles=asked(5, "secondary", ["geo=region"]).roles)
        assert [dimension.role for dimension in table.table.cube.dimensions] == ["geo", None]
        assert table.notes == ()
