"""The demo's map, offers and voices: a version that the region made its own, and what a municipality noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Department
from datasets.models import Voice
from datasets.reach import Reach
from datasets.services import offers, system_map, voices
from datasets.system_map import MapFactor, MapInfluence, SystemMap
from portal.demo.clock import as_of
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope

PLACE = "9901"
BUSES = MapFactor(
    "own_bussar",
    "society",
    {"sv": "Att kunna ta sig fram", "en": "Being able to get around"},
    {"sv": "Att det går att komma dit man vill, och hem igen.",
     "en": "That one can get to where one wants, and home again."},
)  # fmt: skip
BUSES_AND_LEISURE = MapInfluence(
    BUSES.key,
    "leisure",
    True,
    {"sv": "När sista bussen går tidigt blir kvällens träning svår att vara med på.",
     "en": "When the last bus leaves early the evening's training is hard to join."},
)  # fmt: skip
WHY = "Långa avstånd avgör mycket hos oss. Därför har vi lagt till hur unga tar sig fram."

OFFERS: tuple[dict[str, Any], ...] = (
    {
        "title": "Fritidsgården Eken", "kind": "promoting", "department": "Kultur och fritid",
        "age_bands": ["15-17", "18-19"], "factors": ["leisure", "meeting_places", "belonging"],
        "description": "Öppet fem kvällar i veckan. Alla är välkomna.", "place": "Torget, Ekstavik",
        "contact": "Fritidsgårdens telefon, 070-174 06 35",
    },
    {
        "title": "Kulturskolans verkstad", "kind": "promoting", "department": "Kultur och fritid",
        "age_bands": ["15-17", "18-19"], "situations": ["occupied"], "factors": ["culture", "joy", "voice"],
        "description": "Musik, film och bild en kväll i veckan.", "place": "Kulturhuset",
        "contact": "Kulturskolans expedition",
    },
    {
        "title": "Elevhälsans öppna mottagning", "kind": "preventing", "department": "Skola och utbildning",
        "age_bands": ["15-17", "18-19"], "situations": ["occupied"],
        "factors": ["someone_to_turn_to", "troubles", "school_climate"],
        "description": "Kurator och skolsköterska utan tid.", "place": "Gymnasiet", "contact": "Elevhälsan",
    },
    {
        "title": "Kommunens aktivitetsansvar", "kind": "preventing", "department": "Skola och utbildning",
        "age_bands": ["15-17", "18-19"], "situations": ["neither"], "factors": ["transitions", "work", "hope"],
        "description": "Söker upp den som har slutat skolan i förtid.", "contact": "Studie- och yrkesvägledningen",
    },
    {
        "title": "Ungdomsmottagningen", "kind": "remedial", "provider": "Region Solmark",
        "age_bands": ["15-17", "18-19", "20-24"], "factors": ["support_nearby", "troubles", "physical_health"],
        "description": "Samtal, råd och vård. Kostar ingenting.", "place": "Vårdcentralen",
        "contact": "Mottagningens telefon, 070-174 06 36",
    },
    {
        "title": "Jobbspåret", "kind": "preventing", "department": "Socialtjänst",
        "age_bands": ["20-24"], "situations": ["occupied"], "factors": ["work", "money"],
        "description": "Praktik och handledare ett halvår.", "contact": "Arbetsmarknadsenheten",
    },
)  # fmt: skip
"""Nothing for 25–29, and nothing that promotes wellbeing for 20–24: so the gaps are there to see."""

VOICES: tuple[dict[str, Any], ...] = (
    {
        "text": "På gården är det ingen som frågar vad man har för betyg.", "kind": "quote", "method": "workshop",
        "theme": "leisure", "factors": ["leisure", "belonging", "meeting_places"], "age_band": "15-17",
        "group_size": 14, "source": "Workshop på fritidsgården",
    },
    {
        "text": "När jag slutade skolan försvann alla som brukade höra av sig.", "kind": "quote",
        "method": "interview", "theme": "leaving_school", "factors": ["transitions", "someone_to_turn_to"],
        "age_band": "20-24", "group_size": 8, "source": "Intervjuer om tiden efter skolan",
    },
    {
        "text": "Sista bussen går innan träningen är slut, så jag slutade.", "kind": "quote",
        "method": "free_text", "theme": "leisure", "factors": ["leisure", "money"], "age_band": "18-19",
        "source": "Fritext i kommunens enkät",
    },
    {
        "text": "De som trivs i skolan nämner oftast en vuxen som såg dem när det var svårt.", "kind": "finding",
        "method": "interview", "theme": "school_attendance",
        "factors": ["school_climate", "school_attendance", "someone_to_turn_to"], "age_band": "15-17",
        "group_size": 11, "source": "Intervjuer i två skolor",
    },
    {
        "text": "Unga vuxna vill ha någonstans att vara på dagen, utan att behöva vara sjuka eller söka jobb.",
        "kind": "finding", "method": "workshop", "theme": "neither_work_nor_study",
        "factors": ["work", "belonging", "meeting_places"], "age_band": "20-24", "group_size": 9,
        "source": "Workshop med unga vuxna",
    },
)  # fmt: skip
WAITING = {
    "text": "Det är lättare att prata med någon som inte känner ens föräldrar.", "kind": "quote",
    "method": "workshop", "theme": "wellbeing", "factors": ["someone_to_turn_to"], "age_band": "15-17",
    "group_size": 14, "source": "Workshop på fritidsgården",
}  # fmt: skip


def gather_knowledge(demo: Demo) -> str:
    """A version of the region's map, and the first municipality's offers and voices; gives what was made."""
    month_ago = timezone.now() - timedelta(days=30)
    with working_as("web"), as_of(month_ago):
        with transaction.atomic(), scope(demo.region.pk):
            _change_map(demo)
        with transaction.atomic(), scope(demo.municipalities[PLACE].pk):
            _add_offers(demo)
            _note_voices(demo, month_ago.year)
    return f"a map of the region's own, {len(OFFERS)} offers and {len(VOICES)} voices, all made up"


def _change_map(demo: Demo) -> None:
    by = demo.first_in(demo.region.code)
    draft = system_map.system_map_begin(region=demo.region, by=by)
    system_map.factor_put(draft=draft, factor=BUSES, by=by)
    system_map.influence_put(draft=draft, influence=BUSES_AND_LEISURE, by=by)
    nature = SystemMap.from_json(draft.content).find("nature")
    if nature is not None:
        renamed = replace(nature, label={"sv": "Skog, sjö och park", "en": "Forest, lake and park"})
        system_map.factor_put(draft=draft, factor=renamed, by=by)
    system_map.system_map_publish(draft=draft, why=WHY, by=by)


def _add_offers(demo: Demo) -> None:
    departments = {department.name: department for department in Department.objects.all()}
    for offer in OFFERS:
        described = {"situations": ["occupied", "neither"], **offer}
        if (name := described.get("department")) is not None:
            described["department"] = departments.get(name)
            if described["department"] is None:
                described["provider"] = name
        offers.offer_add(by=demo.first_in(PLACE), is_synthetic=True, **described)
    offers.offers_share(reach=Reach.PUBLIC, by=demo.people["Idris"])


def _note_voices(demo: Demo, year: int) -> None:
    author, reviewer = demo.people["Omar"], demo.people["Idris"]
    for number, described in enumerate(VOICES):
        voice = _sent(author, described, year)
        reach = (Reach.PUBLIC, Reach.MEMBERS, Reach.OWN)[number % 3]
        voices.voice_publish(voice=voice, reach=reach, by=reviewer)
    _sent(author, WAITING, year)


def _sent(author: Any, described: dict[str, Any], year: int) -> Voice:
    voice = voices.voice_register(by=author, year=year, is_synthetic=True, **described)
    return voices.voice_send(voice=voice, by=author)
