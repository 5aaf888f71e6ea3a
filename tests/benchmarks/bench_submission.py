"""Sending answers, against a bare Django view that inserts one row, on the same server.

    python -m tests.benchmarks.bench_submission [--repeats 5] [--submissions 1500] [--pupils 1200]

All are granian with the portal's workers, threads and pool, before one PostgreSQL that writes to the disk as in
earnest. The bare view is measured in two ways (`bare_view.py`): "ordinary" under the middleware that every new
Django project has, reading the fields of a form of the same size; "bare" without any middleware, keeping the body
unread. Rates are taken in turn and compared by their medians (target 0.8); beside each stands the processor time
that the web process took, which a busy machine does not change much. Then submissions come at 100 a
second by the clock (target: p99 under 250 ms); then 1 200 pupils begin within a minute behind one address, go
through every page without script, and one in twenty sends twice. Prints one JSON object. Synthetic answers from a
fixed seed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ["VAXTKRAFT_TEST_DURABLE"] = "1"

import tests.plugins.database as database
from tests.benchmarks.loading import Reply, Wire, as_fast_as_it_goes, by_the_clock, request_of
from tests.work import work_for

RATIO, SLOWEST, A_SECOND, MINUTE = 0.8, 0.250, 100, 60.0
WIRES = 16
SEED = 12
EASY = 1
"""Bits of the proof of work: checking one costs the same as in earnest, making thousands would not be measured."""
BARE = "tests.benchmarks.bare_view:application"
Fields = list[tuple[str, str]]
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


def answers_of(chance: random.Random) -> Fields:
    """What one synthetic person answers to every question of the wellbeing questionnaire."""
    from surveys.questionnaire import Kind, wellbeing

    fields: Fields = []
    for question in wellbeing():
        kept = [band.code for band in question.bands if not band.outside]
        codes = kept or [choice.code for choice in question.choices if not choice.is_exclusive]
        if question.kind is Kind.TEXT:
            fields.append((question.code, "Fler tider på kvällen i hallen, och bussar hem efteråt."))
        else:
            several = min(2, question.max_choices or 2) if question.kind is Kind.MULTIPLE else 1
            fields += [(question.code, code) for code in chance.sample(codes, several)]
    return fields


def forms(survey_round: Any, number: int) -> list[Fields]:
    """So many finished forms as the page's script sends them, each with a key of its own."""
    from surveys.answering.form_key import new_key

    chance = random.Random(SEED)
    found = []
    for _ in range(number):
        key = new_key(survey_round.id)
        own = [
            ("form", str(key.number)),
            ("key", key.signature),
            ("work", work_for(key.number, EASY)),
            ("go", "send"),
        ]
        found.append([*own, *answers_of(chance)])
    return found


def checked(replies: Sequence[Reply], sign: bytes) -> None:
    """Nothing counts as served that was not."""
    wrong = [reply for reply in replies if reply.status != 200 or sign not in reply.body]
    if wrong:
        raise SystemExit(
            f"{len(wrong)} of {len(replies)} were not served: {wrong[0].status} {wrong[0].body[:400]!r}"
        )


TOKEN = "b" * 32
"""What the ordinary view's check of a forged form compares: once in a cookie, once in the form."""


def processor_seconds(site: str) -> float:
    """What the web process of an address, and all in its group, have used of the processors till now."""
    port = site.rpartition(":")[2].encode()
    groups: dict[int, float] = {}
    web = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parts = (folder / "stat").read_text().rpartition(")")[2].split()
            group = int(parts[2])
            groups[group] = groups.get(group, 0.0) + int(parts[11]) + int(parts[12])
            words = (folder / "cmdline").read_bytes().split(b"\0")
            web = group if b"granian" in words and port in words else web
    return groups[web] / os.sysconf("SC_CLK_TCK")


Place = tuple[str, bytes, list[tuple[str, str]], str]
"""An address, the sign that it served, what a form for it begins with, and a cookie."""


def rates(
    sites: dict[str, str], address: str, make: Callable[[int], list[Fields]], repeats: int, size: int
) -> dict[str, Any]:
    """Submissions a second on each side, in turn, and the milliseconds of the web process for each."""
    places: dict[str, Place] = {
        "ours": (address, b"data-done", [], ""),
        "ordinary": ("/bare/", b"stored", [("csrfmiddlewaretoken", TOKEN)], f"csrftoken={TOKEN}"),
        "bare": ("/bare/", b"stored", [], ""),
    }
    found: dict[str, list[float]] = {side: [] for side in places}
    used: dict[str, list[float]] = {side: [] for side in places}
    for turn in range(repeats + 1):
        for side, (path, sign, own, cookie) in places.items():
            site = sites[side]
            requests = [request_of(site, path, own + fields, cookie) for fields in make(size if turn else 200)]
            before = processor_seconds(site)
            rate, replies = asyncio.run(as_fast_as_it_goes(site, requests, WIRES))
            checked(replies, sign)
            if turn:  # the first is for warming up
                found[side].append(rate)
                used[side].append(1000 * (processor_seconds(site) - before) / size)
    middle = {side: statistics.median(every) for side, every in found.items()}
    return {
        **{f"{side} a second": [round(rate) for rate in every] for side, every in found.items()},
        **{f"{side} ms of processor": round(statistics.median(every), 2) for side, every in used.items()},
        "ratio to the ordinary view": round(middle["ours"] / middle["ordinary"], 3),
        "ratio to the bare view": round(middle["ours"] / middle["bare"], 3),
        "target": RATIO,
    }


def quantiles(took: Sequence[float]) -> dict[str, float]:
    """Milliseconds."""
    ordered = sorted(took)
    return {f"p{share}": round(1000 * ordered[len(ordered) * share // 100], 1) for share in (50, 95, 99)}


def steady(site: str, address: str, made: list[Fields]) -> dict[str, Any]:
    """A hundred submissions a second, by the clock."""
    requests = [request_of(site, address, fields) for fields in made]
    took, replies = asyncio.run(by_the_clock(site, requests, A_SECOND))
    checked(replies, b"data-done")
    return {"a second": A_SECOND, "submissions": len(took), **quantiles(took), "target of p99": 1000 * SLOWEST}


async def _pupil(
    site: str, address: str, due: float, is_repeating: bool, seed: int
) -> Iterator[float] | list[float]:
    """From the first page to thanks, page by page as without script; seconds of each page."""
    given = answers_of(random.Random(seed))
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    wire, took, fields = Wire(site), [], None
    while True:
        begun = time.perf_counter()
        request = request_of(site, address, fields)
        reply = await wire.ask(request)
        took.append(time.perf_counter() - begun)
        text = reply.body.decode()
        if reply.status != 200 or len(took) > 20:
            raise SystemExit(f"A pupil was not served: {reply.status} {text[:400]}")
        if "data-done" in text:
            break
        shown = set(re.findall(r'data-question="([^"]*)"', text))
        go = "send" if 'name="go" value="send"' in text else "on"
        hidden = _HIDDEN.findall(text)
        fields = [*hidden, *(each for each in given if each[0] in shown), ("go", go)]
        fields.append(("work", work_for(UUID(dict(hidden)["form"]), EASY)))
        await asyncio.sleep(random.random())
    if is_repeating:
        reply = await wire.ask(request)
        if reply.status != 200 or b"data-done" not in reply.body:
            raise SystemExit("A form sent twice was not answered.")
    wire.close()
    return took


def burst(site: str, address: str, pupils: int) -> dict[str, Any]:
    """So many pupils beginning within a minute from one address."""

    async def everyone() -> list[Any]:
        start = time.perf_counter()
        return await asyncio.gather(
            *(_pupil(site, address, start + MINUTE * at / pupils, at % 20 == 0, at) for at in range(pupils))
        )

    begun = time.perf_counter()
    took = [seconds for pages in asyncio.run(everyone()) for seconds in pages]
    return {
        "pupils": pupils,
        "pages": len(took),
        "seconds in all": round(time.perf_counter() - begun, 1),
        **quantiles(took),
        "slowest ms": round(1000 * max(took)),
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--submissions", type=int, default=1500)
    parser.add_argument("--pupils", type=int, default=1200)
    chosen = parser.parse_args()
    database.become_one_process("main")
    import django

    django.setup()
    from django.db import connection, transaction

    from tests.conftest import working_as
    from tests.plugins.serving import served
    from tests.rounds import open_round, rows
    from tests.world import make_world

    with transaction.atomic():
        world = make_world()
    survey_round = open_round(world)
    with working_as("owner"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_row (id uuid PRIMARY KEY, answers bytea NOT NULL)")
        cursor.execute("GRANT SELECT, INSERT ON benchmark_row TO vaxtkraft_survey")
    address = f"/svara/{survey_round.public_code}/"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vk-bench-")))
        folder.chmod(0o711)
        sites = {
            "ours": stack.enter_context(served(folder / "ours", VAXTKRAFT_WORK_BITS=str(EASY))),
            "ordinary": stack.enter_context(served(folder / "ordinary", BARE, VAXTKRAFT_BENCH_MIDDLEWARE="1")),
            "bare": stack.enter_context(served(folder / "bare", BARE, VAXTKRAFT_BENCH_MIDDLEWARE="0")),
        }

        def make(number: int) -> list[Fields]:
            return forms(survey_round, number)

        found: dict[str, Any] = {"load before": round(os.getloadavg()[0], 2)}
        found["rate"] = rates(sites, address, make, chosen.repeats, chosen.submissions)
        found["at 100 a second"] = steady(sites["ours"], address, make(2000))
        stored = len(rows("surveys_intakerow", "id"))
        found["burst"] = burst(sites["ours"], address, chosen.pupils)
        found["burst"]["stored"] = len(rows("surveys_intakerow", "id")) - stored
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
