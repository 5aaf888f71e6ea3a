"""The command that tells whether a form can be used: alone in the world, always one object, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["verdict", "title", "languages", "questions", "stripped", "warnings", "errors"]
FORM = """| survey |
| | type | name | label |
| | start | begun | |
| | select_one yn | a | Trivs du? |
{more}
| choices |
| | list_name | name | label |
| | yn | y | Ja |
| | yn | n | Nej |
| settings |
| | form_title | default_language |
| | Fritid | Svenska (sv) |
"""


def run(*arguments: object, folder: Path, **variables: str) -> tuple[int, dict[str, Any]]:
    """How the command ended in a process that knows nothing, and the one object that it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "questionnaire_check", *map(str, arguments)],
        env=variables,
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    out, log = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in log
    assert out.count("\n") == 1
    told = json.loads(out)
    assert list(told) == PARTS
    for one in (*told["stripped"], *told["warnings"], *told["errors"]):
        assert list(one) == ["message", "sheet", "row", "column"]
    return done.returncode, told


def test_a_sound_form_is_accepted(tmp_path):
    file = tmp_path / "form.md"
    file.write_text(FORM.format(more=""), encoding="utf-8")
    code, told = run(file, folder=tmp_path)
    assert code == 0
    assert (told["verdict"], told["title"], told["languages"], told["questions"]) == (
        "accept",
        "Fritid",
        ["sv"],
        1,
    )
    assert [(one["sheet"], one["row"], one["column"]) for one in told["stripped"]] == [("survey", 2, "A")]
    assert told["errors"] == []


def test_a_form_that_asks_who_answers_is_refused_with_the_place(tmp_path):
    file = tmp_path / "form.md"
    file.write_text(FORM.format(more="| | text | who | Vad heter du? |"), encoding="utf-8")
    code, told = run(file, folder=tmp_path)
    assert code == 1
    assert told["verdict"] == "refuse"
    assert [(one["sheet"], one["row"], one["column"]) for one in told["errors"]] == [("survey", 4, "C")]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"type,name\ntext,a\n", b"PK\x03\x04xx", b"\xff" * 999])
def test_what_is_no_form_is_refused_in_words(tmp_path, content):
    file = tmp_path / "form.xlsx"
    file.write_bytes(content)
    code, told = run(file, folder=tmp_path)
    assert (code, told["verdict"], len(told["errors"])) == (1, "refuse", 1)


def test_what_is_not_there_is_refused_in_words(tmp_path):
    for arguments in ((tmp_path / "gone.xlsx",), (tmp_path,), (), ("a", "b")):
        code, told = run(*arguments, folder=tmp_path)
        assert (code, told["verdict"], len(told["errors"])) == (1, "refuse", 1)
