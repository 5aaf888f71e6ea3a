"""A CSV file of a million rows: from bytes to a protected cube, beside DuckDB reading and grouping it alone.

    python -m tests.benchmarks.bench_csv [--rows 1000000] [--rounds 3]

Synthetic figures from a fixed seed: places, ages, genders, years, decimal commas; in UTF-8, in Windows-1252,
with quotation marks around every cell; with blank lines between and a remark below.
What is timed is all that happens to a file: finding out how it is written and what its columns are, reading it,
and passing it through as open data. Prints CPU seconds (medians), the ratio (at most 3), and the most memory
beyond the file itself, in files (less than 3): how far a process of its own grows that has the file already.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np

from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity, pass_through
from datasets.importers import read_csv, sniff_csv
from tests.benchmarks.growth import growth

TIMES_SLOWER, TIMES_THE_FILE = 3.0, 3.0
_GROUPED = """
SELECT "Kommunkod", "Ålder", "Kön", "År", sum(CAST(replace("Antal", ',', '.') AS DOUBLE))
FROM read_csv('{path}', delim=';', all_varchar=true) GROUP BY ALL
"""


def made(rows: int, seed: int = 20) -> bytes:
    """A synthetic file of so many rows, each about another combination."""
    figures = np.random.default_rng(seed).integers(0, 50_000, rows)
    ages, years = 100, 18
    lines = ["Kommunkod;Ålder;Kön;År;Antal"]
    for number, figure in enumerate(figures.tolist()):
        place, rest = divmod(number, ages * 2 * years)
        age, rest = divmod(rest, 2 * years)
        sex, year = divmod(rest, years)
        lines.append(
            f"{1000 + place};{age} år;{('kvinnor', 'män')[sex]};{2007 + year};{figure // 10},{figure % 10}"
        )
    return "\n".join([*lines, ""]).encode()


def read(data: bytes) -> ProtectedCube:
    """All that happens to a file on its way to a cube that may be shown."""
    guess = sniff_csv(data)
    assert guess.mapping is not None
    result = read_csv(data, guess.mapping)
    assert result.cube is not None
    return pass_through(result.cube, AggregationRule.default(Sensitivity.OPEN))


def seconds(data: bytes, rounds: int) -> float:
    """The median of the CPU seconds that one file takes."""
    taken = []
    for _round in range(rounds):
        begin = time.process_time()
        read(data)
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def other_seconds(data: bytes, rounds: int) -> float:
    """The median of the CPU seconds that DuckDB takes to read and group the same file."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        path.write_bytes(data)
        for _round in range(rounds):
            begin = time.process_time()
            duckdb.sql(_GROUPED.format(path=path)).fetchnumpy()
            taken.append(time.process_time() - begin)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    data = made(asked.rows)
    quoted = b"".join(b'"%s"\n' % line.replace(b";", b'";"') for line in data.splitlines())
    lines = data.splitlines(keepends=True)
    apart = (
        b"\n".join(b"".join(lines[at : at + 1000]) for at in range(0, len(lines), 1000)) + "\nKälla: vi\n".encode()
    )
    files = {"UTF-8": data, "Windows-1252": data.decode().encode("cp1252"), "Quoted": quoted, "Blank lines": apart}
    print(f"{asked.rows} rows, {len(data) / 1e6:.0f} MB")
    for name, written in files.items():
        # Windows' letters and remarks are none that DuckDB reads: its time is that of the plain file.
        others = other_seconds(data if name in ("Windows-1252", "Blank lines") else written, asked.rounds)
        own = seconds(written, asked.rounds)
        print(
            f"{name}: {own:.2f} s, DuckDB {others:.2f} s, {own / others:.1f} times (at most {TIMES_SLOWER:g}); "
            f"memory {growth(read, written, made(40_000)):.1f} files (less than {TIMES_THE_FILE:g})"
        )


if __name__ == "__main__":
    main()
