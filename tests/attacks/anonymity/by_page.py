"""Sixty people who answer by the pages themselves: one by one, on one device, or away from the network."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from surveys.models import SurveyRound
from surveys.questionnaire import Answers
from surveys.ways_in.work import doors
from tests.attacks.anonymity.browser import HEADERS, QUERY
from tests.attacks.anonymity.test_order_and_time import person
from tests.joint import announce, everywhere
from tests.rounds import open_round
from tests.world import World

PEOPLE = 60
PLACES = ("alvik", "bjorkvik", "cedervik")


@dataclass
class Device:
    """A browser before one round's page. It keeps every cookie it is given."""

    path: str
    client: Client = field(default_factory=lambda: Client(headers=HEADERS))

    def page(self) -> str:
        """The first page as it comes to the device."""
        return self.client.get(f"{self.path}?{QUERY}").content.decode()

    def send(self, page: str, answers: Answers) -> str:
        """What is said when the answers are sent from a page that was loaded at some time."""
        fields: dict[str, Any] = {"page": "ahead", "go": "send", **answers}
        for name in ("form", "key"):
            fields[name] = re.findall(rf'name="{name}" value="([^"]+)"', page)[0]
        # Who sends without script waits at a door; that is tried in tests/rules/test_survey_work.py.
        doors.forget()
        sent = self.client.post(f"{self.path}?{QUERY}", fields)
        assert not self.client.cookies
        return str(sent.content.decode())


def by_open_link(world: World) -> tuple[SurveyRound, list[int]]:
    """Each with a device of their own."""
    survey_round = open_round(world)
    for number in range(PEOPLE):
        device = Device(f"/svara/{survey_round.public_code}/")
        assert "Thank you for your answers" in device.send(device.page(), person(number))
    return survey_round, list(range(PEOPLE))


def by_kiosk(world: World) -> tuple[SurveyRound, list[int]]:
    """All on one device, whose page starts anew for each."""
    survey_round = open_round(world)
    device = Device(f"/svara/{survey_round.public_code}/delad/")
    for number in range(PEOPLE):
        assert "Thank you for your answers" in device.send(device.page(), person(number))
    return survey_round, list(range(PEOPLE))


def by_offline(world: World) -> tuple[SurveyRound, list[int]]:
    """All load the page in turn, and send it in another, some of them twice since no answer reached them."""
    survey_round = open_round(world)
    waiting = []
    for number in range(PEOPLE):
        device = Device(f"/svara/{survey_round.public_code}/")
        waiting.append((number, device, device.page()))
    random.Random(7).shuffle(waiting)
    for number, device, page in waiting:
        assert "Thank you for your answers" in device.send(page, person(number))
        if number % 4 == 0:
            assert "We have your answers already" in device.send(page, person(number))
    return survey_round, [number for number, *_ in waiting]


def by_municipality(world: World) -> tuple[SurveyRound, list[int]]:
    """A joint round, by the links that three municipalities spread."""
    survey_round, _asked = everywhere(world, PLACES)
    announce(world, survey_round, is_open=True)
    for number in range(PEOPLE):
        place = PLACES[number % 3]
        device = Device(f"/svara/{survey_round.public_code}/i/{place}/")
        assert "Thank you for your answers" in device.send(
            device.page(), {"municipality": place, **person(number)}
        )
    return survey_round, list(range(PEOPLE))
