"""Every address × a person of another municipality, who has every right at home and knows all our numbers.

What is not theirs must be answered exactly like what does not exist: same status, same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy, deepcopy
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts.models import Membership
from portal.tenancy.scope import scope
from tests.attacks.tenants.rows import tenant_models
from tests.conftest import client_of, working_as
from tests.rules.test_url_matrix import MATRIX
from tests.world import World


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, here)
        else:
            yield pattern.name or "", here


ROUTES = [(name, route) for name, route in routes(get_resolver()) if name in MATRIX]
IN_A_PLACE = sorted(name for name, route in ROUTES if route.startswith("k/<slug:slug>/"))
WITH_A_NUMBER = sorted(name for name, route in ROUTES if "<slug:slug>" in route and "<uuid:" in route)
REFUSED = (404, 405)
"""405 where the address does not take the method, whoever asks and for whatever number."""


@pytest.fixture(scope="module")
def signed_in(standing: World) -> Client:
    """Bo, made admin of Björkvik: the most that somebody of another municipality can be."""
    with transaction.atomic(), scope(standing.bjorkvik.pk):
        Membership.objects.filter(user=standing.bo).update(role="municipality_admin")
    client = client_of(standing, "bo")
    client.raise_request_exception = False
    return client


@pytest.fixture
def world(standing: World, db: None) -> World:
    """What a test adds to the standing world goes with the test's own transaction."""
    return deepcopy(standing)


@pytest.fixture
def stranger(signed_in: Client, world: World) -> Client:
    client = copy(signed_in)
    client.cookies = deepcopy(signed_in.cookies)
    return client


def ids_of(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if isinstance(value, UUID)}


def said(response: Any, *written: object) -> tuple[int, str]:
    """Status and text of an answer, without what differs each time and without the address itself."""
    text = response.content.decode(errors="replace") if not response.streaming else "a stream"
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    location = response.headers.get("Location", "")
    for number in written:
        text, location = text.replace(str(number), "N"), location.replace(str(number), "N")
    return response.status_code, f"{location}\n{text}"


def fingerprints() -> dict[str, str]:
    """What every tenant's table holds, as the role that reads everything sees it."""
    each = (
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, ';' ORDER BY t.id), '')) FROM \"{table}\" t"
        for table in (model._meta.db_table for model in tenant_models())
    )
    with working_as("backup"), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


BY_CODE = {name for name in MATRIX if name.startswith(("dialogue-room", "room-"))}


METHODS = ("get", "post")


@pytest.mark.parametrize("name", IN_A_PLACE)
def test_at_their_address_it_does_not_exist(name: str, world: World, stranger: Client) -> None:
    arguments = MATRIX[name].arguments(world)
    before = fingerprints()
    for method in METHODS:
        response = getattr(stranger, method)(reverse(name, kwargs=arguments))
        missing = getattr(stranger, method)(reverse(name, kwargs={**arguments, "slug": "no-such-place"}))
        assert response.status_code in REFUSED, method
        assert said(response, *arguments.values()) == said(missing, "no-such-place", *arguments.values()), method
        assert fingerprints() == before, method


@pytest.mark.parametrize("name", WITH_A_NUMBER)
def test_at_ones_own_address_their_numbers_are_unknown(name: str, world: World, stranger: Client) -> None:
    arguments = MATRIX[name].arguments(world)
    numbers = ids_of(arguments)
    at_home = {**arguments, "slug": "bjorkvik"}
    nobodys = {**at_home, **{which: uuid4() for which in numbers}}
    before = fingerprints()
    for method in METHODS:
        response = getattr(stranger, method)(reverse(name, kwargs=at_home))
        unknown = getattr(stranger, method)(reverse(name, kwargs=nobodys))
        # A device without a grant is led to where a code is typed, whatever dialogue it asks for.
        is_led = name in BY_CODE and response.headers.get("Location") == reverse("dialogue-join")
        assert response.status_code in REFUSED or is_led, method
        assert said(response, *numbers.values()) == said(unknown, *ids_of(nobodys).values()), method
        assert fingerprints() == before, method


@pytest.mark.parametrize("slug", ["ALVIK", "Alvik", "al_vik", "alvik.", "%61lvik", "alvik%00", "-", "alvik%2F"])
def test_no_spelling_of_the_municipality_opens_a_page(slug: str, world: World, stranger: Client) -> None:
    for rest in ("", "kommunen/personer/", "data/", "enkater/", "dialoger/"):
        response = stranger.get(f"/k/{slug}/{rest}")
        assert response.status_code in (301, 404), rest
        assert "Skola" not in response.content.decode()


@pytest.mark.parametrize("header", ["X_ORIGINAL_URL", "X_REWRITE_URL", "X_FORWARDED_PATH", "X_FORWARDED_PREFIX"])
def test_no_header_leads_elsewhere(header: str, world: World, stranger: Client) -> None:
    response = stranger.get("/k/bjorkvik/", **{f"HTTP_{header}": "/k/alvik/kommunen/personer/"})
    assert response.status_code == 200
    assert "Alma" not in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
@pytest.mark.parametrize("name", ["start", "person-list", "department-list", "membership-change"])
def test_other_methods_open_nothing_either(name: str, method: str, world: World, stranger: Client) -> None:
    response = getattr(stranger, method)(reverse(name, kwargs=MATRIX[name].arguments(world)))
    assert response.status_code == 404
    assert "Allow" not in response.headers
