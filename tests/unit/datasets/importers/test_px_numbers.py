"""Numbers many at a time are the very numbers that reading them one by one gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.importers.px_numbers import numbers

digits = st.text("0123456789", min_size=1, max_size=15)
plain = st.builds(
    lambda sign, text, place: f"{sign}{text[:place]}.{text[place:]}" if place < 16 else f"{sign}{text}",
    st.sampled_from(["", "-"]),
    digits,
    st.integers(0, 30),
)
spaces = st.sampled_from([" ", "\n", "\r\n", "\t", "  "])


@given(st.lists(st.tuples(plain, spaces), max_size=30))
def test_every_number_and_where_it_begins(words):
    piece = "".join(word + space for word, space in words).encode()
    values, begins = numbers(piece)
    assert values.tolist() == [float(word) for word, _space in words]
    assert [piece[begin:].split()[0].decode() for begin in begins] == [word for word, _space in words]


@pytest.mark.parametrize(
    "piece",
    [b".", b"-", b"1 . 2", b"1-2", b"--1", b"1.2.3", b"-.", b"1e5", b"+1", b"1,5", b"9" * 16, b"x"],
)
def test_what_is_no_plain_number_is_left_to_a_closer_look(piece):
    assert numbers(piece) is None
