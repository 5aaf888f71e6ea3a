"""A PC-Axis file of a million cells: how fast it is read beside another parser, and how much memory it takes.

    python -m tests.benchmarks.bench_px [--cells 1000000] [--pyaxis PYTHON] [--rounds 3]

``--pyaxis`` names the Python of an environment of its own where ``pyaxis`` 0.4.3 is installed, which is used for
nothing else; left out, its time is not measured and only our own is shown. Synthetic figures from a fixed seed.
Prints CPU seconds (medians), the ratio (at least 10), and the most memory beyond the file itself, in files
(less than 3), for a plain file, for one with signs and for one with KEYS.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np

from datasets.importers import read_px

TIMES_FASTER, TIMES_THE_FILE = 10.0, 3.0
_OTHER = """
import sys, time, logging
logging.disable(logging.CRITICAL)
from pyaxis import pyaxis
begin = time.process_time()
pyaxis.parse(uri=sys.argv[1], encoding="utf-8")
print(time.process_time() - begin)
"""


def made(cells: int, *, signs: float = 0.0, keys: bool = False, seed: int = 20) -> bytes:
    """A synthetic file of about so many cells: municipalities, ages, genders and years."""
    random = np.random.default_rng(seed)
    places = [f"{1000 + number}" for number in range(290)]
    ages = [str(age) for age in range(101)]
    years = [str(2026 - back) for back in range(max(1, round(cells / (290 * 101 * 2))))]
    figures = random.lognormal(4, 1.5, (290 * 101 * 2, len(years))).astype(np.int64).astype(str).astype(object)
    figures[random.random(figures.shape) < signs] = '".."'
    heads = [f'"{place}","{age}","{sex}",' for place in places for age in ages for sex in (1, 2)] if keys else None
    rows = (" ".join(row) for row in figures)
    body = "\n".join(f"{head}{row}" for head, row in zip(heads, rows, strict=True)) if heads else "\n".join(rows)
    return (_header(places, ages, years, keys=keys) + body + ";\n").encode()


def _header(places: list[str], ages: list[str], years: list[str], *, keys: bool) -> str:
    def listed(texts: list[str]) -> str:
        return ",".join(f'"{text}"' for text in texts)

    keyed = "".join(f'KEYS("{name}")=VALUES;\n' for name in ("region", "age", "sex")) if keys else ""
    return (
        'CHARSET="ANSI";\nAXIS-VERSION="2010";\nLANGUAGE="en";\nMATRIX="MADE";\nSUBJECT-CODE="ZZ";\n'
        'SUBJECT-AREA="Synthetic";\nTITLE="Synthetic people";\nCONTENTS="People";\nUNITS="number";\nDECIMALS=0;\n'
        f'STUB="region","age","sex";\nHEADING="year";\nVALUES("region")={listed(places)};\n'
        f'VALUES("age")={listed(ages)};\nVALUES("sex")="1","2";\nVALUES("year")={listed(years)};\n{keyed}DATA=\n'
    )


def seconds(data: bytes, rounds: int) -> float:
    """The median of the CPU seconds that one reading takes."""
    taken = []
    for _round in range(rounds):
        begin = time.process_time()
        assert read_px(data).cube is not None
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def memory(data: bytes) -> float:
    """The most memory that a reading needs beyond the file itself, in sizes of the file."""
    tracemalloc.start()
    result = read_px(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.cube is not None
    return peak / len(data)


def other_seconds(python: str, data: bytes) -> float:
    """The CPU seconds that the other parser takes for the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.px"
        path.write_bytes(data)
        run = subprocess.run([python, "-c", _OTHER, str(path)], capture_output=True, text=True, check=True)
    return float(run.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--pyaxis", default="", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    kinds = {"plain": {}, "signs": {"signs": 0.1}, "keys": {"keys": True}}
    for kind, how in kinds.items():
        data = made(asked.cells, **how)  # type: ignore[arg-type]
        ours, files = seconds(data, asked.rounds), memory(data)
        print(
            f"{kind}: {len(data) / 1e6:.1f} MB in {ours:.2f} s; {files:.1f} files of memory (< {TIMES_THE_FILE:g})"
        )
        if kind == "plain" and asked.pyaxis:
            theirs = other_seconds(asked.pyaxis, data)
            print(f"  pyaxis {theirs:.2f} s: {theirs / ours:.1f} times faster (at least {TIMES_FASTER:g})")
        elif kind == "plain":
            print("  pyaxis is not measured: name the Python that has it with --pyaxis")


if __name__ == "__main__":
    main()
