"""A file of a million people: from bytes to protected counts, beside DuckDB reading and grouping it alone.

    python -m tests.benchmarks.bench_people [--rows 1000000] [--rounds 3]

Made-up people from a fixed seed, a row each: a number of their own, gender, year of birth, school, municipality
and hours with a decimal comma; in UTF-8, in Windows-1252, and with quotation marks around every cell.
What is timed is all that happens when the figures are published: reading, counting by gender, age and
municipality, and protecting. What a first look takes, at every column, is told beside it.
Prints CPU seconds (medians of rounds in turn), the ratio (at most 3), and the most memory beyond the file itself,
in files (less than 3): how far a process of its own grows that has the file already.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity, protect
from datasets.microdata import ColumnPlan, ColumnProfile, ColumnUse, PeoplePlan, aggregate, profile, read_people
from tests.benchmarks.growth import growth

TIMES_SLOWER, TIMES_THE_FILE = 3.0, 3.0
HEADINGS = ("Rad", "Kön", "Födelseår", "Skola", "Kommun", "Timmar")
PLACES = ("Ale", "Boden", "Ekerö", "Gävle", "Höör", "Kumla", "Malmö", "Nora", "Säter", "Ystad")
PLAN = PeoplePlan(
    columns=(
        ColumnPlan("Rad", ColumnUse.DROP),
        ColumnPlan("Kön", ColumnUse.DIMENSION, "", {"flicka": "Flickor", "pojke": "Pojkar"}),
        ColumnPlan("Födelseår", ColumnUse.BIRTH_YEAR),
        ColumnPlan("Skola", ColumnUse.DROP),
        ColumnPlan("Kommun", ColumnUse.PLACE, "", {place: place for place in PLACES}),
        ColumnPlan("Timmar", ColumnUse.DROP),
    ),
    year=2024,
)
_GROUPED = """
SELECT "Kön", "Kommun", CASE WHEN 2024 - born < 18 THEN 1 WHEN 2024 - born < 20 THEN 2 ELSE 3 END band, count(*)
FROM (
    SELECT "Kön", "Kommun", CAST("Födelseår" AS INTEGER) born
    FROM read_csv('{path}', delim=';', all_varchar=true)
)
WHERE 2024 - born BETWEEN 15 AND 29 GROUP BY ALL
"""


def made(rows: int, seed: int = 20) -> bytes:
    """A file of so many made-up people."""
    chance = np.random.default_rng(seed)
    kinds = np.array(("flicka", "pojke"))[chance.integers(0, 2, rows)]
    born = chance.integers(1993, 2012, rows)
    schools = chance.integers(1, 200, rows)
    places = np.array(PLACES)[chance.integers(0, len(PLACES), rows)]
    hours = chance.integers(0, 400, rows)
    columns = (kinds.tolist(), born.tolist(), schools.tolist(), places.tolist(), hours.tolist())
    lines = [";".join(HEADINGS)]
    lines += [
        f"{number};{kind};{year};Skola {school};{place};{time_ // 10},{time_ % 10}"
        for number, (kind, year, school, place, time_) in enumerate(zip(*columns, strict=True), start=1_000_001)
    ]
    return "\r\n".join([*lines, ""]).encode()


def publish(data: bytes) -> ProtectedCube:
    """All that happens to a file when its figures are published."""
    table = read_people(data, without=[one.heading for one in PLAN.of_use(ColumnUse.DROP)])
    found = aggregate(table, PLAN, title={"sv": "Unga"})
    return protect(found.cube, AggregationRule.default(Sensitivity.SENSITIVE))


def look(data: bytes) -> tuple[ColumnProfile, ...]:
    """A first look at a file of which nothing is known."""
    return profile(read_people(data))


def group(data: bytes) -> float:
    """The CPU seconds that DuckDB takes to read and group the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        path.write_bytes(data)
        begin = time.process_time()
        duckdb.sql(_GROUPED.format(path=path)).fetchnumpy()
        return time.process_time() - begin


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    """The CPU seconds that a piece of work takes."""
    begin = time.process_time()
    work(data)
    return time.process_time() - begin


def in_turn(data: bytes, plain: bytes, rounds: int) -> tuple[float, float, float]:
    """Medians: of publishing, of looking, and of DuckDB, which reads no Windows letters, with ``plain``."""
    taken = []
    for _round in range(rounds):
        others = group(plain)
        taken.append((seconds(publish, data), seconds(look, data), others))
    published, looked, grouped = (statistics.median(one) for one in zip(*taken, strict=True))
    return published, looked, grouped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    data, small = made(asked.rows), made(40_000)
    quoted = b"".join(b'"%s"\r\n' % line.replace(b";", b'";"') for line in data.splitlines())
    files = {"UTF-8": data, "Windows-1252": data.decode().encode("cp1252"), "Quoted": quoted}
    print(f"{asked.rows} people, {len(data) / 1e6:.0f} MB")
    for name, written in files.items():
        own, looked, others = in_turn(written, data if name == "Windows-1252" else written, asked.rounds)
        print(
            f"{name}: {own:.2f} s, DuckDB {others:.2f} s, {own / others:.1f} times (at most {TIMES_SLOWER:g}); "
            f"memory {growth(publish, written, small):.1f} files (less than {TIMES_THE_FILE:g}); a first look "
            f"{looked:.2f} s, {looked / others:.1f} times, memory {growth(look, written, small):.1f} files"
        )


if __name__ == "__main__":
    main()
