"""The gate: counts go in, and what comes out can be shown. There is no other way to a ProtectedCube."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from datasets.cubes import Cube

from .assembling import canonical_order, check_crossing, system_of
from .engine import Demands, Outcome, make_safe
from .ledger.recalling import ReleasedTable, recall
from .model import Bools, System
from .primary import primary_cells
from .protected import ProtectedCube
from .rule import AggregationRule, Sensitivity
from .sealing import sealed_open, sealed_table
from .tables.linking import Universe
from .tables.reconciling import reconciled
from .tables.table import CountTable, prepare


def protect(
    cube: Cube,
    rule: AggregationRule,
    *,
    over: str | None = None,
    leave_out: Sequence[str] = (),
    sensitive: Sequence[Collection[str]] = (),
    repeats: Sequence[str] = (),
    published: Sequence[Collection[str]] | None = None,
    earlier: Sequence[ReleasedTable] = (),
    input_key: bytes = b"",
) -> ProtectedCube:
    """A cube of counts with enough cells hidden that no hidden one can be worked out, or a refusal.

    See CountTable for what is said about the cube. ``earlier``: what is out already about the same people.
    ``input_key``: a secret by which the report names the counts that went in.
    Method: Gaussian elimination over the model matrix (Langsrud, GaussSuppression), then an audit by linear
    and whole-number programs and a repair of what it finds. Raises RefusedToPublish unless the last audit is
    clean.
    """
    table = CountTable(
        cube,
        over=over,
        leave_out=tuple(leave_out),
        sensitive=tuple(frozenset(group) for group in sensitive),
        repeats=tuple(repeats),
        published=None if published is None else tuple(frozenset(group) for group in published),
    )
    return protect_linked([table], rule, earlier=earlier, input_key=input_key)[0]


def protect_linked(
    tables: Sequence[CountTable],
    rule: AggregationRule,
    *,
    earlier: Sequence[ReleasedTable] = (),
    input_key: bytes = b"",
) -> tuple[ProtectedCube, ...]:
    """Several tables of the same people, protected together, in the order given.

    Cells that name the same group of people, in whatever tables, are one figure and share one fate: a base
    table and the questions asked of the same people go in together. A dimension of answers needs a code of
    its own in each table. Raises RefusedToPublish; then none of the tables is published.
    """
    if rule.hides_nothing:
        return tuple(sealed_open(table.cube, rule) for table in tables)
    return solve_linked(tables, rule, earlier=earlier, input_key=input_key).cubes


@dataclass(frozen=True, eq=False)
class Solved:
    """Tables that were protected together, with everything that was found on the way: for this package only."""

    cubes: tuple[ProtectedCube, ...]
    universe: Universe
    system: System
    outcome: Outcome


def solve_linked(
    tables: Sequence[CountTable],
    rule: AggregationRule,
    *,
    earlier: Sequence[ReleasedTable] = (),
    input_key: bytes = b"",
    also: Sequence[Bools] = (),
    whole: bool = True,
) -> Solved:
    """As ``protect_linked``, keeping the system and what was found. Raises RefusedToPublish.

    ``also``: for each table the cells that must not be worked out either, in its cube's order. ``whole``: see
    Demands.
    """
    prepared = reconciled([prepare(table) for table in tables])
    check_crossing(prepared, rule)
    order = canonical_order(prepared)
    past = recall([prepared[place] for place in order], earlier)
    ordered, universe = past.tables, past.universe
    primaries = [primary_cells(ordered[at], rule, also[place] if also else None) for at, place in enumerate(order)]
    system = past.beside(system_of(universe, ordered, primaries), rule.k)
    outcome = make_safe(
        system,
        replace(Demands.of(rule), whole=whole),
        hides_zeros=bool((system.protected & (system.counts == 0)).any()),
    )
    rows = len(universe.keys)
    result = {
        place: sealed_table(
            ordered[at],
            rule,
            outcome.hidden[:rows][universe.places[at]],
            system.protected[:rows][universe.places[at]],
            outcome.certificate,
            input_key,
        )
        for at, place in enumerate(order)
    }
    return Solved(tuple(result[place] for place in range(len(tables))), universe, system, outcome)


def pass_through(cube: Cube, rule: AggregationRule | None = None) -> ProtectedCube:
    """Open official statistics as they are: nothing is hidden, what the source says of each cell is kept.

    Raises ValueError for a rule that hides anything.
    """
    chosen = rule or AggregationRule.default(Sensitivity.OPEN)
    if not chosen.hides_nothing:
        raise ValueError("This rule hides small counts: use protect().")
    return sealed_open(cube, chosen)
