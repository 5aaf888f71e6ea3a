"""Plant a recognisable person in every field and header, make every error happen, and search everywhere."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.attacks.anonymity.browser import ADDRESS, HEADERS, QUERY, Browser
from tests.attacks.anonymity.search import NAME, data_folder, everywhere, planted, spellings
from tests.conftest import client_of, working_as
from tests.plugins.database import test_superuser as superuser_here
from tests.rounds import beat, open_round
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

WRITTEN = "Tovaplanterad"
"""Is in the text that is kept to be read."""
NEEDLES = spellings([NAME, WRITTEN, ADDRESS, *(planted(channel) for channel in ("agent", "session", "from"))])
PROOF = ("Provplanterad-session", "192.0.2.77")
"""What the proof of the search writes where it must not be."""


@pytest.fixture
def browser(site: str) -> Browser:
    """A browser before a real server: web with its two roles, logs, and all."""
    return Browser(site)


def begun(browser: Browser, address: str) -> dict[str, Any]:
    """The form of somebody who has opened the first page."""
    return {
        **key_in(browser.get(address).text),
        "page": "ahead",
        "go": "send",
        "name": planted("field"),
        "email": f"{planted('mail')}@example.org",
    }


def key_in(page: str) -> dict[str, str]:
    """The number and signature that a page's form carries."""
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("form", "key")}


def errors(browser: Browser, address: str) -> dict[str, int]:
    """Make every error happen that a request can make; give the status of each."""
    form = begun(browser, address)
    good = {**form, "age": "18-19"}
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    forms = {
        "no such answer": {**form, "age": planted("age"), "gender": planted("choice")},
        "several for one": {**form, "age": ["17", planted("second")]},
        "too long": {**good, "own_words": NAME * 1000},
        "phone number": {**good, "own_words": f"{planted('text')} 070-123 45 67"},
        "forged": {**good, "key": planted("key")},
        "another's number": {**good, "form": str(uuid4())},
        "no number": {**good, "form": planted("number")},
        "too large": {**good, "own_words": NAME * 300_000},
        "too many fields": {**good, **{f"{NAME}{place}": "1" for place in range(2000)}},
    }
    found = {name: browser.post(address, fields).status for name, fields in forms.items()}
    found["unknown round"] = browser.post(f"/svara/{planted('code')}/", good).status
    found["not a form"] = browser.ask("POST", address, f"{NAME}å".encode("latin-1"), multipart).status
    found["a put"] = browser.ask("PUT", address, NAME.encode(), {}).status
    found["a foreign host"] = browser.get(address, Host=f"{NAME}.example").status
    return found


@pytest.mark.slow
def test_nothing_of_a_person_is_anywhere(
    committed: World,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    mailoutbox: list[Any],
    capfd: pytest.CaptureFixture[str],
) -> None:
    survey_round = open_round(committed)
    address = f"/svara/{survey_round.public_code}/"
    statuses = errors(browser, address)
    assert all(400 <= status < 500 for status in statuses.values()), statuses
    form = begun(browser, address)
    child = browser.post(address, {**form, "age": "12", "own_words": planted("child")})
    assert "Thank you for wanting to take part" in child.text

    form |= {"age": "18-19", "own_words": f"{WRITTEN} bor här"}
    assert "Thank you for your answers" in browser.post(address, form).text
    assert "We have your answers already" in browser.post(address, form).text
    with SurveyDatabaseCut():
        away = browser.post(address, {**form, "own_words": planted("away")})
        assert away.status == 503 and away.headers["retry-after"] and planted("away") in away.text
    backdate(survey_round, CLOSED_LONG_AGO)
    wait_until_closed(browser, address)
    assert browser.post(address, {**form, "own_words": planted("late")}).status == 410

    folders = [data_folder(), tmp_path_factory.getbasetemp()]
    said = capfd.readouterr()
    words = [("a mail", str(mail.message())) for mail in mailoutbox] + [("output", said.out), ("output", said.err)]
    # Before the shuffle even the text is sealed: it is nowhere, neither on the disk nor in the log of writes.
    flush_to_disk()
    assert everywhere(NEEDLES, folders, words) == []

    beat()
    found = {trace.place for trace in everywhere(NEEDLES, [], words)}
    assert found == {"table surveys_freetext"}, "only what was written to be read, in the one table for it"


def wait_until_closed(browser: Browser, address: str) -> None:
    """The web process knows a round for ten seconds before it asks again."""
    for _ in range(30):
        if browser.get(address).status == 410:
            return
        time.sleep(0.5)


class SurveyDatabaseCut:
    """PostgreSQL refuses the role `survey` for a while, in this database only."""

    def __enter__(self) -> None:
        self._set("REVOKE", "FROM")
        with superuser_here() as raw:
            raw.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'vaxtkraft_survey' AND datname = current_database()"
            )

    def __exit__(self, *_: object) -> None:
        self._set("GRANT", "TO")

    @staticmethod
    def _set(verb: str, to: str) -> None:
        with superuser_here() as raw:
            name = raw.info.dbname
            raw.execute(f'{verb} CONNECT ON DATABASE "{name}" {to} vaxtkraft_survey'.encode())


def flush_to_disk() -> None:
    """Let PostgreSQL write what it holds in memory to its files, so that searching them finds it."""
    with superuser_here() as raw:
        raw.execute("CHECKPOINT")


def test_a_crash_of_ours_says_nothing_of_whom_it_met(
    committed: World, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    survey_round = open_round(committed)
    address = f"/svara/{survey_round.public_code}/"
    caplog.set_level("DEBUG")
    client = Client(raise_request_exception=False, headers=HEADERS)
    with patch("surveys.answering.views.next_step", side_effect=ValueError(f"{NAME} did it")):
        form = {"form": "x", "key": "y", "age": "17", "own_words": planted("crash")}
        page = client.get(address).content.decode()
        assert client.post(f"{address}?{QUERY}", form | key_in(page)).status_code == 500
    lines = [(record.name, record.getMessage() + str(record.__dict__)) for record in caplog.records]
    assert [name for name, line in lines if NAME in line or ADDRESS in line] == []
    assert any("An answering page failed: ValueError" in line for _name, line in lines)


def test_answering_neither_reads_nor_sets_a_cookie_and_leaves_an_officials_session_alone(committed: World) -> None:
    survey_round = open_round(committed)
    official = client_of(committed, "alma")
    before = session_rows()
    for method in ("get", "post"):
        response = getattr(official, method)(f"/svara/{survey_round.public_code}/")
        assert not response.cookies
        assert "Vary" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert session_rows() == before


def test_answering_asks_the_ordinary_database_nothing(committed: World, django_assert_num_queries: Any) -> None:
    survey_round = open_round(committed)
    with django_assert_num_queries(0, connection=connection):
        Client().get(f"/svara/{survey_round.public_code}/")


def test_the_search_finds_what_is_there(committed: World) -> None:
    """The proof of the proof: planted where it must not be, it is found, also as a hash and in base 64."""
    name, address = PROOF
    with working_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session VALUES (%s, encode(%s, 'base64'), now()),"
            " ('x', encode(sha256(%s), 'hex'), now())",
            [name, f"x{name}yz".encode(), address.encode()],
        )
    cache.set(name, "1")
    flush_to_disk()
    found = {
        trace.place.split("/")[0] for trace in everywhere(spellings(PROOF), [data_folder()], [("a mail", name)])
    }
    assert {"table django_session", "file postgres-18", "a mail"} <= found
    assert any(place.startswith("valkey key") for place in found)


def session_rows() -> list[tuple[Any, ...]]:
    with working_as("backup"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_session ORDER BY 1")
        return cursor.fetchall()
