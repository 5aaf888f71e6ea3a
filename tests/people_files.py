"""Bringing in files of made-up people, as a steward does it on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from datasets.models import Upload
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.texts import without_keys
from tests.world import World

REGISTRATION = {
    "title": "Elevers kontakter", "source": "Elevhälsan", "sensitivity": "internal", "fit_for": ["2"],
    "measures": "context", "polarity": "none",
}  # fmt: skip


def bring_people(
    world: World,
    content: bytes,
    who: str = "dag",
    query: str = "",
    name: str = "elever.csv",
    client: Client | None = None,
) -> Any:
    """The answer to choosing a file of people on its page."""
    given: dict[str, Any] = {"file": SimpleUploadedFile(name, content)}
    given["department"] = str(world.departments["Skola"].pk)
    browser = client or client_of(world, who)
    return browser.post(reverse("people-file-create", args=["alvik"]) + query, given)


def people_file_of(world: World, response: Any) -> Upload:
    """The file that an answer leads to."""
    assert response.status_code == 302, response.content.decode()
    return again(world, response["Location"].rstrip("/").rpartition("/")[2])


def again(world: World, upload_id: Any) -> Upload:
    """A file as it is now."""
    with transaction.atomic(), scope(world.alvik.pk):
        return Upload.objects.get(pk=getattr(upload_id, "pk", upload_id))


def address(upload: Upload) -> str:
    return reverse("people-file-detail", args=["alvik", upload.pk])


def page_of(world: World, upload: Upload, who: str = "dag") -> str:
    response = client_of(world, who).get(address(upload))
    assert response.status_code == 200
    return without_keys(response.content.decode()).replace("\xa0", " ")


def send(world: World, upload: Upload, deed: str, who: str = "dag", **said: Any) -> Any:
    """Fill in the file's page and press a button; columns by their place, such as `c_0_use`."""
    given = {**REGISTRATION, "department": str(world.departments["Skola"].pk), "deed": deed}
    given |= {name.replace("_", "-") if name.startswith("c_") else name: value for name, value in said.items()}
    return client_of(world, who).post(address(upload), given)


def publish_people(world: World, run_jobs: Callable[[], list[str]], content: bytes, **said: Any) -> Upload:
    """All the way from the file to the release."""
    upload = people_file_of(world, bring_people(world, content))
    run_jobs()
    for deed in ("look", "confirm"):
        send(world, upload, deed, **said)
        run_jobs()
    return again(world, upload)
