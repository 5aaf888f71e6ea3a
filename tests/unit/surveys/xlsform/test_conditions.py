"""What pyxform does not look at: conditions that can't be read, that nobody meets, or that mean nothing."""

import pytest

from .markdown import survey

HEAD = "type | name | label | relevant | constraint | calculation"
FIRST = (
    "select_one yn | a | Trivs du? | | |",
    "select_multiple yn | m | Vad gillar du? | | |",
    "integer | n | Hur många vänner? | | . >= 0 and . <= 50 |",
    "text | t | Vad vill du säga? | | |",
)


def after(row):
    return survey(HEAD, *FIRST, row)


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("yes", "yes stands alone"),
        ("foo(bar", "no function foo"),
        ("${a} = 'yes", "never closed"),
        ("${a} == 'yes'", "Write = instead of =="),
        ("${b} = 'yes'", "no question has that name"),
        ("${aa} = 'yes'", "Did you mean ${a}?"),
        ("${a} = 'maybe'", "none of its answers"),
        ("selected(${m}, 'maybe')", "none of its answers"),
        ("${a} > 3", "answers are no numbers"),
        ("selected(${n}, '3')", "no answers to choose from"),
        ("${t} = 'hej'", "Free text is kept apart"),
        ("${z} = 'yes'", "reads its own answer"),
        (". = 'yes'", "A dot means"),
        ("${a} = 'yes' and ${a} = 'no'", "Nobody can ever be asked"),
        ("${n} > 10 and ${n} < 5", "Nobody can ever be asked"),
        ("1 = 2", "Nobody can ever be asked"),
        ("false()", "Nobody can ever be asked"),
        ("${later} = 'yes'", "asked later"),
        ("pulldata('f', 'a', 'b', ${a}) = 1", "no function pulldata"),
        ("../a = 'yes'", "path"),
    ],
)
def test_a_broken_condition_is_refused_at_its_cell(relevant, words):
    form = survey(
        HEAD, *FIRST, f"select_one yn | z | Varför? | {relevant} | |", "select_one yn | later | Mer? | | |"
    )
    assert [told for told in form.errors if words in told]
    assert len(form.errors) == 1
    assert form.places(words) == [("survey", 6, "D")]


@pytest.mark.parametrize(
    "relevant",
    [
        "${a} = 'yes'",
        "${a} != 'yes'",
        "selected(${m}, 'yes') and not(selected(${m}, 'no'))",
        "${n} > 3 or ${a} = ''",
        "${n} + 1 > 3",
        "count-selected(${m}) >= 1",
        "coalesce(${n}, 0) = 0",
        "if(${a} = 'yes', ${n}, 0) > 2",
        "${a} = ‘yes’",
    ],
)
def test_a_sound_condition_is_taken(relevant):
    after(f"select_one yn | z | Varför? | {relevant} | |").sound()


def test_a_branch_behind_a_branch_that_excludes_it_is_found():
    form = survey(
        HEAD,
        "select_one yn | a | Trivs du? | | |",
        "select_one yn | b | Varför? | ${a} = 'yes' | |",
        "select_one yn | c | Mer? | ${b} = 'yes' and ${a} = 'no' | |",
    )
    assert form.places("Nobody can ever be asked") == [("survey", 4, "D")]


def test_a_condition_that_always_holds_is_told():
    form = after("select_one yn | z | Varför? | ${a} = 'yes' or ${a} != 'yes' | |").sound()
    assert any("holds for everybody" in words for words in form.warnings)


def test_equals_on_several_answers_is_told():
    form = after("select_one yn | z | Varför? | ${m} = 'yes' | |").sound()
    assert any("selected(${m}, 'yes')" in words for words in form.warnings)


def test_a_circle_of_calculations_is_told_once():
    form = survey(
        HEAD,
        *FIRST,
        "calculate | one | | | | ${two} + 1",
        "calculate | two | | | | ${three} + 1",
        "calculate | three | | | | ${one} + ${n}",
        "select_one yn | z | Varför? | ${one} > 3 | |",
    )
    assert [words for words in form.errors if "circle" in words] == [
        "one, two, three are worked out of one another in a circle. "
        "Let one of them be worked out of answers alone."
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("text | z | Vad tycker du? | | . > 5 |", "compares words by size"),
        ("integer | z | Hur många? | | . = 'många' |", "which is no number"),
        ("select_one yn | z | Trivs du? | | regex(., '[a-z]+') |", "chosen from a list"),
        ("select_one yn | z | Trivs du? | | . = 'maybe' |", "none of its answers"),
        ("integer | z | Hur många? | | . > 5 and . < 5 |", "No answer meets"),
        ("integer | z | Hur många? | | selected(., '1') |", "no answers to choose from"),
        ("text | z | Vad tycker du? | | regex(., '(?=a)b') |", "ahead"),
    ],
)
def test_a_constraint_of_the_wrong_type_is_refused(row, words):
    assert after(row).places(words) == [("survey", 6, "E")]


def test_ages_can_be_parted_where_their_bands_are():
    rows = "type | name | label | relevant", "integer | age | Hur gammal är du?"
    form = survey(*rows, "select_one yn | z | Får du rösta? | ${age} >= 18").sound()
    assert form.question("z")["show_if"] == "${age} = '18-19' or ${age} = '20-24' or ${age} = '25-29'"
    assert survey(*rows, "select_one yn | z | Kör du moped? | ${age} >= 16").places("part ages only at") == [
        ("survey", 3, "D")
    ]


def test_a_tick_is_compared_with_what_other_programs_write():
    form = survey(
        "type | name | label | relevant",
        "acknowledge | ok | Jag har läst",
        "select_one yn | z | Trivs du? | ${ok} = 'OK'",
    ).sound()
    assert form.question("z")["show_if"] == "${ok} = 'yes'"


def test_what_only_people_outside_the_ages_are_asked_is_told():
    rows = "type | name | label | relevant", "integer | age | Hur gammal är du?"
    form = survey(*rows, "note | n | Du är för ung | ${age} < 13", "select_one yn | z | Trivs du? |").sound()
    assert any("outside the survey's ages" in words for words in form.warnings)
