"""The command that tells how a file is read: alone in the world, and when something is wrong with the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shared_data import shared_data
from tests.unit.datasets.importers.px_files import px

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["format", "encoding", "dimensions", "cells", "nulls", "sum", "first", "last", "warnings"]


def run(*arguments: object, folder: Path, **variables: str) -> tuple[int, dict[str, Any], str]:
    """How the command ended in a process that knows nothing, the one object that it printed, and its log."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "cube_check", *map(str, arguments)],
        env=variables,
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    out, log = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in log
    assert out.count("\n") == 1
    return done.returncode, json.loads(out), log


def test_a_table_is_told_in_plain_figures(tmp_path):
    file = tmp_path / "exempel.px"
    file.write_bytes(px('1 "-"\n".." 4\n5 6\n7 8', DATASYMBOL2='"Uppgift saknas"', CONFIDENTIAL='"1"'))
    code, told, log = run(file, folder=tmp_path)
    assert code == 0
    assert list(told) == PARTS
    assert (told["format"], told["encoding"], told["cells"], told["sum"]) == ("px", "utf-8", 8, 31)
    assert told["dimensions"][0] == {"id": "område", "label": "område", "size": 2, "role": None}
    assert told["dimensions"][2]["role"] == "time"
    assert told["nulls"] == {"not_available": 1}
    assert told["first"] == [
        {"coordinates": {"område": "N", "kön": "2", "år": "2023"}, "value": 1},
        {"coordinates": {"område": "N", "kön": "2", "år": "2024"}, "value": 0},
        {"coordinates": {"område": "N", "kön": "1", "år": "2023"}, "value": None, "status": "not_available"},
    ]
    assert [cell["value"] for cell in told["last"]] == [6, 7, 8]
    assert told["warnings"][0]["line"]
    assert told["warnings"][0]["message"] in log


@pytest.mark.parametrize(
    ("name", "content", "words", "place"),
    [
        ("trasig.px", px(STUB='"område,"kön"'), "STUB", (11, 15)),
        ("avbruten.px", px()[:-6], "8 figures", (None, None)),
        ("tabell.json", b"<html>Bad gateway</html>", "web page", (1, 1)),
        ("tabell.px", b"<html>Bad gateway</html>", "web page", (1, 1)),
        ("tabell.csv", b"<html>Bad gateway</html>", "web page", (1, 1)),
        ("tabell.json", b'{"a": 1,\n  }', "not JSON", (2, 3)),
        ("tom.csv", b"", "empty", (None, None)),
    ],
)
def test_a_file_that_is_refused_says_why_and_where(tmp_path, name, content, words, place):
    file = tmp_path / name
    file.write_bytes(content)
    code, told, log = run(file, folder=tmp_path)
    assert code == 1
    assert list(told) == ["error"]
    assert list(told["error"]) == ["message", "line", "column"]
    assert words in told["error"]["message"]
    assert (told["error"]["line"], told["error"]["column"]) == place
    assert log


@pytest.mark.parametrize("arguments", [[], ["nowhere.px"], ["."], ["a.px", "b.px"], ["--unknown", "a.px"]])
def test_a_file_that_cannot_be_opened_is_an_error_like_any_other(tmp_path, arguments):
    code, told, _log = run(*arguments, folder=tmp_path)
    assert code == 1
    assert told["error"]["message"]


def test_a_csv_file_of_a_municipality(tmp_path):
    file = tmp_path / "unga.csv"
    places, sexes = ("0186 Lidingö", "0192 Nynäshamn"), ("kvinnor", "män")
    rows = "\n".join(f"{place};{sex};{count},5" for count, place in enumerate(places) for sex in sexes)
    file.write_bytes(f"Kommun;Kön;Andel\n{rows}\n".encode("cp1252"))
    code, told, _log = run(file, folder=tmp_path, LANG="C", PYTHONIOENCODING="ascii")
    assert code == 0
    assert (told["format"], told["encoding"], told["sum"]) == ("csv", "cp1252", 4)
    assert told["dimensions"][0]["role"] == "geo"


def test_no_database_server_or_setting_is_needed(tmp_path):
    file = shared_data("statistics/px/pxweb_example/NPM/BE0101F1datasymbols.px")
    code, told, _log = run(file, folder=tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert (code, told["cells"]) == (0, 24)
