"""A table of people that is tried before it is published: its counts, or the means that rest on them."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.cubes import Cube, Unit
from datasets.disclosure import Contributions, CountTable, ProtectedCube, ProtectedMeans, Step, protect_means
from datasets.services.fingerprints import input_key
from datasets.services.previews import Trial


@dataclass(frozen=True)
class PeopleTrial(Trial):
    """A table of people on its way in; where a mean is asked for, with what everybody contributes to it."""

    contributions: Contributions | None = None
    decimals: int = 1
    unit: str = ""

    def protect(self, cube: Cube, further: tuple[Step, ...] = ()) -> ProtectedCube:  # type: ignore[override]
        """The counts, hidden also where the mean that rests on them must be. Raises RefusedToPublish."""
        if self.contributions is None:
            return super().protect(cube, further)
        return self.means().counts

    def means(self) -> ProtectedMeans:
        """The means of the table's cells, and their counts. Raises RefusedToPublish."""
        assert self.contributions is not None
        unit = Unit(dict.fromkeys(("sv", "en"), self.unit), self.decimals) if self.unit else None
        return protect_means(
            CountTable(self.cube),
            self.contributions,
            self.rule,
            unit=unit,
            decimals=self.decimals,
            earlier=self.earlier,
            input_key=input_key(),
        )
