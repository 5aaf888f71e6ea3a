"""Protection from counts to a clean audit: seconds of the processor, what is hidden, and what more safety costs.

    python -m tests.benchmarks.bench_protect [--large] [--prices]

On the given tables what is hidden is compared with the peer's (zeros may be secondary), and with ``--prices`` also
under the insider and with intervals. ``--large`` adds the four-way table of 290 municipalities, 60 000 simulated
respondents, seed fixed: the target is 20 seconds on one core.
"""

from __future__ import annotations

import argparse
import csv
import resource
from collections.abc import Iterator

from datasets.disclosure.engine import Demands, Outcome, make_safe
from datasets.disclosure.model import System
from datasets.disclosure.rule import Zeros
from tests.benchmarks.simulated import FOUR_WAY, simulated_system
from tests.shared_data import shared_data
from tests.unit.datasets.disclosure.oracle import read_peer

PLAIN, INSIDER, INTERVAL = (
    Demands(Zeros.SECONDARY),
    Demands(Zeros.SECONDARY, insider=True),
    Demands(Zeros.SECONDARY, width=3),
)
TARGET = 20.0


def told(name: str, system: System, outcome: Outcome) -> str:
    """A line of figures."""
    seconds = ", ".join(f"{part} {value:.2f}" for part, value in outcome.seconds.items())
    primary = int(system.protected.sum())
    return f"{name:22} {primary:6} primary {int(outcome.hidden.sum()) - primary:6} secondary  {seconds} s"


def given_tables(prices: bool) -> Iterator[str]:
    """What is hidden in the given tables beside what the peer hides."""
    with shared_data("disclosure/oracle_log.csv").open(encoding="utf-8", newline="") as file:
        peers = {row["table"]: int(row["secondary"]) for row in csv.DictReader(file) if row["rule"] == "z0s"}
    ours = theirs = 0
    for name, peer in sorted(peers.items()):
        system = read_peer(name, "z0s").system
        outcome = make_safe(system, PLAIN, hides_zeros=False)
        hidden = int(outcome.hidden.sum() - system.protected.sum())
        ours, theirs = ours + hidden, theirs + peer
        yield f"{told(name, system, outcome)}  peer {peer}, ratio {hidden / peer:.3f}"
        for word, demands in (("insider", INSIDER), ("interval", INTERVAL)) if prices else ():
            more = make_safe(system, demands, hides_zeros=False)
            yield f"  {word}: {100 * (more.hidden.sum() / outcome.hidden.sum() - 1):.1f} % more hidden cells"
    yield f"secondaries in all: {ours}, peer {theirs}, ratio {ours / theirs:.3f}"


def four_way() -> Iterator[str]:
    """The large table."""
    system = simulated_system(FOUR_WAY)
    outcome = make_safe(system, PLAIN, hides_zeros=False)
    yield told(f"{len(system.names)} cells", system, outcome)
    seconds = sum(outcome.seconds.values())
    yield f"in all {seconds:.1f} s, ratio to the target of {TARGET:.0f} s: {seconds / TARGET:.2f}"


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--prices", action="store_true")
    chosen = parser.parse_args()
    make_safe(read_peer("T08_s26_kom_age_sex", "z0s").system, PLAIN, hides_zeros=False)  # compiles, if it has to
    for line in given_tables(chosen.prices):
        print(line, flush=True)
    if chosen.large:
        for line in four_way():
            print(line, flush=True)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
