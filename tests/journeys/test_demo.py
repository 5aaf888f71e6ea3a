"""What a visitor of the demo finds of its dialogues: made by the demo's own code, with each part's own rights.

Without its survey rounds, whose answers take most of the time and have tests of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from dialogues.models import Dialogue, RecordVersion
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues import coming, held, hold_dialogues, neighbour
from portal.demo.figures import publish_local_data
from portal.demo.knowledge import gather_knowledge
from portal.demo.people import Demo, make_tenants_and_people
from portal.demo.roles import working_as
from portal.tenancy.scope import scope
from tests.conftest import empty_all_tables


@contextmanager
def as_the_demo_is_made() -> Iterator[None]:
    """The process works as `worker`, and has `web` beside it."""
    web = connections["default"]
    settings = web.settings_dict
    worker = settings | {"OPTIONS": settings["OPTIONS"] | {"assume_role": "vaxtkraft_worker"}}
    connections["web"] = web
    connections["default"] = DatabaseWrapper(worker, alias="default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = web
        del connections["web"]


@pytest.fixture(scope="module")
def demo(django_db_blocker: Any) -> Iterator[Demo]:
    with django_db_blocker.unblock():
        try:
            with as_the_demo_is_made():
                with working_as("web"):
                    made = make_tenants_and_people()
                publish_local_data(made)
                gather_knowledge(made)
                hold_dialogues(made)
            Authenticator.objects.bulk_create(
                Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": uuid4().hex})
                for user in made.people.values()
            )
            yield made
        finally:
            empty_all_tables()
            connections["default"].close()


def reads(demo: Demo, who: str, address: str) -> str:
    """What somebody reads at an address."""
    client = Client()
    client.force_login(demo.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def address_of(demo: Demo, code: str, title: str, page: str = "") -> str:
    tenant = demo.municipalities[code]
    with transaction.atomic(), scope(tenant.pk):
        return f"/k/{tenant.slug}/dialoger/{Dialogue.in_scope().get(title=title).pk}/{page}"


@pytest.mark.usefixtures("db")
def test_the_start_pages_show_what_waits(demo: Demo) -> None:
    bos = reads(demo, "Bo", "/k/lindsala/")
    assert neighbour.BUS in bos and neighbour.NEXT in bos
    almas = reads(demo, "Alma", "/k/ekstavik/")
    assert "Bjud in Arbetsförmedlingen" in almas and coming.TITLE in almas
    assert "Klar att hålla" in almas
    assert held.TITLE in reads(demo, "Gun", "/k/ekstavik/")


@pytest.mark.usefixtures("db")
def test_a_dialogue_was_held_and_its_record_is_final_for_the_second_time(demo: Demo) -> None:
    closing = reads(demo, "Alma", address_of(demo, held.PLACE, held.TITLE, "avslut/"))
    assert "6 svar" in closing and "4,3" in closing and coming.TITLE in closing
    assert "Version 2" in reads(demo, "Alma", address_of(demo, held.PLACE, held.TITLE, "protokoll/"))
    page = reads(demo, "Alma", address_of(demo, held.PLACE, held.TITLE))
    assert "Läs protokollet" in page and "Gör protokollet" not in page
    assert "Noor och Lo" in page and "Maj" not in page  # who said no did not take part
    with transaction.atomic(), scope(demo.municipalities[held.PLACE].pk):
        newest, first = RecordVersion.in_scope().filter(dialogue__title=held.TITLE)
        assert first.final_at < newest.final_at < timezone.now()


@pytest.mark.usefixtures("db")
def test_the_next_dialogue_opens_with_what_was_promised_in_every_state(demo: Demo) -> None:
    page = reads(demo, "Alma", address_of(demo, held.PLACE, coming.TITLE))
    for step in held.STEPS:
        assert step.text in page
    assert "Klart" in page and "Fast" in page and "Hur tar sig unga hem på kvällen?" in page
    invited = reads(demo, "Alma", address_of(demo, held.PLACE, coming.TITLE, "inbjudan/"))
    assert "4 kommer, 1 kanske, 1 kan inte, 2 har inte svarat" in invited
    assert coming.GAP[0] in page


@pytest.mark.usefixtures("db")
def test_what_came_of_it_is_followed_planned_and_judged(demo: Demo) -> None:
    activities = reads(demo, "Alma", "/k/ekstavik/dialoger/aktiviteter/")
    assert "Fritidsgården Eken har öppet längre" in activities and "1 förebyggande" in activities
    plans = reads(demo, "Alma", "/k/ekstavik/dialoger/handlingsplan/")
    assert "3 aktiviteter" in plans
    radar = reads(demo, "Alma", "/k/ekstavik/dialoger/sjalvvardering/")
    assert "7 svar" in radar and "8 svar" in radar
    wishes = reads(demo, "Dag", "/k/ekstavik/dialoger/dataonskemal/")
    assert "Lån på biblioteket" in wishes and "4 instämmer" in wishes


@pytest.mark.usefixtures("db")
def test_ideas_and_counts_cross_the_region_and_nothing_else_does(demo: Demo) -> None:
    assert "Låt unga själva öppna gården" in reads(demo, "Bo", "/k/lindsala/dialoger/idebank/")
    county = reads(demo, "Rut", "/k/region-solmark/dialoger/lanet/")
    assert "2 dialoger hållna" in county and "2 av 7 nästa steg klara" in county
    assert "buss, cykel, skjuts" in county
    assert neighbour.BUS not in county and held.SUMMARY[:40] not in county


def test_the_clock_is_put_right_again() -> None:
    before = timezone.now()
    with as_of(days_from_now(-30)), as_of(days_from_now(-60)):
        assert timezone.now() < before
    assert timezone.now() >= before
    assert Dialogue._meta.get_field("created_at").get_default() >= before
