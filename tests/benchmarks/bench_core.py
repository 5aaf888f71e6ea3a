"""The core of disclosure control against the peer's: CPU seconds, memory, and other orders of candidates.

    python -m tests.benchmarks.bench_core [--table T06_d4_social] [--large] [--orders]

For each given table grouping, order and elimination together, compiled and in plain Python, as medians of CPU
seconds, beside what the peer took (R, GaussSuppression; from the log beside the given tables). ``--large``
adds generated tables, each in a process of its own, with its greatest memory. ``--orders`` counts what other
orders of candidates hide.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from datasets.disclosure.elimination import Core, least_suppression, secondary_suppression
from datasets.disclosure.model import Ints, System, compress, publication_order
from tests.benchmarks.simulated import FOUR_WAY, FOUR_WAY_YEARS, simulated_system
from tests.shared_data import shared_data
from tests.unit.datasets.disclosure.oracle import read_peer

LARGE = {"30k": FOUR_WAY, "118k": FOUR_WAY_YEARS}
PEERS_LARGE = {("30k", "z0n"): 222.0}
"""The peer's CPU seconds for another simulation of the same shape; for 118 560 cells it took over an hour."""
RULES = ("z0n", "z0s", "zp")


def peers_log() -> dict[tuple[str, str], dict[str, str]]:
    """What the peer took and hid, by table and rule."""
    with shared_data("disclosure/oracle_log.csv").open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["rule"]): row for row in csv.DictReader(file)}


def core_seconds(system: System, rule: str, core: Core) -> tuple[float, int]:
    """CPU seconds of the whole core, and how many cells it hides beside the protected ones."""
    started = time.process_time()
    compressed = compress(system)
    small = compressed.system
    secondary = secondary_suppression(small, publication_order(small, zeros_first=rule == "z0n"), core=core)
    seconds = time.process_time() - started
    return seconds, int((compressed.spread(secondary) & ~system.protected).sum())


def given_tables(only: str | None) -> Iterator[str]:
    """One line for each given table: seconds compiled and in plain Python, and the peer's as multiples of them."""
    yield f"{'table':22} {'cells':>7} {'compiled':>9} {'python':>8} {'peer':>8} {'ratio':>7} {'ratio':>7}"
    for (table, rule), row in peers_log().items():
        if rule != "z0n" or (only and table != only):
            continue
        system = read_peer(table, rule).system
        core_seconds(system, rule, Core.COMPILED)
        seconds = {core: statistics.median(core_seconds(system, rule, core)[0] for _ in range(5)) for core in Core}
        peer = float(row["cpu_s"])
        ratios = [f"{peer / seconds[core]:6.1f}×" for core in (Core.COMPILED, Core.PYTHON)]
        yield (
            f"{table:22} {int(row['cells']):7} {seconds[Core.COMPILED]:9.4f} {seconds[Core.PYTHON]:8.3f} "
            f"{peer:8.3f} {' '.join(ratios)}"
        )


def one_large(size: str, rule: str, core: Core) -> str:
    """One line for a generated table, with the greatest memory of this process."""
    system = simulated_system(LARGE[size], zeros=rule == "zp")
    if core is Core.COMPILED:
        core_seconds(simulated_system(((2, None),), municipalities=25, people=500), rule, core)
    seconds, secondary = core_seconds(system, rule, core)
    peer = PEERS_LARGE.get((size, rule))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{size:5} {rule:4} {core.value:9} {len(system.names):7} cells {int(system.protected.sum()):6} primary "
        f"{secondary:6} secondary {seconds:8.2f} s {megabytes:6.0f} MB {f'{peer / seconds:5.0f}×' if peer else ''}"
    )


def other_orders(system: System) -> dict[str, Ints]:
    """Orders of candidates that one could think of instead of larger counts first."""
    rows = np.flatnonzero(system.candidates)
    standard = publication_order(system, zeros_first=False)
    place = np.empty(len(system.names), dtype=np.int64)
    place[standard] = np.arange(len(standard))
    parts = np.diff(system.matrix.indptr)[rows]
    near = (system.matrix @ (system.matrix.T @ system.protected.astype(np.int64)))[rows]
    counts = system.counts[rows]
    magnitudes = -np.frexp(counts + 1.0)[1].astype(np.int64) * 10**6

    def order(key: Ints) -> Ints:
        return rows[np.lexsort((place[rows], key, counts == 0))]

    return {
        "larger counts": standard,
        "counts by fourth root of nearness": publication_order(system, zeros_first=False, nearness=4),
        "counts by root of nearness": publication_order(system, zeros_first=False, nearness=2),
        "counts by nearness": publication_order(system, zeros_first=False, nearness=1),
        "more leaf cells, then counts": order(-parts),
        "fewer protected near by": order(near),
        "magnitudes, then fewer protected": order(magnitudes + near),
        "magnitudes, then more leaf cells": order(magnitudes - parts),
        "smaller counts": order(counts),
    }


def orders() -> Iterator[str]:
    """What each order hides, on the given tables with zeros as secondaries."""
    sums: dict[str, list[int]] = {}
    for (table, rule), row in peers_log().items():
        if rule != "z0s":
            continue
        system = read_peer(table, rule).system
        compressed = compress(system)
        for name, order in other_orders(compressed.system).items():
            secondary = secondary_suppression(compressed.system, order)
            hidden = compressed.spread(secondary) & ~system.protected
            sums.setdefault(name, []).append(int(hidden.sum()))
        least = least_suppression(compressed.system, zeros_first=False)
        hidden = compressed.spread(least) & ~system.protected
        sums.setdefault("the one that loses least", []).append(int(hidden.sum()))
        sums.setdefault("the peer", []).append(int(row["secondary"]))
    for name, cells in sums.items():
        yield f"{name:34} {sum(cells):6} {cells}"


def main(say: Callable[[str], None] = print) -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--orders", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("SIZE", "RULE", "CORE"), help="one generated table")
    asked = parser.parse_args()
    if asked.one:
        say(one_large(asked.one[0], asked.one[1], Core(asked.one[2])))
        return
    for line in orders() if asked.orders else given_tables(asked.table):
        say(line)
    if asked.large:
        runs = [(size, rule, Core.COMPILED) for size in LARGE for rule in RULES]
        for size, rule, core in [*runs, *(("30k", rule, Core.PYTHON) for rule in RULES)]:
            command = [sys.executable, "-m", "tests.benchmarks.bench_core", "--one", size, rule, core.value]
            say(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip())


if __name__ == "__main__":
    main()
