"""A public chart in other sites' frames: no cookie, no session, no script; source and a way back."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from datasets.embedding import embed_code
from datasets.services.registration import dataset_close, dataset_open_to_public
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import text_of
from tests.tables import absence, opened_chart, published_dataset
from tests.world import World

VIEW = "?" + urlencode({"kind": "bar", "x": "Skola", "only": "År:2022"})


@pytest.fixture
def dataset(world: World) -> Any:
    made = published_dataset(
        world.alvik, "Frånvaro", cube=absence(3), department=world.departments["Skola"], is_synthetic=True
    )
    with transaction.atomic(), scope(world.alvik.pk):
        return dataset_open_to_public(dataset=made, by=world.adam)


@pytest.fixture
def frame(dataset: Any) -> Any:
    return Client().get(f"/inbaddad/alvik/data/{dataset.pk}/{VIEW}")


def test_anyone_may_show_it_in_a_frame_and_nothing_runs_in_it(frame: Any) -> None:
    assert "X-Frame-Options" not in frame
    policy = frame["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "<script" not in frame.content.decode()
    assert "<form" not in frame.content.decode()


def test_no_other_page_may_be_framed(client: Any, dataset: Any) -> None:
    for address in (
        f"/o/alvik/data/{dataset.pk}/",
        "/o/alvik/data/",
        "/",
        f"/o/alvik/data/{dataset.pk}/ladda-ner/",
    ):
        answer = client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Frame-Options"] == "DENY", address


def test_it_sets_and_reads_no_cookie_not_even_of_those_who_are_signed_in(world: World, dataset: Any) -> None:
    nobody, signed_in = Client(), client_of(world, "vera")
    signed_in.cookies["language"] = "en"
    pages = [browser.get(f"/inbaddad/alvik/data/{dataset.pk}/{VIEW}") for browser in (nobody, signed_in)]
    assert pages[0].content == pages[1].content
    for page in pages:
        assert not page.cookies
        assert "Cookie" not in page["Vary"]
        assert page["Cache-Control"].startswith("public")


def test_everything_that_belongs_to_the_figures_is_there_without_script(frame: Any, dataset: Any) -> None:
    page = text_of(frame)
    for wanted in ("visas inte: för få svar (1 st)", "Källa: Skolans system", "Exempeldata", "<table", "Utgåva 1"):
        assert wanted in page
    assert page.count("<svg") == 2, "one for a column of text and one for a phone"
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    link = re.search(r'<a href="([^"]+)" target="_blank" rel="noopener">Se den hos', page)
    assert link is not None and f"/o/alvik/data/{dataset.pk}/" in link[1]
    words = re.sub(r"<[^>]+>", " ", page)
    assert not {"3", "158"} & set(words.split())


def test_it_is_in_the_language_of_its_address(dataset: Any) -> None:
    page = Client().get(f"/inbaddad/alvik/data/{dataset.pk}/{VIEW}&lang=en")
    assert 'lang="en"' in text_of(page)
    assert "not shown: too few answers" in text_of(page)


def test_figures_that_are_not_public_are_in_no_frame(world: World, dataset: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_close(dataset=dataset, by=world.adam)
    assert client_of(world, "adam").get(f"/inbaddad/alvik/data/{dataset.pk}/").status_code == 404


def test_the_page_gives_code_that_works_with_its_height_and_address(client: Any, dataset: Any) -> None:
    page = client.get(f"/o/alvik/data/{dataset.pk}/{VIEW}").content.decode()
    code = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert code is not None
    text = html.unescape(code[1])
    found = re.fullmatch(
        r'<iframe src="([^"]+)" title="[^"]+" width="100%" height="(\d+)" loading="lazy" [^>]*></iframe>',
        text.strip(),
    )
    assert found is not None, text
    copied = re.search(r'data-copy-text="([^"]*)"', page)
    assert copied is not None and html.unescape(copied[1]) == text.strip()
    assert 300 < int(found[2]) < 2000
    address = html.unescape(found[1])
    assert client.get(address[address.index("/inbaddad/") :]).status_code == 200


def test_a_title_cannot_break_out_of_the_code(world: World, client: Any) -> None:
    chart = opened_chart(world)
    with transaction.atomic(), scope(world.alvik.pk):
        chart.title = '"></textarea><script>alert(1)</script>'
        chart.save()
    page = client.get(f"/o/alvik/diagram/{chart.pk}/").content.decode()
    assert "<script>alert" not in page
    assert page.count("</textarea>") == 1
    assert "<script>" not in embed_code("https://a.example/?x=1&y=2", title=chart.title, height=300)


def test_a_saved_chart_is_framed_by_an_address_of_its_own(world: World) -> None:
    chart = opened_chart(world)
    page = Client().get(f"/inbaddad/alvik/diagram/{chart.pk}/")
    assert page.status_code == 200
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert Client().get(f"/inbaddad/bjorkvik/diagram/{chart.pk}/").status_code == 404


def test_a_link_that_cannot_be_followed_says_so_in_the_frame(dataset: Any) -> None:
    page = Client().get(f"/inbaddad/alvik/data/{dataset.pk}/?kind=pie&x=Skola")
    assert page.status_code == 400
    assert "<table" in text_of(page)
