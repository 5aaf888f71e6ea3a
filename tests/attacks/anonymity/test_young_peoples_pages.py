"""Proposals, reports and reference groups: who opens or writes is nobody there either."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.middleware.language import COOKIELESS
from portal.tenancy.scope import scope
from surveys.answering.middleware import PATHS
from surveys.services.reference_groups import reference_group_invite
from tests.attacks.anonymity.browser import ADDRESS, Browser
from tests.attacks.anonymity.search import data_folder, everywhere, planted, spellings
from tests.attacks.anonymity.test_planted_person import browser, key_in
from tests.rounds import open_round
from tests.world import World

__all__ = ["browser"]

CHANNELS = ("agent", "session", "csrf", "referer", "forwarded-for", "from", "authorization", "request-id", "query")
WHO = spellings([ADDRESS, *(planted(channel) for channel in CHANNELS)])
PROPOSAL, COMMENT = "Ritaplanterad", "Linaplanterad"
WRITTEN = spellings([PROPOSAL, COMMENT])


def test_the_door_and_the_language_know_the_same_paths() -> None:
    assert set(PATHS) <= set(COOKIELESS)
    for name, arguments in (
        ("survey-answer", ["abcdefgh"]),
        ("public-report-detail", ["abcdefgh"]),
        ("public-report-list", ["alvik"]),
        ("proposal-submit", ["abcdefgh"]),
        ("reference-home", ["alvik", "x"]),
        ("reference-try", ["alvik", "x"]),
    ):
        assert reverse(name, args=arguments).startswith(PATHS)


@pytest.mark.slow
def test_nothing_tells_who_proposed_or_commented(
    committed: World, browser: Browser, tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str]
) -> None:
    survey_round = open_round(committed)
    with transaction.atomic(), scope(committed.alvik.pk):
        _group, token = reference_group_invite(survey_round=survey_round, name="Rådet", days=3, by=committed.alma)
    page = reverse("public-report-detail", args=[survey_round.public_code])
    propose, home = f"{page}foresla/", reverse("reference-home", args=["alvik", token])
    for address in (page, propose, home, f"{home}prova/", f"{home}fragorna/"):
        answered = browser.get(address)
        assert answered.status == 200 and "set-cookie" not in {name.lower() for name in answered.headers}
    key = key_in(browser.get(propose).text)
    for wrong in ("", f"{planted('phone')} 070-123 45 67", f"{planted('long')} " + "x" * 400):
        assert browser.post(propose, {**key, "text": wrong}).status == 422
    assert browser.post(propose, {**key, "form": "x", "text": planted("forged")}).status == 400
    assert browser.post(propose, {**key, "text": f"{PROPOSAL} vill", "name": planted("field")}).status == 200
    key = key_in(browser.get(home).text)
    said = browser.post(
        f"{home}kommentar/", {**key, "about": "", "text": f"{COMMENT} tycker", "email": planted("mail")}
    )
    assert said.status == 302

    output = capfd.readouterr()
    words = [("output", output.out), ("output", output.err)]
    folders = [data_folder(), tmp_path_factory.getbasetemp()]
    assert everywhere(WHO, folders, words) == []
    kept = {trace.place for trace in everywhere(WRITTEN, [], words) if trace.place.startswith(("table", "output"))}
    assert kept == {"table surveys_proposal", "table surveys_referencecomment"}
    assert token not in output.out + output.err and settings.SESSION_COOKIE_NAME not in output.out
