"""The demo's first dialogue: held some weeks ago in Ekstavik, with a log, promises, and a record that is final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from dialogues.models import Dialogue, NextStep
from dialogues.services.attending import notes_approve
from dialogues.services.deck import slide_add
from dialogues.services.following_up import next_step_add, next_step_move, next_step_update
from dialogues.services.holding import dialogue_begin, dialogue_finish
from dialogues.services.preparing import dialogue_book, dialogue_change, dialogue_create
from dialogues.services.recording import comment_add, draft_make, record_finish
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues.charts import charts_of
from portal.demo.dialogues.people import Answer, Invited, invite, note_who_came
from portal.demo.dialogues.room import NAMESPACE, Kind, Said, talk
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

PLACE = "9901"
TITLE = "Ungas fritid i Ekstavik"
AGO = -18
AIM = "Vi vill veta vilka som har en fritid de trivs med, och vilka vi inte når i dag."
LOCAL = ("Besök på fritidsgården", "Tillfällen i idrottsföreningar", "Besök på ungdomsmottagningen")
TABLES = ("satisfaction.age", "leisure", "belonging.occupation", "turn_to", "adds")
PARTICIPANTS = (
    Invited("socialsekreterare", "social_services", "Omar", "Socialtjänst", answer=Answer.YES),
    Invited("utvecklingsledare", "education", "Dag", "Skola och utbildning", answer=Answer.YES),
    Invited("ledamot i kultur- och fritidsnämnden", "management", "Vera", "Kommunledning", answer=Answer.YES),
    Invited("kommunpolis", "police", "Gun", organisation="Polisen", answer=Answer.YES),
    Invited(
        "samordnare", "civil_society", "Tor", organisation="Idrottsalliansen",
        email="kansli@idrottsalliansen.example", answer=Answer.YES,
    ),
    Invited(
        "ungdomsrådet", "young_people", "Noor och Lo", email="ungdomsradet@ekstavik.example", answer=Answer.YES,
    ),
    Invited(
        "barnmorska", "youth_clinic", "Maj", organisation="Ungdomsmottagningen",
        email="mottagningen@solmark.example", answer=Answer.NO,
    ),
)  # fmt: skip
TIMES, OVER_20 = "Tider och platser", "Den som är över 20"
NOTES = (
    Said(Kind.OBSERVATION, "Fler är nöjda med sin fritid än i våras.", 5, TIMES, chart=5),
    Said(Kind.OBSERVATION, "Gymnasieåldern kommer till gården, men nästan ingen över 20.", 6, OVER_20, chart=1),
    Said(
        Kind.OBSERVATION, "Kvällarna är lugnare på torget sedan gården har öppet längre.", 2, TIMES, "Polisen", 1
    ),
    Said(Kind.QUESTION, "Vad gör de som varken går i skola eller arbetar på dagarna?", 4, OVER_20, chart=6),
    Said(Kind.QUESTION, "Varför känner sig så många trygga hos oss? Kan vi göra mer av det?", 3),
    Said(Kind.IDEA, "Låt gården ha öppet för unga vuxna en kväll i veckan.", 6, OVER_20, "Ungdomsrådet"),
    Said(Kind.IDEA, "Fråga idrottsföreningarna om ledarplatser för dem som slutat träna.", 3, OVER_20),
    Said(Kind.IDEA, "Låt unga själva låsa upp och stänga på söndagar.", 2, TIMES),
    Said(Kind.DATA_WISH, "Hur många över 20 lånar på biblioteket?", 2),
    Said(Kind.DATA_WISH, "Hur tar sig unga hem på kvällen?", 4, voice="Ungdomsrådet"),
    Said(Kind.PEOPLE_WISH, "Någon från Arbetsförmedlingen, och ett par unga över 20.", 4),
    Said(Kind.TAKEAWAY, "Det vi gör för fritiden märks. Nu behöver vi nå dem som slutat skolan.", 5),
    Said(Kind.TAKEAWAY, "Vi vet mer tillsammans än var och en för sig.", 3),
)
QUESTIONS = ((5, 4, 4), (4, 5, 4), (5, 5, 3), (4, 4, 4), (5, 4, None), (3, 4, 4))
"""What each device answers to the three questions, in their order."""
SUMMARY = (
    "Skola, fritid, socialtjänst, polis, föreningar och unga pratade i nittio minuter om ungas fritid. Det som"
    " görs märks: fler är nöjda än i våras. Men få över 20 hittar till det som finns. Därför provar vi en öppen"
    " kväll för dem."
)
COMMENT = "Skriv att kvällen provas en termin, så att ingen tror att den redan är beslutad för gott."
CHANGES = "Sammanfattningen säger nu att den öppna kvällen provas en termin."


@dataclass(frozen=True)
class Promised:
    """A next step: what, whose, how many days from today it is due, and what became of it."""

    text: str
    owner: str
    days: int
    becomes: str = NextStep.State.OPEN
    line: str = ""
    moved: int | None = None
    email: str = ""


STEPS = (
    Promised("Prova en öppen kväll för unga över 20 på gården", "Alma", 20),
    Promised("Bjud in Arbetsförmedlingen till nästa dialog", "Alma", -6),
    Promised(
        "Fråga ungdomsrådet vad de vill veta mer om", "Dag", -12, NextStep.State.DONE,
        "De vill veta mer om sommarjobb, och om bussarna på kvällen.",
    ),
    Promised(
        "Räkna på vad en kväll till i veckan kostar", "Omar", -4, moved=12, line="Vi väntar på höstens utfall."
    ),
    Promised(
        "Fråga föreningarna vilka som har plats för unga ledare", "Idrottsalliansens kansli", 6,
        NextStep.State.STUCK, "Tre föreningar vill, men ingen har tid att ta emot förrän i vår.",
        email="kansli@idrottsalliansen.example",
    ),
)  # fmt: skip


def hold(demo: Demo) -> None:
    """Prepare, hold, follow up and record it; as `web`. The record's files and the mails wait as jobs."""
    tenant, held_at = demo.municipalities[PLACE], days_from_now(AGO, time(13))
    with working_as("web"):
        with as_of(held_at - timedelta(days=24)), transaction.atomic(), scope(tenant.pk):
            dialogue = _prepare(demo, held_at)
        with as_of(held_at), transaction.atomic(), scope(tenant.pk):
            dialogue_begin(dialogue=dialogue, by=demo.people["Fia"])
            note_who_came(dialogue, demo.people["Fia"], notes_by="Dag")
            talk(dialogue, NOTES, QUESTIONS, demo.people["Fia"])
            steps = [_promise(demo, dialogue, one) for one in STEPS]
            dialogue_change(dialogue=dialogue, by=demo.people["Fia"], takeaway=NOTES[-2].text)
        with as_of(held_at + timedelta(minutes=92)), transaction.atomic(), scope(tenant.pk):
            dialogue_finish(dialogue=dialogue, by=demo.people["Fia"])
        _follow_up(demo, dialogue, steps, held_at)
        _record(demo, dialogue, held_at)


def _prepare(demo: Demo, held_at: datetime) -> Dialogue:
    fia, alma = demo.people["Fia"], demo.people["Alma"]
    dialogue = dialogue_create(title=TITLE, theme="leisure", goal="shared_picture", by=fia, aim=AIM)
    dialogue_book(dialogue=dialogue, starts_at=held_at, minutes=90, place="Kulturhuset, sal 2", by=fia)
    invite(demo, dialogue, PARTICIPANTS, fia)
    for chart in charts_of(demo, PLACE, alma, local=LOCAL, tables=TABLES):
        slide_add(dialogue=dialogue, chart=chart, by=fia)
    return dialogue


def _promise(demo: Demo, dialogue: Dialogue, one: Promised) -> NextStep:
    return next_step_add(
        dialogue=dialogue,
        text=one.text,
        owner=demo.people.get(one.owner),
        owner_name=one.owner,
        owner_email=one.email,
        due_on=days_from_now(one.days).date(),
        write_key=uuid5(NAMESPACE, one.text),
        by=demo.people["Alma"],
    )


def _follow_up(demo: Demo, dialogue: Dialogue, steps: list[NextStep], held_at: datetime) -> None:
    with as_of(held_at + timedelta(days=6)), transaction.atomic(), scope(dialogue.tenant_id):
        for one, step in zip(STEPS, steps, strict=True):
            by = demo.people.get(one.owner)
            if one.moved is not None:
                next_step_move(step=step, due_on=days_from_now(one.moved).date(), by=by, line=one.line)
            elif one.becomes != NextStep.State.OPEN:
                next_step_update(step=step, to=NextStep.State(one.becomes), by=by, line=one.line)


def _record(demo: Demo, dialogue: Dialogue, held_at: datetime) -> None:
    """A draft made final, commented on, and made final once more."""
    fia = demo.people["Fia"]
    draft = partial(draft_make, dialogue=dialogue, lang="sv", by=fia, department="Kultur och fritid")
    with as_of(held_at + timedelta(days=1)), transaction.atomic(), scope(dialogue.tenant_id):
        draft(summary=SUMMARY)
        record_finish(dialogue=dialogue, by=fia)
    with as_of(held_at + timedelta(days=5)), transaction.atomic(), scope(dialogue.tenant_id):
        changed = SUMMARY.replace("för dem.", "för dem under en termin.")
        draft(summary=changed)
        notes_approve(dialogue=dialogue, approved_by="Vera", approved_on=timezone.localdate(), by=fia)
        comment_add(
            dialogue=dialogue, text=COMMENT, voice="Kultur- och fritidsnämnden",
            write_key=uuid5(NAMESPACE, COMMENT),
        )  # fmt: skip
        record_finish(dialogue=dialogue, by=fia, changes=CHANGES)
