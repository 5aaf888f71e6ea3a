"""What a dialogue starts from: complete for every goal, in both languages, in plain words of our own."""

import json

import pytest

from dialogues.content import (
    FOLDER,
    agenda,
    find_theme,
    frame,
    goals,
    perspectives,
    principles,
    themes,
)
from surveys.questionnaire import Measures
from tests.lix import lix_of

FILES = sorted(FOLDER.glob("*.json"))
NOTE_KINDS = {"observation", "question", "idea", "data_wish", "people_wish", "takeaway", "next_step"}


def local_texts(value):
    if isinstance(value, dict) and "sv" in value:
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from local_texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from local_texts(child)


def test_the_six_themes_are_there():
    assert [theme.key for theme in themes()] == [
        "wellbeing", "leisure", "school_attendance", "neither_work_nor_study", "together", "leaving_school",
    ]  # fmt: skip
    assert find_theme("leisure").title["sv"] == "En fritid som ger något"
    assert find_theme("nonsense") is None


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.key)
def test_a_theme_can_be_held_with_any_goal(theme):
    for goal in goals():
        for part in (1, 2):
            assert 2 <= len(theme.questions_for(goal.key, part)) <= 4
    assert theme.questions_for("nonsense", 1) == ()


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.key)
def test_a_theme_mixes_perspectives_fits_in_a_room_and_has_young_people_in_it(theme):
    invited = [participant.perspective for participant in theme.participants]
    assert len(set(invited)) == len(invited)
    assert 4 <= len(invited) <= 9
    assert "young_people" in invited
    assert set(invited) <= perspectives().keys()


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.key)
def test_the_suggested_data_begins_with_wellbeing_and_is_mostly_not_risk(theme):
    assert {"wellbeing", "protective"} & set(theme.data[0].measures)
    assert sum("risk" in suggested.measures for suggested in theme.data) < len(theme.data) - 1
    for suggested in theme.data:
        assert set(suggested.measures) <= set(Measures)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.key)
def test_the_facilitator_has_words_that_turn_the_view(theme):
    assert len(theme.prompts) >= 4
    assert all(prompt.say["sv"].rstrip().endswith(("?", ".")) for prompt in theme.prompts)


@pytest.mark.parametrize(
    ("minutes", "times"), [(75, [10, 3, 2, 10, 15, 15, 20]), (90, [10, 3, 2, 10, 25, 20, 20])]
)
def test_the_agenda_adds_up(minutes, times):
    assert [item.minutes for item in agenda(minutes)] == times
    assert sum(times) == minutes


def test_no_other_length_is_offered():
    with pytest.raises(ValueError, match="75 or 90"):
        agenda(120)


def test_every_kind_of_note_has_its_place_in_the_agenda():
    assert {kind for item in agenda() for kind in item.notes} == NOTE_KINDS


def test_four_principles_and_a_frame_in_three_parts():
    assert len(principles()) == 4
    assert [part.key for part in frame()] == ["wellbeing", "two_dimensions", "promoting"]


def test_the_two_dimensions_make_four_groups():
    (part,) = [part for part in frame() if part.quadrants]
    assert {(q.wellbeing, q.troubles) for q in part.quadrants} == {
        ("high", "low"), ("high", "high"), ("low", "low"), ("low", "high"),
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_are_complete(path):
    texts = list(local_texts(json.loads(path.read_text(encoding="utf-8"))))
    assert len(texts) > 20
    for text in texts:
        assert set(text) == {"sv", "en"}
        assert all(words.strip() == words and words for words in text.values())
        assert text["sv"] != text["en"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_are_plain(path):
    texts = [text["sv"] for text in local_texts(json.loads(path.read_text(encoding="utf-8")))]
    assert lix_of(texts) <= 35


def test_what_is_read_aloud_is_plain_by_itself():
    for part in [*frame(), *principles()]:
        assert lix_of([part.title["sv"], part.text["sv"]]) <= 35, part.key
