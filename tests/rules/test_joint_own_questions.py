"""A municipality's own questions in a joint round: put in until it is scheduled, asked and told of it alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from datasets.models import Dataset, ReleaseTable
from portal.tenancy.scope import scope
from surveys.drafting.bank import ready_definition
from surveys.drafting.joint_version import with_municipalities
from surveys.drafting.outline import DraftError
from surveys.drafting.own_questions import OwnPart, own_part_of, with_own_questions
from surveys.drafting.texts import language_remove
from surveys.errors import InvalidTransition, SurveysError
from surveys.joint import invitations_here, own_results, parts_of
from surveys.models import JointAnswer
from surveys.questionnaire import pages, read
from surveys.selectors import results_of
from tests.conftest import do_waiting_jobs
from tests.joint import announce, everywhere, invite, own_definition, people_of, plan_joint, put_own, say
from tests.rounds import answer, beat, reread
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

PLACES = [("alvik", "Alvik"), ("bjorkvik", "Björkvik")]


def test_own_questions_get_codes_conditions_and_words_of_their_own() -> None:
    definition = own_definition()
    why = {"code": "why", "show_if": "${bus} = 'no'", "kind": "scale", "scale": "agree", "choices": []}
    definition["questions"].append({**definition["questions"][-1], **why, "polarity": "less_is_better"})
    definition["scales"] = [{**ready_definition()["scales"][0], "code": "agree"}]
    language_remove(definition, "en")
    part = own_part_of(definition, ["sv", "en"])
    region = with_municipalities(ready_definition(), PLACES, code="joint_test")
    made, owners = with_own_questions(region, [OwnPart(*place, part) for place in PLACES])
    found = read(made)
    assert owners == {"alvik_fragor_fran_oss": "alvik", "bjorkvik_fragor_fran_oss": "bjorkvik"}
    here = found.section("alvik_fragor_fran_oss")
    assert [question.code for question in here.questions] == ["alvik_bus", "alvik_why"]
    assert here.questions[1].scale == "alvik_agree"
    # A language that the municipality has no words in falls back on its own.
    assert here.questions[0].text["en"] == "Går bussen när du behöver den?"
    known = {"municipality": "alvik", "alvik_bus": "no", "bjorkvik_bus": "no"}
    asked = [question.code for page in pages(found, known) for question in page.questions]
    assert "alvik_why" in asked and not [code for code in asked if code.startswith("bjorkvik")]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "text", "choices": [], "max_length": 200}, "own words"),
        ({"show_if": "${age} = '18-19'"}, "left out"),
        ({"background": True}, "no question yet"),
    ],
)
def test_what_the_region_would_read_or_nobody_is_asked_is_not_put_in(changed: dict[str, Any], told: str) -> None:
    with override("en"), pytest.raises(DraftError, match=told):
        own_part_of(own_definition(**changed), ["sv", "en"])


def test_only_who_said_yes_and_only_until_it_is_scheduled(world: World) -> None:
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    with pytest.raises(InvalidTransition):
        put_own(asked["alvik"], by=world.alma)
    say(asked["alvik"], by=world.alma)
    say(asked["bjorkvik"], by=world.bo)
    with pytest.raises(SurveysError):
        put_own(asked["alvik"], by=world.alma, text={"sv": ""})
    assert put_own(asked["alvik"], by=world.alma) == 1
    with transaction.atomic(), scope(world.bjorkvik.pk):
        assert not JointAnswer._base_manager.exclude(own_questions={}).exists()
    announce(world, draft)
    with transaction.atomic(), scope(world.region.pk):
        asks = {question.code for question in draft.version.content} - {one.code for one in draft.told}
    assert asks == {"alvik_bus"}
    assert draft.own_sections == {"alvik_fragor_fran_oss": "alvik"}
    with pytest.raises(InvalidTransition):
        put_own(asked["alvik"], by=world.alma)


def test_its_answers_are_its_own_data_set_and_nobody_elses(committed: World) -> None:
    survey_round, asked = everywhere(committed, ["alvik", "bjorkvik", "cedervik", "dalvik"])
    for place in ("alvik", "dalvik"):
        put_own(asked[place], by=committed.alma)
    announce(committed, survey_round, is_open=True)
    sizes = {"alvik": 40, "bjorkvik": 20, "cedervik": 14, "dalvik": 6}
    for seed, (place, count) in enumerate(sizes.items()):
        for number, person in enumerate(people_of(place, count, seed=seed)):
            bus = {f"{place}_bus": "no" if number % 3 else "yes"} if place in ("alvik", "dalvik") else {}
            few = {code: person[code] for code in ("municipality", "age", "satisfaction") if code in person}
            assert answer(survey_round, few | bus) == "stored"
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    do_waiting_jobs()
    survey_round = reread(survey_round)
    assert survey_round.tabulated_at is not None
    with transaction.atomic(), scope(committed.alvik.pk):
        (part,) = parts_of(invitations_here(committed.alvik).select_related("municipality"))
        mine = own_results(part)
        assert mine["alvik_bus"].dataset.tenant_id == committed.alvik.pk == mine["alvik_bus"].dataset.audience_id
        assert mine["alvik_bus"].cube.cube.cell({"alvik_bus": "no"}).value == 26
    # The tiny one is shown with its neighbour, so its own question would tell how many of the two are its.
    with transaction.atomic(), scope(asked["dalvik"].municipality_id):
        (part,) = parts_of(invitations_here(asked["dalvik"].municipality).select_related("municipality"))
        assert own_results(part) == {}
    for reader in (committed.region.pk, committed.bjorkvik.pk):
        with transaction.atomic(), scope(reader):
            assert not ReleaseTable._base_manager.filter(code__contains="bus").exists()
            assert not Dataset._base_manager.filter(title__contains="Egna").exists()
    with transaction.atomic(), scope(committed.region.pk):
        assert not [code for code in results_of(survey_round)[survey_round.pk] if "bus" in code]
