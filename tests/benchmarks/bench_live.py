"""A note on the other screens: ``python -m tests.benchmarks.bench_live URL [--dialogues 20] [--screens 10]``.

Against a running portal with the demo (`make run`; its people are signed in by their buttons). Each dialogue has a
code, as many screens as asked for join by it, and all listen to their streams; then one screen of each dialogue
writes a note every few seconds. Told are p50, p95 and p99 of the time from sending a note to having its text on
another screen (the stream's word and the fetch that follows), and how many never came. The target is p95 ≤ 2 s
with 20 dialogues of 10 screens. Then the presenter of each dialogue turns a page now and then; told is how long it
took until the room's screens showed it (target: 0.2 s; the presenter's own page does not wait for anybody).
What is written stays in the demo: use one that may be thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

ACCEPT = {"Accept": "application/json"}


@dataclass
class Tally:
    """What was sent when, and how long it took to each other screen."""

    sent: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    expected: int = 0
    turned: dict[str, tuple[int, float]] = field(default_factory=dict)
    slid: list[float] = field(default_factory=list)


class Screen:
    """A device that joined: listens to its stream, and asks for what is new when told."""

    def __init__(self, client: httpx.AsyncClient, room: str, tally: Tally) -> None:
        self.client, self.room, self.tally = client, room, tally
        self.change: int | None = None
        self.shown = 1
        self.seen: set[str] = set()
        self.token = ""
        self.is_listening = asyncio.Event()

    async def enter(self) -> None:
        page = (await self.client.get(self.room)).text
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]
        await self.ask()

    async def listen(self) -> None:
        async with self.client.stream("GET", f"{self.room}handelser/", timeout=None) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line == "event: changed":
                    self.is_listening.set()
                    await self.ask()

    async def ask(self) -> None:
        after = "" if self.change is None else f"?efter={self.change}"
        log = (await self.client.get(f"{self.room}anteckningar/{after}", headers=ACCEPT)).json()
        self.change = log["change"]
        number, at = self.tally.turned.get(self.room, (0, 0.0))
        if log["screen"] == number and self.shown != number:
            self.tally.slid.append(time.monotonic() - at)
        self.shown = log["screen"]
        for note in log["notes"]:
            if note["text"] in self.tally.sent and not note["mine"] and note["text"] not in self.seen:
                self.seen.add(note["text"])
                self.tally.took.append(time.monotonic() - self.tally.sent[note["text"]])

    async def write(self, others: int) -> None:
        text = f"bench {uuid4()}"
        self.tally.sent[text] = time.monotonic()
        self.tally.expected += others
        fields = {"kind": "idea", "text": text, "write_key": str(uuid4()), "csrfmiddlewaretoken": self.token}
        answer = await self.client.post(f"{self.room}ny/", data=fields, headers=ACCEPT)
        answer.raise_for_status()


async def coordinator(base: str) -> httpx.AsyncClient:
    """Somebody of the demo who may hold dialogues, signed in by their button."""
    client = httpx.AsyncClient(base_url=base, follow_redirects=True, timeout=60)
    page = (await client.get("/demo/")).text
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    form = next(one for one in forms if "Bo" in re.sub(r"<[^>]+>", " ", one).split())
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    action = re.search(r'action="([^"]*)"', form)
    await client.post(action[1] if action else "/demo/", data=fields, headers={"Referer": base})
    return client


async def open_dialogue(client: httpx.AsyncClient, slug: str, number: int) -> str:
    """A new dialogue with people let in; its code."""
    page = (await client.get(f"/k/{slug}/dialoger/ny/")).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]
    goal = re.search(r'name="goal" value="(\w+)"', page)[1]  # type: ignore[index]
    fields = {"theme": "", "goal": goal, "title": f"Mätning {number}", "csrfmiddlewaretoken": token}
    made = await client.post(f"/k/{slug}/dialoger/ny/", data=fields)
    one = re.search(rf"/k/{slug}/dialoger/[0-9a-f-]{{36}}/", str(made.url))[0]  # type: ignore[index]
    shown = await client.post(f"{one}kod/ny/", data={"csrfmiddlewaretoken": token})
    code = re.search(r'join-code__code">(\w{4}) (\w{4})<', shown.text)
    assert code is not None, shown.text[:500]
    return code[1] + code[2]


async def join(base: str, code: str, tally: Tally) -> Screen:
    client = httpx.AsyncClient(base_url=base, timeout=60)
    page = (await client.get(f"/delta/{code}/")).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]
    answer = await client.post(f"/delta/{code}/", data={"csrfmiddlewaretoken": token})
    screen = Screen(client, answer.headers["location"], tally)
    await screen.enter()
    return screen


async def turn(leader: httpx.AsyncClient, room: str, number: int, tally: Tally) -> None:
    """Show another screen, as the presenter's script does."""
    one = re.sub(r"^/delta/([^/]+)/", r"/k/\1/dialoger/", room)
    tally.turned[room] = (number, time.monotonic())
    fields = {"screen": str(number), "csrfmiddlewaretoken": leader.cookies["csrf"]}
    (await leader.post(f"{one}visa/skarm/", data=fields)).raise_for_status()


async def measure(base: str, slug: str, dialogues: int, screens: int, notes: int, pause: float) -> Tally:
    tally, leader = Tally(), await coordinator(base)
    rooms = []
    for number in range(dialogues):
        code = await open_dialogue(leader, slug, number)
        rooms.append([await join(base, code, tally) for _each in range(screens)])
    listeners = [asyncio.create_task(screen.listen()) for room in rooms for screen in room]
    await asyncio.wait_for(asyncio.gather(*(s.is_listening.wait() for room in rooms for s in room)), 60)

    async def talk(room: list[Screen], start: float) -> None:
        await asyncio.sleep(start)
        for turn in range(notes):
            await room[turn % len(room)].write(len(room) - 1)
            await asyncio.sleep(pause)

    await asyncio.gather(*(talk(room, pause * place / len(rooms)) for place, room in enumerate(rooms)))
    await asyncio.sleep(5)
    for number in range(2, 5):
        for room in rooms:
            await turn(leader, room[0].room, number, tally)
            await asyncio.sleep(pause / len(rooms) * 2)
    await asyncio.sleep(2)
    for listener in listeners:
        listener.cancel()
    return tally


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("--slug", default="lindsala")
    options.add_argument("--dialogues", type=int, default=20)
    options.add_argument("--screens", type=int, default=10)
    options.add_argument("--notes", type=int, default=10)
    options.add_argument("--pause", type=float, default=2.0)
    asked = options.parse_args()
    tally = asyncio.run(measure(asked.url, asked.slug, asked.dialogues, asked.screens, asked.notes, asked.pause))
    took = sorted(tally.took)
    told = {f"p{share}_s": round(took[min(len(took) * share // 100, len(took) - 1)], 3) for share in (50, 95, 99)}
    slid = sorted(tally.slid)
    told |= {f"slide_p{share}_s": round(slid[len(slid) * share // 100], 3) for share in (50, 95)}
    told |= {"arrived": len(took), "expected": tally.expected, "notes": len(tally.sent)}
    json.dump(told, sys.stdout)
    print()


if __name__ == "__main__":
    main()
