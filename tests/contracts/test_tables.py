"""The shape of the house, seen from its tables."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from portal.tenancy.models import Shareable, TenantOwned
from portal.tenancy.walls import build_walls, policies_of, tenant_foreign_keys

OUR_APPS = {"accounts", "datasets", "surveys", "dialogues", "jobs", "audit", "mail", "portal"}

GLOBAL = {
    "accounts.tenant": "names and codes are public, and a page finds its tenant before any scope",
    "accounts.user": "a person may belong to several tenants",
    "mail.demomail": "of the demo alone",
}
"""Our own models that no tenant owns, each with the reason."""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OUR_APPS]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label_lower)
def test_every_model_is_a_tenants_or_listed_as_global(model: type[models.Model]) -> None:
    through_of_packages = model._meta.auto_created and model._meta.app_label == "accounts"
    assert issubclass(model, TenantOwned) or model._meta.label_lower in GLOBAL or through_of_packages


@pytest.mark.parametrize(
    "model", [m for m in our_models() if not m._meta.auto_created], ids=lambda model: model._meta.label_lower
)
def test_every_column_is_classified(model: type[models.Model]) -> None:
    declared = model.PersonalData  # type: ignore[attr-defined]
    assert {field.name for field in model._meta.concrete_fields} == set(declared.erase) | declared.keep
    assert not set(declared.erase) & declared.keep


@pytest.mark.parametrize(
    "model", [m for m in our_models() if issubclass(m, TenantOwned)], ids=lambda model: model._meta.label_lower
)
def test_every_tenants_table_is_under_forced_row_level_security(model: type[models.Model], db: None) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT policyname, cmd, qual, with_check, permissive FROM pg_policies WHERE tablename = %s", [table]
        )
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    assert found == {p.name: (p.command, p.using, p.check, "PERMISSIVE") for p in policies_of(model)}
    # Spelled out once more, so that a policy widened in walls.py does not widen the test with it.
    tenant = "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)"
    assert found["tenant_inserts"][2] == tenant
    assert found["tenant_updates"][1:3] == (tenant, tenant)
    assert found["tenant_deletes"][1] == tenant
    if not issubclass(model, Shareable):
        assert found["tenant_reads"][1] == tenant
    assert set(found) - {"also_reads", "owner_reads", "worker_serves_all"} == {
        "tenant_reads", "tenant_inserts", "tenant_updates", "tenant_deletes",
    }  # fmt: skip


SERVED_TO_ALL = {"jobs.job"}


def test_only_listed_tables_are_served_to_all_by_the_worker() -> None:
    assert {m._meta.label_lower for m in our_models() if getattr(m, "served_to_all_by", ())} == SERVED_TO_ALL


def test_foreign_keys_include_the_tenant(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) = 2")
        composite = {row[0] for row in cursor.fetchall()}
    wanted = {
        f"{model._meta.db_table}_{field.column}_same_tenant"[:63]
        for model in our_models()
        for field in tenant_foreign_keys(model)
    }
    assert wanted <= composite


def test_the_walls_need_no_rebuilding(db: None, as_role: object) -> None:
    from tests.conftest import working_as

    with working_as("owner"):
        assert build_walls(connection) == []


def test_columns_that_second_policies_read_are_indexed() -> None:
    for model in our_models():
        also = getattr(model, "also_readable_by", None)
        if also:
            field = next(f for f in model._meta.concrete_fields if f.column == also[0])
            assert field.db_index or field.unique, f"{model} reads by {also[0]} without an index"
