"""The parser for large plain files reads them as the careful one does, or leaves them to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.importers import csv_fast, read_csv, sniff_csv
from tests.unit.datasets.importers.csv_files import LONG, PLACES

WRITTEN = [
    *(
        "Lidingö",
        " Lidingö",
        "186",
        "Salem",
        "kvinnor",
        "män ",
        "2023",
        "2024",
        "1",
        "2,5",
        "..",
        "1 234",
        "",
        "x",
    ),
    *("Totalt", "Källa: vi"),
]
CELLS = st.sampled_from(WRITTEN)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=12)


def both(data: bytes, monkeypatch: pytest.MonkeyPatch, after=lambda guess: guess):
    """What the two parsers make of a file: each its guess and its result."""
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(csv_fast, "LEAST", least)
        guess = sniff_csv(data, PLACES)
        result = read_csv(data, guess.mapping, PLACES) if guess.mapping else None
        found.append((guess, result))
    return found


def assert_alike(found) -> None:
    (fast, fast_result), (careful, careful_result) = found
    assert fast == careful
    assert (fast_result is None) == (careful_result is None)
    if careful_result is not None:
        assert fast_result.problems == careful_result.problems
        assert fast_result.left_out == careful_result.left_out
        assert (fast_result.cube is None) == (careful_result.cube is None)
        assert careful_result.cube is None or fast_result.cube.equals(careful_result.cube)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, ending=st.sampled_from(["\n", "\r\n"]), encoding=st.sampled_from(["utf-8", "cp1252"]))
def test_both_parsers_read_alike(rows, ending, encoding):
    text = ending.join([";".join(row) for row in [("Kommun", "Kön", "År", "Antal"), *rows]]) + ending
    with pytest.MonkeyPatch.context() as patch:
        assert_alike(both(text.encode(encoding), patch))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "\ufeff" + LONG,
        "Unga\n" + LONG,
        LONG + "\nKälla: vi\n",
        LONG + "Källa: vi;;;\n",
        LONG.replace("Lidingö;kvinnor", '"Lidingö";kvinnor'),
        LONG.replace("Nynäshamn;män", "Nynäshamn;män;x"),
        LONG.replace(";2023;", ";2023 ;"),
        LONG + ";;;\n" + "Salem;kvinnor;2023;5\n",
        LONG.rstrip("\n"),
        LONG.replace("\n", "\r"),
        "Kommun;År;Antal\n;;st\nLidingö;2023;10\nSalem;2023;12\n",
        "Region;2022;;2023;\n;Män;Kvinnor;Män;Kvinnor\nLidingö;1;2;3;4\n",
    ],
)
def test_files_of_every_make_are_read_alike(text, monkeypatch):
    assert_alike(both(text.encode(), monkeypatch))


@pytest.mark.parametrize("odd", ["å", ",5"])
def test_what_comes_first_in_the_last_row_is_found(odd, monkeypatch):
    monkeypatch.setattr(csv_fast, "LEAST", 0)
    rows = "".join(f"a{n};{n}\n" for n in range(30_000))
    last = f"{odd};7\n" if odd == "å" else f"b;7{odd}\n"
    data = ("Namn;Antal\n" + rows + last).encode("cp1252")
    guess = sniff_csv(data)
    cube = read_csv(data, guess.mapping).cube
    assert cube is not None
    assert cube.dimension("Namn").codes[-1] == ("å" if odd == "å" else "b")
    assert cube.values[-1] == (7 if odd == "å" else 7.5)
