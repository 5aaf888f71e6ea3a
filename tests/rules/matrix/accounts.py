"""Pages of accounts and of the kernel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Invitation, Membership, Onboarding
from accounts.services.api_tokens import api_token_make
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.rules.matrix.row import Row, row
from tests.world import World


def own_page(world: World) -> dict[str, Any]:
    return {}


def membership(world: World) -> dict[str, Any]:
    with scope(world.alvik.pk):
        return {"slug": "alvik", "membership_id": Membership.objects.get(user=world.vera).pk}


def department(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "department_id": world.departments["Skola"].pk}


def invitation(world: World) -> dict[str, Any]:
    with scope(world.alvik.pk):
        made = Invitation.objects.create(
            email="ny@example.org", role="viewer", expires_at=timezone.now() + timedelta(hours=1)
        )
    return {"slug": "alvik", "invitation_id": made.pk}


def job(world: World) -> dict[str, Any]:
    with scope(world.alvik.pk):
        return {"slug": "alvik", "job_id": Job.objects.create(task="x", asked_by=world.adam).pk}


def api_token(world: World) -> dict[str, Any]:
    with transaction.atomic(), scope(world.alvik.pk):
        made, _key = api_token_make(
            name="Webbplatsen", scopes=["datasets:read:internal"], ends_on=timezone.localdate(), by=world.adam
        )
    return {"slug": "alvik", "api_token_id": made.pk}


def in_region(world: World) -> dict[str, Any]:
    return {"slug": "region-nordvik"}


def onboarding(world: World) -> dict[str, Any]:
    with scope(world.alvik.pk):
        return {"slug": "region-nordvik", "onboarding_id": Onboarding.objects.get().pk}


#                adam alma dag fia olle vera gun bo rut cleo anyone
MEMBERS = "      200 200 200 200 200 200 404 404 404 404 302"
AND_GUEST = "    200 200 200 200 200 200 200 404 404 404 302"
ADMIN = "        200 404 404 404 404 404 404 404 404 404 302"
ADMIN_POSTS = "  405 404 404 404 404 404 404 404 404 404 302"
REGION = "       404 404 404 404 404 404 404 404 200 404 302"
STEWARDS = "     200 200 200 404 404 404 404 404 404 404 302"
ANYONE = "       200 200 200 200 200 200 200 200 200 200 200"
SIGNED_IN = "    200 200 200 200 200 200 200 200 200 200 302"
NOBODY = "       404 404 404 404 404 404 404 404 404 404 404"

MATRIX: dict[str, Row] = {
    "front": row(ANYONE, own_page),
    "accessibility-statement": row(ANYONE, own_page),
    "privacy": row(ANYONE, own_page),
    "health": row(ANYONE, own_page),
    "home": row("302 302 302 302 302 302 302 302 302 200 302", own_page),
    "tenant-switch": row("405 405 405 405 405 405 405 405 405 405 302", own_page),
    "account-security": row(SIGNED_IN, own_page),
    "account-second-factor": row(SIGNED_IN, own_page),
    "invitation-accept": row(
        "410 410 410 410 410 410 410 410 410 410 410",
        lambda world: {"tenant_slug": "alvik", "token": "no-such-token"},
    ),
    "demo-people": row(NOBODY, own_page),
    "demo-mail-list": row(NOBODY, own_page),
    "demo-sign-in": row(NOBODY, lambda world: {"user_id": uuid4()}),
    "set_language": row("302 302 302 302 302 302 302 302 302 302 302", own_page),
    "start": row(AND_GUEST),
    "municipality-home": row(MEMBERS),
    "audit-log": row(ADMIN),
    "onboarding-own": row(MEMBERS),
    "agreement-note": row(ADMIN_POSTS),
    "person-list": row(MEMBERS),
    "person-invite": row(ADMIN),
    "membership-change": row(ADMIN, membership),
    "membership-end": row(ADMIN_POSTS, membership),
    "invitation-resend": row(ADMIN_POSTS, invitation),
    "invitation-withdraw": row(ADMIN_POSTS, invitation),
    "api-token-list": row(ADMIN),
    "api-token-create": row(ADMIN),
    "api-token-withdraw": row(ADMIN_POSTS, api_token),
    "second-person": row("200 404 404 404 404 404 404 404 404 404 302"),
    "department-list": row(MEMBERS),
    "department-rename": row(ADMIN, department),
    "onboarding-list": row(REGION, in_region),
    "onboarding-create": row(REGION, in_region),
    "onboarding-detail": row(REGION, onboarding),
    "job-detail": row(STEWARDS, job),
    "job-state": row(STEWARDS, job),
    "job-cancel": row("405 405 405 405 405 405 404 404 404 404 302", job),
}
