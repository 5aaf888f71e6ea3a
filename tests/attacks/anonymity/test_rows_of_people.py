"""A file of people is brought in, with one who can be recognised: nowhere is anything left of that row.

Tried after everything that can happen to the file: published, stopped, refused, withdrawn, out of time, a crash of
ours, the job killed at each step. Searched as answers are: tables, write-ahead log, Valkey, logs, mails, files.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from unittest.mock import patch

import httpx
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from datasets.models import Release, Upload
from datasets.services.sealed import file_open
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.attacks.anonymity import search
from tests.attacks.anonymity.search import Trace, data_folder, everywhere, in_files, planted, spellings
from tests.attacks.anonymity.test_planted_person import flush_to_disk
from tests.attacks.anonymity.workshop import Workshop, open_workshop
from tests.conftest import client_of, working_as
from tests.people_files import REGISTRATION, again, bring_people, people_file_of, send
from tests.unit.datasets.microdata.people import csv_of, people
from tests.world import World

BORN = "20080229"
HEADINGS = ("Namn", "Personnummer", "E-post", "Kön", "Ålder", "Skola")
DROPPED = {f"c_{place}_use": "drop" for place in (0, 1, 2, 4)}


@dataclass
class Somebody:
    """Who is planted in a test: a name and a personal number that no other test knows."""

    name: str
    number: str

    def needles(self) -> set[bytes]:
        """All that would tell of them."""
        words = [self.name, self.number, self.number.replace("-", ""), planted("school"), planted("mail")]
        return spellings(words)


def somebody() -> Somebody:
    """A person who does not exist, with a personal number whose check digit (Luhn's) is right."""
    digits = BORN[2:] + f"{secrets.randbelow(1000):03}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    name = "Greta" + "".join(secrets.choice(ascii_lowercase) for _ in range(12))
    return Somebody(name, f"{BORN}-{digits[6:]}{check}")


PLANTED = somebody()


@pytest.fixture(autouse=True)
def another_person_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test writes in the clear on purpose stays in the write-ahead log, where the next one looks."""
    now = somebody()
    monkeypatch.setattr(PLANTED, "name", now.name)
    monkeypatch.setattr(PLANTED, "number", now.number)
    monkeypatch.setattr(search, "NAME", now.name)


def planted_file(headings: bool = True) -> bytes:
    """Made-up people, and one who would be known anywhere; so few that PostgreSQL keeps them uncompressed."""
    row = (
        f"{PLANTED.name} Exempelsson",
        PLANTED.number,
        f"{planted('mail')}@example.org",
        "flicka",
        17,
        planted("school"),
    )
    rows = [("x", "y", "z", kind, age, school) for kind, age, school, _hours in people(60)]
    return csv_of([row, *rows] if headings else rows, HEADINGS if headings else tuple(map(str, row)))


class Steward:
    """Dag's browser before a real web process, and the worker as a process of its own."""

    def __init__(self, world: World, site: str, folder: Path, workshop: Workshop) -> None:
        self.world, self.folder, self.workshop = world, folder, workshop
        cookies = {name: morsel.value for name, morsel in client_of(world, "dag").cookies.items()}
        self.browser = httpx.Client(base_url=site, cookies=cookies, headers={"Referer": site}, timeout=40)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.log = folder / "worker.log"

    def bring(self, content: bytes) -> Upload:
        page = self.browser.get("/k/alvik/data/personrader/")
        given = {"csrfmiddlewaretoken": token_of(page.text), "department": str(self.department)}
        file = {"file": (f"{planted('filename')}.csv", content)}
        response = self.browser.post("/k/alvik/data/personrader/", data=given, files=file)
        return people_file_of(self.world, response.raise_for_status() if response.is_error else Answer(response))

    def press(self, upload: Upload, deed: str, **said: str) -> None:
        address = reverse("people-file-detail", args=["alvik", upload.pk])
        columns = {name.replace("_", "-"): value for name, value in {**DROPPED, **said}.items()}
        given = {**REGISTRATION, **columns, "department": str(self.department), "deed": deed}
        given["csrfmiddlewaretoken"] = token_of(self.browser.get(address).text)
        assert self.browser.post(address, data=given).status_code == 302

    @property
    def department(self) -> Any:
        return self.world.departments["Skola"].pk

    def work(self, *, hang_in: str = "") -> None:
        """Do what waits in a process of its own; where it is to hang, kill it there with signal 9."""
        with working_as("worker"):
            job = Job._base_manager.filter(state="waiting").latest("asked_at")
        reached = self.folder / f"reached-{job.pk}"
        given = (job.task, str(job.pk), str(job.tenant_id), str(reached), hang_in)
        if not hang_in:
            self.workshop.work(*given, temporary=self.temporary, log=self.log)
            return
        self.workshop.killed_at(reached, *given, temporary=self.temporary, log=self.log)
        with working_as("worker"):
            Job._base_manager.filter(pk=job.pk).update(state="waiting")


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with open_workshop() as found:
        yield found


class Answer:
    """A response with its headers as Django's tests read them."""

    def __init__(self, response: httpx.Response) -> None:
        self.status_code, self.content, self.headers = response.status_code, response.content, response.headers

    def __getitem__(self, name: str) -> str:
        return str(self.headers[name])


def token_of(page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]


@pytest.fixture
def steward(committed: World, site: str, tmp_path: Path, workshop: Workshop) -> Iterator[Steward]:
    found = Steward(committed, site, tmp_path, workshop)
    yield found
    found.browser.close()


@pytest.fixture
def traces(tmp_path_factory: pytest.TempPathFactory, mailoutbox: list[Any], capfd: Any) -> Any:
    """Look everywhere, new files in the machine's folder for temporary ones included."""
    begun = time.time()

    def look() -> list[Trace]:
        flush_to_disk()
        said = capfd.readouterr()
        words = [("a mail", str(mail.message())) for mail in mailoutbox]
        words += [("output", said.out), ("output", said.err)]
        found = everywhere(PLANTED.needles(), [data_folder(), tmp_path_factory.getbasetemp()], words)
        for path in Path(tempfile.gettempdir()).iterdir():
            if path.is_file() and path.stat().st_mtime >= begun and os.access(path, os.R_OK):
                found += [Trace(f"temporary {path.name}", n) for n in PLANTED.needles() if n in path.read_bytes()]
        return found

    return look


@pytest.mark.slow
def test_nothing_is_left_of_a_row_when_the_figures_are_out(steward: Steward, traces: Any) -> None:
    upload = steward.bring(planted_file())
    steward.work()
    assert again(steward.world, upload).problems[0]["code"] == "identifier"
    assert traces() == [], "stopped by its columns"
    steward.press(upload, "look")
    steward.work()
    page = steward.browser.get(reverse("people-file-detail", args=["alvik", upload.pk])).text
    assert PLANTED.name not in page and PLANTED.number not in page and "Alm" in page
    steward.press(upload, "confirm")
    steward.work()
    assert again(steward.world, upload).state == "imported"
    assert traces() == []


@pytest.mark.slow
@pytest.mark.parametrize("step", ["profile", "upload_move", "aggregate", "_tables", "publishing.release_publish"])
def test_nothing_is_left_when_the_job_is_killed(steward: Steward, traces: Any, step: str) -> None:
    upload = steward.bring(planted_file())
    if step != "profile":
        steward.work()
        steward.press(upload, "look")
        steward.work()
        steward.press(upload, "confirm")
    steward.work(hang_in=step)
    assert traces() == []
    left = bytes(again(steward.world, upload).content)
    if step == "profile":
        # Only looked at so far: the file waits, sealed, for the rest of its hour.
        assert left and file_open(upload.pk, left) is not None
        return
    assert file_open(upload.pk, left) is None, "its key is destroyed before anything is counted"
    steward.work()
    assert again(steward.world, upload).state == "refused"
    assert bytes(again(steward.world, upload).content) == b""
    with transaction.atomic(), scope(steward.world.alvik.pk):
        assert not Release.objects.exists()
    assert traces() == []


@pytest.mark.slow
def test_nothing_is_left_of_files_that_are_refused_or_withdrawn(steward: Steward, traces: Any) -> None:
    broken = planted_file() + f'\n"{PLANTED.name};{PLANTED.number}'.encode()
    for content in (
        planted_file(headings=False),
        broken,
        b"\x00" + planted_file(),
        b"PK\x03\x04" + planted_file(),
    ):
        upload = steward.bring(content)
        steward.work()
    withdrawn = steward.bring(planted_file())
    page = steward.browser.get(reverse("people-file-detail", args=["alvik", withdrawn.pk])).text
    given = {"csrfmiddlewaretoken": token_of(page)}
    steward.browser.post(reverse("people-file-withdraw", args=["alvik", withdrawn.pk]), data=given)
    assert again(steward.world, withdrawn).state == "withdrawn"
    assert bytes(again(steward.world, upload).content) == b""
    assert traces() == []


def test_a_crash_of_ours_says_nothing_of_any_row(world: World, run_jobs: Any, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    client: Client = client_of(world, "dag")
    client.raise_request_exception = False
    broken = ValueError(f"{PLANTED.name} {PLANTED.number} broke it")
    with patch("datasets.views.people_files.people_file_receive", side_effect=broken):
        assert bring_people(world, planted_file(), client=client).status_code == 500
    upload = people_file_of(world, bring_people(world, planted_file()))
    for place in ("profile", "read_people", "propose"):
        with patch(f"datasets.services.people_importing.{place}", side_effect=broken):
            run_jobs()
    lines = [record.getMessage() + str(record.__dict__) for record in caplog.records]
    assert [line for line in lines if PLANTED.name in line or PLANTED.number in line] == []
    with transaction.atomic(), scope(world.alvik.pk):
        job = Job.in_scope().get(subject_id=upload.pk)
        assert job.state == "failed" and PLANTED.name not in f"{job.problem} {job.message} {job.arguments}"


def test_rare_words_of_a_file_reach_neither_a_page_nor_a_release(world: World, run_jobs: Any) -> None:
    upload = people_file_of(world, bring_people(world, planted_file()))
    run_jobs()
    for deed in ("look", "confirm"):
        send(world, upload, deed, **DROPPED)
        run_jobs()
    assert again(world, upload).state == "imported"
    kept = again(world, upload)
    said = (kept.guess, kept.mapping, kept.registration, kept.preview, kept.problems, kept.name)
    assert PLANTED.name not in " ".join(map(str, said))


def test_the_search_finds_a_file_that_is_not_sealed(committed: World, steward: Steward, traces: Any) -> None:
    """The proof of the proof."""
    with patch("datasets.services.people_files.file_seal", side_effect=lambda _id, content: content):
        bring_people(committed, planted_file())
    (steward.temporary / "spilled").write_bytes(planted_file())
    places = {trace.place.split("/")[0] for trace in traces()}
    assert "table datasets_upload" in places and any(place.startswith("file postgres") for place in places)
    assert [place for place, _text in in_files([steward.temporary], PLANTED.needles())] == ["file spilled"]


def test_every_spelling_is_found_in_a_file(tmp_path: Path) -> None:
    needles = PLANTED.needles()
    for number, needle in enumerate(sorted(needles)):
        folder = tmp_path / str(number) / "deep"
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"\0\xff" * 9000 + needle + b"\n\0" * 9000)
        assert [place for place, _text in in_files([folder.parent], needles)] == ["file deep/file"], needle
    (tmp_path / "innocent").mkdir()
    (tmp_path / "innocent" / "file").write_bytes(b" ".join(needle[:7] for needle in needles))
    assert list(in_files([tmp_path / "innocent"], needles)) == []
