"""Files of counts for tests: written as people write them, read back as a steward reads them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasets.disclosure import tablefile

PLACES = """region,county,age,freq
0114,01,15-17,12
0114,01,18-19,3
0115,01,15-17,30
0115,01,18-19,22
0201,02,15-17,41
0201,02,18-19,17
0202,02,15-17,25
0202,02,18-19,19
"""
SPEC: dict[str, Any] = {"dims": {"region": ["region", "county"], "age": ["age"]}, "freq": "freq"}


@dataclass(frozen=True)
class Files:
    """A table's files in a folder of their own."""

    source: Path
    spec: Path
    output: Path

    @classmethod
    def made(cls, folder: Path, text: str | bytes = PLACES, spec: Mapping[str, Any] | None = None) -> Files:
        """The files of a table; the output is not there yet."""
        files = cls(folder / "in.csv", folder / "spec.json", folder / "out.csv")
        files.source.write_bytes(text.encode() if isinstance(text, str) else text)
        files.spec.write_text(json.dumps(spec or SPEC), encoding="utf-8")
        return files

    def protect(self, *rules: str, k: int = 5, zeros: str = "secondary") -> dict[str, Any]:
        """Protect the table; what is told of it."""
        wanted = tablefile.asked(k, zeros, rules)
        return tablefile.protect_file(self.source, tablefile.read_spec(self.spec), wanted, self.output)

    def cells(self) -> dict[tuple[str, ...], str]:
        """Each published cell with its count, or nothing where it is hidden."""
        rows = self.rows()
        found = {
            tuple(row[name] for name in row if name not in ("freq", "primary", "suppressed")): row["freq"]
            for row in rows
        }
        assert len(found) == len(rows), "a cell stands twice"
        return found

    def rows(self) -> Sequence[dict[str, str]]:
        """The lines that were written."""
        with self.output.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
