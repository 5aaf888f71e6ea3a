"""The next dialogue of the demo's series: ready to be held next week, and it opens with what was promised."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from datasets.models import Voice
from dialogues.models import Dialogue, Slide
from dialogues.services.deck import slide_add
from dialogues.services.preparing import dialogue_book, dialogue_create
from dialogues.services.slides import slide_make
from portal.demo.clock import as_of, days_from_now
from portal.demo.dialogues import held
from portal.demo.dialogues.charts import charts_of
from portal.demo.dialogues.people import Answer, Invited, invite
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

IN_DAYS = 8
TITLE = "Efter skolan: unga över 20"
AIM = "Vi vill förstå vad som händer när skolan är slut, och vilka som finns kvar runt en då."
LOCAL = ("Lån på biblioteket, 15–29 år", "Besök på fritidsgården", "Besök på ungdomsmottagningen")
TABLES = ("satisfaction.occupation", "belonging.occupation", "turn_to.age")
LOOKING_AT = (
    "Hur mycket unga lånar på biblioteket, efter ålder. Det var förra gångens dataönskan.",
    "Hur ofta unga kommer till gården. Se på linjen för 20–24 år.",
)
PARTICIPANTS = (
    Invited("studie- och yrkesvägledare", "education", "Dag", "Skola och utbildning", answer=Answer.YES),
    Invited("socialsekreterare", "social_services", "Omar", "Socialtjänst", answer=Answer.YES),
    Invited("fritidsledare", "culture_leisure", "Fia", "Kultur och fritid", answer=Answer.YES),
    Invited(
        "arbetsförmedlare", "labour_market", "Ines", organisation="Arbetsförmedlingen",
        email="ekstavik@arbetsformedling.example", answer=Answer.YES,
    ),
    Invited(
        "barnmorska", "youth_clinic", "Maj", organisation="Ungdomsmottagningen",
        email="mottagningen@solmark.example", answer=Answer.MAYBE,
    ),
    Invited(
        "samordnare", "civil_society", "Tor", organisation="Idrottsalliansen",
        email="kansli@idrottsalliansen.example", answer=Answer.NO,
    ),
    Invited("ungdomsrådet", "young_people", "Noor och Lo", email="ungdomsradet@ekstavik.example"),
    Invited("folkhälsostrateg", "public_health", "Elis", email="folkhalsa@ekstavik.example"),
)  # fmt: skip
VOICE = "När jag slutade skolan försvann alla som brukade höra av sig."
GAP = (
    "Var är de som har slutat skolan på dagarna?",
    "Vi frågar dem som har svarat. De som inte svarar vet vi minst om, och det är kanske dem vi borde höra först.",
)
TEXT = (
    "Ett år efter skolan",
    "Ingen fråga ställs längre varje dag. Ingen ser om man kommer. Vem märker att det går bra, och vem märker när"
    " det inte gör det?",
    "Egna ord inför samtalet",
)


def prepare_next(demo: Demo) -> Dialogue:
    """Prepare, fill the deck and invite; the invitations wait as jobs."""
    alma, tenant = demo.people["Alma"], demo.municipalities[held.PLACE]
    with working_as("web"), transaction.atomic(), scope(tenant.pk):
        with as_of(timezone.now() - timedelta(days=5)):
            previous = Dialogue.in_scope().get(title=held.TITLE)
            dialogue = dialogue_create(
                title=TITLE, theme="leaving_school", goal="learn", by=alma, previous=previous, aim=AIM
            )
            at, place = days_from_now(IN_DAYS), "Kulturhuset, sal 2"
            dialogue_book(dialogue=dialogue, starts_at=at, minutes=75, place=place, by=alma)
            invite(demo, dialogue, PARTICIPANTS, alma)
            _fill_deck(demo, dialogue)
        return dialogue


def _fill_deck(demo: Demo, dialogue: Dialogue) -> None:
    alma = demo.people["Alma"]
    charts = charts_of(demo, held.PLACE, alma, local=LOCAL, tables=TABLES)
    for number, chart in enumerate(charts):
        looking_at = LOOKING_AT[number] if number < len(LOOKING_AT) else ""
        slide_add(dialogue=dialogue, chart=chart, by=alma, looking_at=looking_at)
    voice = Voice.objects.own().get(text=VOICE)
    slide_make(dialogue=dialogue, kind=Slide.Kind.VOICE, heading="Så säger unga", voice=voice, by=alma)
    heading, text, source = TEXT
    slide_make(dialogue=dialogue, kind=Slide.Kind.TEXT, heading=heading, text=text, source=source, by=alma)
    heading, text = GAP
    slide_make(dialogue=dialogue, kind=Slide.Kind.GAP, heading=heading, text=text, by=alma)
