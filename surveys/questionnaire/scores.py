"""Scores as published instruments define them: which answers give how many points, and how they are added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from datasets.cubes import LocalText

from .question import Polarity


class Method(StrEnum):
    """How the points of the items become one number."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Licence:
    """Who owns an instrument and on what terms it may be used."""

    name: str
    holder: str
    url: str = ""


@dataclass(frozen=True)
class ScoreBand:
    """A span of the score with words of its own, both ends within it."""

    code: str
    text: LocalText
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True)
class Score:
    """One number worked out of several answers.

    An item gives the points of `points`, or else the number that its choice's code is, or else the choice's place
    from 0. Items in `reversed_items` are turned round. At most `most_missing` items may lack an answer; a sum is
    then taken as if the missing had been answered like the others (the mean of the answered ones). The raw number
    is looked up in `table` where there is one, else multiplied by `multiply` and increased by `add`.
    """

    code: str
    title: LocalText
    items: tuple[str, ...]
    reversed_items: frozenset[str] = frozenset()
    points: Mapping[str, Decimal] = field(default_factory=dict)
    most_missing: int = 0
    method: Method = Method.SUM
    multiply: Decimal = Decimal(1)
    add: Decimal = Decimal(0)
    table: Mapping[Decimal, Decimal] = field(default_factory=dict)
    bands: tuple[ScoreBand, ...] = ()
    polarity: Polarity = Polarity.NONE
    licence: Licence | None = None

    def band_of(self, value: Decimal) -> ScoreBand | None:
        """The band that a value of the score falls in."""
        return next((band for band in self.bands if band.lowest <= value <= band.highest), None)
