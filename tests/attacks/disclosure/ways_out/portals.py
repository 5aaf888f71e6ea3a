"""A portal in which a figure was planted: what everyone met in it, and what lay beside its pages."""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone
from django.utils.crypto import get_random_string

from tests.attacks.disclosure.ways_out.asking import charts_asked_for
from tests.attacks.disclosure.ways_out.planting import (
    Planted,
    everything_made_of_it,
    file_published,
    file_received,
    planting,
    round_published,
)
from tests.attacks.disclosure.ways_out.repeating import Repeating
from tests.attacks.disclosure.ways_out.searching import in_database, in_log, in_sessions, in_valkey
from tests.attacks.disclosure.ways_out.walking import Walk, walk
from tests.conftest import do_waiting_jobs, empty_all_tables
from tests.world import World, make_world

READERS = ("dag", "anyone")
Said = list[tuple[str, str]]


@dataclass(frozen=True)
class Portal:
    """Texts by the place where they were met: pages, mails and logs, rows of the database."""

    walk: Walk
    beside: Said
    database: Said
    began: datetime


def published(world: World, planted: Planted) -> None:
    """File and round brought in, published, opened to all, charted and talked about."""
    file_published(world, file_received(world, planted, do_waiting_jobs), do_waiting_jobs)
    round_published(world, planted, do_waiting_jobs)
    everything_made_of_it(world)
    do_waiting_jobs()


def file_alone(world: World, planted: Planted) -> None:
    """The file brought in and published, and nothing else."""
    file_published(world, file_received(world, planted, do_waiting_jobs), do_waiting_jobs)


def beside_the_pages(mails: Iterable[Any], records: Iterable[logging.LogRecord]) -> Said:
    """What is said in mails, logs, the cache and the connections' last statements."""
    written = [(f"mail to {one.to}", str(one.message())) for one in mails]
    return [*written, *in_log(records), *in_valkey(), *in_sessions()]


class Maker:
    """Makes portals one after the other, each from nothing, with the same chance and the same time."""

    def __init__(self, repeating: Repeating, keys_folder: Path) -> None:
        self._repeating, self._keys_folder = repeating, keys_folder

    def __call__(
        self,
        planted: Planted,
        *,
        fill: Callable[[World, Planted], None] = published,
        people: Iterable[str] = READERS,
        also: Callable[[World], list[str]] = charts_asked_for,
        hurried: Iterable[str] = (),
        began: datetime | None = None,
    ) -> Portal:
        """A portal with these figures, begun when another was. `people`, `also`, `hurried`: those of the walk."""
        self._repeating.first = began or self._repeating.first
        # Addresses are walked in the order of the rows, which has to be the same in every portal.
        empty_all_tables(in_order=True)
        cache.clear()
        rmtree(self._keys_folder, ignore_errors=True)
        mail.outbox = []
        with _listening() as records:
            self._repeating.begin("a portal")
            world = make_world()
            fill(world, planted)
            walked = walk(world, people, also=also(world), hurried=hurried, before=self._repeating.begin)
            beside = beside_the_pages(mail.outbox, records)
            return Portal(walked, beside, list(in_database()), self._repeating.first)

    def warm_up(self, fill: Callable[[World, Planted], None] = published) -> None:
        """Make a portal that nobody walks: what a process does once, at its first page, takes chance too."""
        self(planting(), fill=fill, people=(), also=lambda world: [])


@contextmanager
def making(blocker: Any, folder: Path) -> Iterator[Maker]:
    """Chance and time begin anew whenever the maker says so; the database is empty in the end."""
    with (
        pytest.MonkeyPatch.context() as patching,
        override_settings(API_CALLS=1_000_000, KEYS_DIR=folder / "keys"),
        blocker.unblock(),
    ):
        try:
            yield Maker(_repeating(patching), folder / "keys")
        finally:
            empty_all_tables()
            cache.clear()


def _repeating(patching: pytest.MonkeyPatch) -> Repeating:
    made = Repeating()

    class Moment(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return made.now(tz)

    patching.setattr(os, "urandom", made.bytes)
    patching.setattr(random, "_urandom", made.bytes)
    patching.setattr(timezone, "datetime", Moment)
    drawn = []
    for _twice in range(2):
        made.begin("both")
        drawn.append((uuid4(), get_random_string(32), timezone.now()))
    assert drawn[0] == drawn[1], "Python takes its random numbers, or Django its time, from elsewhere now"
    return made


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """All that is logged meanwhile, on every level."""
    records: list[logging.LogRecord] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            self.format(record)
            records.append(record)

    ear, root = Ear(), logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield records
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
