"""Dialogues for tests: a data set with figures, a dialogue, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import numpy as np
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from datasets.cubes import Category, Cube, Dimension, Role, Unit
from datasets.disclosure import AggregationRule, Sensitivity, Zeros, protect
from datasets.models import Chart, Dataset
from datasets.services.releases import release_publish
from dialogues.models import Dialogue, Participant, Slide
from dialogues.services.deck import slide_add
from dialogues.services.holding import dialogue_begin
from dialogues.services.preparing import dialogue_create, participant_add
from portal.tenancy.scope import identify, scope
from tests.conftest import client_of, working_as
from tests.tables import MEASURABLE
from tests.world import World

FINDING = "45,0\N{NO-BREAK SPACE}%"
"""A figure that is in the sentence of every chart made here."""

QUERY = "kind=line&x=year&series=gender"


@contextmanager
def at_work(world: World, tenant: str = "alvik") -> Iterator[None]:
    """A transaction in the scope of a municipality, also where the test is in none."""
    with transaction.atomic(), scope(getattr(world, tenant).pk):
        yield


def years_by_gender(start: float = 40.0) -> Cube:
    """Shares in per cent by year and gender: open figures, nothing to protect."""
    years = tuple(Category(str(year), {"sv": str(year)}) for year in range(2019, 2025))
    genders = (Category("girls", {"sv": "Flickor"}), Category("boys", {"sv": "Pojkar"}))
    values = np.array([[start + n, start + 12 - n / 2] for n in range(len(years))])
    return Cube(
        dimensions=(
            Dimension("year", {"sv": "År", "en": "Year"}, years, role=Role.TIME),
            Dimension("gender", {"sv": "Kön", "en": "Gender"}, genders),
        ),
        values=values,
        statuses=np.zeros(values.shape, dtype=np.uint8),
        title={"sv": "Trivs på fritiden", "en": "Enjoy their free time"},
        unit=Unit({"sv": "procent", "en": "per cent"}, 1),
        source="Exempelkällan",
    )


def make_dataset(
    title: str = "Trivs på fritiden", *, measures: str = "protective", factor: str = "leisure"
) -> Dataset:
    """A data set with one release; call in scope."""
    rule = AggregationRule(Sensitivity.OPEN, k=0, share_base=0, mean_base=0, zeros=Zeros.SHOWN)
    dataset: Dataset = Dataset.objects.create(
        title=title,
        source="Exempelkällan",
        measures=measures,
        factors=[factor],
        fit_for=[1],
        **MEASURABLE,
        rule=rule.to_json(),
        sort_key=title.lower(),
        sensitivity="open",
    )
    with working_as("worker"):
        table = ("trivs", {"sv": title}, protect(years_by_gender(), rule))
        release_publish(dataset=dataset, tables=[table], rule=rule, by=None)
    return dataset


def make_chart(dataset: Dataset, title: str = "Trivs på fritiden, över tid") -> Chart:
    """A saved chart of the data set; call in scope."""
    chart: Chart = Chart.objects.create(dataset=dataset, table_code="trivs", query=QUERY, title=title)
    return chart


def make_dialogue(world: World, *, begun: bool = False, title: str = "En bra fritid", **details: Any) -> Dialogue:
    """A dialogue that Alma prepares; call in scope."""
    identify(world.alma.pk)
    dialogue = dialogue_create(title=title, theme="leisure", goal="ideas", by=world.alma, **details)
    if begun:
        dialogue_begin(dialogue=dialogue, by=world.alma)
        dialogue.refresh_from_db()
    return dialogue


def add_slide(dialogue: Dialogue, world: World, **details: Any) -> Slide:
    """A chart in the deck; call in scope."""
    return slide_add(dialogue=dialogue, chart=make_chart(make_dataset(**details)), by=world.alma)


def invite_gun(dialogue: Dialogue, world: World) -> Participant:
    """Let the guest into one dialogue; call in scope."""
    return participant_add(
        dialogue=dialogue,
        name="Gun",
        role="Områdespolis",
        organisation="Polisen",
        email=world.gun.email,
        by=world.alma,
    )


def fresh_key() -> str:
    """A write key as a page makes one."""
    return str(uuid4())


def queries(world: World, address_: str, who: str = "fia") -> int:
    """How many questions a page asks the database when it is opened for the second time."""
    client = client_of(world, who)
    client.get(address_)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address_).status_code == 200
    ours = [query["sql"] for query in seen if "set_config" not in query["sql"] and "SAVEPOINT" not in query["sql"]]
    return len(ours)


SHELL = 6
"""Session, person, second factor, memberships, audiences, scope: the same on every page."""
