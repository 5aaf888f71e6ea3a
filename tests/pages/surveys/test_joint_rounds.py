"""The pages of a joint round: the region plans and asks, a municipality answers, spreads its link and reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from portal.tenancy.scope import scope
from surveys.models import JointInvitation, Questionnaire, QuestionnaireDraft, SurveyRound
from surveys.services.support_lines import support_line_add
from tests.conftest import client_of, do_waiting_jobs
from tests.joint import announce, everywhere, invite, more_places, own_definition, people_of, plan_joint, say
from tests.pages.surveys.conftest import words
from tests.pages.surveys.test_survey_answer import Person
from tests.rounds import answer, beat, plan_round, public, reread
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World


def page(world: World, who: str, name: str, slug: str, data: Any = None, **more: Any) -> Any:
    client = client_of(world, who)
    client.cookies["language"] = "en"
    address = reverse(name, kwargs={"slug": slug, **more})
    return client.get(address) if data is None else client.post(address, data, follow=True)


def test_a_region_plans_one_and_asks_municipalities(world: World) -> None:
    listed = words(page(world, "rut", "survey-round-list", "region-nordvik"))
    assert "Plan a joint round" in listed
    form = page(world, "rut", "joint-round-create", "region-nordvik").context["form"]
    given = {name: value for name, value in form.initial.items() if value is not None}
    moments = {name: given[name].strftime("%Y-%m-%dT%H:%M") for name in ("opens_at", "closes_at")}
    chosen = page(world, "rut", "joint-round-create", "region-nordvik", {**given, **moments})
    assert "Tick those that you ask" in words(chosen) and "Björkvik Not asked" in words(chosen)
    survey_round = chosen.context["survey_round"]
    place = {"round_id": survey_round.pk}
    saved = page(
        world, "rut", "joint-round-places", "region-nordvik", {"ask-alvik": "on", "area-alvik": "coast"}, **place
    )
    assert "1 municipality is asked by mail" in words(saved) and "Alvik Has not answered" in words(saved)
    detail = words(page(world, "rut", "survey-round-detail", "region-nordvik", **place))
    assert "Municipalities in the round Alvik Has not answered" in detail
    told = words(page(world, "rut", "survey-round-schedule", "region-nordvik", {}, **place))
    assert "at least two municipalities that said yes" in told


def test_a_municipality_is_asked_and_answers_for_itself(world: World) -> None:
    asked = invite(world, plan_joint(world), {world.alvik: "", world.bjorkvik: ""})
    assert "Region Nordvik asks whether you want to take part" in words(
        page(world, "alma", "survey-round-list", "alvik")
    )
    waits = "Region Nordvik asks whether you want to take part Nordvik together"
    assert waits in words(page(world, "alma", "start", "alvik"))
    assert waits not in words(page(world, "vera", "start", "alvik"))
    mine = {"invitation_id": asked["alvik"].pk}
    yes = {"takes_part": "yes", "contact": "", "responsible": ""}
    refused = page(world, "alma", "joint-answer-give", "alvik", yes, **mine)
    assert refused.status_code == 422 and "Fill this in, or answer no." in words(refused)
    said = page(
        world,
        "alma",
        "joint-answer-give",
        "alvik",
        {**yes, "contact": "ung@alvik.example", "responsible": "Alma"},
        **mine,
    )
    assert waits not in words(page(world, "alma", "start", "alvik"))
    assert "You have said yes." in words(said) and "The region sees your answer" in words(said)
    assert "Alvik Says yes" in words(
        page(world, "rut", "joint-round-places", "region-nordvik", round_id=asked["alvik"].round_id)
    )
    round_page = page(world, "rut", "survey-round-detail", "region-nordvik", round_id=asked["alvik"].round_id)
    foreseen = words(round_page).partition("Which municipalities will probably be shown ")[2]
    assert foreseen.startswith("With about 300 answers in all: Each by itself: Alvik, Björkvik ")
    # Another municipality's invitation is nowhere to be found, neither to read nor to answer.
    for name, data in (("joint-part-detail", None), ("joint-answer-give", None), ("joint-answer-give", yes)):
        assert page(world, "bo", name, "bjorkvik", data, **mine).status_code == 404
        assert page(world, "alma", name, "alvik", data, invitation_id=asked["bjorkvik"].pk).status_code == 404


def test_a_municipality_adds_questions_of_its_own_until_it_is_settled(world: World) -> None:
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    mine = {"invitation_id": asked["alvik"].pk}
    first = page(world, "alma", "joint-own-questions", "alvik", {"do": "begin"}, **mine)
    assert "Say yes to the region first" in words(first)
    say(asked["alvik"], by=world.alma)
    say(asked["bjorkvik"], by=world.bo)
    begun = page(world, "alma", "joint-own-questions", "alvik", {"do": "begin"}, **mine)
    assert "Write your questions here" in words(begun) and "Our own questions: Nordvik together" in words(begun)
    with transaction.atomic(), scope(world.alvik.pk):
        own = Questionnaire.objects.get(code="egna_fragor")
    empty = page(world, "alma", "joint-own-questions", "alvik", {"questionnaire": own.pk}, **mine)
    assert "Mend this in the draft first: This section has no questions" in words(empty)
    with transaction.atomic(), scope(world.alvik.pk):
        written = QuestionnaireDraft.objects.get(questionnaire=own)
        written.definition = own_definition()
        written.save()
    put = words(page(world, "alma", "joint-own-questions", "alvik", {"questionnaire": own.pk}, **mine))
    assert "1 question is asked of your young people alone" in put and "Does the bus go when you need it?" in put
    seen = words(page(world, "rut", "joint-round-places", "region-nordvik", round_id=draft.pk))
    assert "Its own questions Does the bus go when you need it?" in seen
    theirs = {"invitation_id": asked["bjorkvik"].pk}
    for address in (mine, theirs):
        stolen = page(world, "bo", "joint-own-questions", "bjorkvik", {"questionnaire": own.pk}, **address)
        assert stolen.status_code == 404
    announce(world, draft)
    late = words(page(world, "alma", "joint-own-questions", "alvik", {"do": "out"}, **mine))
    assert "its questions don't change any more" in late and "Only your young people are asked these" in late
    assert "The bus" not in words(page(world, "bo", "joint-part-detail", "bjorkvik", **theirs))


@pytest.mark.parametrize(("yes", "told"), [(False, "since you said no"), (None, "since nobody had said yes")])
def test_whoever_is_not_in_it_is_told_why(world: World, yes: bool | None, told: str) -> None:
    places = more_places(world)
    draft = plan_joint(world)
    asked = invite(world, draft, dict.fromkeys(places.values(), ""))
    for slug in ("bjorkvik", "cedervik"):
        say(asked[slug], by=world.alma)
    if yes is not None:
        say(asked["alvik"], by=world.alma, yes=yes)
    announce(world, draft)
    shown = words(page(world, "alma", "joint-part-detail", "alvik", invitation_id=asked["alvik"].pk))
    assert told in shown and "Spread your own link" not in shown
    late = page(world, "alma", "joint-answer-give", "alvik", {"takes_part": "no"}, invitation_id=asked["alvik"].pk)
    assert "The region has settled who takes part" in words(late)


def test_the_regions_admin_sees_no_round_of_a_municipalitys_own(world: World) -> None:
    own = plan_round(world)
    assert page(world, "rut", "survey-round-detail", "region-nordvik", round_id=own.pk).status_code == 404
    assert page(world, "rut", "joint-round-places", "region-nordvik", round_id=own.pk).status_code == 404
    assert own.title not in words(page(world, "rut", "survey-round-list", "region-nordvik"))


@pytest.fixture
def running(committed: World) -> tuple[World, SurveyRound, dict[str, JointInvitation]]:
    """An open joint round of four municipalities."""
    survey_round, asked = everywhere(committed, ["alvik", "bjorkvik", "cedervik", "dalvik"])
    return committed, announce(committed, survey_round, is_open=True), asked


def test_a_municipalitys_link_fills_its_name_in(running: Any) -> None:
    _world, survey_round, _asked = running
    person = Person(survey_round)
    person.address = f"/svara/{survey_round.public_code}/i/bjorkvik/?lang=en"
    person.open()
    assert "You answer for <strong>Björkvik</strong>" in person.html and "ungas-halsa@alvik.example" in person.html
    person.press()
    assert '<option value="bjorkvik" selected>' in person.html
    # It is theirs to change.
    person.press(municipality="alvik", age="16")
    assert person.hidden["municipality"] == ["alvik"]


def test_each_municipality_has_its_own_lines_once_it_is_chosen(running: Any) -> None:
    world, survey_round, _asked = running
    for place, by, name in (
        (world.alvik, world.alma, "Alviks mottagning"),
        (world.bjorkvik, world.bo, "Björkhuset"),
    ):
        with transaction.atomic(), scope(place.pk):
            support_line_add(by=by, name=name, phone="0100-12 34 56", hours="9-16")
    with transaction.atomic(), scope(world.region.pk):
        support_line_add(by=world.rut, name="Regionens linje", phone="0100-1", hours="9-16")
    public(survey_round)
    person = Person(survey_round)
    person.address = f"/svara/{survey_round.public_code}/?lang=en"
    person.open()
    assert "Regionens linje" in person.html and "Alviks mottagning" not in person.html
    person.press()
    person.press(municipality="alvik", age="16", gender="woman", occupation="school")
    for _page in range(9):
        assert "Alviks mottagning" in person.html and "Björkhuset" not in person.html
        if person.heading.startswith("Thank you"):
            break
        person.press()
    assert person.heading == "Thank you for your answers!"
    # The page of the script has all of them, and shows what is chosen.
    person.address = f"/svara/{survey_round.public_code}/i/bjorkvik/?lang=en"
    person.open().press(whole="1")
    assert '<div lang="sv" data-lines-of="bjorkvik">' in person.html
    assert '<div lang="sv" data-lines-of="alvik" hidden>' in person.html


def test_the_scripts_page_has_it_filled_in_too(running: Any) -> None:
    _world, survey_round, _asked = running
    person = Person(survey_round)
    person.address = f"/svara/{survey_round.public_code}/i/bjorkvik/?lang=en"
    person.open().press(whole="1")
    assert '<option value="bjorkvik" selected>' in person.html


@pytest.mark.parametrize("way", ["", "i/atlantis/"])
def test_by_the_plain_link_it_is_asked_first(running: Any, way: str) -> None:
    _world, survey_round, _asked = running
    person = Person(survey_round)
    person.address = f"/svara/{survey_round.public_code}/{way}?lang=en"
    assert "You answer for" not in person.open().html
    person.press()
    assert "Which municipality do you live in?" in person.html and " selected" not in person.html
    assert person.html.index("Which municipality") < person.html.index("How old are you")


def test_link_poster_and_code_and_one_total_for_all(running: Any) -> None:
    world, survey_round, asked = running
    for person in people_of("bjorkvik", 12, seed=3):
        answer(survey_round, person)
    mine = {"invitation_id": asked["alvik"].pk}
    shown = words(page(world, "vera", "joint-part-detail", "alvik", **mine))
    assert "At least 10" in shown and f"/svara/{survey_round.public_code}/i/alvik/" in shown
    assert page(world, "vera", "joint-part-qr", "alvik", kind="svg", **mine).content.startswith(b"<svg")
    assert page(world, "vera", "joint-part-poster", "alvik", **mine).content.startswith(b"%PDF")
    assert page(world, "vera", "joint-part-results", "alvik", **mine).status_code == 404
    assert "at least 10" in words(page(world, "vera", "survey-round-list", "alvik"))


def test_results_beside_the_whole_and_where_few_answered_with_whom(running: Any) -> None:
    world, survey_round, asked = running
    for seed, (place, count) in enumerate({"alvik": 70, "bjorkvik": 45, "cedervik": 30, "dalvik": 6}.items()):
        for person in people_of(place, count, seed=seed):
            answer(survey_round, person)
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    do_waiting_jobs()
    assert reread(survey_round).tabulated_at is not None
    alvik = page(world, "vera", "joint-part-results", "alvik", invitation_id=asked["alvik"].pk)
    said = words(alvik)
    assert "151 young people answered in the whole round. 70 of them: Alvik." in said
    assert "Björkvik" not in said and "Dalvik" not in said
    here, whole = next(
        (own, whole)
        for section in alvik.context["sections"]
        for result in section["results"]
        for _answer, own, whole in result.rows
    )
    assert here.text.endswith("%") and whole.text.endswith("%")
    low, high = map(int, here.interval.split("–"))
    assert low <= int(here.text.split()[0]) <= high
    assert page(world, "vera", "survey-round-detail", "alvik", round_id=survey_round.pk).status_code == 404
    tiny = words(page(world, "dan", "joint-part-results", "dalvik", invitation_id=asked["dalvik"].pk))
    assert "Shown together: Cedervik · Dalvik" in tiny
    url = alvik.context["sections"][0]["results"][0].url
    client = client_of(world, "vera")
    assert client.get(url).status_code == 200
    assert client_of(world, "bo").get(url).status_code == 404
