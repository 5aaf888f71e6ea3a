"""Whether two people look at sensitive data: on by default, off with words, and the log knows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from accounts.models import Tenant
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.world import World


def verbs(world: World) -> list[str]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(AuditEvent.objects.filter(verb__startswith="tenant.").values_list("verb", flat=True))


def test_it_is_on_by_default(world: World, visit: Any) -> None:
    assert world.alvik.needs_second_person
    page = visit("second-person", "adam", slug="alvik").content.decode()
    assert 'value="yes" required' in page or 'value="yes"' in page
    assert "tva-personer" in visit("municipality-home", "adam", slug="alvik").content.decode()
    assert "tva-personer" not in visit("municipality-home", "vera", slug="alvik").content.decode()


def test_turning_it_off_needs_words_and_is_logged(world: World, visit: Any) -> None:
    assert visit("second-person", "adam", data={"is_needed": "no", "why": " "}, slug="alvik").status_code == 422
    assert verbs(world) == []
    given = {"is_needed": "no", "why": "Vi är bara två, och den andra är sjuk."}
    assert visit("second-person", "adam", data=given, slug="alvik").status_code == 302
    tenant = Tenant.objects.get(slug="alvik")
    assert (tenant.needs_second_person, tenant.second_person_off_why) == (False, given["why"])
    visit("second-person", "adam", data={"is_needed": "yes"}, slug="alvik")
    visit("second-person", "adam", data={"is_needed": "yes"}, slug="alvik")
    tenant.refresh_from_db()
    assert (tenant.needs_second_person, tenant.second_person_off_why) == (True, "")
    assert sorted(verbs(world)) == ["tenant.second_person_turned_off", "tenant.second_person_turned_on"]


@pytest.mark.parametrize("who", ["alma", "dag", "bo", "rut"])
def test_nobody_but_an_admin_turns_it_off(world: World, visit: Any, who: str) -> None:
    given = {"is_needed": "no", "why": "För att jag vill."}
    assert visit("second-person", who, data=given, slug="alvik").status_code == 404
    assert Tenant.objects.get(slug="alvik").needs_second_person


def test_the_database_wants_the_words_too(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenant.objects.filter(slug="alvik").update(needs_second_person=False)
