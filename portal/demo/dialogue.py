"""The demo's dialogues: one that was held and left next steps behind, one that is being prepared."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import Department
from datasets.charts import propose
from datasets.models import Chart, Dataset
from datasets.selectors import latest_release, load_table, tables_of
from datasets.services.charts import chart_save
from dialogues.models import Dialogue, NextStep, Note
from dialogues.services.deck import slide_add
from dialogues.services.following_up import next_step_add, next_step_update
from dialogues.services.holding import dialogue_begin, dialogue_finish
from dialogues.services.notes import note_add
from dialogues.services.preparing import dialogue_book, dialogue_create, guest_invite, participant_add
from portal.demo.clock import as_of
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

PLACE = "9901"
NAMESPACE = UUID("c2f7bb1e-6d1b-4f0d-8a53-1d7a2a2f8a10")
LOCAL_CHARTS = ("Besök på fritidsgården", "Tillfällen i idrottsföreningar", "Besök på ungdomsmottagningen")
SURVEY_TABLES = ("satisfaction.age", "leisure", "belonging.occupation", "turn_to", "adds")
PARTICIPANTS = (
    ("Omar", "socialsekreterare", "Socialtjänst", "social_services", "omar"),
    ("Dag", "utvecklingsledare", "Skola och utbildning", "education", "dag"),
    ("Vera", "ledamot i kultur- och fritidsnämnden", "Kommunledning", "management", "vera"),
    ("Gun", "kommunpolis", "", "police", "gun"),
)
NOTES: tuple[tuple[Note.Kind, str], ...] = (
    (Note.Kind.OBSERVATION, "Fler är nöjda med sin fritid än i våras."),
    (Note.Kind.OBSERVATION, "Gymnasieåldern kommer till gården, men nästan ingen över 20."),
    (Note.Kind.QUESTION, "Vad gör de som varken går i skola eller arbetar på dagarna?"),
    (Note.Kind.QUESTION, "Varför känner sig så många trygga hos oss? Kan vi göra mer av det?"),
    (Note.Kind.IDEA, "Låt gården ha öppet för unga vuxna en kväll i veckan."),
    (Note.Kind.IDEA, "Fråga idrottsföreningarna om ledarplatser för dem som slutat träna."),
    (Note.Kind.DATA_WISH, "Hur många över 20 lånar på biblioteket?"),
    (Note.Kind.PEOPLE_WISH, "Någon från Arbetsförmedlingen, och ett par unga över 20."),
    (Note.Kind.TAKEAWAY, "Det vi gör för fritiden märks. Nu behöver vi nå dem som slutat skolan."),
)
STEPS = (
    ("Prova en öppen kväll för unga över 20 på gården", "Alma", 20, NextStep.State.OPEN),
    ("Bjud in Arbetsförmedlingen till nästa dialog", "Alma", -6, NextStep.State.OPEN),
    ("Fråga ungdomsrådet vad de vill veta mer om", "Dag", -12, NextStep.State.DONE),
)
"""What, whose, and how many days from today."""


def hold_dialogues(demo: Demo) -> None:
    """A held dialogue on leisure and one in preparation, both in the first municipality; as `web`."""
    tenant = demo.municipalities[PLACE]
    held_at = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=18), time(13)))
    with working_as("web"):
        with as_of(held_at), transaction.atomic(), scope(tenant.pk):
            _hold(demo, held_at)
        with transaction.atomic(), scope(tenant.pk):
            _prepare(demo)


def _hold(demo: Demo, held_at: datetime) -> None:
    alma, fia = demo.people["Alma"], demo.people["Fia"]
    dialogue = dialogue_create(title="Ungas fritid i Ekstavik", theme="leisure", goal="shared_picture", by=fia)
    dialogue_book(dialogue=dialogue, starts_at=held_at, minutes=90, place="Kulturhuset, sal 2", by=fia)
    for name, role, department, perspective, key in PARTICIPANTS:
        participant = participant_add(
            dialogue=dialogue,
            name=name,
            role=role,
            organisation="" if department else "Polisen",
            perspective=perspective,
            department=Department.objects.filter(name=department).first(),
            email=demo.people[key.capitalize()].email,
            by=fia,
        )
        if not department:
            guest_invite(dialogue=dialogue, participant=participant, by=fia)
    slides = [slide_add(dialogue=dialogue, chart=chart, by=fia) for chart in _charts(demo)]
    dialogue_begin(dialogue=dialogue, by=fia)
    for number, (kind, text) in enumerate(NOTES):
        note_add(
            dialogue=dialogue,
            kind=kind,
            text=text,
            slide=slides[number % len(slides)] if kind == Note.Kind.OBSERVATION and slides else None,
            write_key=uuid5(NAMESPACE, text),
        )
    for text, owner, days, state in STEPS:
        user = demo.people[owner]
        step = next_step_add(
            dialogue=dialogue,
            text=text,
            owner=user,
            owner_name=owner,
            due_on=timezone.localdate(held_at) + timedelta(days=18 + days),
            write_key=uuid5(NAMESPACE, text),
            by=alma,
        )
        if state != NextStep.State.OPEN:
            next_step_update(step=step, to=state, by=user)
    Dialogue.objects.filter(pk=dialogue.pk).update(takeaway=NOTES[-1][1])
    dialogue_finish(dialogue=dialogue, by=fia)


def _prepare(demo: Demo) -> None:
    alma = demo.people["Alma"]
    previous = Dialogue.objects.filter(state=Dialogue.State.HELD).first()
    dialogue = dialogue_create(
        title="Efter skolan: unga över 20", theme="leaving_school", goal="learn", by=alma, previous=previous
    )
    soon = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=9), time(9)))
    dialogue_book(dialogue=dialogue, starts_at=soon, minutes=75, place="", by=alma)
    for chart in Chart.objects.own().order_by("created_at")[:2]:
        slide_add(dialogue=dialogue, chart=chart, by=alma)


def _charts(demo: Demo) -> list[Chart]:
    """Saved charts of local data and of the newest round, in that order."""
    found = []
    for title in LOCAL_CHARTS:
        dataset = Dataset.objects.filter(title=title, tenant__in=[demo.region, demo.municipalities[PLACE]]).first()
        if dataset is not None:
            found += _charts_of(demo, dataset, None)
    for code in SURVEY_TABLES:
        newest = Dataset.objects.own().filter(origin=Dataset.Origin.SURVEY).order_by("-created_at")
        for dataset in newest:
            charts = _charts_of(demo, dataset, code)
            if charts:
                found += charts
                break
    return found


def _charts_of(demo: Demo, dataset: Dataset, code: str | None) -> list[Chart]:
    """A chart of the data set's table of that code, or of its first one."""
    release = latest_release(dataset)
    if release is None:
        return []
    for table in tables_of(release):
        if code in (None, table.code):
            cube = load_table(release, table.code)
            selection = propose(cube, place=PLACE)
            title = str(table.title.get("sv") or dataset.title) if code else dataset.title
            return [
                chart_save(
                    dataset=dataset,
                    table_code=table.code,
                    query=selection.to_query(),
                    title=title[:200],
                    by=demo.people["Alma"],
                )
            ]
    return []
