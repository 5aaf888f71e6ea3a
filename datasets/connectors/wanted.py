"""What is wanted of a source, and what every source can be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from datasets.cubes import Cube

from .definition import Definition
from .keeping import Kept, Told


class Kind(StrEnum):
    """The interfaces that can be spoken."""

    PXWEBAPI2 = "pxwebapi2"
    PXWEBAPI1 = "pxwebapi1"
    KOLADA = "kolada"


@dataclass(frozen=True)
class Wanted:
    """A table or key figures, and the part of them to fetch.

    ``choice`` gives for each variable codes or expressions (``*``, ``01??``, ``top(5)``, ``from(2015)``); a
    variable left out is the source's to add up. ``codelists`` names another set of values for a variable.
    ``groups`` are categories to add together under a new code, of a variable whose figures may be added. ``older``
    is the table's path in the source's older interface, for when the newer one lacks it.
    """

    kind: Kind
    ids: tuple[str, ...]
    choice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codelists: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    lang: str = "sv"
    older: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for storing."""
        return {
            "kind": str(self.kind),
            "ids": list(self.ids),
            "choice": {code: list(chosen) for code, chosen in self.choice.items()},
            "codelists": dict(self.codelists),
            "groups": {code: {k: list(v) for k, v in groups.items()} for code, groups in self.groups.items()},
            "lang": self.lang,
            "older": self.older,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Wanted:
        """What was wanted, again."""
        return cls(
            kind=Kind(stored["kind"]),
            ids=tuple(stored["ids"]),
            choice={code: tuple(chosen) for code, chosen in stored.get("choice", {}).items()},
            codelists=dict(stored.get("codelists", {})),
            groups={
                code: {key: tuple(members) for key, members in groups.items()}
                for code, groups in stored.get("groups", {}).items()
            },
            lang=str(stored.get("lang", "sv")),
            older=str(stored.get("older", "")),
        )


@dataclass(frozen=True)
class Fetched:
    """Figures from a source, with its name as it wants to be named and the licence it gives."""

    cube: Cube
    source: str
    licence: str = ""


class Connector(Protocol):
    """A source that can be asked. Every method raises SourceError."""

    def describe(self, wanted: Wanted) -> Definition:
        """What the source says that the table or key figure is, without figures."""

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The wanted figures as one cube."""
