"""Patterns match as other engines match them, and no pattern or text keeps the server busy."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.expressions import ExpressionError
from surveys.questionnaire.expressions.patterns import compiled, matches

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "\\.", "[a-c1-2]", "1", "\\s", "å"])


def larger(inner):
    return st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "*?"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}|{p[1]})"),
        inner.map(lambda p: f"^{p}$"),
    )


@given(st.recursive(ATOMS, larger, max_leaves=6), st.text(alphabet="ab1. åc", max_size=8))
def test_matches_as_python_s_own_engine(pattern, text):
    assert matches(text, pattern) == bool(re.fullmatch(pattern.replace("\\w", "[a-zA-Z0-9_]"), text))


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)b", "(a?){400}b", "(x+x+)+y"]
)
def test_no_pattern_hangs(pattern):
    started = time.perf_counter()
    assert not matches("a" * 1000, pattern)
    assert time.perf_counter() - started < 3


def test_a_text_of_great_length_does_not_match():
    assert not matches("a" * 1001, "a*")


@pytest.mark.parametrize(
    "pattern",
    ["(a", "a)", "[a", "[]", "*a", "a**", "a{2", "a{3,2}", "a{9999}", "(a{100}){100}", "[b-a]", "\\q", "a\\",
     "(?=a)", "(?<!a)b", "\\1", "\\bx", "(" * 50 + ")" * 50, "a" * 301, "[[a]]", "^*", "a{-1}", "[\\D]",
     "(((){1000}){1000}){1000}"],
)  # fmt: skip
def test_what_can_t_be_used_is_refused(pattern):
    with pytest.raises(ExpressionError):
        compiled(pattern, 1)
    assert not matches("a", pattern)
