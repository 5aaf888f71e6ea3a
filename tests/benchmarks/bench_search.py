"""Searching among 5 000 data sets: ``python -m tests.benchmarks.bench_search``.

A database of its own holds as many synthetic data sets of one tenant, and as many again of another that must not
be found. Each question is asked in turn with the yardstick's plain query by title; the ratio is to the target of
100 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time

import tests.plugins.database as database

TARGET = 0.100
SEED = 31
QUESTIONS = (
    "hur mår unga som varken arbetar eller studerar",
    "fritid",
    "skolfrånvaro i gymnasiet",
    "bibliotekslån",
    "Who has someone to turn to?",
    "inkomst boende jobb efter gymnasiet",
    "ordsomintefinns",
    "vad ger unga glädje och mening här",
)
SUBJECTS = ("Frånvaro", "Besök på fritidsgården", "Boklån", "Välbefinnande", "Inkomst", "Trygghet",
            "Valdeltagande", "Psykiska besvär", "Elever i kulturskolan", "Invånare", "Arbetslösa")  # fmt: skip
HEADS = ("rum", "del", "vår", "blå", "tal", "led", "mått", "plan", "lag", "sak")
TAILS = ("lista", "bild", "skrift", "verk", "ordning", "gång", "sätt", "sida", "punkt", "krets")
FILLING = tuple(head + tail for head in HEADS for tail in TAILS)
PLACES = ("i kommunen", "i länet", "i riket", "efter kön", "efter ålder", "i centrum", "på landsbygden")


def main() -> None:
    """Fill a database, ask, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasets", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    database.become_one_process("main")
    import django

    django.setup()
    print(json.dumps(_measure(options.datasets, options.rounds), indent=1))


def _measure(size: int, rounds: int) -> dict[str, object]:
    from django.db import transaction

    from datasets.models import Dataset
    from datasets.selectors import DatasetSearch, datasets_for
    from portal.tenancy.scope import scope
    from tests.world import make_world

    with transaction.atomic():
        world = make_world()
    for tenant in (world.alvik, world.bjorkvik):
        with transaction.atomic(), scope(tenant.pk):
            Dataset.objects.bulk_create(_datasets(tenant.pk, size), batch_size=500)
    ours: list[float] = []
    plain: list[float] = []
    hits = {}
    for _round in range(rounds):
        for question in QUESTIONS:
            with transaction.atomic(), scope(world.alvik.pk):
                began = time.perf_counter()
                found = datasets_for(DatasetSearch(words=question))
                hits[question] = (len(found[:30]), found.count())
                ours.append(time.perf_counter() - began)
                began = time.perf_counter()
                titled = Dataset.objects.filter(title__icontains=question.split()[0])
                _ = len(titled[:30]), titled.count()
                plain.append(time.perf_counter() - began)
    ninety_fifth = sorted(ours)[len(ours) * 95 // 100]
    return {
        "data sets": size,
        "asked": len(ours),
        "median ms": round(statistics.median(ours) * 1000, 1),
        "p95 ms": round(ninety_fifth * 1000, 1),
        "ratio to 100 ms": round(ninety_fifth / TARGET, 2),
        "plain title query, median ms": round(statistics.median(plain) * 1000, 1),
        "ratio to plain": round(statistics.median(ours) / statistics.median(plain), 1),
        "found": hits,
    }


def _datasets(tenant_id: object, size: int) -> list[object]:
    from datasets.content import factors, themes
    from datasets.exploring import told_of
    from datasets.models import Dataset

    chance = random.Random(SEED)
    keys, theme_keys = [factor.key for factor in factors()], [theme.key for theme in themes()]
    made = []
    for number in range(size):
        title = f"{chance.choice(SUBJECTS)} {chance.choice(PLACES)} {number}"
        said = [chance.choice(SUBJECTS + PLACES), *(chance.choice(FILLING) for _ in range(60))]
        text = " ".join(said)
        words = f"{title}\n{text}".casefold()
        made.append(
            Dataset(
                tenant_id=tenant_id,
                audience_id=tenant_id,
                title=title,
                description=text,
                source="Syntetiska siffror",
                fit_for=[2],
                factors=chance.sample(keys, 2),
                themes=chance.sample(theme_keys, 1),
                coverage={group: {} for group in chance.sample(["15-17", "18-19", "20-24", "neither"], 2)},
                search_words=words,
                ideas=told_of(words, ()),
                sort_key=title.casefold(),
            )
        )
    return made


if __name__ == "__main__":
    main()
