"""A survey of many municipalities, from answers to clean tables: the base once, then each question by itself.

    python -m tests.benchmarks.bench_survey [--municipalities 26] [--questions 40] [--processes 2]

Synthetic people from a fixed seed. Each question is published by municipality and one background question, for
three of them. Prints seconds, what is hidden, and the ratio to the target.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension, Role
from datasets.disclosure import AggregationRule, CountTable, RefusedToPublish, Sensitivity
from datasets.disclosure.questions.asking import ProtectedBase, protect_base, protect_question
from tests.unit.datasets.disclosure.making import counted, dimension

TARGETS = {26: 90.0, 290: 900.0}
PER_MUNICIPALITY = 230
RULE = AggregationRule(Sensitivity.INTERNAL, k=5, share_base=10, tau=5)
BACKGROUNDS = {"age": (0.4, 0.35, 0.25), "gender": (0.5, 0.46, 0.04), "occupation": (0.4, 0.25, 0.15, 0.12, 0.08)}


@dataclass(frozen=True)
class Survey:
    """Synthetic answers: dimensions, and the leaf of each person in each."""

    groups: tuple[Dimension, ...]
    places: tuple[NDArray[np.int64], ...]
    geo: Dimension
    homes: NDArray[np.int64]
    seed: int


def simulated(municipalities: int, seed: int = 20) -> Survey:
    """Municipalities of uneven size in counties, and people spread over three background questions."""
    random = np.random.default_rng(seed)
    counties = max(1, round(municipalities / 14))
    codes = [f"{1 + at % counties:02}{at:03}" for at in range(municipalities)]
    size = random.lognormal(0, 0.9, municipalities)
    number = PER_MUNICIPALITY * municipalities
    homes = random.choice(municipalities, number, p=size / size.sum())
    groups = tuple(dimension(code, [f"{code}{at}" for at in range(len(p))]) for code, p in BACKGROUNDS.items())
    places = tuple(random.choice(len(p), number, p=p) for p in BACKGROUNDS.values())
    above = {code: f"L{code[:2]}" for code in codes} if counties > 1 else {}
    return Survey(groups, places, dimension("municipality", codes, parents=above, role=Role.GEO), homes, seed)


def base_tables(survey: Survey) -> list[CountTable]:
    """How many took part, by municipality and each background question."""
    return [
        CountTable(counted([survey.geo, group], [survey.homes, place]))
        for group, place in zip(survey.groups, survey.places, strict=True)
    ]


def question_tables(survey: Survey, number: int) -> list[CountTable]:
    """One question by municipality and each background question; three in a hundred gave no answer."""
    random = np.random.default_rng([survey.seed, number])
    choices = int(random.integers(2, 7))
    chosen = random.choice(choices, len(survey.homes), p=random.dirichlet(np.full(choices, 2.0)))
    answered = random.random(len(survey.homes)) > 0.03
    code = f"question{number:02}"
    asked = Dimension(
        code,
        {"sv": code},
        tuple(Category(c, {"sv": c}) for c in [*(f"a{at}" for at in range(choices)), "answered"]),
        total="answered",
    )
    return [
        CountTable(
            counted([survey.geo, asked, group], [survey.homes[answered], chosen[answered], place[answered]]),
            over=code,
        )
        for group, place in zip(survey.groups, survey.places, strict=True)
    ]


def protect_one(base_json: dict[str, object], municipalities: int, number: int) -> tuple[int, int, float]:
    """Cells, hidden cells and CPU seconds of one question; every cell hidden where it is refused."""
    begun = time.process_time()
    base = ProtectedBase.from_json(base_json)
    tables = question_tables(simulated(municipalities), number)
    try:
        cubes = protect_question(base, tables, RULE)
    except RefusedToPublish as refused:
        print(f"  question {number}: {refused}")
        cells = sum(table.cube.size for table in tables)
        return cells, cells, time.process_time() - begun
    cells, hidden = (sum(getattr(cube.report, name) for cube in cubes) for name in ("cells", "hidden"))
    return cells, hidden, time.process_time() - begun


def lines(municipalities: int, questions: int, processes: int) -> Iterator[str]:
    """Run it, and say what was measured."""
    begun = time.perf_counter()
    base = protect_base(base_tables(simulated(municipalities)), RULE)
    seconds = time.perf_counter() - begun
    shown = [(cube.report.cells, cube.report.hidden) for cube in base.cubes]
    yield f"base: {shown} cells and hidden, {len(base.witnesses)} second tables, {seconds:.1f} s"
    stored = base.to_json()
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(protect_one, stored, municipalities, at) for at in range(questions)]
        found = [each.result() for each in waiting]
    seconds = time.perf_counter() - begun
    cells, hidden = sum(one[0] for one in found), sum(one[1] for one in found)
    yield f"{questions} questions: {cells} cells, {hidden} hidden ({100 * hidden / cells:.1f} %)"
    yield f"CPU a question: median {np.median([one[2] for one in found]):.1f} s"
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    yield f"peak memory of a process: {peak / 1024:.0f} MB"
    yield f"from answers to clean tables: {seconds:.1f} s with {processes} processes"
    if municipalities in TARGETS and questions == 40:
        yield f"ratio to the target of {TARGETS[municipalities]:.0f} s: {seconds / TARGETS[municipalities]:.2f}"


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--municipalities", type=int, default=26)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    for line in lines(chosen.municipalities, chosen.questions, chosen.processes):
        print(line, flush=True)


if __name__ == "__main__":
    main()
