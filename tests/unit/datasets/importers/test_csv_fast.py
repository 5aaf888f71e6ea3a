"""The parser for large plain files reads them as the careful one does, or leaves them to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.importers import csv_below, csv_fast, csv_plain, read_csv, sniff_csv
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


def quoted(cell: str) -> str:
    """A cell as programs write it when they quote all."""
    return '"' + cell.replace('"', '""') + '"'


AS_WRITTEN = st.one_of(
    CELLS,
    CELLS.map(quoted),
    # What is quoted oddly: separators, line breaks and marks within, marks that close nothing.
    st.sampled_from(
        ["a;b", 'i "dag"', '"', '""', "två\nrader", "två\r\nrader", " ", ";;", '";"', 'å"', "\u00a0"]
    ).map(quoted),
    st.sampled_from(
        [
            '"',
            '""',
            '"""',
            '""""',
            'a"b',
            'a""b',
            '"a"b',
            '"a""b"',
            '"a"b"',
            ' "a"',
            '"a" ',
            '"a"""',
            '""a"',
            "\u00a0",
        ]
    ),
)
ODD_ROWS = st.lists(st.tuples(AS_WRITTEN, AS_WRITTEN, AS_WRITTEN, CELLS.map(quoted)), min_size=1, max_size=4)
PLAIN_ROWS = st.lists(st.tuples(*(st.one_of(CELLS, CELLS.map(quoted)),) * 4), min_size=1, max_size=8)


@settings(max_examples=250, deadline=None)
@given(
    rows=st.one_of(ODD_ROWS, PLAIN_ROWS),
    ending=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_both_parsers_read_quotation_marks_alike(rows, ending, encoding):
    text = ending.join([";".join(row) for row in [('"Kommun"', "Kön", '"År"', '"Antal"'), *rows]]) + ending
    with pytest.MonkeyPatch.context() as patch:
        assert_alike(both(text.encode(encoding), patch))


QUOTED = "\n".join(";".join(map(quoted, line.split(";"))) for line in LONG.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("text", "is_fast"),
    [
        (QUOTED, True),
        (QUOTED.replace("kvinnor", 'de ""äldre""; alla'), True),
        (LONG.replace("kvinnor", '"kvinnor"'), True),
        ("\ufeff" + QUOTED, True),
        (QUOTED.rstrip("\n"), True),
        (QUOTED.replace("kvinnor", "kvin\nnor"), False),
        (LONG.replace("kvinnor", 'kv"innor'), False),
        (QUOTED.replace('"kvinnor"', '"kvinnor"a'), False),
        (QUOTED + '"";"";"";""\n' + QUOTED.partition("\n")[2], True),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_quoted_files_are_read_at_once_where_there_is_one_way_to_read_them(text, is_fast, encoding, monkeypatch):
    monkeypatch.setattr(csv_fast, "LEAST", 0)
    if encoding != "utf-8":
        text = text.removeprefix("\ufeff")
    assert (csv_fast.whole(text.encode(encoding), encoding, ";", 1, 4) is not None) == is_fast
    assert_alike(both(text.encode(encoding), monkeypatch))


@pytest.mark.parametrize("block", [64, 100, 150])
def test_marks_are_followed_from_one_block_to_the_next(block, monkeypatch):
    monkeypatch.setattr(csv_plain, "_BLOCK", block)
    monkeypatch.setattr(csv_fast, "_BLOCK", block)
    assert_alike(both(QUOTED.encode("cp1252"), monkeypatch))
    data = QUOTED.encode()
    assert csv_plain.is_plain(data, 0, len(data), b";")
    for place in range(len(data)):
        if data[place] == ord('"'):
            assert not csv_plain.is_plain(data[:place] + data[place + 1 :], 0, len(data) - 1, b";")


FULL = st.tuples(CELLS, CELLS, CELLS, CELLS).map(";".join)
APART = st.sampled_from(
    [
        "",
        "",
        " ",
        ";;;",
        " ; ;;",
        '"";"";"";""',
        '" ";;;',
        "\t",
        "\u00a0",
        ";",
        '""',
        '""""',
        '""""";;;',
        '" "" ";;;',
    ]
)
BELOW = st.sampled_from(
    [
        *("Källa: vi", "Källa: vi;;;", "Anm. osäkert", "*", "Salem", "Salem;;;", '"Källa: ""vi"""', 'Källa: "vi"'),
        *('"Not: två\nrader"', '"Källa', "Källa: vi;x", ";Källa", "2024-05-02", "", ";;;", "Not\rNot"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    rows=st.lists(st.one_of(FULL, FULL, FULL, APART, BELOW), max_size=6),
    below=st.lists(st.one_of(APART, BELOW), max_size=5),
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    window=st.sampled_from([1, 2, 3, 100]),
    block=st.sampled_from([64, 1 << 22]),
)
def test_blank_lines_and_text_below_are_read_alike(rows, below, ending, last, encoding, window, block):
    lines = [*LONG.splitlines(), *rows, "Salem;män;2024;3", *below]
    text = ending.join(lines) + (ending if last else "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_below, "_LINES", window)
        patch.setattr(csv_fast, "_BLOCK", block)
        assert_alike(both(text.encode(encoding), patch))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (LONG + "\nKälla: vi\n", [2, 3, 4, 5]),
        (LONG + "Källa: vi;;;\nUppdaterad 2024\n", [2, 3, 4, 5]),
        (LONG + "\n\n", [2, 3, 4, 5]),
        (LONG.replace("Nynäshamn;kvinnor", "\n;;;\nNynäshamn;kvinnor"), [2, 3, 6, 7]),
        (LONG.replace("\n", "\n\n"), [3, 5, 7, 9]),
        (LONG + '"Källa: vi,\noch ni"\n', [2, 3, 4, 5]),
        (LONG.replace("män;2023;998\n", "män;2023;998\nKälla: inuti\n"), None),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_usual_blank_lines_and_remarks_are_no_hindrance(text, lines, ending, monkeypatch):
    monkeypatch.setattr(csv_fast, "LEAST", 0)
    data = text.replace("\n", ending).encode()
    found = csv_fast.whole(data, "utf-8", ";", text.startswith("Kommun;Kön;År;Antal\n\n") + 1, 4)
    assert (None if found is None else found.lines.tolist()) == lines
    assert_alike(both(data, monkeypatch))


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
