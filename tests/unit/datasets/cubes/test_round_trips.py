"""A cube comes back the same from every form it is written in, whatever it holds."""

import json
from datetime import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datasets.cubes import Category, Cube, Dimension, Note, Reason, Role, SourceSymbol, Unit
from datasets.cubes.reasons import missing_mask

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=6)
texts = words.map(lambda word: {"sv": word})
units = st.none() | st.builds(Unit, texts, st.none() | st.integers(0, 6))


@st.composite
def dimensions(draw, code):
    codes = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    role = draw(st.none() | st.sampled_from(Role))
    categories = []
    for place, item in enumerate(codes):
        parent = draw(st.none() | st.sampled_from(codes[:place])) if place else None
        categories.append(Category(item, draw(texts), parent, draw(units)))
    return Dimension(
        code,
        draw(texts),
        tuple(categories),
        role,
        draw(st.booleans()),
        draw(st.none() | st.sampled_from(codes)),
    )


@st.composite
def notes(draw, axes):
    places = draw(st.lists(st.sampled_from(axes), unique_by=lambda axis: axis.code)) if axes else []
    only = len(places) == 1
    at = {axis.code: draw(st.sampled_from(axis.codes) | (st.none() if only else st.nothing())) for axis in places}
    return Note(draw(texts), at, draw(st.booleans()))


@st.composite
def cubes(draw, with_marks=True):
    codes = draw(st.lists(words, max_size=3, unique=True))
    axes = tuple(draw(dimensions(code)) for code in codes)
    shape = tuple(len(axis) for axis in axes)
    size = int(np.prod(shape))
    statuses = np.array(draw(st.lists(st.sampled_from(Reason), min_size=size, max_size=size)), dtype=np.uint8)
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    values = np.array(draw(st.lists(numbers, min_size=size, max_size=size)))
    values[missing_mask(statuses)] = np.nan
    values[statuses == Reason.NIL] = 0
    signs = draw(st.lists(st.sampled_from([".", "..", "-", ":", "e"]), unique=True))
    reasons = st.sampled_from([r for r in Reason if r is not Reason.SUPPRESSED and (with_marks or r)])
    symbols = tuple(SourceSymbol(sign, draw(texts), draw(reasons)) for sign in signs)
    marks = None
    if with_marks and symbols and draw(st.booleans()):
        marks = np.array(draw(st.lists(st.integers(0, len(symbols)), min_size=size, max_size=size)))
        marks = marks.reshape(shape)
    return Cube(
        axes,
        values.reshape(shape),
        statuses.reshape(shape),
        title=draw(texts),
        unit=draw(units),
        notes=tuple(draw(st.lists(notes(axes), max_size=3))),
        source=draw(words),
        updated=draw(st.none() | st.datetimes()),
        symbols=symbols,
        marks=marks,
    )


@given(cubes())
def test_structure_and_arrays_give_the_cube_back(cube):
    stored = json.loads(json.dumps(cube.structure()))
    again = Cube.from_structure(stored, cube.values.ravel().tolist(), cube.statuses.ravel().tolist())
    assert again.equals(cube)


@given(cubes(with_marks=False))
def test_jsonstat_gives_every_figure_reason_and_word_back(cube):
    again = Cube.from_jsonstat(json.loads(json.dumps(cube.to_jsonstat("sv"))), "sv")
    assert again.dimensions == cube.dimensions
    assert np.array_equal(again.values, cube.values, equal_nan=True)
    assert again.statuses.tolist() == cube.statuses.tolist()
    assert again.symbols == cube.symbols
    assert again.sign_places().tolist() == cube.sign_places().tolist()
    assert (again.title, again.unit, again.source, again.updated) == (
        cube.title,
        cube.unit,
        cube.source,
        cube.updated,
    )
    assert sorted(map(repr, again.notes)) == sorted(map(repr, cube.notes))


@given(cubes())
def test_jsonstat_never_loses_a_figure_or_a_reason_to_a_sign(cube):
    again = Cube.from_jsonstat(json.loads(json.dumps(cube.to_jsonstat("sv"))), "sv")
    assert np.array_equal(again.values, cube.values, equal_nan=True)
    assert again.statuses.tolist() == cube.statuses.tolist()


def test_a_release_stored_as_null_and_smallint_is_read():
    axis = Dimension("a", {"sv": "a"}, (Category("x", {"sv": "x"}), Category("y", {"sv": "y"})))
    cube = Cube.of_values([axis], [1, np.nan], missing=Reason.SUPPRESSED, updated=datetime(2024, 2, 29, 8))
    again = Cube.from_structure(cube.structure(), [1, None], [0, 8])
    assert again.equals(cube)
