"""The demo's joint round: asked of three municipalities, one of which adds a question; its results are public."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from portal.demo.clock import as_of
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.demo.rounds import NAMESPACE, OPEN_FOR, SEED, at_nine, close
from portal.tenancy.scope import scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.drafting import outline
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.models import JointInvitation, SurveyRound
from surveys.public_round import find_round, forget_rounds
from surveys.questionnaire import wellbeing
from surveys.services.drafts import questionnaire_begin
from surveys.services.joint_own_questions import own_questions_put
from surveys.services.joint_rounds import joint_answer_give, joint_round_create, municipalities_invite
from surveys.services.publishing import survey_round_publish
from surveys.services.publishing_questionnaires import draft_publish
from surveys.services.responses import response_submit
from surveys.services.rounds import survey_round_open, survey_round_schedule

AGO = timedelta(days=130)
ANSWERS = {"9901": 130, "9902": 70, "9903": 8}
"""How many answer: in the smallest too few to be shown alone."""
WHAT_HAPPENS = {
    "sv": "Svaren blir enkla diagram för länet och för varje kommun. Sedan berättar vi vad vi gör.",
    "en": "The answers become simple charts of the county and of each municipality. Then we tell you what we do.",
}

TITLE = {"sv": "Unga i länet, kort", "en": "Young people in the county, in short"}
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Att må bra", "Doing well", ("satisfaction", "hope", "turn_to")),
    ("Fritid och trygghet", "Leisure and safety", ("leisure", "safety", "influence")),
)
"""Few questions: a short survey for all, to which a municipality can add some of its own."""

ASKS_MORE = "9901"
OWN = {"sv": "Frågor från Ekstavik", "en": "Questions from Ekstavik"}
BUS: dict[str, Any] = {
    "code": "bus",
    "kind": "single",
    "text": {"sv": "Går bussen när du behöver den?", "en": "Does the bus go when you need it?"},
    "label": {"sv": "Bussen", "en": "The bus"},
    "choices": [
        {"code": "often", "text": {"sv": "Oftast", "en": "Mostly"}},
        {"code": "seldom", "text": {"sv": "Sällan", "en": "Seldom"}},
        {"code": "never", "text": {"sv": "Jag åker inte buss", "en": "I don't go by bus"}},
    ],
    "measures": "context",
}
BUS_ANSWERS = {"often": 42, "seldom": 40, "never": 18}
"""Of a hundred."""


def hold_joint_round(demo: Demo) -> SurveyRound:
    """Plan, ask, answer, open, fill and close it; its results wait as jobs."""
    opened = at_nine(timezone.now() - AGO)
    survey_round = _plan(demo, opened)
    _ask_and_answer(demo, survey_round, opened)
    rut = demo.first_in(demo.region.code)
    with working_as("web"), as_of(opened), transaction.atomic(), scope(demo.region.pk):
        # PostgreSQL's own clock decides whether answers are taken.
        closes = datetime.now(tz=opened.tzinfo) + OPEN_FOR
        survey_round_schedule(survey_round=survey_round, opens_at=opened, closes_at=closes, by=rut)
    with as_of(opened), transaction.atomic(), scope(demo.region.pk):
        survey_round_open(survey_round=survey_round)
    _fill(demo, survey_round)
    close(demo.region, rut, survey_round, opened + OPEN_FOR)
    return survey_round


def publish_joint_round(demo: Demo, survey_round: SurveyRound) -> None:
    """Let anyone see the results, once they are made."""
    with working_as("web"), transaction.atomic(), scope(demo.region.pk):
        survey_round_publish(survey_round=survey_round, by=demo.first_in(demo.region.code))


def _plan(demo: Demo, opened: datetime) -> SurveyRound:
    rut = demo.first_in(demo.region.code)
    with working_as("web"), as_of(opened - timedelta(days=30)), transaction.atomic(), scope(demo.region.pk):
        draft = questionnaire_begin(definition=_short_questionnaire(), by=rut)
        return joint_round_create(
            region=demo.region,
            version=draft_publish(draft=draft, revision=draft.revision, by=rut, tenant=demo.region),
            by=rut,
            title=f"Hur mår unga i länet? {opened.year}",
            asker=demo.region.official_name,
            what_happens=WHAT_HAPPENS,
            contact=f"ungas-halsa@{demo.region.slug}.example",
            expected_answers=300,
        )


def _ask_and_answer(demo: Demo, survey_round: SurveyRound, opened: datetime) -> None:
    places = demo.municipalities
    asked = opened - timedelta(days=28)
    with working_as("web"), as_of(asked), transaction.atomic(), scope(demo.region.pk):
        rut = demo.first_in(demo.region.code)
        municipalities_invite(survey_round=survey_round, areas=dict.fromkeys(places.values(), ""), by=rut)
    for code, place in places.items():
        by = demo.first_in(code)
        with working_as("web"), as_of(asked + timedelta(days=2)), transaction.atomic(), scope(place.pk):
            invitation = JointInvitation.objects.get(round_id=survey_round.pk)
            joint_answer_give(
                invitation=invitation,
                takes_part=True,
                contact=f"ungas-halsa@{place.slug}.example",
                responsible=by.name,
                by=by,
            )
            if code == ASKS_MORE:
                begun = questionnaire_begin(definition=_own_questions(), by=by)
                own_questions_put(invitation=invitation, questionnaire=begun.questionnaire, by=by)


def _short_questionnaire() -> dict[str, Any]:
    definition = outline.blank("unga_i_lanet", TITLE)
    for code in ("gender", "occupation"):
        outline.bank_add(definition, code, "about")
    for swedish, english, questions in SECTIONS:
        section = outline.section_add(definition, {"sv": swedish, "en": english})
        for code in questions:
            outline.bank_add(definition, code, section)
    return definition


def _own_questions() -> dict[str, Any]:
    definition = outline.blank("egna_fragor", OWN)
    outline.question_add(definition, BUS, outline.section_add(definition, OWN))
    return definition


def _fill(demo: Demo, survey_round: SurveyRound) -> None:
    forget_rounds()
    found = find_round(survey_round.public_code)
    if found is None:
        raise RuntimeError("The demo's joint round is not open.")
    known = {asked.code for section in found.questionnaire.sections for asked in section.questions}
    codes, weights = list(BUS_ANSWERS), list(BUS_ANSWERS.values())
    chance = Random(SEED)  # noqa: S311  answers that are made up, the same each time
    for code, number in ANSWERS.items():
        people = simulate(wellbeing(), municipality_profile=PROFILES[code], n=number, wave=1, seed=SEED + 1)
        place = demo.municipalities[code].slug
        for at, person in enumerate(people):
            answers = {asked: answer for asked, answer in person.items() if asked in known}
            own = {f"{place}_bus": chance.choices(codes, weights)[0]} if code == ASKS_MORE else {}
            response_submit(
                survey_round=found,
                number=uuid5(NAMESPACE, f"{survey_round.pk}/{code}/{at}"),
                answers={**answers, **own, MUNICIPALITY: place},
            )
