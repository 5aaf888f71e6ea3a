"""A draft goes round, is commented on without a name, becomes final, goes out; and what is removed when."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Note, Participant, RecordComment, RecordDraft, RecordFile, RecordVersion
from dialogues.services.record_rules import record_rules_set, records_forget
from tests.conftest import client_of, working_as
from tests.dialogues import at_work
from tests.records import SEEN, held_dialogue
from tests.world import World


def address(name: str, dialogue: Any, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


@pytest.fixture
def held(world: World) -> Any:
    with at_work(world):
        return held_dialogue(world)


def test_a_draft_is_mailed_commented_on_made_final_and_opened_again(
    world: World, held: Any, run_jobs: Callable[[], list[str]]
) -> None:
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": "Kort sagt."})
    run_jobs()
    alma.post(address("record-send", held))
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == [world.gun.email] and sent.attachments[0].mimetype == "application/pdf"
    path = re.search(r"https?://[^/]+(/protokoll/\S+)", sent.body)[1]  # type: ignore[index]

    anyone = Client()
    page = anyone.get(path)
    assert SEEN in page.content.decode() and page["Referrer-Policy"] == "same-origin"
    said = {"text": "Biblioteket glömdes", "voice": "Kultur", "write_key": str(uuid4())}
    assert anyone.post(path, said).status_code == anyone.post(path, said).status_code == 200
    with at_work(world):
        (comment,) = RecordComment.in_scope().filter(dialogue=held)
        assert {field.name for field in comment._meta.get_fields()} == {
            "id", "tenant", "dialogue", "text", "voice", "write_key",
        }  # fmt: skip

    alma.post(address("record-finish", held))
    run_jobs()
    with at_work(world):
        assert not RecordDraft.in_scope().exists() and not RecordComment.in_scope().exists()
        assert not RecordFile.in_scope().filter(version=None).exists()
    assert anyone.get(path).status_code == 404

    alma.post(address("record-draft", held), {"summary": "Med biblioteket."})
    refused = alma.post(address("record-finish", held), {"changes": " "})
    assert refused.status_code == 422 and "Skriv vad som ändrats" in refused.content.decode()
    alma.post(address("record-finish", held), {"changes": "Biblioteket är med."})
    first = alma.get(address("record-version", held, number=1)).content.decode()
    second = alma.get(address("record-version", held, number=2)).content.decode()
    assert "Kort sagt." in first and "Med biblioteket." not in first and "Biblioteket är med." in second


def test_the_archive_gets_title_date_department_retention_and_checksums(
    world: World, held: Any, run_jobs: Callable[[], list[str]]
) -> None:
    admin = client_of(world, "adam")
    rules = {"kept_years": "5", "decision": ""}
    assert admin.post(reverse("record-rules", args=["alvik"]), rules).status_code == 422
    admin.post(reverse("record-rules", args=["alvik"]), rules | {"decision": "KS 2026:14", "shows_names": "on"})
    department = world.departments["Fritid"].pk
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": "", "department": str(department)})
    alma.post(address("record-finish", held))
    run_jobs()
    told = json.loads(alma.get(address("record-metadata", held, number=1, form="json")).content)
    assert told["title"] == "En bra fritid" and told["creator"] == "Fritid" and told["date"]
    assert "5 år" in told["retention"] and told["retentionDecision"] == "KS 2026:14"
    assert {len(one["sha256"]) for one in told["files"]} == {64} and len(told["files"]) == 3
    root = ElementTree.fromstring(alma.get(address("record-metadata", held, number=1, form="xml")).content)
    assert "En bra fritid" in {element.text for element in root}
    assert "Gun" in alma.get(address("record-version", held, number=1)).content.decode()


def test_a_record_is_deleted_by_decision_when_its_years_are_up_and_not_before(
    world: World, held: Any, run_jobs: Callable[[], list[str]]
) -> None:
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": ""})
    alma.post(address("record-finish", held))
    run_jobs()
    later = timezone.now() + timedelta(days=2 * 366)
    with at_work(world):
        record_rules_set(shows_names=False, kept_years=None, decision="", by=world.adam)
    with working_as("worker"), at_work(world):
        assert records_forget(later) == 0
    with at_work(world):
        record_rules_set(shows_names=False, kept_years=2, decision="KS 2026:14", by=world.adam)
    with working_as("worker"), at_work(world):
        assert records_forget(later - timedelta(days=30)) == 0 and records_forget(later) == 1
        assert not RecordVersion.in_scope().exists() and not RecordFile.in_scope().exists()
        assert not Note.in_scope().filter(dialogue=held).exclude(text="").exists()
        assert not Participant.in_scope().filter(dialogue=held).exclude(name="").exists()
    assert alma.get(address("record-version", held, number=1)).status_code == 404


def test_no_role_that_serves_can_change_a_final_record(world: World, held: Any) -> None:
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": ""})
    alma.post(address("record-finish", held))
    with at_work(world), pytest.raises(ProgrammingError), transaction.atomic():
        RecordVersion.in_scope().update(changes="Något annat")
    with at_work(world), pytest.raises(ProgrammingError), transaction.atomic():
        RecordVersion.in_scope().all().delete()
