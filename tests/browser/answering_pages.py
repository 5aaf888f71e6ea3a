"""Every page that answering can show, as the server gives it: those a press leads to, and those of bad days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.public_round import DatabaseUnavailable, forget_rounds
from surveys.services.reference_groups import reference_group_invite
from surveys.services.rounds import survey_round_cancel, survey_round_close, survey_round_schedule
from tests.browser.rounds_of_every_kind import open_round_of_every_kind
from tests.pages.surveys.test_survey_answer import Person
from tests.rounds import open_round, plan_round
from tests.rules.test_survey_class_codes import opened, planned, sheet
from tests.rules.test_survey_personal_codes import invite
from tests.world import World

Shown = Iterator[tuple[str, str]]
"""Pages: a name, and the HTML."""


class Answering:
    """Rounds in every state and by every way in, made once; `pages` shows what they say in a language."""

    def __init__(self, world: World) -> None:
        forget_rounds()
        self.plain = open_round(world)
        self.kinds = open_round_of_every_kind(world, scored=True)
        self.by_slip, (self.slip, *_more) = self._with_slips(world)
        invited = planned(world)
        invite(world, invited)
        self.by_mail = opened(invited)
        self.waiting, self.off, self.over = self._not_open(world)
        with transaction.atomic(), scope(world.alvik.pk):
            _group, token = reference_group_invite(
                survey_round=plan_round(world), name="Ungdomsrådet", days=30, by=world.alma
            )
        self.tryout = reverse("reference-try", args=["alvik", token])
        forget_rounds()

    def _with_slips(self, world: World) -> tuple[SurveyRound, list[str]]:
        survey_round = planned(world)
        _sheet, codes = sheet(world, survey_round)
        return opened(survey_round), codes

    def _not_open(self, world: World) -> list[SurveyRound]:
        waiting, off = plan_round(world), plan_round(world)
        over = open_round(world)
        with transaction.atomic(), scope(world.alvik.pk):
            for one in (waiting, off):
                later = timezone.now() + timedelta(days=2)
                survey_round_schedule(survey_round=one, opens_at=later, closes_at=one.closes_at, by=world.alma)
            survey_round_cancel(survey_round=off, by=world.alma)
            survey_round_close(survey_round=over, by=world.alma)
        return [waiting, off, over]

    def pages(self, language: str) -> Shown:
        """Everything, in this language."""
        yield from self._on_the_way(language)
        yield from self._of_codes(language)
        yield from self._at_other_times(language)
        yield from self._of_bad_days(language)
        yield from self._around(language)

    def _on_the_way(self, language: str) -> Shown:
        person = Person(self.plain, language).open()
        yield "the first page", person.html
        yield "an age that lacks", person.press().press(age="").html
        yield "too young", person.press(age="12").html
        sent = person.open().hidden | {"page": "ahead", "age": "17"}
        for name in ("thanks", "thanks once more"):
            person.html = ""
            yield name, person.press("send", **sent).html
        person = Person(self.kinds, language).open().press().press(born="2008")
        yield "every kind of question", person.html
        yield "asked once more, and wrong", person.press(sleep="25", joys=["music"]).html
        yield "a battery", person.press(sleep="6", joys=[], goes="yes").html
        yield "the last page", person.press(safe="t0").html
        shared = Person(self.plain, language)
        shared.address = shared.address.replace("?", "delad/?")
        yield "a shared device", shared.open().html

    def _of_codes(self, language: str) -> Shown:
        pupil = Person(self.by_slip, language).open()
        yield "a slip's code", pupil.html
        yield "a slip's code that is wrong", pupil.press(**{"way-code": "ABCDE-ABCDE-ABCD"}).html
        yield "a code that is asked for again", pupil.open().press("send", page="ahead", age="17").html
        invited = Person(self.by_mail, language).open()
        yield "a personal code", invited.html
        yield "a personal code without script", invited.press(**{"way-code": "P" + "A" * 14}).html

    def _at_other_times(self, language: str) -> Shown:
        for name, survey_round in (("not yet", self.waiting), ("called off", self.off), ("over", self.over)):
            yield name, Person(survey_round, language).open().html
        unknown = Person(self.plain, language)
        unknown.address = f"/svara/zzzzzzzz/?lang={language}"
        yield "no such survey", unknown.open().html

    def _of_bad_days(self, language: str) -> Shown:
        person = Person(self.plain, language).open()
        yield "a key that is not ours", person.press(key="x").html
        yield "too much", person.press(own_words="x" * 2_100_000).html
        person.open()
        with patch("surveys.answering.views.find_round", side_effect=DatabaseUnavailable):
            yield "busy while sending", person.press().html
            yield "busy", person.open().html
        person.client = Client(raise_request_exception=False)
        with patch("surveys.answering.views.find_round", side_effect=RuntimeError):
            yield "a fault of ours", person.open().html
        with patch("surveys.answering.views.response_submit", return_value="closed"):
            yield "too late", person.open().press("send", page="ahead", age="17").html

    def _around(self, language: str) -> Shown:
        person = Person(self.plain, language)
        person.address = f"{self.tryout}?lang={language}"
        yield "a try-out", person.open().html
        yield "tried", person.press("send", page="ahead", age="17").html
        for name in ("proposal-submit", "public-report-detail"):
            person.address = f"{reverse(name, args=[self.plain.public_code])}?lang={language}"
            yield f"public: {name}", person.open().html
        person.address = f"{reverse('proposal-submit', args=[self.plain.public_code])}?lang={language}"
        person.open()
        yield "an empty proposal", person.press(text="").html
        yield "a proposal's thanks", person.press(text="Fråga om bussarna.").html
