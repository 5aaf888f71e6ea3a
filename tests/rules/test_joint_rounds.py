"""A joint round from the region's plan to a municipality's own results, and what nobody else sees on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from datasets.models import Dataset, ReleaseTable
from portal.tenancy.scope import PUBLIC_AUDIENCE, public_scope, scope
from surveys.errors import InvalidTransition, SurveysError
from surveys.joint import invitations_here, joint_results, parts_of
from surveys.models import JointAnswer, JointInvitation, SurveyRound
from surveys.public_round import forget_rounds
from surveys.results.answer_dimensions import EVERYONE
from surveys.services.rounds import survey_round_cancel, survey_round_schedule
from surveys.states import JointState
from tests.conftest import do_waiting_jobs, working_as
from tests.joint import announce, everywhere, invite, more_places, people_of, plan_joint, say
from tests.rounds import answer, beat, public, reread
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

SIZES = {"alvik": 70, "bjorkvik": 45, "cedervik": 30, "dalvik": 6}


def test_only_those_who_said_yes_are_in_it_and_the_list_is_frozen(world: World) -> None:
    places = more_places(world)
    draft = plan_joint(world)
    asked = invite(world, draft, dict.fromkeys(places.values(), ""))
    say(asked["alvik"], by=world.alma)
    say(asked["bjorkvik"], by=world.bo)
    say(asked["cedervik"], by=world.cilla, yes=False)
    announce(world, draft)
    with transaction.atomic(), scope(world.region.pk):
        states = dict(JointInvitation.objects.own().values_list("municipality__slug", "state"))
        assert states == {
            "alvik": "takes_part", "bjorkvik": "takes_part", "cedervik": "left_out", "dalvik": "left_out",
        }  # fmt: skip
        question = draft.version.content.question("municipality")
        assert [choice.code for choice in question.choices] == ["alvik", "bjorkvik"]
        assert next(iter(draft.version.content)).code == "municipality"
        assert draft.rule["areas"] == [["alvik"], ["bjorkvik"]] and "municipality" in draft.rule["breakdowns"]
    with pytest.raises(InvalidTransition):
        say(asked["dalvik"], by=world.dan)
    with pytest.raises(InvalidTransition):
        invite(world, draft, {places["dalvik"]: ""})


def test_a_round_of_one_municipality_is_no_joint_round(world: World) -> None:
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    say(asked["alvik"], by=world.alma)
    with pytest.raises(SurveysError, match=r"minst två|at least two"):
        announce(world, draft)


def test_only_a_region_asks_and_only_its_own(world: World) -> None:
    draft = plan_joint(world)
    other = type(world.alvik)(kind="municipality", parent_id=world.alvik.pk, pk=world.alvik.pk)
    with pytest.raises(SurveysError):
        invite(world, draft, {other: ""})


def test_a_municipality_reads_its_own_invitation_and_nobody_elses_answer(world: World) -> None:
    draft = plan_joint(world)
    with transaction.atomic(), scope(world.alvik.pk):
        assert not SurveyRound.objects.filter(pk=draft.pk).exists()
        assert not JointInvitation.objects.exists()
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    say(asked["alvik"], by=world.alma)
    say(asked["bjorkvik"], by=world.bo, yes=False)
    with transaction.atomic(), scope(world.bjorkvik.pk):
        assert [one.municipality_id for one in JointInvitation._base_manager.all()] == [world.bjorkvik.pk]
        assert [one.takes_part for one in JointAnswer._base_manager.all()] == [False]
        # The draft is still the region's alone.
        assert not SurveyRound._base_manager.filter(pk=draft.pk).exists()
    with transaction.atomic(), scope(world.region.pk):
        assert sorted(one.takes_part for one in JointAnswer.objects.all()) == [False, True]
    with transaction.atomic(), public_scope():
        assert not JointInvitation._base_manager.exists() and not JointAnswer._base_manager.exists()


def test_an_answer_that_another_municipality_forges_counts_for_nobody(world: World) -> None:
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    say(asked["alvik"], by=world.alma)
    # Alvik answers Björkvik's invitation in its own name.
    with transaction.atomic(), scope(world.alvik.pk):
        JointAnswer.objects.create(invitation=asked["bjorkvik"], audience_id=world.region.pk, takes_part=True)
    with pytest.raises(SurveysError):
        announce(world, draft)


def test_who_may_answer_is_told_by_mail_once(world: World, run_jobs: Callable[[], list[str]]) -> None:
    draft = plan_joint(world)
    invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    invite(world, draft, {world.alvik: "the coast", world.bjorkvik: ""})
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "adam@example.org", "alma@example.org", "bo@example.org",
    ]  # fmt: skip


def test_a_round_that_is_called_off_takes_its_invitations_back(world: World) -> None:
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: ""})
    with transaction.atomic(), scope(world.region.pk):
        survey_round_cancel(survey_round=draft, by=world.rut)
    with transaction.atomic(), scope(world.alvik.pk):
        assert JointInvitation.objects.get(pk=asked["alvik"].pk).state == JointState.WITHDRAWN


@pytest.fixture
def held(committed: World) -> tuple[World, SurveyRound, dict[str, JointInvitation]]:
    """A joint round of four municipalities, one of them tiny, that has closed and been tabulated."""
    survey_round, asked = everywhere(committed, list(SIZES))
    announce(committed, survey_round, is_open=True)
    for seed, (place, count) in enumerate(SIZES.items()):
        for person in people_of(place, count, seed=seed):
            assert answer(survey_round, person) == "stored"
    with transaction.atomic(), scope(committed.alvik.pk):
        (part,) = parts_of(invitations_here(committed.alvik).select_related("municipality"))
        assert part.count == sum(SIZES.values()) // 5 * 5
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    do_waiting_jobs()
    return committed, reread(survey_round), asked


def test_each_municipality_reads_itself_beside_the_whole_and_no_other(held: Any) -> None:
    world, survey_round, _asked = held
    assert survey_round.tabulated_at is not None and survey_round.response_count == sum(SIZES.values())
    with transaction.atomic(), scope(world.alvik.pk):
        (part,) = parts_of(invitations_here(world.alvik).select_related("municipality"))
        tables = joint_results(part)
        assert "satisfaction.municipality" in tables
        assert tables["municipality"].cube.dimension("municipality").codes == ("alvik", EVERYONE)
        for code, one in tables.items():
            codes = {c for d in one.cube.dimensions if d.code == "municipality" for c in d.codes}
            assert codes <= {"alvik", EVERYONE}, code
        # Nothing else of the region's round can be read before it is made public.
        assert {dataset.audience_id for dataset in Dataset.objects.all()} == {world.alvik.pk}
        assert {table.audience_id for table in ReleaseTable._base_manager.all()} == {world.alvik.pk}
    with transaction.atomic(), scope(world.region.pk):
        whole = ReleaseTable.objects.own().filter(code="municipality", audience_id=world.region.pk)
        assert whole.count() == 1 and PUBLIC_AUDIENCE not in Dataset.objects.own().values_list("audience_id")
    with working_as("web"), transaction.atomic(), scope(world.bjorkvik.pk):
        assert {dataset.audience_id for dataset in Dataset.objects.all()} == {world.bjorkvik.pk}
    forget_rounds()
    assert public(survey_round).state == "closed"


def test_the_tiny_one_is_shown_with_its_neighbour(held: Any) -> None:
    _world, _survey_round, asked = held
    with transaction.atomic(), scope(asked["dalvik"].municipality_id):
        (part,) = parts_of(JointInvitation.objects.select_related("municipality", "tenant"))
        base = joint_results(part)["municipality"].cube
        assert base.dimension("municipality").codes[0] == "cedervik+dalvik"
        assert base.cube.cell({"municipality": "cedervik+dalvik"}).value == SIZES["cedervik"] + SIZES["dalvik"]


def test_schedule_needs_later_times_still(world: World) -> None:
    draft = plan_joint(world)
    assert draft.opens_at and draft.closes_at
    with pytest.raises(SurveysError), transaction.atomic(), scope(world.region.pk):
        survey_round_schedule(survey_round=draft, opens_at=draft.closes_at, closes_at=draft.opens_at, by=world.rut)
