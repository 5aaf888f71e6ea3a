"""However a file was damaged on its way, the answer is a whole cube or a report: never a crash, never half."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datasets.importers import read_any, read_csv, read_jsonstat, read_px, sniff_csv
from tests.shared_data import shared_data, shared_files
from tests.unit.datasets.importers.px_files import px

PX = px('1 "-"\n".." 4\n5 6\n7 8', NOTE='"Obs; a=b"', **{'VALUENOTE("kön","män")': '"x"'})
KEYED = px('"N","kvinnor",1 2', **{'KEYS("område")': "CODES", 'KEYS("kön")': "VALUES"})
CSV = 'Kommun;Kön;2023;2024\n0186;"män";1 234;..\n0192;kvinnor;12,5;-\nKälla: x\n'.encode()
JSON = json.dumps(
    {
        "version": "2.0",
        "class": "dataset",
        "id": ["a"],
        "size": [2],
        "dimension": {"a": {"category": {"index": ["x", "y"], "child": {"x": ["y"]}}}},
        "value": [1, None],
        "status": {"1": ".."},
    }
).encode()
PLACES = {"0186": "Lidingö", "0192": "Nynäshamn"}


@st.composite
def damaged(draw, whole):
    """The file with a few pieces cut out, doubled, swapped for other bytes, or cut short."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), begin + draw(st.integers(0, 30)))
        kind = draw(st.sampled_from(["cut", "double", "swap", "end"]))
        if kind == "cut":
            del data[begin:end]
        elif kind == "double":
            data[begin:begin] = data[begin:end]
        elif kind == "swap":
            data[begin:end] = draw(
                st.binary(max_size=8) | st.sampled_from([b'"', b";", b"=", b"(", b"9" * 40, b"\n"])
            )
        else:
            del data[begin:]
    return bytes(data)


def check(result) -> None:
    assert (result.cube is None) == bool(result.fatal)
    for problem in result.problems:
        assert str(problem)
        assert problem.line is None or problem.line >= 1
        assert problem.column is None or problem.column >= 1


@settings(max_examples=200, deadline=None)
@given(damaged(PX) | damaged(KEYED))
@example(PX.replace(b'"', b""))
@example(PX.replace(b"DECIMALS=0", b"DECIMALS=" + b"9" * 5000))
@example(PX.replace(b'TLIST(A1),"2023","2024"', b'TLIST(A1,"0000"-"9999")').replace(b'VALUES("\xc3\xa5r")', b"X"))
def test_a_damaged_px_file(data):
    check(read_px(data))


@settings(max_examples=200, deadline=None)
@given(damaged(CSV))
def test_a_damaged_csv_file(data):
    guess = sniff_csv(data, PLACES)
    assert guess.mapping is not None or guess.problems
    if guess.mapping is not None:
        check(read_csv(data, guess.mapping, PLACES))


MAPPING = sniff_csv(CSV, PLACES).mapping


@settings(max_examples=200, deadline=None)
@given(damaged(CSV))
def test_a_damaged_csv_file_by_a_saved_mapping(data):
    check(read_csv(data, MAPPING, PLACES))


@settings(max_examples=200, deadline=None)
@given(damaged(JSON))
def test_a_damaged_jsonstat_file(data):
    check(read_jsonstat(data))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(json.loads(JSON))), max_size=3, unique=True), st.data())
def test_a_jsonstat_file_with_anything_in_the_place_of_anything(keys, data):
    document = json.loads(JSON)
    for key in keys:
        document[key] = data.draw(values)
    check(read_jsonstat(json.dumps(document).encode()))
    document = json.loads(JSON)
    document["dimension"]["a"]["category"][
        data.draw(st.sampled_from(["index", "label", "child", "unit", "note"]))
    ] = data.draw(values)
    document["extension"] = {"vaxtkraft": data.draw(values), "px": data.draw(values)}
    check(read_jsonstat(json.dumps(document).encode()))


MANY = 900_000
QUOTED = ",".join(f'"{number}"' for number in range(MANY))
HOSTILE = {
    "a million categories": px(**{'VALUES("kön")': QUOTED}),
    "a note of a million texts": px(NOTE=QUOTED),
    "a note of a million neighbours": px(NOTE=QUOTED.replace(",", " ")),
    "levels without end": px(**{'HIERARCHIES("kön")': ",".join(f'"{n}":"{n + 1}"' for n in range(MANY // 4))}),
    "quotation marks in the header": px(NOTE='"' * MANY + '"'),
    "quotation marks among the figures": px('"' * MANY),
    "semicolons inside a quotation": px('"' + ";" * MANY),
    "line ends before it": b"\n" * MANY + px(),
    "spaces after a keyword": b'MATRIX="x";\nNOTE' + b" " * MANY + px(),
    "parentheses": b'MATRIX="x";\nNOTE(' + b"(" * MANY + px(),
    "DATA again and again": b'MATRIX="x";\n' + b"DATA=\n" * (MANY // 9) + px(),
    "remarks on nothing": px(**{f'UNITS("{number}")': '"x"' for number in range(MANY // 30)}),
    "one endless number": px("1" * MANY),
    "the same key again and again": px('"N",1 2 3 4\n' * (MANY // 9), **{'KEYS("område")': "CODES"}),
}
HOSTILE_JSON = {
    "lists in lists": b"[" * MANY,
    "a million lists": b"[" + b"[]," * MANY * 3 + b"1]",
    "one endless number": b'{"dimension": {}, "value": [' + b"1" * MANY + b"]}",
    "half a letter": rb'{"title": "\ud800", "status": 400}',
    "a web page behind a remark": b"<!-- saved -->\n<html></html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_px_file_made_to_hang_its_reader(name):
    begin = time.process_time()
    check(read_px(HOSTILE[name]))
    assert time.process_time() - begin < 20


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_a_json_file_made_to_hang_its_reader(name):
    begin = time.process_time()
    result = read_jsonstat(HOSTILE_JSON[name])
    check(result)
    assert result.cube is None
    assert time.process_time() - begin < 20


REAL = [*shared_files("statistics", ".px", ".json", ".csv", ".agg", ".vs", ".md", ".txt")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp850", "latin-1"])
def test_a_real_file_written_anew_in_any_encoding(encoding):
    for name in REAL:
        text = shared_data(f"statistics/{name}").read_bytes().decode("cp1252", "replace")
        check(read_any(name, text.encode(encoding, "replace")).result)


@settings(max_examples=100)
@given(st.data())
def test_a_real_file_damaged(data):
    if not REAL:
        pytest.skip("The shared data is not here.")
    name = data.draw(st.sampled_from(REAL))
    check(read_any(name, data.draw(damaged(shared_data(f"statistics/{name}").read_bytes()[:30_000]))).result)


def test_every_real_file_comes_in_or_is_refused_in_words_that_say_what_to_do():
    for name in REAL:
        result = read_any(name, shared_data(f"statistics/{name}").read_bytes()).result
        check(result)
        assert all(problem.advice() for problem in result.fatal)
