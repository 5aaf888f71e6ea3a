"""From somebody's own words to what is looked for."""

from __future__ import annotations

import pytest

from datasets.content import find_factor, find_theme
from datasets.exploring import ideas_in, told_of
from datasets.exploring.coverage import Group
from datasets.exploring.question import concepts


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur mår unga som varken arbetar eller studerar?", ["mår", "varken arbetar eller studerar"]),
        ("hur mår UVAS i kommunen", ["mår", "uvas"]),
        ("Who has somebody to talk to?", ["somebody", "talk"]),
        ("vad gör unga på fritiden", ["gör", "fritiden"]),
        ("skolfrånvaro", ["skolfrånvaro"]),
        ("bibliotekslån & musikskola!", ["bibliotekslån", "musikskola"]),
    ],
)
def test_a_question_holds_its_ideas_in_order(question: str, said: list[str]) -> None:
    found = [idea.said for idea in ideas_in(question)]
    assert all(any(part in one for one in found) for part in said), found


def test_words_that_say_nothing_are_left_out_unless_there_is_nothing_else() -> None:
    assert [idea.said for idea in ideas_in("hur är det för unga i skolan")] == ["skolan"]
    assert [idea.said for idea in ideas_in("unga")] == ["unga"]
    assert ideas_in(" ?!") == ()


def test_long_questions_are_cut_before_they_cost_anything() -> None:
    assert len(ideas_in("ord " * 5000)) == 1
    assert len(ideas_in(" ".join(f"ord{n}" for n in range(5000)))) <= 6


def test_every_idea_names_factors_themes_and_groups_that_exist() -> None:
    groups = {group.value for group in Group}
    for concept in concepts():
        assert concept.phrases and concept.words, concept.key
        unknown = {key for key in concept.filed - groups if not (find_factor(key) or find_theme(key))}
        assert not unknown, concept.key


def test_a_data_set_answers_the_ideas_that_its_words_or_its_filing_name() -> None:
    assert "attendance" in told_of("ogiltig skolfrånvaro per läsår", [])
    assert "neither" in told_of("nöjd med livet", [Group.NEITHER])
    assert told_of("något helt annat", []) == []
