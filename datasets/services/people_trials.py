"""A table of people that is tried before it is published: its counts, or the means or sums that rest on them."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.cubes import Cube, Unit
from datasets.disclosure import (
    Contributions,
    CountTable,
    ProtectedCube,
    Step,
    protect_means,
    protect_sums,
)
from datasets.services.fingerprints import input_key
from datasets.services.previews import Trial


@dataclass(frozen=True)
class PeopleTrial(Trial):
    """A table of people on its way in; for a mean or a sum with what everybody contributes to it."""

    contributions: Contributions | None = None
    decimals: int = 1
    unit: str = ""
    is_summed: bool = False

    def protect(self, cube: Cube, further: tuple[Step, ...] = ()) -> ProtectedCube:  # type: ignore[override]
        """The counts, hidden also where what rests on them must be. Raises RefusedToPublish."""
        if self.contributions is None:
            return super().protect(cube, further)
        return self.measured()[1]

    def measured(self) -> tuple[ProtectedCube, ProtectedCube]:
        """The means or sums of the table's cells, and their counts. Raises RefusedToPublish."""
        assert self.contributions is not None
        unit = Unit(dict.fromkeys(("sv", "en"), self.unit), self.decimals) if self.unit else None
        table, given = CountTable(self.cube), self.contributions
        if self.is_summed:
            summed = protect_sums(table, given, self.rule, unit=unit, earlier=self.earlier, input_key=input_key())
            return summed.sums, summed.counts
        made = protect_means(
            table,
            given,
            self.rule,
            unit=unit,
            decimals=self.decimals,
            earlier=self.earlier,
            input_key=input_key(),
        )
        return made.means, made.counts
