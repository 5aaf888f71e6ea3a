"""Nothing but the gate makes a protected cube, and nothing hidden is left in one."""

from __future__ import annotations

import ast
import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from datasets.cubes import Reason
from datasets.disclosure import AlteredRelease, ProtectedCube, Report, protect
from tests.unit.datasets.disclosure.making import RULE, dimension, whole_cube

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("accounts", "datasets", "dialogues", "portal", "surveys")
SECRET = 3
PLANTED = np.array([[SECRET, 611], [523, 407], [299, 0]])


@pytest.fixture(scope="module")
def protected() -> ProtectedCube:
    """A table in which one small count is planted; no other figure is made of its digit alone."""
    return protect(whole_cube([dimension("d", ["a", "b", "c"]), dimension("e", ["u", "v"])], PLANTED), RULE)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the project outside the package of disclosure control."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "disclosure" not in path.relative_to(ROOT).parts[:-1]:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_module_reaches_behind_the_gate():
    """Others import from the package itself; the mint and the engine are nobody else's."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("datasets.disclosure."), path
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith("datasets.disclosure.") for name in node.names), path


def test_it_cannot_be_constructed(protected: ProtectedCube):
    with pytest.raises(TypeError, match="protect"):
        ProtectedCube(protected.cube, protected.report)
    with pytest.raises(TypeError, match="protect"):
        ProtectedCube(protected.cube, protected.report, mint=object())


def test_it_cannot_be_changed(protected: ProtectedCube):
    with pytest.raises(TypeError):
        protected._cube = None  # type: ignore[assignment]
    with pytest.raises(TypeError):
        del protected._cube
    for array in (protected.values, protected.statuses):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.flags.writeable = True


def test_it_is_neither_pickled_nor_copied(protected: ProtectedCube):
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(protected)


def test_nothing_hidden_is_left_in_it(protected: ProtectedCube):
    hidden = protected.statuses == Reason.SUPPRESSED
    truth = whole_cube(protected.dimensions, PLANTED).values
    assert hidden[0, 0]
    assert np.isnan(protected.values[hidden]).all()
    shown = {value for value in protected.to_jsonstat("sv")["value"] if value is not None}
    assert shown == set(truth[~hidden].tolist())
    words = json.dumps([protected.structure(), protected.report.to_json()]) + repr(protected)
    for value in set(truth[hidden].tolist()) - {0.0, float(SECRET)}:
        assert f"{value:.0f}" not in words.replace(protected.content_hash[:12], "").replace(
            protected.report.input_hash, ""
        )


def test_every_hidden_cell_carries_the_same_sign(protected: ProtectedCube):
    """Primary, secondary, zero: a reader cannot tell which."""
    assert protected.report.primary > 0
    assert protected.report.secondary > 0
    statuses = set(protected.statuses[np.isnan(protected.values)].tolist())
    assert statuses == {Reason.SUPPRESSED}
    told = protected.report.for_readers()
    assert not {"primary", "secondary", "protected", "audit"} & set(told)
    assert protected.select({}).report.protected == ""
    assert protected.select({}).report.primary == 0


def test_a_stored_release_comes_back_whole(protected: ProtectedCube):
    report = json.loads(json.dumps(protected.report.to_json()))
    stored = (protected.structure(), protected.values.ravel().tolist(), protected.statuses.ravel().tolist())
    again = ProtectedCube.from_release(*stored, report, protected.content_hash)
    assert again == protected
    assert again.report == Report.from_json(report)


def test_an_altered_release_is_refused(protected: ProtectedCube):
    values = protected.values.copy()
    values[np.isnan(values)] = SECRET
    statuses = np.zeros_like(protected.statuses)
    with pytest.raises(AlteredRelease):
        ProtectedCube.from_release(
            protected.structure(), values, statuses, protected.report.to_json(), protected.content_hash
        )
    corrected = np.where(protected.values == PLANTED.sum(), PLANTED.sum() + 1, protected.values)
    assert not np.array_equal(corrected, protected.values, equal_nan=True)
    with pytest.raises(AlteredRelease):
        ProtectedCube.from_release(
            protected.structure(),
            corrected,
            protected.statuses,
            protected.report.to_json(),
            protected.content_hash,
        )
    report = protected.report.to_json() | {"protected": ""}
    with pytest.raises(AlteredRelease):
        ProtectedCube.from_release(
            protected.structure(), protected.values, protected.statuses, report, protected.content_hash
        )
