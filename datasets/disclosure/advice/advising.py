"""What would let more of a table be shown: changes that make it coarser, each tried by really protecting it.

Many changes are thought of, the promising ones are found by counting small cells, and only those are protected,
within a budget of cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

from datasets.cubes import Cube

from ..protected import ProtectedCube
from ..refusal import RefusedToPublish, Why
from .coarser import drops, merges, small_cells
from .reshaping import Kind, Step, key_of

BUDGET = 20_000
"""Cells that are protected in all, over all changes that are tried."""

MOST_TRIED = 12
MOST_GIVEN = 4
_DETAIL = 0.25
_WORTH_IT = 0.9

Protect = Callable[[Cube, Sequence[Step]], ProtectedCube]
"""Protects a changed table as its release would be; told the steps too. Raises RefusedToPublish."""


@dataclass(frozen=True)
class Effect:
    """How much of a table is hidden, in figures."""

    cells: int
    hidden: int

    @property
    def share(self) -> float:
        """The part of the figures that is hidden, 0 to 1."""
        return self.hidden / self.cells if self.cells else 0.0


@dataclass(frozen=True)
class Advice:
    """A change, as steps to be taken together, and what would be hidden after it."""

    steps: tuple[Step, ...]
    effect: Effect

    @property
    def key(self) -> str:
        """A short name of the change."""
        return key_of(self.steps)


@dataclass(frozen=True, eq=False)
class _Candidate:
    steps: tuple[Step, ...]
    cube: Cube
    small: int

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(step.kind for step in self.steps)


def advise(
    cube: Cube,
    k: int,
    protect: Protect,
    before: Effect | None,
    *,
    why: Iterable[Why] = (),
    too_many: int = 0,
    budget: int = BUDGET,
) -> tuple[Advice, ...]:
    """The few best changes of a table, the best first, with their effect as protected.

    ``before``: what is hidden without any change; None when the table was refused, and then ``why`` says for
    what and ``too_many`` how many dimensions it has beyond what its rule allows. A change is given only if it
    hides a clearly smaller part than before. The same table gets the same advice.
    """
    found = _thought_of(cube, k, before is None, too_many if Why.TOO_MANY_DIMENSIONS in why else 0)
    tried = [advice for advice in _tried(found, protect, budget) if _helps(advice.effect, before)]
    tried.sort(key=lambda advice: (-_score(advice.effect, cube.size), advice.key))
    return tuple(_varied(tried))


def without_a_dimension(cube: Cube, protect: Protect, *, budget: int = BUDGET) -> Advice | None:
    """What would be hidden with one dimension less: of the dimensions that can go, the one that helps most."""
    tried = list(_tried([_Candidate((step,), step.apply(cube), 0) for step in drops(cube)], protect, budget))
    return min(tried, key=lambda advice: (advice.effect.share, -advice.effect.cells, advice.key), default=None)


def _thought_of(cube: Cube, k: int, is_refused: bool, too_many: int) -> list[_Candidate]:
    """Changes in the order in which they are worth trying."""
    if too_many:
        several = [tuple(steps) for steps in combinations(drops(cube), too_many)]
        return sorted((_candidate(cube, steps, k) for steps in several), key=_order(cube))
    found = [_candidate(cube, (step,), k) for step in (*drops(cube), *merges(cube, k))]
    found.sort(key=_order(cube))
    if is_refused:
        best = [next((each for each in found if each.kinds == (kind,)), None) for kind in Kind]
        pairs = [
            _candidate(cube, (*one.steps, *two.steps), k)
            for one, two in combinations([each for each in best if each], 2)
            if one.steps[0].dimension != two.steps[0].dimension
        ]
        found = [*found[: MOST_TRIED // 2], *pairs, *found[MOST_TRIED // 2 :]]
    # The best of each kind first: whichever is the best in the end, a choice can be offered.
    first = [next((each for each in found if each.kinds == (kind,)), None) for kind in Kind]
    lead = [each for each in first if each is not None]
    return [*lead, *(each for each in found if each not in lead)]


def _candidate(cube: Cube, steps: tuple[Step, ...], k: int) -> _Candidate:
    changed = reduce(lambda table, step: step.apply(table), steps, cube)
    return _Candidate(steps, changed, int(small_cells(changed, k).sum()))


def _order(cube: Cube) -> Callable[[_Candidate], tuple[float, str]]:
    """By what is left if every small cell takes one more with it."""
    return lambda each: (
        -_score(Effect(each.cube.size, min(2 * each.small, each.cube.size)), cube.size),
        key_of(each.steps),
    )


def _tried(found: Sequence[_Candidate], protect: Protect, budget: int) -> Iterator[Advice]:
    left = budget
    for each in found[:MOST_TRIED]:
        if each.cube.size > left:
            continue
        left -= each.cube.size
        try:
            report = protect(each.cube, each.steps).report
        except RefusedToPublish:
            continue
        yield Advice(each.steps, Effect(report.cells, report.hidden))


def _helps(effect: Effect, before: Effect | None) -> bool:
    return before is None or effect.share < _WORTH_IT * before.share


def _score(effect: Effect, size: int) -> float:
    """The part that is shown, less a little for the detail that was given up for it."""
    return float((1 - effect.share) * (effect.cells / size) ** _DETAIL)


def _varied(tried: Sequence[Advice]) -> list[Advice]:
    """The best few, of each kind at most two."""
    given: list[Advice] = []
    for advice in tried:
        alike = [other for other in given if other.steps[0].kind is advice.steps[0].kind]
        if len(alike) < 2 and len(given) < MOST_GIVEN:
            given.append(advice)
    return given
