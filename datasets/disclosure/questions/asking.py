"""A survey's questions, each protected by itself against a base that is protected once.

The base counts how many took part in each group. A question is asked of the same people, so its figures must
not undo the base, nor two questions together what each of them keeps. Two things see to that. Whoever knows
every figure of the base, hidden ones too, still cannot work out a secret of a question: given the base, the
questions have no unknown in common. And for every secret of the base there is a second base that all the
questions leave possible (a witness), so that all of them together do not tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension

from ..assembling import canonical_order, check_crossing, system_of
from ..engine import Demands, make_safe
from ..ledger.recalling import ReleasedTable, recall
from ..ledger.stated import REST
from ..model import Bools
from ..primary import Primary, primary_cells
from ..protect import solve_linked
from ..protected import ProtectedCube
from ..refusal import RefusedToPublish, Why
from ..rule import AggregationRule
from ..sealing import input_hash, sealed, sealed_open
from ..tables.table import CountTable, Prepared, prepare
from .lifting import leave_possible
from .witnesses import Witness, few_witnesses


@dataclass(frozen=True, eq=False)
class ProtectedBase:
    """How many took part in each group: what is shown of it, and what the questions must not undo.

    ``tables`` hold the true counts and ``witnesses`` tell secrets: both are for the protection alone.
    """

    cubes: tuple[ProtectedCube, ...]
    tables: tuple[Cube, ...]
    witnesses: tuple[Witness, ...]

    @cached_property
    def everyone(self) -> float:
        """How many took part in all."""
        return float(self.counts_of(()).item())

    def counts_of(self, dimensions: Sequence[Dimension]) -> NDArray[np.float64]:
        """How many took part in each cell of some dimensions, in their order.

        Raises RefusedToPublish when no table of the base has them all.
        """
        wanted = [dimension.code for dimension in dimensions]
        for table in sorted(self.tables, key=lambda table: table.size):
            codes = [dimension.code for dimension in table.dimensions]
            if not set(wanted) <= set(codes):
                continue
            others = {d.code: [d.total] for d in table.dimensions if d.code not in wanted and d.total}
            if len(wanted) + len(others) < len(codes):
                continue
            chosen = table.select({**others, **{d.code: list(d.codes) for d in dimensions}})
            axes = [chosen.axis(code) for code in (*wanted, *others)]
            return chosen.values.transpose(axes).reshape([len(d) for d in dimensions])
        raise RefusedToPublish.because(Why.UNKNOWN_DIMENSION, name=" × ".join(wanted))

    def to_json(self) -> dict[str, Any]:
        """The base as plain JSON, secrets included: for the jobs that protect its questions, and nobody else."""
        return {
            "cubes": [cube.to_release() for cube in self.cubes],
            "tables": [{"structure": t.structure(), "values": _nullable(t.values)} for t in self.tables],
            "witnesses": [witness.to_json() for witness in self.witnesses],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ProtectedBase:
        """The base again. Raises AlteredRelease when what is shown of it was changed."""
        tables = []
        for table in stored["tables"]:
            values = np.array(table["values"], dtype=np.float64)
            tables.append(Cube.from_structure(table["structure"], values, np.zeros(values.size, dtype=np.uint8)))
        return cls(
            cubes=tuple(ProtectedCube.from_release(**cube) for cube in stored["cubes"]),
            tables=tuple(tables),
            witnesses=tuple(Witness.from_json(witness) for witness in stored["witnesses"]),
        )


def protect_base(
    tables: Sequence[CountTable],
    rule: AggregationRule,
    *,
    earlier: Sequence[ReleasedTable] = (),
    input_key: bytes = b"",
) -> ProtectedBase:
    """How many took part, by group, protected once for all the questions. Raises RefusedToPublish.

    Every dimension needs a total.
    """
    cubes = tuple(table.cube for table in tables)
    if rule.hides_nothing:
        return ProtectedBase(tuple(sealed_open(cube, rule) for cube in cubes), cubes, ())
    solved = solve_linked(tables, rule, earlier=earlier, input_key=input_key)
    rows = len(solved.universe.keys)
    secret = solved.system.protected[:rows]
    movements = [movement[:rows] for movement in solved.outcome.movements]
    counts, keys = solved.universe.counts, solved.universe.keys
    witnesses = [
        Witness(tuple({keys[r]: int(movements[at][r]) for r in np.flatnonzero(movements[at])} for at in members))
        for members in few_witnesses(counts, secret, movements)
    ]
    return ProtectedBase(solved.cubes, cubes, tuple(witnesses))


def protect_question(
    base: ProtectedBase,
    tables: Sequence[CountTable],
    rule: AggregationRule,
    *,
    earlier: Sequence[ReleasedTable] = (),
    input_key: bytes = b"",
) -> tuple[ProtectedCube, ...]:
    """The tables of one question, protected so that they undo neither the base nor, with it, other questions.

    Each table has a dimension of answers (``over``) whose total is who answered; its other dimensions, but for
    ``repeats``, are those of some table of the base. Raises RefusedToPublish.
    """
    if rule.hides_nothing:
        return tuple(sealed_open(table.cube, rule) for table in tables)
    asked = [_of_answers(prepare(beside_everyone(table, base))) for table in tables]
    check_crossing(asked, rule)
    order = canonical_order(asked)
    past = recall([asked[place] for place in order], earlier)
    ordered, universe = past.tables, past.universe
    known = universe.marks([_counts_everyone(table) for table in ordered])
    primaries = [_without_rest(primary_cells(table, rule), table) for table in ordered]
    system = past.beside(system_of(universe, ordered, primaries, known=known), rule.k)
    outcome = make_safe(
        system, Demands.of(rule), hides_zeros=bool((system.protected & (system.counts == 0)).any())
    )
    rows = len(universe.keys)
    hidden = leave_possible(system, outcome.hidden, universe.row_of, known, base.witnesses)
    cubes = {
        place: _sealed_question(
            tables[place],
            ordered[at],
            rule,
            hidden[:rows][universe.places[at]],
            system.protected[:rows][universe.places[at]],
            {**outcome.certificate, "witnesses": len(base.witnesses)},
            input_key,
        )
        for at, place in enumerate(order)
    }
    return tuple(cubes[place] for place in range(len(tables)))


def beside_everyone(table: CountTable, base: ProtectedBase | None) -> CountTable:
    """A question's table with those who gave no answer, so that it adds up to everyone who took part.

    ``base`` None: their number is not known. Raises RefusedToPublish when the answers have no total.
    """
    cube = table.cube
    over = cube.dimension(table.over or "")
    if over.total is None:
        raise RefusedToPublish.because(Why.NO_TOTAL, name=over.code)
    axis = cube.axis(over.code)
    answered = np.take(cube.values, [over.position(over.total)], axis=axis)
    unknown = np.full(answered.shape, np.nan)
    rest = unknown if base is None else _everyone(base, table) - answered
    categories = [
        replace(
            category,
            parent=over.total if category.parent is None and category.code != over.total else category.parent,
        )
        for category in over.categories
    ]
    asked = replace(over, categories=(*categories, Category(REST, {})), total=None, summable=True)
    dimensions = tuple(asked if d.code == over.code else d for d in cube.dimensions)
    whole = Cube.of_values(dimensions, np.concatenate([cube.values, rest], axis=axis))
    return replace(table, cube=whole, leave_out=(*table.leave_out, REST), rest=REST)


def _everyone(base: ProtectedBase, table: CountTable) -> NDArray[np.float64]:
    """How many took part, in the shape of the table's row of those who answered."""
    own = [d for d in table.cube.dimensions if d.code != table.over and d.code not in table.repeats]
    counts = base.counts_of(own)
    for axis, dimension in enumerate(table.cube.dimensions):
        if dimension.code == table.over or dimension.code in table.repeats:
            counts = np.expand_dims(counts, axis)
    shape = [1 if d.code == table.over else len(d) for d in table.cube.dimensions]
    return np.broadcast_to(counts, shape)


def _of_answers(prepared: Prepared) -> Prepared:
    """The table, showing nothing but who answered what."""
    return replace(prepared, shown=prepared.shown & ~_counts_rest(prepared))


def _without_rest(primary: Primary, prepared: Prepared) -> Primary:
    """That somebody gave no answer is no secret in itself."""
    return replace(primary, cells=primary.cells & ~_counts_rest(prepared))


def _counts_rest(prepared: Prepared) -> Bools:
    """The cells that count people who gave no answer, alone or with the others."""
    return _where_answers(prepared, lambda members: REST in members)


def _counts_everyone(prepared: Prepared) -> Bools:
    """The cells that count all who took part: figures of the base."""
    return _where_answers(prepared, lambda members: REST in members and len(members) > 1)


def _where_answers(prepared: Prepared, test: Callable[[frozenset[str]], bool]) -> Bools:
    place = prepared.axis(prepared.table.over or "")
    inside = np.array([test(members) for members in prepared.axes[place].members], dtype=np.bool_)
    shape = [-1 if at == place else 1 for at in range(len(prepared.axes))]
    return np.broadcast_to(inside.reshape(shape), prepared.counts.shape)


def _sealed_question(
    table: CountTable,
    asked: Prepared,
    rule: AggregationRule,
    hidden_cells: Bools,
    secret_cells: Bools,
    certificate: Mapping[str, object],
    input_key: bytes,
) -> ProtectedCube:
    """The question's table as it was given, less what must be hidden."""
    shape = asked.counts.shape
    over = table.cube.dimension(table.over or "")
    axis = table.cube.axis(over.code)

    def own(cells: Bools) -> Bools:
        whole = asked.to_cube_order(cells.reshape(shape) & asked.shown)
        return np.ascontiguousarray(np.take(whole, range(len(over)), axis=axis))

    nothing = np.zeros(table.cube.shape, dtype=np.bool_)
    protected = replace(table, rest=REST)
    name = input_hash(asked, input_key)
    return sealed(protected, rule, own(hidden_cells), own(secret_cells), nothing, name, certificate)


def _nullable(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.ravel().tolist()]
