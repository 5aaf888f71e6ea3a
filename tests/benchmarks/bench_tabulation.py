"""Counting a large survey: ``python -m tests.benchmarks.bench_tabulation [--largest 1000000] [--no-fetch]``.

Forty questions, each over municipality × age band × gender × occupation with every margin, by
`surveys.results.counting`; and DuckDB with the same columns, which counts the combinations alone (`plain`) and
with all margins (`cube`). The ratio is to plain counting; the target is 2. Seconds and memory at 10⁴, 10⁵ and
10⁶ answers with two fits of each: figure = a · answers^b, where nothing that grows faster than the answers has a b
over 1, and a straight line, which tells apart what the tables cost from what the answers do. The fetch from
PostgreSQL into columns is measured apart, with its own fits. Synthetic answers from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tests.benchmarks.growth import kilobytes, watch_from_now

TARGET = 2.0
SEED = 7
QUESTIONS, CHOICES = 40, 6
SHAPE = (290, 4, 3, 8)
NAMES = ("municipality", "age", "gender", "occupation")
BATCH = 50_000
TIMES = 3
"""Each is measured so often, and the quickest counts: others use the machine too."""


@dataclass(frozen=True)
class People:
    """Synthetic answers: a column for each background, and one for each question (-1 not asked, 0 no answer)."""

    backgrounds: tuple[NDArray[np.int16], ...]
    answers: NDArray[np.int16]


def simulated(number: int) -> People:
    """People in municipalities of uneven size, spread over the other backgrounds."""
    random = np.random.default_rng(SEED)
    size = random.lognormal(0, 0.9, SHAPE[0])
    homes = random.choice(SHAPE[0], number, p=size / size.sum()).astype(np.int16)
    others = [random.integers(0, groups, number, dtype=np.int16) for groups in SHAPE[1:]]
    answers = random.integers(-1, CHOICES + 1, (QUESTIONS, number), dtype=np.int16)
    return People((homes, *others), answers)


def ours(people: People) -> int:
    """Count every question with every margin; give how many answers were counted."""
    from datasets.cubes import Category, Dimension
    from surveys.results.answer_dimensions import with_sums
    from surveys.results.counting import counted, strata_of

    words = {"sv": ""}
    codes = [[*(f"{at}" for at in range(size)), "all"] for size in (CHOICES + 2, *SHAPE)]
    dimensions = [
        Dimension(f"d{at}", words, tuple(Category(code, words) for code in own), total="all")
        for at, own in enumerate(codes)
    ]
    strata = strata_of(people.backgrounds, SHAPE, len(people.backgrounds[0]))
    total = 0
    for coded in people.answers:
        counts = counted(strata, coded, CHOICES)
        for axis, dimension in enumerate(dimensions):
            counts = with_sums(counts, axis, dimension)
        total += int(counts.flat[-1])
    return total


def duck(people: People, grouped: str) -> int:
    """The same by DuckDB from the same columns, read as Arrow without a copy."""
    names = dict(zip(NAMES, people.backgrounds, strict=True))
    table = pa.table({**names, **{f"q{at}": coded for at, coded in enumerate(people.answers)}})
    connection = duckdb.connect()
    connection.register("answers", table)
    total = 0
    for at in range(QUESTIONS):
        groups = grouped.format(question=f"q{at}")
        found = connection.sql(f"SELECT {', '.join(NAMES)}, q{at}, count(*) AS n FROM answers GROUP BY {groups}")
        total += len(found.to_arrow_table())
    return total


PLAIN = ", ".join(NAMES) + ", {question}"
CUBE = "CUBE (" + ", ".join(NAMES) + ", {question})"
WAYS: dict[str, Callable[[People], int]] = {
    "ours": ours,
    "duckdb plain": lambda people: duck(people, PLAIN),
    "duckdb cube": lambda people: duck(people, CUBE),
}


def measured(way: str, number: int) -> tuple[float, int]:
    """Seconds, and the bytes by which a process of its own grows over its columns."""
    told, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(way, number, tell))
    process.start()
    found: tuple[float, int] = told.recv()
    process.join()
    return found


def _measure(way: str, number: int, tell: Connection) -> None:
    work = WAYS[way]
    work(simulated(1000))
    people = simulated(number)
    before = watch_from_now()
    begun = time.perf_counter()
    work(people)
    seconds = time.perf_counter() - begun
    tell.send((seconds, (kilobytes("VmHWM") - before) * 1024))


def fit(sizes: Sequence[int], figures: Sequence[float], unit: str) -> str:
    """figure = a · size^b and figure = c + d · size in words, a and d for a million; by least squares.

    The power is fitted to the logarithms, the line to the figures as shares of what they are.
    """
    millions = np.asarray(sizes) / 1_000_000
    power, level = np.polyfit(np.log(millions), np.log(figures), 1)
    each, alone = np.polyfit(millions, figures, 1, w=1 / np.asarray(figures))
    return f"{math.exp(level):.3g} {unit} · millions^{power:.2f}; {alone:.3g} + {each:.3g} {unit} · millions"


def counting(sizes: Sequence[int]) -> dict[str, Any]:
    """What counting takes by each way and size."""
    found = {
        way: [min(measured(way, size) for _time in range(TIMES)) for size in sizes]
        for way in WAYS
        if way != "duckdb cube"
    }
    found["duckdb cube"] = [measured("duckdb cube", sizes[-1])]
    columns = [size * (len(SHAPE) + QUESTIONS) * 2 for size in sizes]
    totals = [width + each[1] for width, each in zip(columns, found["ours"], strict=True)]
    return {
        "answers": list(sizes),
        "seconds": {way: [round(each[0], 3) for each in every] for way, every in found.items()},
        "grown by MB": {way: [round(each[1] / 1e6, 1) for each in every] for way, every in found.items()},
        "columns MB": [round(width / 1e6, 1) for width in columns],
        "fit of time": fit(sizes, [each[0] for each in found["ours"]], "s"),
        "fit of memory, columns included": fit(sizes, [total / 1e6 for total in totals], "MB"),
        "ratio to duckdb plain": round(found["ours"][-1][0] / found["duckdb plain"][-1][0], 3),
        "ratio to duckdb cube": round(found["ours"][-1][0] / found["duckdb cube"][-1][0], 3),
        "target": TARGET,
    }


def fetching(sizes: Sequence[int]) -> dict[str, Any]:
    """What it takes to bring a round's answers from PostgreSQL into columns, in this process."""
    import tests.plugins.database as database

    database.become_one_process("main")
    import django

    django.setup()
    seconds, grown = [], []
    _fetched(_stored(1000))
    for size in sizes:
        survey_round = _stored(size)
        before = watch_from_now()
        begun = time.perf_counter()
        columns = _fetched(survey_round)
        seconds.append(time.perf_counter() - begun)
        grown.append((kilobytes("VmHWM") - before) * 1024 / 1e6)
        assert columns.values.shape == (size, len(SHAPE) + QUESTIONS - 1)
        del columns
    return {
        "answers": list(sizes),
        "seconds": [round(each, 2) for each in seconds],
        "grown by MB": [round(each, 1) for each in grown],
        "columns MB": [round(size * (len(SHAPE) + QUESTIONS - 1) * 2 / 1e6, 1) for size in sizes],
        "fit of time": fit(sizes, seconds, "s"),
        "fit of memory": fit(sizes, grown, "MB"),
    }


def _fetched(survey_round: Any) -> Any:
    from django.db import transaction

    from portal.tenancy.scope import scope
    from surveys.results.tabulation import columns_fetch
    from tests.conftest import working_as

    asked = [question for question in survey_round.version.content if question.is_coded]
    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        return columns_fetch(survey_round, *asked)


def _stored(size: int) -> Any:
    """A round with so many random answers, written as the shuffle writes them."""
    from django.db import connection, transaction

    from portal.tenancy.scope import scope
    from surveys.models import Questionnaire, QuestionnaireVersion, SurveyRound
    from surveys.models.questionnaire_version import definition_hash
    from tests.conftest import working_as
    from tests.world import make_world

    with transaction.atomic():
        tenant = _tenants.setdefault("one", make_world().alvik if "one" not in _tenants else None)
    definition = _definition()
    with transaction.atomic(), scope(tenant.pk):
        asked = Questionnaire.objects.create(code=f"size-{size}", title={"sv": "Storlek"})
        version = QuestionnaireVersion.objects.create(
            questionnaire=asked, number=1, definition=definition, definition_hash=definition_hash(definition)
        )
        survey_round: SurveyRound = SurveyRound.objects.create(title="Storlek", version=version, asker="Alvik")
    drawn = "(SELECT array_agg((random() * {most})::smallint) FROM generate_series(1, {width}) WHERE i > 0)"
    backgrounds, answers = (drawn.format(most=most, width=width) for most, width in ((3, 3), (CHOICES, QUESTIONS)))
    with working_as("worker"):
        for start in range(0, size, BATCH):
            with transaction.atomic(), scope(tenant.pk), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO surveys_response (id, tenant_id, round_id, background, answers) "
                    f"SELECT gen_random_uuid(), %s, %s, {backgrounds}, {answers} FROM generate_series(1, %s) AS i",
                    [tenant.pk, survey_round.pk, min(BATCH, size - start)],
                )
    return survey_round


_tenants: dict[str, Any] = {}


def _definition() -> dict[str, Any]:
    """Three background questions and forty others, each with six answers."""
    words = {"sv": "Fråga", "en": "Question"}
    choices = [{"code": f"a{at}", "text": {"sv": f"Svar {at}", "en": f"Answer {at}"}} for at in range(CHOICES)]
    names = [*NAMES[1:], *(f"q{at}" for at in range(QUESTIONS))]
    return {
        "format": 1,
        "code": "size",
        "version": 1,
        "languages": ["sv", "en"],
        "title": words,
        "minutes": 5,
        "scales": [],
        "sections": [{"code": "all", "title": words}],
        "questions": [
            {"code": name, "section": "all", "kind": "single", "text": words, "label": words, "choices": choices,
             "background": name in NAMES, "measures": "context", "since": 1}
            for name in names
        ],
    }  # fmt: skip


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--no-fetch", action="store_true")
    chosen = parser.parse_args()
    steps = round(math.log10(chosen.largest)) - 3
    sizes = [chosen.largest // 10**step for step in reversed(range(max(2, steps)))]
    print(json.dumps({"counting": counting(sizes)}, indent=1), flush=True)
    if not chosen.no_fetch:
        print(json.dumps({"fetching": fetching(sizes)}, indent=1))


if __name__ == "__main__":
    main()
