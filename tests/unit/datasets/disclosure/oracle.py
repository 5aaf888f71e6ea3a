"""Tables that others protected: read as systems, with the cells that the peer hides."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.disclosure.model import System, no_rows
from tests.shared_data import shared_data


@dataclass(frozen=True)
class Peer:
    """A given table: its columns, its cells' codes, the system, and what the peer hides."""

    columns: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    system: System
    suppressed: NDArray[np.bool_]
    input: Path
    spec: Path


def read_peer(name: str, rule: str) -> Peer:
    """A given table under a rule of the peer: counts 1–4 hidden, under ``zp`` also zeros."""
    oracle = shared_data(f"disclosure/oracle/{name}__{rule}.csv")
    source, spec = shared_data(f"disclosure/inputs/{name}.csv"), shared_data(f"disclosure/specs/{name}.json")
    dims = json.loads(spec.read_text(encoding="utf-8"))["dims"]
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes, matrices, leaves = [], [], []
    for columns in dims.values():
        own = sorted({row[columns[0]] for row in rows})
        counts: dict[str, set[int]] = {leaf: {at} for at, leaf in enumerate(own)}
        for row in rows:
            for parent in columns[1:]:
                counts.setdefault(row[parent], set()).add(own.index(row[columns[0]]))
        counts["Total"] = set(range(len(own)))
        codes.append(sorted(counts))
        matrices.append(sp.csr_matrix([[at in counts[code] for at in range(len(own))] for code in codes[-1]]))
        leaves.append((columns[0], {leaf: at for at, leaf in enumerate(own)}))
    matrix = matrices[0].astype(np.int64)
    for one in matrices[1:]:
        matrix = sp.kron(matrix, one.astype(np.int64), format="csr")
    table = np.zeros([len(places) for _, places in leaves], dtype=np.int64)
    for row in rows:
        table[tuple(places[row[column]] for column, places in leaves)] += int(row["freq"])
    cells = tuple(product(*codes))
    counts_of = matrix @ table.ravel()
    protected = (counts_of < 5) & ((counts_of > 0) | (rule == "zp"))
    system = System(
        matrix=matrix.astype(np.int64),
        leaves=table.ravel(),
        relations=no_rows(matrix.shape[1]),
        at_least=no_rows(matrix.shape[1]),
        least=np.zeros(0, dtype=np.int64),
        shown=np.ones(len(cells), dtype=np.bool_),
        protected=protected,
        forced=np.zeros(len(cells), dtype=np.bool_),
        names=tuple(";".join(cell) for cell in cells),
    )
    return Peer(tuple(dims), cells, system, _suppressed(oracle, tuple(dims), cells), source, spec)


def write_output(peer: Peer, hidden: NDArray[np.bool_], path: Path) -> None:
    """A protected table in the form that the given attacker reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*peer.columns, "freq", "primary", "suppressed"])
        for cell, count, is_primary, is_hidden in zip(
            peer.codes, peer.system.counts.tolist(), peer.system.protected, hidden, strict=True
        ):
            out.writerow([*cell, count, str(bool(is_primary)).upper(), str(bool(is_hidden)).upper()])


def _suppressed(path: Path, columns: tuple[str, ...], cells: tuple[tuple[str, ...], ...]) -> NDArray[np.bool_]:
    with path.open(encoding="utf-8", newline="") as file:
        marks = {tuple(row[column] for column in columns): row["suppressed"] for row in csv.DictReader(file)}
    return np.array([marks[cell] == "TRUE" for cell in cells])
