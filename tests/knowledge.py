"""Voices, offers and versions of the system map for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant, User
from datasets.models import Offer, SystemMapVersion, Voice
from datasets.reach import Reach
from datasets.services import offers, system_map, voices
from datasets.system_map import MapFactor, SystemMap
from portal.tenancy.scope import scope
from tests.world import World

WORDS = "På gården får man vara den man är"


def make_voice(tenant: Tenant, by: User | None = None, text: str = WORDS, **given: Any) -> Voice:
    """A draft."""
    described = {"kind": "quote", "method": "workshop", "year": 2026, "factors": ["belonging"], **given}
    with transaction.atomic(), scope(tenant.pk):
        return voices.voice_register(by=by, text=text, **described)


def waiting_voice(tenant: Tenant, by: User, text: str = WORDS, **given: Any) -> Voice:
    """A voice that waits for review."""
    voice = make_voice(tenant, by, text, **given)
    with transaction.atomic(), scope(tenant.pk):
        return voices.voice_send(voice=voice, by=by)


def used_voice(
    tenant: Tenant, author: User, reviewer: User, text: str = WORDS, reach: Reach = Reach.OWN, **given: Any
) -> Voice:
    """A voice that a second person let be used."""
    voice = waiting_voice(tenant, author, text, **given)
    with transaction.atomic(), scope(tenant.pk):
        return voices.voice_publish(voice=voice, reach=reach, by=reviewer)


def sent_long_ago(voice: Voice) -> None:
    """As if the voice had been sent for review two days ago."""
    with transaction.atomic(), scope(voice.tenant_id):
        Voice.objects.filter(pk=voice.pk).update(sent_at=timezone.now() - timedelta(days=2))


def map_draft_of(world: World) -> SystemMapVersion:
    """A draft that the region's admin has begun."""
    with transaction.atomic(), scope(world.region.pk):
        return system_map.system_map_begin(region=world.region, by=world.rut)


def make_offer(tenant: Tenant, title: str = "Öppen kväll", **given: Any) -> Offer:
    """An offer on the map, for its own people to see."""
    described = {
        "kind": "promoting", "age_bands": ["15-17", "18-19"], "situations": ["occupied"],
        "factors": ["leisure"], "provider": "" if "department" in given else "Ungas förening", **given,
    }  # fmt: skip
    with transaction.atomic(), scope(tenant.pk):
        return offers.offer_add(by=None, title=title, **described)


def published_map(
    world: World, label: str = "Köer i vården", why: str = "Det saknades hos oss."
) -> SystemMapVersion:
    """A version in which the region has added a factor of its own, and hidden joy."""
    draft = map_draft_of(world)
    with transaction.atomic(), scope(world.region.pk):
        added = MapFactor("own_koer", "society", {"sv": label}, {"sv": "Att få vänta länge."})
        system_map.factor_put(draft=draft, factor=added, by=world.rut)
        joy = SystemMap.from_json(draft.content).find("joy")
        assert joy is not None
        system_map.factor_put(draft=draft, factor=replace(joy, is_hidden=True), by=world.rut)
        return system_map.system_map_publish(draft=draft, why=why, by=world.rut)
