"""Joint rounds for tests: a region with four municipalities, asked, answered, scheduled and filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Tenant, User
from portal.tenancy.scope import scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.drafting import outline
from surveys.models import JointAnswer, JointInvitation, SurveyRound
from surveys.questionnaire import Answer, wellbeing
from surveys.services.drafts import questionnaire_begin
from surveys.services.joint_own_questions import own_questions_put
from surveys.services.joint_rounds import joint_answer_give, joint_round_create, municipalities_invite
from surveys.services.questionnaires import wellbeing_version
from surveys.services.rounds import survey_round_open, survey_round_schedule
from tests.conftest import working_as
from tests.world import World, make_people, make_tenant

CONTACT, RESPONSIBLE = "ungas-halsa@alvik.example", "Alma, ungdomsstrateg"


def more_places(world: World) -> dict[str, Tenant]:
    """Alvik, Björkvik, and two more: Cedervik with its coordinator cilla, and tiny Dalvik with its dan."""
    people = make_people("cilla", "dan")
    world.people.update(people)
    found = {"alvik": world.alvik, "bjorkvik": world.bjorkvik}
    for number, (name, person) in enumerate((("Cedervik", "cilla"), ("Dalvik", "dan")), start=3):
        place = make_tenant("municipality", f"970{number}", name, world.region)
        found[place.slug] = place
        with transaction.atomic(), scope(place.pk):
            Membership.objects.create(user=people[person], role="coordinator")
    return found


def plan_joint(world: World, **fields: Any) -> SurveyRound:
    """A joint draft of the region's."""
    now = timezone.now()
    with transaction.atomic(), scope(world.region.pk):
        return joint_round_create(
            region=world.region,
            version=wellbeing_version(),
            by=world.rut,
            **{
                "title": "Nordvik together",
                "asker": "Region Nordvik",
                "what_happens": {"sv": "Vi pratar om svaren.", "en": "We talk about the answers."},
                "contact": "enkat@example.org",
                "opens_at": now + timedelta(days=1),
                "closes_at": now + timedelta(days=14),
                "expected_answers": 300,
                **fields,
            },
        )


def invite(world: World, survey_round: SurveyRound, areas: Mapping[Tenant, str]) -> dict[str, JointInvitation]:
    """Ask municipalities; gives the invitations by slug."""
    with transaction.atomic(), scope(world.region.pk):
        municipalities_invite(survey_round=survey_round, areas=areas, by=world.rut)
        found = JointInvitation.objects.own().filter(round=survey_round).select_related("municipality")
        return {one.municipality.slug: one for one in found}


def say(invitation: JointInvitation, *, by: User, yes: bool = True) -> JointAnswer:
    """A municipality's answer."""
    with transaction.atomic(), scope(invitation.municipality_id):
        return joint_answer_give(
            invitation=invitation, takes_part=yes, contact=CONTACT, responsible=RESPONSIBLE, by=by
        )


def announce(world: World, survey_round: SurveyRound, *, is_open: bool = False) -> SurveyRound:
    """Schedule the round; open it too where asked."""
    opens = timezone.now() if is_open else survey_round.opens_at
    assert opens is not None and survey_round.closes_at is not None
    with transaction.atomic(), scope(world.region.pk):
        survey_round_schedule(
            survey_round=survey_round, opens_at=opens, closes_at=survey_round.closes_at, by=world.rut
        )
    if is_open:
        with working_as("worker"), transaction.atomic(), scope(world.region.pk):
            assert survey_round_open(survey_round=survey_round)
    return survey_round


def everywhere(
    world: World, places: Sequence[str], **fields: Any
) -> tuple[SurveyRound, dict[str, JointInvitation]]:
    """A joint draft that all of these municipalities said yes to."""
    known = more_places(world)
    survey_round = plan_joint(world, **fields)
    invited = invite(world, survey_round, {known[place]: "" for place in places})
    for one in invited.values():
        say(one, by=world.alma)
    return survey_round, invited


def people_of(place: str, count: int, *, seed: int) -> list[dict[str, Answer]]:
    """Simulated young people of one municipality."""
    people = simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=count, wave=1, seed=seed)
    return [{"municipality": place, **person} for person in people]


def own_definition(**bus: Any) -> dict[str, Any]:
    """A municipality's own questionnaire: the age that every one asks, and one question about buses."""
    definition = outline.blank("egna_fragor", {"sv": "Våra frågor", "en": "Our questions"})
    section = outline.section_add(definition, {"sv": "Frågor från oss", "en": "Questions from us"})
    outline.question_add(
        definition,
        {
            "code": "bus",
            "kind": "single",
            "text": {"sv": "Går bussen när du behöver den?", "en": "Does the bus go when you need it?"},
            "label": {"sv": "Bussen", "en": "The bus"},
            "choices": [
                {"code": "yes", "text": {"sv": "Ja", "en": "Yes"}},
                {"code": "no", "text": {"sv": "Nej", "en": "No"}},
            ],
            "measures": "context",
            **bus,
        },
        section,
    )
    return definition


def put_own(invitation: JointInvitation, *, by: User, **bus: Any) -> int:
    """Put a municipality's own question into a joint round."""
    with transaction.atomic(), scope(invitation.municipality_id):
        draft = questionnaire_begin(definition=own_definition(**bus), by=by)
        return own_questions_put(invitation=invitation, questionnaire=draft.questionnaire, by=by)
