"""Asking without waiting: the clock goes on by as much as somebody sleeps."""

from __future__ import annotations

from datetime import date

from datasets.connectors import Asker, Kolada, Limits, PxWebApi1, PxWebApi2
from tests.sources import kolada, pxweb
from tests.sources.server import SourceServer

PLACES = {"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "0186": "Lidingö", "0192": "Nynäshamn"}
QUICK = Limits(connect=1, silence=0.4, whole=1.0, most_bytes=5_000_000, tries=4, longest_wait=60, rest=120)


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


def asker(base: str, clock: Clock | None = None, limits: Limits = QUICK) -> Asker:
    clock = clock or Clock()
    return Asker(base, limits, sleep=clock.sleep, now=clock.now)


def of_kolada(server: SourceServer, clock: Clock | None = None, limits: Limits = QUICK) -> Kolada:
    return Kolada(asker(server.url + kolada.ROOT, clock, limits), PLACES, today=lambda: date(2025, 6, 1))


def of_pxweb(server: SourceServer, clock: Clock | None = None, limits: Limits = QUICK) -> PxWebApi2:
    return PxWebApi2(asker(server.url + pxweb.ROOT2, clock, limits))


def of_pxweb1(server: SourceServer, clock: Clock | None = None) -> PxWebApi1:
    return PxWebApi1(asker(server.url + pxweb.ROOT1, clock))
