"""What expressions come to: XPath's rules, told by example."""

import pytest

from surveys.questionnaire.expressions import evaluate, parse, score_key, truth

ANSWERS = {"age": "17", "job": "school", "likes": ("music", "sport"), "hours": "7.5", "free": "Hej hopp"}


@pytest.mark.parametrize(
    "text",
    [
        "${job} = 'school'",
        "${age} >= 15 and ${age} <= 29",
        "${age} = 17",
        "${age} = '17'",
        "selected(${likes}, 'sport') and not(selected(${likes}, 'games'))",
        "selected(${job}, 'school')",
        "count-selected(${likes}) = 2",
        "${likes} = 'music sport'",
        "${gone} = '' and not(answered(${gone})) and answered(${age})",
        "not(${gone} > 3) and not(${gone} <= 3)",
        "${gone} != 5",
        "${job} != ''",
        "contains(${free}, 'hopp') and starts-with(${free}, 'Hej') and string-length(${free}) = 8",
        "regex(${free}, '[A-Z][a-z]+ .*')",
        "not(regex(${free}, 'Hej'))",
        "regex('07-1234', '^\\d{2}-[0-9]{4}$')",
        "true() and not(false())",
        "once(${age}) = 17",
        "score('who5') < 13",
        "1 = true()",
        "${age}",
    ],
)
def test_holds(text):
    assert truth(parse(text), {**ANSWERS, score_key("who5"): 12.0})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${hours} * 2", 15),
        ("if(${age} < 18, 'minor', 'adult')", "minor"),
        ("coalesce(${gone}, ${job}, 'x')", "school"),
        ("int(-7.9)", -7),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(${hours} div 7, 2)", 1.07),
        ("min(3, ${age}, 5)", 3),
        ("max(3, ${age}, 5)", 17),
        ("sum(1, ${age}, 0.5)", 18.5),
        ("sum(1, ${gone})", None),
        ("max(1, ${gone})", None),
        ("count(${gone}, ${age}, ${likes})", 2),
        ("1 div 0", None),
        ("5 mod 0", None),
        ("-5 mod 2", -1),
        ("number('1e5')", None),
        ("number('inf')", None),
        ("number(' 4.50 ')", 4.5),
        ("concat(${age}, '-', 4.0, '-', ${likes})", "17-4-music sport"),
        ("${gone}", None),
        ("${gone} + 1", None),
        ("score('who5')", None),
    ],
)
def test_comes_to(text, value):
    assert evaluate(parse(text), ANSWERS) == value


def test_the_answer_itself_is_a_dot():
    assert truth(parse(". >= 0 and . <= 24 and .5 < 1"), {}, "7.5")
    assert not truth(parse(". > 24"), {}, "7.5")
