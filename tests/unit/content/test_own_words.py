"""Every text we ship is our own: no run of eight words from the reports behind the project."""

import json
from pathlib import Path

import pytest

from tests.seed_phrases import borrowed, runs, seed_runs, strings

ROOT = Path(__file__).resolve().parents[3]
CONTENT = sorted(path for app in ("surveys", "dialogues", "datasets") for path in (ROOT / app).glob("*/*.json"))


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_no_sentence_is_borrowed(path):
    for text in strings(json.loads(path.read_text(encoding="utf-8"))):
        assert borrowed(text) == []


def test_a_borrowed_sentence_would_be_found():
    sample = " ".join(sorted(seed_runs())[0])
    assert borrowed(f"Vi skriver att {sample} och inget mer.")
    assert len(runs("ett två tre fyra fem sex sju åtta nio")) == 2
