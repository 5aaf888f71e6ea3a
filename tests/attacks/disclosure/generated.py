"""Tables that hypothesis makes up: two to four dimensions, with counties, empty cells, answers and options."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from datasets.cubes import Cube
from datasets.disclosure import AggregationRule, CountTable, Sensitivity, Zeros
from tests.attacks.disclosure.cases import with_parents
from tests.unit.datasets.disclosure.making import dimension, plain_dimensions, whole_cube

EXAMPLES = "VAXTKRAFT_EXAMPLES"
"""Names how many times as many examples a long run takes."""


def examples(number: int) -> Any:
    """The same examples on every run, few in everyday runs; a long one multiplies them."""
    return settings(
        max_examples=number * int(os.environ.get(EXAMPLES, "1")),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True)
class Made:
    """A table with its rule and what is said about it."""

    cube: Cube
    rule: AggregationRule
    about: dict[str, Any] = field(default_factory=dict)

    def table(self) -> CountTable:
        """The table as linked protection takes it."""
        sensitive = tuple(frozenset(group) for group in self.about.get("sensitive", ()))
        return CountTable(self.cube, **{**self.about, "sensitive": sensitive})

    def under(self, **changed: Any) -> Made:
        """The same table under a changed rule."""
        return replace(self, rule=replace(self.rule, **changed))


@st.composite
def leaf_counts(draw: st.DrawFn, shape: tuple[int, ...]) -> np.ndarray:
    """How many people are in each leaf cell: up to four of five cells are empty, most others are small."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    empty = draw(st.sampled_from([0.0, 0.2, 0.5, 0.8]))
    large = draw(st.sampled_from([4, 12, 60]))
    counts = random.integers(1, large + 1, size=shape) * (random.random(shape) >= empty)
    return np.asarray(counts, dtype=np.int64)


@st.composite
def tables(draw: st.DrawFn, *, most_cells: int = 48) -> Made:
    """A table with every total, and its rule."""
    sizes = draw(
        st.lists(st.integers(2, 4), min_size=2, max_size=4).filter(lambda found: np.prod(found) <= most_cells)
    )
    made = plain_dimensions(sizes)
    if draw(st.booleans()):
        made[0] = with_parents(leaves=4)
        sizes[0] = 4
    about: dict[str, Any] = {}
    zeros = draw(st.sampled_from(list(Zeros)))
    rule = AggregationRule(Sensitivity.INTERNAL, k=draw(st.integers(3, 6)), share_base=0, zeros=zeros)
    if draw(st.booleans()):
        made[-1] = dimension("q", ["yes", "no", "none"])
        sizes[-1] = 3
        about["over"] = "q"
        rule = replace(rule, share_base=draw(st.sampled_from([0, 8, 10])))
        if draw(st.booleans()):
            about["leave_out"] = ("none",)
        if zeros is not Zeros.SHOWN and draw(st.booleans()):
            about["sensitive"] = ({"yes"},)
            rule = replace(rule, tau=rule.k)
    return Made(whole_cube(made, draw(leaf_counts(tuple(sizes)))), rule, about)


@st.composite
def tiny(draw: st.DrawFn) -> Made:
    """A table of six cells with a handful of people, small enough to write down every table that fits."""
    counts = draw(st.lists(st.integers(0, 4), min_size=6, max_size=6))
    zeros = draw(st.sampled_from(list(Zeros)))
    rule = AggregationRule(Sensitivity.INTERNAL, k=3, share_base=0, zeros=zeros)
    return Made(whole_cube(plain_dimensions([2, 3]), np.array(counts).reshape(2, 3)), rule)
