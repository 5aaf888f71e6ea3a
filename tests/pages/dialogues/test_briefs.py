"""The brief for the board: begun from what is released, written by people, one page."""

from __future__ import annotations

import re

from django.urls import reverse

from datasets.models import Dataset, Release
from dialogues.models import BoardBrief
from tests.activities import make_activity
from tests.conftest import client_of
from tests.dialogues import FINDING, at_work, make_chart, make_dataset
from tests.pdf_ua import check_reads_aloud
from tests.world import World


def begin(world: World) -> str:
    sent = {"title": "Unga i Alvik", "board": "Socialnämnden 3 mars"}
    page = client_of(world, "alma").post(reverse("brief-list", args=["alvik"]), sent, follow=True)
    return str(page.content.decode())


def survey_chart(world: World) -> Dataset:
    dataset = make_dataset("Ungas egna svar")
    Dataset.objects.filter(pk=dataset.pk).update(origin="survey")
    make_chart(dataset)
    return dataset


def test_it_begins_with_released_findings_and_what_is_done(world: World) -> None:
    with at_work(world):
        survey_chart(world)
        make_chart(make_dataset("Någon annans tabell"))
        make_activity(world, "Öppet på söndagar")
    page = begin(world)
    assert FINDING in page.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "Öppet på söndagar" in page and "Någon annans tabell" not in page


def test_what_is_withdrawn_is_not_told(world: World) -> None:
    with at_work(world):
        dataset = survey_chart(world)
        assert Release.objects.filter(dataset=dataset).exists()
        Dataset.objects.filter(pk=dataset.pk).update(withdrawn_at="2026-01-01T00:00Z")
    assert "Ungas egna svar" not in begin(world)


def test_the_official_changes_every_word_and_the_file_is_one_page(world: World) -> None:
    begin(world)
    with at_work(world):
        brief = BoardBrief.objects.get()
    said = "Fler vill ha någonstans att vara på kvällen, också den som inte går i skolan."
    points = {
        "young_say": "\n".join([said] * 14),
        "we_do": "\n".join(["Biblioteket håller öppet på söndagar under hela läsåret."] * 14),
        "to_decide": "\n".join(["Pengar till ett år till."] * 14),
    }
    sent = {"title": "Unga i Alvik", "board": "Socialnämnden", **points}
    address = reverse("brief-edit", args=["alvik", brief.pk])
    page = client_of(world, "alma").post(address, sent, follow=True).content.decode()
    assert len(re.findall("Pengar till ett år till", page)) == 8
    made = client_of(world, "alma").get(reverse("brief-file", args=["alvik", brief.pk])).content
    assert len(check_reads_aloud(made, title="Unga i Alvik").pages) == 1
