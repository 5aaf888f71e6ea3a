"""What was released before about the same people: it cannot be called back, and it must not be undone.

Three things follow. A figure that an earlier release shows is known, so whatever it gives away is given away.
A figure that an earlier release protects stays protected. And where the counts have changed a little since
(late answers, corrections), the difference between two releases of a cell is itself a small count.

Releases that agree in everything they tell are one state of the people and one linear system, with the new
tables where these agree too. Others are earlier states, tied to later ones by the cells that both have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from ..auditing.audit import audit
from ..model import Bools, Ints, System, no_rows
from ..protected import ProtectedCube
from ..tables.axes import Axis
from ..tables.linking import Universe, link
from ..tables.table import Prepared
from .growth import fitted_together, ties
from .meeting import at_place, is_place, met
from .stated import Stated, never_summed, slices, stated_now, stated_then
from .states import State, Told, bounded, placed, settled, widened

DIFFERENCE = "difference "


@dataclass(frozen=True)
class ReleasedTable:
    """A table of counts that is already out. Tables of one ``release`` came from one state of the answers.

    ``place``: the code of the place whose people it counts where it says nothing of places, and ``here`` that of
    the new tables; so a region's table over municipalities meets a municipality's own. Of a table whose report
    lacks what is for its steward (another tenant's), all hidden cells are protected.
    """

    protected: ProtectedCube
    release: str = ""
    place: str = ""
    here: str = ""


@dataclass(frozen=True, eq=False)
class Past:
    """New ``tables`` beside all that is out about the same people: their own state, and earlier ones.

    The tables are those that were given, with the sums of their categories that earlier ones show.
    """

    tables: tuple[Prepared, ...]
    now: Told
    before: tuple[Told, ...]

    @property
    def universe(self) -> Universe:
        """The new tables and those of the same state as one population; its places are those of the new ones."""
        return replace(self.now.universe, places=self.now.universe.places[: len(self.tables)])

    def beside(self, system: System, k: int) -> System:
        """The system of the new tables with everything that earlier releases add to what is known and protected.

        ``system`` was made of ``universe``; its rows and columns are the first ones of the result. Of what may be
        a secret, such as a small difference between hidden figures, that is left out which is out already.
        """
        return _without_lost(*self.all_beside(system, k))

    def all_beside(self, system: System, k: int, *, plain: bool = False) -> tuple[System, Bools]:
        """As ``beside``, with what is out already; and which of the protected rows may be no secrets.

        ``plain``: also differences of two figures that are both shown.
        """
        states = [self.now, *self.before]
        starts = np.cumsum([0, *(state.universe.matrix.shape[1] for state in states)]).tolist()
        doubtful = np.zeros(len(system.names), dtype=np.bool_)
        system = _with_known(widened(system, starts[-1]), self.now, doubtful)
        for at in range(1, len(states)):
            system, doubtful = _with_state(system, doubtful, states[: at + 1], starts, k, plain=plain)
        return system, doubtful


def recall(tables: Sequence[Prepared], earlier: Sequence[ReleasedTable], *, everything: bool = False) -> Past:
    """New tables (there may be none) with what is out, ``earlier`` in the order in which it came out.

    What no sum connects with the new tables is left aside, unless ``everything`` is wanted. Raises
    RefusedToPublish when a release contradicts itself.
    """
    axes: dict[str, Axis] = {axis.code: axis for table in tables for axis in table.axes}
    then = _stated(earlier, axes, tables)
    if not then:
        return Past(tuple(tables), Told.of_new(link(tables)), ())
    now, then = met([stated_now(table) for table in tables], then)
    groups = _groups(then, [*now, *then])
    if not everything:
        groups = _connected(groups, {key for stated in now for key in stated.table.keys})
    states = [State(now)] if now else []
    for group in groups:
        home = next((state for state in states if state.agrees(group)), None)
        if home is None:
            states.append(State(group))
        else:
            home.take(group)
    first, *others = [possible for state in states for possible in settled(state)]
    told = [Told.of(first, new=len(now)), *(Told.of(state) for state in others)]
    latest, *before = fitted_together(told) if others else told
    return Past(tuple(stated.table for stated in now), latest, tuple(before))


def public_system(earlier: Sequence[ReleasedTable], k: int) -> System:
    """What is out, as anybody knows it, and what in it must not be worked out: for auditing releases again.

    Differences of 1 to ``k`` - 1 between two states of a cell are among it. The counts are not the true ones but
    some that fit. Raises RefusedToPublish where none fit.
    """
    past = recall([], earlier, everything=True)
    universe = past.universe
    nothing = np.zeros(len(universe.keys), dtype=np.bool_)
    system = System(
        matrix=universe.matrix,
        leaves=universe.leaves,
        relations=universe.relations,
        at_least=no_rows(len(universe.leaves)),
        least=np.zeros(0, dtype=np.int64),
        shown=nothing,
        protected=nothing,
        forced=nothing,
        names=universe.keys,
    )
    whole, doubtful = past.all_beside(system, k, plain=True)
    feared = doubtful & np.array([not name.startswith(DIFFERENCE) for name in whole.names], dtype=np.bool_)
    return _without_lost(whole, feared)


def _stated(earlier: Sequence[ReleasedTable], axes: Mapping[str, Axis], new: Sequence[Prepared]) -> list[Stated]:
    """The released tables that are counts, each as it concerns the place of the new ones."""
    found = [(one, stated_then(one.protected, one.release, axes)) for one in earlier]
    known = [(one, stated) for one, stated in found if stated is not None]
    own = new or [stated.table for one, stated in known if one.place == one.here]
    places = {axis.code: axis for table in own for axis in table.axes if is_place(table, axis)}
    return [at_place(stated, one.place, one.here, places) if one.place else stated for one, stated in known]


def _groups(then: Sequence[Stated], everything: Iterable[Stated]) -> list[list[Stated]]:
    """The releases, the newest first, each cut into parts that no sum connects."""
    apart = never_summed(stated.table for stated in everything)
    found: dict[tuple[str, tuple[str, ...]], list[Stated]] = {}
    for release in reversed(list(dict.fromkeys(stated.release for stated in then))):
        for stated in then:
            if stated.release == release:
                for part in slices(stated, apart):
                    found.setdefault((release, part.part), []).append(part)
    return list(found.values())


def _connected(groups: Sequence[list[Stated]], keys: set[str]) -> list[list[Stated]]:
    """The groups that share a cell with the new tables, or with others that do."""
    own = [{key for stated in group for key in stated.table.keys} for group in groups]
    reached, near = set(keys), set[int]()
    while further := [at for at in range(len(groups)) if at not in near and own[at] & reached]:
        near.update(further)
        reached.update(*(own[at] for at in further))
    return [group for at, group in enumerate(groups) if at in near]


def _with_known(system: System, now: Told, doubtful: Bools) -> System:
    """What releases of the same state show, bound and protect. Marks what is protected without being sure."""
    rows, columns = len(now.universe.keys), system.matrix.shape[1]
    forced, protected = system.forced.copy(), system.protected.copy()
    secret = now.secret & ~forced[:rows]  # what a base gives anyway is no secret of its question
    doubtful[:rows] = secret & ~now.sure & ~protected[:rows]
    protected[:rows] |= secret
    forced[:rows] |= now.known
    at_least, least = bounded(now, 0, columns)
    return replace(
        system,
        protected=protected,
        forced=forced,
        at_least=sp.vstack([system.at_least, at_least], format="csr", dtype=np.int64),
        least=np.concatenate([system.least, least]),
    )


def _with_state(
    system: System, doubtful: Bools, states: Sequence[Told], starts: Sequence[int], k: int, *, plain: bool
) -> tuple[System, Bools]:
    """The system with one earlier state, the last of ``states``, tied to all later ones; see ``all_beside``."""
    *later, before = states
    at, columns = starts[len(later)], system.matrix.shape[1]
    leaves = system.leaves.copy()
    leaves[at : at + len(before.universe.leaves)] = before.universe.leaves
    tied = [ties(one, start, before, at, columns) for one, start in zip(later, starts, strict=False)]
    # Beside a figure that was shown, the new one tells the difference; beside a secret, it may tell the secret.
    current = tied[0]
    new = np.concatenate(
        [current.new[current.small(k) & before.known[current.old]], current.new[before.sure[current.old]]]
    )
    told = _marked(system, new)
    feared = _marked(system, current.new[before.secret[current.old]]) & ~told
    protected = system.protected | told | feared
    unsure = (doubtful & ~told) | (feared & ~system.protected)
    # Where either is hidden, the difference can come out without it.
    apart = [tie.small(k) & ~(before.known[tie.old] & (tie is current) & ~tie.known) for tie in tied]
    if not plain:
        apart = [rows & ~(before.known[tie.old] & tie.known) for rows, tie in zip(apart, tied, strict=True)]
    differences = [tie.differences[np.flatnonzero(rows)] for tie, rows in zip(tied, apart, strict=True)]
    named = [before.universe.keys[row] for tie, rows in zip(tied, apart, strict=True) for row in tie.old[rows]]
    grown = [tie.differences[np.flatnonzero(tie.grew)] for tie in tied]
    at_least, least = bounded(before, at, columns)
    own, small = len(before.universe.keys), np.ones(len(named), dtype=np.bool_)
    return replace(
        system,
        matrix=sp.vstack([system.matrix, placed(before.universe.matrix, at, columns), *differences], format="csr"),
        leaves=leaves,
        relations=sp.vstack([system.relations, placed(before.universe.relations, at, columns)], format="csr"),
        at_least=sp.vstack([system.at_least, at_least, *grown], format="csr", dtype=np.int64),
        least=np.concatenate([system.least, least, *(np.zeros(rows.shape[0], dtype=np.int64) for rows in grown)]),
        shown=np.concatenate([system.shown, np.zeros(own + len(named), dtype=np.bool_)]),
        protected=np.concatenate([protected, before.secret, small]),
        forced=np.concatenate([system.forced, before.known, ~small]),
        names=(
            *system.names,
            *(f"earlier {key}" for key in before.universe.keys),
            *(f"{DIFFERENCE}{key}" for key in named),
        ),
    ), np.concatenate([unsure, before.secret & ~before.sure, small])


def _marked(system: System, rows: Ints) -> Bools:
    """A mark on those of some rows that are not known already."""
    mark = np.zeros(len(system.names), dtype=np.bool_)
    mark[rows] = True
    return mark & ~system.forced


def _without_lost(system: System, doubtful: Bools) -> System:
    """The system without those secrets that are not sure to be any and that are out already, whatever is done."""
    if not doubtful.any():
        return system
    asked = replace(system, protected=doubtful)
    lost = audit(asked, system.shown).exposed
    protected = system.protected.copy()
    protected[sorted(lost)] = False
    return replace(system, protected=protected)
