"""What Lindsala does: a dialogue that was held, and the next inside a meeting that it has anyway."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from dialogues.models import Activity, Dialogue, NextStep, Note, Slide
from dialogues.services.activities import activity_add, activity_change, activity_move
from dialogues.services.deck import slide_add
from dialogues.services.following_up import next_step_add, next_step_update
from dialogues.services.holding import dialogue_begin, dialogue_finish
from dialogues.services.preparing import dialogue_book, dialogue_change, dialogue_create
from dialogues.services.recording import comment_add, draft_make
from dialogues.services.slides import slide_make
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues.charts import charts_of
from portal.demo.dialogues.people import Answer, Invited, invite, note_who_came
from portal.demo.dialogues.room import NAMESPACE, Kind, Said, talk
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

PLACE = "9902"
TITLE, NEXT = "Trygg hela vägen hem", "Ledningsgruppen: ungas kvällar"
AGO, IN_DAYS = -32, 6
PARTICIPANTS = (
    Invited("rektor", "education", "Siv", email="skola@lindsala.example", answer=Answer.YES),
    Invited("enhetschef", "social_services", "Karim", email="socialtjanst@lindsala.example", answer=Answer.YES),
    Invited("fritidschef", "culture_leisure", "Liv", email="fritid@lindsala.example", answer=Answer.YES),
    Invited("kommunpolis", "police", "Ulf", organisation="Polisen", email="lindsala@polis.example"),
    Invited(
        "ungdomsrådet", "young_people", "Mira och Sam", email="ungdomsrad@lindsala.example", answer=Answer.YES
    ),
)
IDEA = "Låt unga gå runt i centrum med gatukontoret en kväll."
NOTES = (
    Said(
        Kind.OBSERVATION,
        "De flesta känner sig trygga där de bor, också när det är mörkt.",
        4,
        "Vägen hem",
        chart=2,
    ),
    Said(Kind.OBSERVATION, "Sista bussen går innan träningen är slut.", 5, "Vägen hem", "Ungdomsrådet"),
    Said(Kind.QUESTION, "Var är det som känns otryggt, och när?", 3),
    Said(Kind.IDEA, IDEA, 4, "Vägen hem"),
    Said(Kind.DATA_WISH, "Hur tar sig unga hem efter träningen?", 3),
    Said(Kind.TAKEAWAY, "Ljus, buss och öppna dörrar hör ihop.", 4),
)
QUESTIONS = ((4, 4, 3), (5, 4, 4), (4, 5, 4), (4, 3, 3), (5, 5, 4))
WALK, BUS = "Gå en kvällsrunda i centrum med ungdomsrådet", "Fråga trafikbolaget om en senare buss"
DONE = "Vi har gått rundan. Fem lampor var trasiga och är lagade nu."
SUMMARY = "Fritiden tar slut när sista bussen går. Vi går vägen hem tillsammans med unga, och frågar om bussen."
COMMENT = "Skriv gärna att ungdomsrådet vill gå rundan en gång till i vår."

WALKS: dict[str, Any] = {
    "kind": "preventing",
    "goal": "Unga ska kunna vara med på det de vill, och komma hem lugnt.",
    "for_whom": "Unga som tar sig hem från centrum på kvällen",
    "what_is_done": "En rundtur i månaden med unga, gatukontoret och polisen. Det som pekas ut lagas.",
    "participation": "Ungdomsrådet väljer vägen, och skriver ner vad alla ser.",
    "factors": ["safety", "leisure"],
}


def hold_and_plan(demo: Demo) -> None:
    """Hold the first and plan the second; the record waits for comments."""
    tenant, held_at = demo.municipalities[PLACE], days_from_now(AGO, time(10))
    bo = demo.people["Bo"]
    with working_as("web"):
        with as_of(held_at - timedelta(days=15)), transaction.atomic(), scope(tenant.pk):
            dialogue = dialogue_create(title=TITLE, theme="leisure", goal="ideas", by=bo)
            dialogue_book(dialogue=dialogue, starts_at=held_at, minutes=90, place="Rådhuset, stora salen", by=bo)
            invite(demo, dialogue, PARTICIPANTS, bo)
            tables = ("safety", "satisfaction.age")
            for chart in charts_of(demo, PLACE, bo, local=("Tillfällen i idrottsföreningar",), tables=tables):
                slide_add(dialogue=dialogue, chart=chart, by=bo)
        with as_of(held_at), transaction.atomic(), scope(tenant.pk):
            dialogue_begin(dialogue=dialogue, by=bo)
            note_who_came(dialogue, bo, notes_by="Liv")
            talk(dialogue, NOTES, QUESTIONS, bo)
            steps = [_promise(demo, dialogue, text, days) for text, days in ((WALK, -12), (BUS, 9))]
            dialogue_change(dialogue=dialogue, by=bo, takeaway=NOTES[-1].text)
            dialogue_finish(dialogue=dialogue, by=bo)
        with as_of(held_at + timedelta(days=18)), transaction.atomic(), scope(tenant.pk):
            next_step_update(step=steps[0], to=NextStep.State.DONE, by=bo, line=DONE)
            draft_make(dialogue=dialogue, lang="sv", by=bo, summary=SUMMARY)
            comment_add(dialogue=dialogue, text=COMMENT, voice="Ungdomsrådet", write_key=uuid5(NAMESPACE, COMMENT))
            idea = Note.in_scope().get(text=IDEA)
            activity = activity_add(title="Kvällsrundor med unga", by=bo, responsible=bo, note=idea)
            activity_change(activity=activity, by=bo, **WALKS)
            activity_move(activity=activity, to=Activity.State.ONGOING, by=bo)
        with as_of(timezone.now() - timedelta(days=3)), transaction.atomic(), scope(tenant.pk):
            _plan_meeting(demo, dialogue)


def _promise(demo: Demo, dialogue: Dialogue, text: str, days: int) -> NextStep:
    bo = demo.people["Bo"]
    return next_step_add(
        dialogue=dialogue,
        text=text,
        owner=bo,
        owner_name=bo.name,
        due_on=days_from_now(days).date(),
        write_key=uuid5(NAMESPACE, text),
        by=bo,
    )


def _plan_meeting(demo: Demo, previous: Dialogue) -> None:
    bo = demo.people["Bo"]
    meeting = dialogue_create(
        title=NEXT, theme="leisure", goal="shared_picture", by=bo, previous=previous, format="standing"
    )
    dialogue_book(
        dialogue=meeting, starts_at=days_from_now(IN_DAYS, time(13)), minutes=90, place="Rådhuset, rum 3", by=bo
    )
    invite(demo, meeting, PARTICIPANTS[:4], bo)
    local = ("Besök på fritidsgården", "Tillfällen i idrottsföreningar")
    for chart in charts_of(demo, PLACE, bo, local=local, tables=("safety", "leisure")):
        slide_add(dialogue=meeting, chart=chart, by=bo)
    slide_make(
        dialogue=meeting,
        kind=Slide.Kind.GAP,
        heading="Hur tar sig unga hem på kvällen?",
        text="Ingen av oss räknar det. Unga säger att bussen avgör.",
        by=bo,
    )
