"""Single answers leave by no way: no role that serves people can read them, and no page hands them out."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.world import World

KEPT = ("surveys_response", "surveys_freetext", "surveys_intakerow", "surveys_roundfigures")


@pytest.mark.parametrize("role", ["web", "survey", "region"])
@pytest.mark.parametrize("table", KEPT)
def test_no_role_that_serves_people_reads_a_single_answer(committed: World, role: str, table: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with working_as(role), refused, transaction.atomic(), scope(committed.alvik.pk), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")


@pytest.mark.parametrize("role", ["survey", "region"])
def test_texts_are_read_by_the_municipality_alone(committed: World, role: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with working_as(role), refused, transaction.atomic(), scope(committed.alvik.pk), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_readtext")


def test_no_view_imports_answers() -> None:
    def views(resolver: URLResolver) -> set[str]:
        found: set[str] = set()
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                found |= views(pattern)
            elif isinstance(pattern, URLPattern):
                found.add(pattern.callback.__module__)
        return found

    from importlib import import_module

    from surveys.models.free_text import FreeText
    from surveys.models.response import Response

    for name in views(get_resolver()):
        held = [value for value in vars(import_module(name)).values() if isinstance(value, type)]
        assert FreeText not in held and Response not in held, name
