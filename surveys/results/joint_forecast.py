"""Before a joint round opens: which municipalities will probably be shown alone, and which with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.results.forecast import safely_above
from surveys.results.grouping import joined_with_neighbours


@dataclass(frozen=True)
class JointForecast:
    """Municipalities by name: those that will probably stand alone, and those that will be put together.

    `is_even` where nobody knows how many young people live in each, so that all are counted alike.
    """

    answers: int
    is_guess: bool
    is_even: bool
    alone: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]


def joint_forecast(
    *,
    names: Mapping[str, str],
    areas: Sequence[Sequence[str]],
    living: Mapping[str, float],
    answers: int,
    is_guess: bool,
    base: int,
) -> JointForecast:
    """What so many answers will show, spread over municipalities by how many young people live in each."""
    places = list(names)
    is_even = not all(living.get(place) for place in places)
    people = [1.0 if is_even else living[place] for place in places]
    sizes = [round(answers * one / sum(people)) for one in people]
    order = [[places.index(place) for place in area if place in names] for area in areas]
    groups = [
        tuple(names[places[at]] for at in group)
        for group in joined_with_neighbours(sizes, safely_above(base), order)
    ]
    return JointForecast(
        answers=answers,
        is_guess=is_guess,
        is_even=is_even,
        alone=tuple(group[0] for group in groups if len(group) == 1),
        together=tuple(group for group in groups if len(group) > 1),
    )
