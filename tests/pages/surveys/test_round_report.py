"""You said – we did: proposed, written, published by who may, revised, and taken away."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from datasets.models import Voice
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.models import ReportEdition, SurveyRound
from surveys.reporting_back.content import Content, Promise
from surveys.reporting_back.reading import report_of
from surveys.services.publishing import survey_round_publish
from surveys.services.reporting_back import refusal_to_publish
from surveys.views.reports import with_step
from tests.conftest import do_waiting_jobs
from tests.pages.surveys.conftest import at_work, words
from tests.reports import made_round, published_report, report_on
from tests.world import World


@pytest.fixture(scope="module")
def made(standing: World) -> SurveyRound:
    """A round with results, made once: what tests change goes with them."""
    return made_round(standing, do_waiting_jobs, title="Our round")


@pytest.fixture
def world(standing: World, db: None) -> World:
    return deepcopy(standing)


@pytest.fixture
def held(made: SurveyRound, world: World) -> SurveyRound:
    """A round with public results."""
    with at_work(world):
        return survey_round_publish(survey_round=deepcopy(made), by=world.adam)


def read(survey_round: SurveyRound, lang: str = "en") -> Any:
    """The public page, as anyone opens it."""
    return Client().get(reverse("public-report-detail", args=[survey_round.public_code]) + f"?lang={lang}")


def posted(page: Any) -> dict[str, str]:
    """What the editor's form would send as it stands."""
    return {bound.html_name: bound.value() or "" for bound in page.context["form"]}


def test_the_editor_begins_with_the_strongest_findings_and_keeps_nothing(
    open_page: Any, held: SurveyRound, world: World
) -> None:
    page = open_page("round-report-edit", held)
    form = page.context["form"]
    assert form["finding-0"].value() and form["finding-0-sv"].value()
    assert "Here is a beginning" in words(page)
    with at_work(world):
        assert report_of(held) is None


def test_a_draft_is_saved_looked_at_and_seen_by_nobody_outside(open_page: Any, held: SurveyRound) -> None:
    data = posted(open_page("round-report-edit", held)) | {
        "lead-sv": "Hej alla.", "promise-sv": "Vi hör av oss.", "promise-due": "2027-03-01", "go": "preview",
        "no-0-sv": "Gratis buss.", "why-0-sv": "Pengarna tar slut.",
    }  # fmt: skip
    answer = open_page("round-report-edit", held, data=data)
    assert answer.status_code == 302 and answer.url.endswith("/forhandsvisa/")
    preview = words(open_page("round-report-preview", held))
    assert "Hej alla." in preview and "not public yet" in preview and "Gratis buss." in preview
    assert "Hej alla." not in words(read(held))


def test_a_no_without_its_reason_is_asked_about(open_page: Any, held: SurveyRound) -> None:
    data = posted(open_page("round-report-edit", held)) | {"no-0-sv": "Gratis buss."}
    answer = open_page("round-report-edit", held, data=data)
    assert answer.status_code == 422 and "easier to take with its reason" in words(answer)


def test_the_same_finding_is_not_told_twice(open_page: Any, held: SurveyRound) -> None:
    data = posted(open_page("round-report-edit", held))
    answer = open_page("round-report-edit", held, data={**data, "finding-1": data["finding-0"]})
    assert answer.status_code == 422 and "twice" in words(answer)


def test_hard_words_are_met_with_a_kind_one(open_page: Any, held: SurveyRound, world: World) -> None:
    hard = "Verksamhetsutvecklingen genomförs förvaltningsövergripande inom kommunorganisationen. "
    report_on(world, held, lead={"sv": hard * 5})
    page = words(open_page("round-report-edit", held))
    assert "It can become easier to read" in page and "förvaltningsövergripande" in page


def test_publishing_asks_for_public_results_a_finding_and_a_dated_promise(
    open_page: Any, world: World, made: SurveyRound
) -> None:
    survey_round = deepcopy(made)
    report_on(world, survey_round)
    assert open_page("round-report-publish", survey_round, "adam", data={}).status_code == 302
    with at_work(world), translation.override("en"):
        assert not ReportEdition.objects.own().exists()
        content = Content.from_json(report_of(survey_round).content)
        assert "results of the round public first" in refusal_to_publish(survey_round, content)
        survey_round_publish(survey_round=survey_round, by=world.adam)
        assert refusal_to_publish(survey_round, content) == ""
        assert "at least one finding" in refusal_to_publish(survey_round, replace(content, findings=()))
        assert "with a date" in refusal_to_publish(survey_round, replace(content, promise=Promise()))


def test_an_admin_publishes_and_anyone_reads_it_without_a_trace(
    open_page: Any, held: SurveyRound, world: World
) -> None:
    report_on(world, held)
    assert open_page("round-report-publish", held, "alma").status_code == 404
    assert open_page("round-report-publish", held, "adam", data={}).status_code == 302
    response = read(held)
    page = words(response)
    for told in (
        "Many of you feel well",
        "We sat down in March",
        "Fritidsgården",
        "Done",
        "We promise",
        "1 March 2027",
    ):
        assert told in page, told
    assert "Gratis buss." in page and "Because: Pengarna" in page
    assert not response.cookies and response.headers["Cache-Control"] == "no-store"
    assert "Tack för era svar." in words(read(held, "sv"))


def test_the_bars_are_those_of_the_released_tables(held: SurveyRound, world: World) -> None:
    content = published_report(world, held)
    with at_work(world):
        edition = ReportEdition.objects.own().get()
    for kept in edition.evidence["en"]:
        shown = [bar for bar in kept["bars"] if bar["length"] is not None]
        if kept["key"].endswith("=mean"):
            # A mean says where on its scale it lies, from nought at the low end.
            assert [bar["text"] in kept["sentence"] and 0 < bar["length"] < 100 for bar in shown] == [True]
        else:
            assert shown and all(f"{round(bar['length'])}%" == bar["text"] for bar in shown)
    assert [one["key"] for one in edition.evidence["sv"]] == [one.key for one in content.findings]


def test_a_second_edition_says_what_is_new_and_the_first_never_changes(
    open_page: Any, held: SurveyRound, world: World
) -> None:
    published_report(world, held)
    refused = open_page("round-report-publish", held, "adam", data={})
    assert refused.status_code == 302 and refused.url.endswith("/publicera/")
    report_on(world, held, lead={"sv": "Ett år senare.", "en": "A year later."})
    open_page("round-report-publish", held, "adam", data={"new_sv": "Mer finns.", "new_en": "There is more."})
    page = words(read(held))
    assert "What is new" in page and "There is more." in page and "A year later." in page
    with at_work(world), pytest.raises(IntegrityError), transaction.atomic():
        ReportEdition.objects.own().filter(number=1).update(content={})


def test_what_is_taken_away_is_gone_for_everybody_outside(open_page: Any, held: SurveyRound, world: World) -> None:
    published_report(world, held)
    open_page("round-report-withdraw", held, "adam", data={})
    assert "Many of you" not in words(read(held))
    listed = Client().get(reverse("public-report-list", args=["alvik"]))
    assert held.title not in words(listed)
    assert Client().get(reverse("public-report-screen", args=[held.public_code])).status_code == 404


def test_a_voice_that_is_withdrawn_is_gone_from_the_report(held: SurveyRound, world: World) -> None:
    with at_work(world):
        voice = Voice(text="Det är skönt på gården.", kind="quote", year=2026, method="workshop")
        voice.save()
        seen = {"state": "published", "audience_id": PUBLIC_AUDIENCE}
        Voice.objects.own().filter(pk=voice.pk).update(**seen, sent_at=held.closed_at, reviewed_at=held.closed_at)
        inside = Voice(text="Bara för oss.", kind="quote", year=2026, method="workshop")
        inside.save()
    published_report(world, held, voices=(str(voice.pk), str(inside.pk)))
    page = words(read(held))
    assert "skönt på gården" in page and "Bara för oss" not in page
    with at_work(world):
        Voice.objects.own().filter(pk=voice.pk).update(state="withdrawn", text="", audience_id=world.alvik.pk)
    assert "skönt på gården" not in words(read(held))


def test_a_municipality_lists_what_it_has_told(held: SurveyRound, world: World) -> None:
    empty = words(Client().get(reverse("public-report-list", args=["alvik"]) + "?lang=en"))
    assert "Nothing here yet" in empty
    published_report(world, held)
    assert "Our round" in words(Client().get(reverse("public-report-list", args=["alvik"]) + "?lang=en"))
    assert "Our round" not in words(Client().get(reverse("public-report-list", args=["bjorkvik"])))


def test_a_search_engine_may_show_what_is_published_and_nothing_before(held: SurveyRound, world: World) -> None:
    listed = reverse("public-report-list", args=["alvik"])
    assert read(held)["X-Robots-Tag"] == "noindex" and Client().get(listed)["X-Robots-Tag"] == "all"
    published_report(world, held)
    assert read(held)["X-Robots-Tag"] == "all"
    assert Client().get(reverse("proposal-submit", args=[held.public_code]))["X-Robots-Tag"] == "noindex"


def test_a_draft_round_has_no_page_and_a_wrong_link_tells_nothing(world: World, db: None) -> None:
    from tests.rounds import plan_round

    draft = plan_round(world)
    assert read(draft).status_code == 404
    assert Client().get("/ni-sa-vi-gjorde/zzzzzzzz/").status_code == 404
    assert Client().get("/ni-sa-vi-gjorde/..%2f/").status_code == 404


def test_the_kit_is_there_when_the_report_is_public(open_page: Any, held: SurveyRound, world: World) -> None:
    assert open_page("round-report-share", held).status_code == 404
    published_report(world, held)
    assert "Pictures for stories" in words(open_page("round-report-share", held))
    story = open_page("round-report-story", held, number=1, kind="png")
    assert story["Content-Type"] == "image/png" and story.content[16:24] == b"\x00\x00\x048\x00\x00\x07\x80"
    poster = open_page("round-report-poster", held)
    assert poster.content.startswith(b"%PDF")
    assert open_page("round-report-story", held, number=9, kind="png").status_code == 404
    screen = words(Client().get(reverse("public-report-screen", args=[held.public_code]) + "?lang=en"))
    assert "Read it all on your phone" in screen and "Many of you feel well" in screen


def test_a_step_is_taken_over_as_words_and_never_as_more() -> None:
    key = str(uuid4())
    taken = with_step(Content(), f"{key}|done|2027-01-02|Fritidsgården | öppen")
    assert [(s.text, s.standing, s.due_on, s.origin) for s in taken.steps] == [
        ({"sv": "Fritidsgården | öppen"}, "done", "2027-01-02", key)
    ]
    for wrong in ("", "x|done||y", f"{key}|deleted||y", f"{key}|done|tomorrow|y", f"{key}|done||  "):
        assert with_step(Content(), wrong) == Content()


def test_nobody_of_another_tenant_reads_a_working_copy(held: SurveyRound, world: World) -> None:
    report_on(world, held)
    from portal.tenancy.scope import scope

    with transaction.atomic(), scope(world.bjorkvik.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM surveys_roundreport")
        assert cursor.fetchone() == (0,)
