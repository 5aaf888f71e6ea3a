"""Every address of the portal × every kind of person."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from copy import copy, deepcopy

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.rules.matrix
from tests.conftest import client_of
from tests.rules.matrix.row import PEOPLE, Row
from tests.world import World

OF_PACKAGES = ("account_", "mfa_", "headless", "usersessions")
"""Addresses of django-allauth: its own tests cover them, tests/pages/accounts those that we changed."""


def matrix() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for module in pkgutil.iter_modules(tests.rules.matrix.__path__):
        found = getattr(importlib.import_module(f"tests.rules.matrix.{module.name}"), "MATRIX", {})
        assert not set(found) & set(rows), f"{module.name} repeats {set(found) & set(rows)}"
        rows |= found
    return rows


MATRIX = matrix()


def names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    ours = {name for name in names(get_resolver()) if not name.startswith(OF_PACKAGES)}
    assert ours == set(MATRIX)


@pytest.fixture(scope="module")
def browsers(standing: World) -> dict[str, Client]:
    """A browser for each person, signed in once."""
    return {who: client_of(standing, None if who == "anyone" else who) for who in PEOPLE}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_person_meets_what_the_matrix_says(
    name: str, standing: World, browsers: dict[str, Client], db: None
) -> None:
    """What a row adds to the standing world goes with the test's own transaction."""
    address = reverse(name, kwargs=MATRIX[name].arguments(deepcopy(standing)))
    met = {}
    for who in MATRIX[name].expected():
        browser = copy(browsers[who])
        browser.cookies = deepcopy(browser.cookies)
        met[who] = browser.get(address).status_code
    assert met == MATRIX[name].expected()
