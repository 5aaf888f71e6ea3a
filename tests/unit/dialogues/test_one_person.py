"""The soft check: a note about one person is noticed, one about a group is not."""

from __future__ import annotations

import pytest

from dialogues.room.one_person import reads_as_one_person

ABOUT_ONE = (
    "En elev i 9B på Alviksskolan har slutat komma",
    "Den där tjejen i 8 c mår dåligt",
    "Hennes mamma heter något på K",
    "En kille som bor på Ekvägen 4",
    "Ring 070-123 45 67",
    "A girl at Alvik School never comes",
    "Min klient, vars syster också är med",
    "En elev i NA22b har bytt program",
)
ABOUT_MANY = (
    "Elever i åk 9 trivs bättre än förr",
    "Flickor mår sämre än pojkar i hela länet",
    "En tjej av tio är aldrig på fritidsgården",
    "Kulturskolan når en flicka av fem",
    "En ungdom behöver en vuxen som ser",
    "Vad gör Alviksskolan som fungerar?",
    "9B och 9A har olika schema",
    "More girls than boys feel lonely",
)


@pytest.mark.parametrize("text", ABOUT_ONE)
def test_a_note_about_one_person_is_noticed(text: str) -> None:
    assert reads_as_one_person(text)


@pytest.mark.parametrize("text", ABOUT_MANY)
def test_a_note_about_a_group_is_not(text: str) -> None:
    assert not reads_as_one_person(text)


def test_it_costs_little_for_the_longest_note() -> None:
    assert not reads_as_one_person("en elev " * 250)
