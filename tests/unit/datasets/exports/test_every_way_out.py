"""Every line of the imprint stands in every form: none says less than another."""

from __future__ import annotations

import re

import pytest

from datasets.exports import FORMS
from tests.unit.datasets.exports.conftest import made, unpacked
from tests.unit.datasets.exports.ways_out import said

PICTURES = ("svg", "png")
IN_PICTURES_BY_LINK = ("how", "says_not", "licence")
"""Long, and on the page whose address stands in the picture; the licence's name stands beside the source."""


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "png"])
def test_everything_goes_with_the_figures(outgoing, form):
    content = made(outgoing, form)
    if form.startswith("csv"):
        content += made(outgoing, "csvw")  # the description beside the rows
    words = said(content)
    facts = outgoing.imprint.facts()
    assert len({fact.key for fact in facts}) >= 20
    for fact in facts:
        if form not in PICTURES or fact.key not in IN_PICTURES_BY_LINK:
            assert flat(fact.text) in words, (form, fact.key, fact.text)


@pytest.mark.parametrize("form", [form.key for form in FORMS.values() if form.holds_tables])
def test_everything_goes_with_whole_tables(whole, form):
    content = made(whole, form)
    if form.startswith("csv"):
        content += made(whole, "csvw")
    words = said(content)
    for fact in whole.imprint.facts():
        assert flat(fact.text) in words, (form, fact.key, fact.text)


def test_rows_alone_still_say_what_they_are(outgoing):
    words = said(made(outgoing, "csv"))
    needed = {"title", "unit", "demo", "release", "note", "link"}
    for fact in outgoing.imprint.facts():
        if fact.key in needed:
            assert flat(fact.text) in words or fact.key == "unit", fact
    assert "Påhittade byrån" in words and "2024-02-12" in words and "visas inte: för få svar" in words


def test_the_picture_is_made_of_the_drawing(outgoing):
    assert made(outgoing, "png").startswith(b"\x89PNG")
    assert made(outgoing, "png") == made(outgoing, "png")


def test_the_package_of_rows_holds_two_files(outgoing):
    assert len(unpacked(made(outgoing, "zip"))) == 2
