"""Expressions as people write them are read; broken ones say what to do, and where."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.expressions import (
    FUNCTIONS,
    Call,
    ExpressionError,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    as_json,
    evaluate,
    names,
    parse,
    scores,
    spell,
    truth,
)

CODES = st.from_regex(r"[a-zA-Zåäö_][a-z0-9_.-]{0,8}", fullmatch=True)
NUMBERS = st.floats(min_value=0, allow_nan=False, allow_infinity=False).map(abs) | st.integers(0, 10**9).map(float)
WORDS = st.text(alphabet=st.characters(exclude_characters="'"), max_size=8) | st.text(
    alphabet=st.characters(exclude_characters='"'), max_size=8
)
LEAVES = st.one_of(st.builds(Ref, CODES), st.just(Here()), st.builds(Number, NUMBERS), st.builds(Text, WORDS))
LAST = {"regex": Text("[a-z]+"), "score": Text("who5")}


def calls(inner):
    def of(name):
        least, most = FUNCTIONS[name]
        arguments = st.lists(inner, min_size=least, max_size=least + 2 if most is None else most)
        if name in LAST:
            arguments = arguments.map(lambda given: [*given[:-1], LAST[name]])
        return arguments.map(lambda given: Call(name, tuple(given)))

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(of)


def inside(inner):
    operators = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
    return st.one_of(st.builds(Operation, operators, inner, inner), st.builds(Negative, inner), calls(inner))


EXPRESSIONS = st.recursive(LEAVES, inside, max_leaves=20)
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(max_size=6),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
    st.just([1, None]),
    st.just({"a": 1}),
    st.just(b"x"),
    st.just(10**400),
    st.just(object()),
)


@given(EXPRESSIONS)
def test_what_is_spelt_is_read_back(expression):
    assert parse(spell(expression)) == expression


@given(EXPRESSIONS, st.dictionaries(CODES, ODD_VALUES, max_size=4), ODD_VALUES)
def test_odd_values_raise_nothing(expression, values, here):
    values = values | dict.fromkeys(names(expression), here)
    assert truth(expression, values, here) in (True, False)
    value = evaluate(expression, values, here)
    assert not (isinstance(value, float) and not math.isfinite(value))


@given(st.text(alphabet="${}()'\"‘”.,<>=!+-*/ andorivmt1.x\\[]|", max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        expression = parse(text)
    except ExpressionError as error:
        assert 1 <= error.column <= len(text) + 1
        assert error.message.endswith(".")
    else:
        assert parse(spell(expression)) == expression


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "is empty"),
        ("${age} >", 9, "ends too early"),
        ("${age} = 'x", 10, "never closed"),
        ("foo(bar", 1, "no function foo"),
        ("selected(${a}, 'x'", 9, "never closed"),
        ("yes", 1, "'yes'"),
        ("${a} == 1", 6, "Write = instead of =="),
        ("${a} = 1 AND ${b} = 1", 10, "Write and instead of AND"),
        ("${a} && ${b}", 6, "and instead of &&"),
        ("/data/a = 1", 1, "path"),
        ("../a", 1, "path"),
        ("$ {a} = 1", 1, "curly"),
        ("${} = 1", 1, "curly"),
        ("${a} # 1", 6, "sign #"),
        ("selected(${a})", 1, "needs more"),
        ("not(${a}, ${b})", 1, "too much"),
        ("not ${a}", 1, "not(…)"),
        ("regex(., ${a})", 1, "in quotes"),
        ("regex(., '(a')", 1, "pattern"),
        ("regex(., '(?=a)b')", 1, "ahead"),
        ("${a} ${b}", 6, "can't stand here"),
        ("and ${a}", 1, "can't stand here"),
        ("concat('a',)", 12, "can't stand here"),
        ("1" * 5000, 4001, "more than 4000"),
        ("9" * 400, 1, "number"),
        ("(" * 3000 + "1" + ")" * 900, 101, "inside one another"),
        ("-" * 3000 + "1", 101, "inside one another"),
        (" or ".join(["${a}"] * 400), None, "inside one another"),
    ],
)
def test_a_broken_expression_says_where_and_what_to_do(text, column, words):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert words in caught.value.message
    assert column in (None, caught.value.column)


def test_operators_bind_as_in_xpath():
    assert spell(parse("(${a} or ((${b}) and ${c})) = (1 + (2 * 3))")) == "(${a} or ${b} and ${c}) = 1 + 2 * 3"
    assert spell(parse("1 - (2 - 3) - 4")) == "1 - (2 - 3) - 4"
    assert evaluate(parse("1 - 2 - 3"), {}) == -4
    assert evaluate(parse("-2 * 3 + 1"), {}) == -5
    assert evaluate(parse("7 div 2 mod 2"), {}) == 1.5


def test_curly_quotes_that_a_spreadsheet_made_are_read():
    assert parse("${a} = ‘yes’ or ${a} = “it’s”") == parse("""${a} = 'yes' or ${a} = "it’s" """)


def test_what_is_read_is_told():
    expression = parse("${ a } = 1 and selected(${b}, 'x') or score('who5') < 13 and . != ${a}")
    assert names(expression) == {"a", "b"}
    assert scores(expression) == {"who5"}


def test_the_page_s_script_gets_nested_lists():
    assert as_json(parse("${a} = 1 and selected(${x}, 'y') and not(-. > 2)")) == [
        "and",
        ["and", ["=", ["ref", "a"], ["number", 1.0]], ["selected", ["ref", "x"], ["text", "y"]]],
        ["not", [">", ["-", ["here"]], ["number", 2.0]]],
    ]
