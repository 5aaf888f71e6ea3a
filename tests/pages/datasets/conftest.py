"""Files and data sets for the pages about data."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from datasets.models import Dataset, Release, Upload
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.tables import MEASURABLE
from tests.world import World

PX = """CHARSET="ANSI";
AXIS-VERSION="2000";
LANGUAGE="sv";
DECIMALS=0;
SHOWDECIMALS=0;
MATRIX="TEST";
SUBJECT-CODE="BE";
SUBJECT-AREA="Befolkning";
CONTENTS="Invånare";
UNITS="antal";
TITLE="Invånare efter kommun, ålder och år";
STUB="kommun","ålder";
HEADING="år";
VALUES("kommun")="Nynäshamn","Lidingö";
CODES("kommun")="0192","0186";
VALUES("ålder")="15-19 år","20-24 år","25-29 år","30- år";
CODES("ålder")="15-19","20-24","25-29","30-";
VALUES("år")="2022","2023";
CODES("år")="2022","2023";
TIMEVAL("år")=TLIST(A1,"2022"-"2023");
SOURCE="Exempelkällan";
DATA=
1200 1210
1100 1120
1300 1310
20000 20100
2300 2310
2100 2120
2000 2010
30000 30100;
"""
CSV = """Skola;Kön;År;Antal
Ek;Flickor;2023;40
Ek;Pojkar;2023;31
Alm;Flickor;2023;2
Alm;Pojkar;2023;25
Bok;Flickor;2023;18
Bok;Pojkar;2023;22
"""


def told(msgid: str, **parts: str | int) -> str:
    """A message as a Swedish reader meets it on a page."""
    with translation.override("sv"):
        return str(escape(translation.gettext(msgid) % parts))


def text_of(page: Any) -> str:
    """What a page says, with plain spaces and without its forms' random tokens, which may spell anything."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", page.content.decode()).replace("\xa0", " ")


@pytest.fixture
def bring_in(world: World) -> Callable[..., Upload]:
    """Choose a file on the page, as a person of the world does; gives its upload."""
    return partial(choose_file, world)


def choose_file(world: World, name: str, content: bytes | str, who: str = "dag", query: str = "") -> Upload:
    """The same in a world that is committed."""
    data = content.encode() if isinstance(content, str) else content
    given: dict[str, Any] = {"file": SimpleUploadedFile(name, data)}
    with transaction.atomic(), scope(world.alvik.pk):
        given["department"] = str(world.departments["Skola"].pk)
    address = reverse("upload-create", args=["alvik"]) + query
    response = client_of(world, who).post(address, given)
    assert response.status_code == 302, response.content.decode()
    with transaction.atomic(), scope(world.alvik.pk):
        return Upload.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])


@pytest.fixture
def register(world: World) -> Callable[..., Any]:
    """Fill in and send the page of an upload that has been read."""

    def send(upload: Upload, who: str = "dag", deed: str = "confirm", **changed: Any) -> Any:
        with scope(world.alvik.pk):
            department = str(world.departments["Skola"].pk)
        given = {
            "title": "Invånare", "source": "Exempelkällan", "sensitivity": "open", "fit_for": ["1", "2"],
            "measures": "context", **MEASURABLE, "department": department, "deed": deed, **changed,
        }  # fmt: skip
        address = reverse("upload-detail", args=["alvik", upload.pk])
        return client_of(world, who).post(address, given)

    return send


@pytest.fixture
def published(
    world: World, bring_in: Callable[..., Upload], register: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> Callable[..., Dataset]:
    """Bring a file all the way in; gives its data set."""

    def publish(name: str = "invanare.px", content: bytes | str = PX, **changed: Any) -> Dataset:
        upload = bring_in(name, content)
        run_jobs()
        register(upload, deed="look", **changed)
        run_jobs()
        register(upload, **changed)
        run_jobs()
        with scope(world.alvik.pk):
            upload.refresh_from_db()
            assert upload.state == "imported", (upload.state, upload.problems)
            return Dataset.objects.get(pk=upload.dataset_id)

    return publish


@pytest.fixture
def newest_release(world: World) -> Callable[[Dataset], Release]:
    def find(dataset: Dataset) -> Release:
        with scope(world.alvik.pk):
            return Release.objects.filter(dataset=dataset).order_by("-number")[0]

    return find
