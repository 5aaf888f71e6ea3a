"""A CSV file that opens right, and in which nothing is run."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.csv import COMMAS, csv_bytes, safe_cell

COMMANDS = [
    "=1+1",
    "+46",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "＝1",
    "\0=1",
]


def read(data, delimiter=";"):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("text", COMMANDS)
def test_text_that_could_be_a_formula_is_written_as_text(text):
    assert safe_cell(text).startswith("'")
    (_, (cell,)) = read(csv_bytes(["a"], [[text]], lang="sv"))
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["", "Nynäshamn", "15–19", "5 = fem", "a@b.se", "%", "’citat’"])
def test_plain_text_is_left_as_it_is(text):
    assert safe_cell(text) == text


@given(st.text())
def test_no_text_can_start_a_formula(text):
    safe = safe_cell(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert safe_cell(safe) == safe


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(texts, texts), max_size=5), st.sampled_from(["sv", "en"]))
def test_texts_come_back_as_written_whatever_separators_they_hold(rows, lang):
    data = csv_bytes(["first", "second"], rows, lang=lang)
    again = read(data, ";" if lang == "sv" else ",")[1:]
    assert again == [[safe_cell(cell) for cell in row] for row in rows]


def test_numbers_are_numbers_in_the_readers_way():
    row = [Decimal("-3.20"), 1234, None, "text"]
    assert csv_bytes(list("abcd"), [row], lang="sv") == b"\xef\xbb\xbfa;b;c;d\r\n-3,20;1234;;text\r\n"
    assert csv_bytes(list("abcd"), [row], lang="en-GB") == b"\xef\xbb\xbfa,b,c,d\r\n-3.20,1234,,text\r\n"


def test_rows_that_do_not_fit_and_cells_of_doubtful_kinds_are_refused():
    with pytest.raises(ValueError, match="header 2"):
        csv_bytes(["a", "b"], [["x"]], lang="sv")
    for cell in (0.1, True, b"x"):
        with pytest.raises(TypeError, match="not"):
            csv_bytes(["a"], [[cell]], lang="sv")


def test_a_reader_may_choose_commas_and_points_in_any_language():
    (header, row) = read(csv_bytes(["a", "b"], [["x", Decimal("1.50")]], lang="sv", dialect=COMMAS), ",")
    assert (header, row) == (["a", "b"], ["x", "1.50"])
