"""The documents say what is so: their links, commands, files, names and tests are there."""

from __future__ import annotations

import re
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands

ROOT = Path(settings.BASE_DIR)
OURS = ("portal", "accounts", "datasets", "surveys", "dialogues")
PLACES = (*OURS, "frontend", "tests", "docs", "deploy", "requirements")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", without_blocks(text))


def anchors(path: Path) -> set[str]:
    """The headings of a document as a browser jumps to them."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@cache
def source() -> str:
    files = [path for app in OURS for path in (ROOT / app).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def spans(path: Path) -> list[str]:
    """What a document sets as code within its text."""
    return re.findall(r"`([^`\n]+)`", without_blocks(path.read_text(encoding="utf-8")))


def test_the_states_are_printed_as_they_are() -> None:
    printed = StringIO()
    call_command("states_print", stdout=printed)
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == printed.getvalue()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        leads_to = (path.parent / target).resolve() if target else path
        if not leads_to.exists() or (anchor and anchor not in anchors(leads_to)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^([a-z ]+):", makefile, re.MULTILINE) for name in line.split()}
    assert set(re.findall(r"(?:`|    |=\d+ )make ([a-z]+)", text)) <= targets
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands())


def test_the_readme_names_the_two_commands() -> None:
    commands = re.findall(r"^    make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands == ["run", "test"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_file_and_test_that_is_named_exists(path: Path) -> None:
    missing = []
    for span in spans(path):
        place, _, test = span.partition("::")
        if not re.fullmatch(r"[\w./-]+", place) or "/" not in place or place.split("/")[0] not in PLACES:
            continue
        found = ROOT / place
        if not found.exists() or (test and f"def {test}(" not in found.read_text(encoding="utf-8")):
            missing.append(span)
    assert missing == []


def test_every_threat_in_the_tables_has_a_test_or_says_that_it_has_none() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| threat \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    rows = [row for table in tables for row in table.splitlines()]
    assert rows
    assert [row for row in rows if "::test_" not in row.split("|")[3] and "none of its own" not in row] == []


def test_every_model_is_in_the_glossary() -> None:
    named = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
    models = {model.__name__ for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    assert models - named == set()


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    named = [span for span in spans(ROOT / "docs" / "glossary.md") if re.fullmatch(r"[A-Za-z_]+(\(\))?", span)]
    assert named
    lost = []
    for name in {span.removesuffix("()") for span in named}:
        if not re.search(rf"(?:class|def) {name}\b|^\s*{name}\b\s*[:=]|\b{name}:", source(), re.MULTILINE):
            lost.append(name)
    assert lost == []
