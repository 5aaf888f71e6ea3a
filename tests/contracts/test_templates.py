"""What no template may do: carry style or script of its own, or name a file that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "frontend" / "templates"
PAGES = sorted(path for path in FOLDER.rglob("*.html") if "mail" not in path.parts)
SHEETS = sorted((FOLDER.parent / "static" / "css").glob("*.css"))


def name_of(path: Path) -> str:
    return str(path.relative_to(path.parents[1]))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_compiles_and_carries_no_style_or_script(path: Path) -> None:
    get_template(str(path.relative_to(FOLDER)))
    text = path.read_text()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|hx-vals='js:", text) == []
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes, "a script of its own"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_names_static_files_that_exist(path: Path) -> None:
    named = re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
    assert [name for name in named if finders.find(name) is None] == []


@pytest.mark.parametrize("path", SHEETS, ids=name_of)
def test_a_stylesheet_takes_its_colours_from_the_tokens_and_works_from_right_to_left(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    if path.name not in {"tokens.css", "print.css"}:
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css) == []
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right)|[^-\w](?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    assert re.findall(physical, css) == []
