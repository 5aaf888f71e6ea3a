"""The command that protects a table in a file: alone in the world, and when something goes wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import execute_from_command_line

from tests.attacks.disclosure.test_second_opinion import given_attacker
from tests.shared_data import shared_data
from tests.unit.datasets.disclosure.filing import PLACES, SPEC, Files

ROOT = Path(__file__).resolve().parents[2]
SMALL = (
    "T01_z1",
    "T02_z2_two_hier",
    "T03_mun_accidents",
    "T04_example1",
    "T07_s26_kom_age",
    "T08_s26_kom_age_sex",
)
LARGER = ("T05_d3_4dim", "T10_s26_ageyears_sex", "T12_s290_kom_age_sex")
ZEROS = ("secondary", "sensitive", "shown")


def start(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """The command in a process that knows nothing: no variables, no database, no server."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "protect_table", *map(str, arguments)],
        env={},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(files: Files, *arguments: object) -> tuple[int, dict[str, Any]]:
    """How the command ended and the one object that it printed."""
    process = start(files.source, files.spec, "--output", files.output, *arguments, folder=files.output.parent)
    out, err = process.communicate(timeout=600)
    assert "Traceback" not in err
    assert out.count("\n") == 1
    return process.returncode, json.loads(out)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any]]]:
    """The same in this process, for what is about the figures: that it needs no other is tested above all."""

    def in_this_process(files: Files, *arguments: object) -> tuple[int, dict[str, Any]]:
        words = [files.source, files.spec, "--output", files.output, *arguments]
        try:
            status = execute_from_command_line(["manage.py", "protect_table", *map(str, words)]) or 0
        except SystemExit as ended:
            status = ended.code
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        return status, json.loads(out)

    return in_this_process


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_needs_nothing(tmp_path: Path):
    files = Files.made(tmp_path)
    status, told = run(files)
    assert status == 0
    assert {"cells", "primary", "secondary", "suppressed", "seconds", "peak_mb", "audit"} <= told.keys()
    assert {"core", "audit", "repair"} <= told["seconds"].keys()
    assert {"attackers", "exact", "linear"} <= told["audit"].keys()
    assert (told["cells"], told["suppressed"]) == (21, told["primary"] + told["secondary"])
    assert len(files.cells()) == 21
    assert left(tmp_path) == {"in.csv", "spec.json", "out.csv"}


def test_refused_it_tells_why_and_leaves_no_file_not_even_an_old_one(tmp_path: Path):
    files = Files.made(tmp_path, PLACES.replace(",3\n", ",-3\n"))
    files.output.write_text("from before")
    status, told = run(files)
    assert status == 2
    assert (told["refused"], told["code"], told["cells"]) == (True, "negative_counts", ["region=0114, age=18-19"])
    assert "cannot be negative" in told["error"]
    assert left(tmp_path) == {"in.csv", "spec.json"}


def test_so_where_everything_would_be_hidden(tmp_path: Path):
    files = Files.made(tmp_path, "region,freq\na,1\nb,2\n", {"dims": {"region": ["region"]}})
    status, told = run(files)
    assert (status, told["code"]) == (2, "nothing_left")
    assert "Merge categories" in told["error"]
    assert left(tmp_path) == {"in.csv", "spec.json"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--k", "many"],
        ["--k", "0"],
        ["--zeros", "never"],
        ["--audit", "half"],
        ["--rule", "nonsense"],
        ["--rule", "tau=5", "--zeros", "shown"],
        ["--wrong"],
        ["one-more"],
    ],
)
def test_arguments_that_mean_nothing_are_told_in_words(tmp_path: Path, arguments: list[str]):
    status, told = run(Files.made(tmp_path), *arguments)
    assert status == 2
    assert told["code"] in ("bad_arguments", "bad_rule")
    assert told["error"].endswith(".")
    assert "out.csv" not in left(tmp_path)


def test_files_that_are_not_there(tmp_path: Path):
    files = Files.made(tmp_path)
    files.source.unlink()
    assert run(files)[1]["code"] == "no_file"
    files = Files.made(tmp_path)
    files.spec.unlink()
    assert run(files)[1]["code"] == "no_file"
    far = Files(Files.made(tmp_path).source, files.spec, tmp_path / "nowhere" / "out.csv")
    assert run(Files(far.source, Files.made(tmp_path).spec, tmp_path / "nowhere"))[0] == 0
    status = start(far.source, far.spec, "--output", far.output, folder=tmp_path)
    assert json.loads(status.communicate()[0])["code"] == "bad_arguments"


def test_its_own_input_is_never_written_over(tmp_path: Path):
    files = Files.made(tmp_path)
    status, told = run(Files(files.source, files.spec, files.source))
    assert (status, told["code"]) == (2, "bad_arguments")
    assert files.source.read_text() == PLACES


@pytest.mark.parametrize(("order", "left_over"), [(signal.SIGTERM, False), (signal.SIGKILL, True)])
def test_stopped_midway_it_leaves_no_output(tmp_path: Path, order: signal.Signals, left_over: bool):
    lines = ["a,b,c,freq"]
    lines += [f"a{a},b{b},c{c},{(a * b * c) % 9}" for a in range(60) for b in range(25) for c in range(12)]
    files = Files.made(tmp_path, "\n".join(lines), {"dims": {name: [name] for name in "abc"}})
    files.output.write_text("from before")
    process = start(files.source, files.spec, "--output", files.output, folder=tmp_path)
    assert process.stderr is not None
    assert "to be published" in process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(order)
    process.communicate(timeout=120)
    assert process.returncode != 0
    assert ("out.csv" in left(tmp_path)) == left_over
    assert left(tmp_path) <= {"in.csv", "spec.json", "out.csv"}
    if left_over:
        assert files.output.read_text() == "from before"


def given(name: str, folder: Path) -> Files:
    return Files(
        shared_data(f"disclosure/inputs/{name}.csv"),
        shared_data(f"disclosure/specs/{name}.json"),
        folder / "out.csv",
    )


@pytest.mark.parametrize("zeros", ZEROS)
@pytest.mark.parametrize("name", SMALL)
def test_given_tables_stand_against_a_given_attacker(name: str, zeros: str, call: Any, tmp_path: Path):
    import pandas as pd

    files = given(name, tmp_path)
    status, told = call(files, "--zeros", zeros)
    if status == 2:
        assert (told["code"], zeros) == ("nothing_left", "shown")
        return
    spec = json.loads(files.spec.read_text())
    inner = pd.read_csv(files.source, dtype=str)
    inner["freq"] = inner["freq"].astype(int)
    out = pd.read_csv(files.output, dtype=dict.fromkeys(spec["dims"], str))
    found, _ = given_attacker().attack(inner, out, spec, full=True, milpn=5, min1=zeros == "shown")
    assert (found["linear_recoverable"], found["exact_primary"]) == (0, 0)
    assert (found["cells"], found["suppressed"]) == (told["cells"], told["suppressed"])


@pytest.mark.parametrize(
    "zeros", [ZEROS[0], *(pytest.param(zeros, marks=pytest.mark.slow) for zeros in ZEROS[1:])]
)
@pytest.mark.parametrize("name", LARGER)
def test_larger_given_tables_come_out_whole(name: str, zeros: str, call: Any, tmp_path: Path):
    files = given(name, tmp_path)
    status, told = call(files, "--zeros", zeros)
    assert status == 0, told
    check_whole(files, told, zeros)


@pytest.mark.slow
def test_the_largest_given_table_comes_out_whole(tmp_path: Path):
    files = given("T06_d4_social", tmp_path)
    status, told = run(files)
    assert status == 0, told
    check_whole(files, told, "secondary")


def check_whole(files: Files, told: dict[str, Any], zeros: str) -> None:
    """Every cell stands once, with the sums of the file, and what is hidden is empty."""
    cells = files.cells()
    assert len(cells) == told["cells"]
    assert sum(not count for count in cells.values()) == told["suppressed"]
    if zeros == "shown":
        assert any(count == "0" for count in cells.values())
    oracle = {"secondary": "z0s", "sensitive": "zp", "shown": "z0n"}[zeros]
    path = shared_data("disclosure/oracle") / f"{files.source.stem}__{oracle}.csv"
    theirs = Files(files.source, files.spec, path).cells()
    assert set(cells) == set(theirs)
    assert all(count in ("", theirs[cell]) for cell, count in cells.items())


def test_a_specification_may_name_what_is_published(tmp_path: Path):
    files = Files.made(tmp_path, PLACES, {**SPEC, "formula": "~ county*age"})
    assert run(files)[1]["cells"] == 9
    assert set(files.cells()) == {
        (place, age) for place in ("Total", "01", "02") for age in ("Total", "15-17", "18-19")
    }
