"""Sensitive data is published when two people have looked at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from accounts.models import Department, Membership
from datasets import tasks
from datasets.errors import DatasetsError, InvalidTransition
from datasets.models import Approval, Dataset, Release, Upload
from datasets.services.approvals import REMIND_AFTER
from datasets.services.approving import upload_approve, upload_send_back
from datasets.states import State
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of, working_as
from tests.pages.datasets.conftest import text_of, told
from tests.people_files import again, bring_people, page_of, people_file_of, send
from tests.unit.datasets.microdata.people import csv_of, people
from tests.world import World

TABLE = "Skola;År;Elever\n" + "".join(
    f"{school};{year};{count}\n"
    for school, counts in {"Ek": (3, 31), "Alm": (40, 42), "Bok": (55, 57), "Lind": (60, 61)}.items()
    for year, count in zip((2022, 2023), counts, strict=True)
)
WAITS = told("Waits for a second person")


@pytest.fixture
def asked(
    world: World, bring_in: Callable[..., Upload], register: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> Callable[..., Upload]:
    """A file of sensitive data that dag has brought in and confirmed."""

    def ask(**changed: Any) -> Upload:
        given = {"title": "Orosanmälningar", "sensitivity": "sensitive", "fit_for": ["2"], **changed}
        upload = bring_in("oro.csv", TABLE)
        run_jobs()
        register(upload, deed="look", **given)
        run_jobs()
        register(upload, **given)
        with scope(world.alvik.pk):
            upload.refresh_from_db()
        return upload

    return ask


def approval_of(world: World, upload: Upload) -> Approval:
    with transaction.atomic(), scope(world.alvik.pk):
        return Approval.objects.select_related("upload", "asked_by").get(upload=upload)


def decide(world: World, who: str, approval: Approval, **given: str) -> Any:
    address = f"/k/alvik/data/vantar/{approval.pk}/"
    return client_of(world, who).post(address, given)


def verbs(world: World) -> list[str]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))


def alone(world: World) -> None:
    """Nobody but dag answers for Skola's data."""
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user__in=[world.alma, world.adam]).update(role="official")


def test_it_waits_and_nothing_is_published(world: World, asked: Any, run_jobs: Any, visit: Any) -> None:
    upload = asked()
    assert upload.state == State.WAITING
    assert run_jobs() == ["datasets.approval_asked_mail"]
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Release.objects.exists()
        assert not Dataset.objects.exists()
    assert WAITS in text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))


def test_who_may_approve_is_told_and_who_asked_is_not(world: World, asked: Any, run_jobs: Any, visit: Any) -> None:
    upload = asked()
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == ["adam@example.org", "alma@example.org"]
    for message in mail.outbox:
        assert "oro.csv" not in message.body + message.subject
        assert "Orosanm" not in message.body + message.subject
        assert f"/data/vantar/{approval_of(world, upload).pk}/" in message.body
    for page in ("start", "dataset-list"):
        assert told("A release waits for your approval") in text_of(visit(page, "alma", slug="alvik"))
        assert told("A release waits for your approval") not in text_of(visit(page, "dag", slug="alvik"))
        assert told("A release waits for your approval") not in text_of(visit(page, "vera", slug="alvik"))


def test_whoever_may_approve_is_reminded_once_after_three_days(
    world: World, asked: Any, run_jobs: Any, as_role: Any
) -> None:
    approval = approval_of(world, asked())
    run_jobs()

    def reminded() -> list[str]:
        mail.outbox.clear()
        with as_role("worker"):
            tasks.remind_of_approvals()
        run_jobs()
        return sorted(message.to[0] for message in mail.outbox)

    assert reminded() == []
    with transaction.atomic(), scope(world.alvik.pk):
        Approval.objects.filter(pk=approval.pk).update(asked_at=timezone.now() - REMIND_AFTER - timedelta(hours=1))
    assert reminded() == ["adam@example.org", "alma@example.org"]
    assert reminded() == []


def test_approving_publishes_it_in_the_name_of_who_brought_it_in(
    world: World, asked: Any, run_jobs: Any, visit: Any
) -> None:
    upload = asked()
    approval = approval_of(world, upload)
    page = text_of(visit("approval-detail", "alma", slug="alvik", approval_id=approval.pk))
    assert "Orosanmälningar" in page
    assert 'value="approve"' in page
    assert decide(world, "alma", approval, deed="approve").status_code == 302
    mail.outbox.clear()
    assert set(run_jobs()) >= {"datasets.import_upload", "datasets.approval_decided_mail"}
    with transaction.atomic(), scope(world.alvik.pk):
        assert Release.objects.get().published_by == world.dag
        approval.refresh_from_db()
        assert (approval.state, approval.decided_by) == ("approved", world.alma)
    assert [message.to for message in mail.outbox] == [["dag@example.org"]]
    assert "release.approved" in verbs(world)


def test_sending_back_brings_words_back(world: World, asked: Any, run_jobs: Any, visit: Any) -> None:
    upload = asked()
    approval = approval_of(world, upload)
    refused = decide(world, "alma", approval, deed="send_back", words=" ")
    assert refused.status_code == 422
    assert told("Write what should be changed, so that the file can be put right.") in text_of(refused)
    decide(world, "alma", approval, deed="send_back", words="Slå ihop skolorna.")
    run_jobs()
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert "Slå ihop skolorna." in page
    with transaction.atomic(), scope(world.alvik.pk):
        assert Upload.objects.get().state == State.READ
        assert not Release.objects.exists()


def test_sent_back_it_is_asked_about_anew(world: World, asked: Any, register: Any, run_jobs: Any) -> None:
    upload = asked()
    decide(world, "alma", approval_of(world, upload), deed="send_back", words="Ändra titeln.")
    register(upload, title="Oro", sensitivity="sensitive", fit_for=["2"])
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        assert upload.state == State.WAITING
        assert list(Approval.objects.values_list("state", flat=True)) == ["waiting", "sent_back"]


def test_the_first_person_does_not_approve(world: World, asked: Any, visit: Any) -> None:
    approval = approval_of(world, asked())
    page = text_of(visit("approval-detail", "dag", slug="alvik", approval_id=approval.pk))
    assert 'value="approve"' not in page
    decide(world, "dag", approval, deed="approve")
    with transaction.atomic(), scope(world.alvik.pk):
        approval.refresh_from_db()
        assert approval.state == "waiting"
        dag = Membership.objects.get(user=world.dag)
        with pytest.raises(DatasetsError):
            upload_approve(approval=approval, membership=dag)
        with pytest.raises(DatasetsError):
            upload_send_back(approval=approval, membership=dag, words="Nej")


def test_the_database_refuses_the_first_person_and_a_way_around(world: World, asked: Any) -> None:
    upload = asked()
    approval = approval_of(world, upload)
    with transaction.atomic(), scope(world.alvik.pk):
        for tried in (
            lambda: Approval.objects.filter(pk=approval.pk).update(
                state="approved", decided_by=world.dag, decided_at="2025-01-01T00:00Z"
            ),
            lambda: Approval.objects.filter(pk=approval.pk).update(asked_by=world.alma),
            lambda: Upload.objects.filter(pk=upload.pk).update(state="confirmed"),
            lambda: Upload.objects.filter(pk=upload.pk).update(state="importing"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                tried()
        with pytest.raises(IntegrityError), transaction.atomic(), working_as("worker"):
            Upload.objects.filter(pk=upload.pk).update(state="importing")


def test_what_was_decided_stays(world: World, asked: Any) -> None:
    upload = asked()
    approval = approval_of(world, upload)
    decide(world, "alma", approval, deed="send_back", words="Ändra titeln.")
    decide(world, "adam", approval, deed="approve")
    with transaction.atomic(), scope(world.alvik.pk):
        assert Upload.objects.get().state == State.READ
        with pytest.raises(InvalidTransition):
            upload_approve(
                approval=Approval.objects.select_related("upload").get(),
                membership=Membership.objects.get(user=world.adam),
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.update(state="approved")


def test_taken_back_it_can_be_changed(world: World, asked: Any, visit: Any) -> None:
    upload = asked()
    approval = approval_of(world, upload)
    decide(world, "alma", approval, deed="take_back")
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        assert upload.state == State.WAITING
    decide(world, "dag", approval, deed="take_back")
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        approval.refresh_from_db()
        assert (upload.state, approval.state) == ("read", "taken_back")
    assert visit("approval-list", "alma", slug="alvik").status_code == 200


def test_withdrawn_it_waits_for_nobody(world: World, asked: Any, visit: Any) -> None:
    upload = asked()
    visit("upload-withdraw", "dag", data={}, slug="alvik", upload_id=upload.pk)
    assert approval_of(world, upload).state == "taken_back"
    assert told("Nothing waits for you") in text_of(visit("approval-list", "alma", slug="alvik"))


def test_another_department_does_not_know_of_it(world: World, asked: Any, visit: Any) -> None:
    approval = approval_of(world, asked())
    with transaction.atomic(), scope(world.alvik.pk):
        elsewhere = Department.objects.get(name="Fritid")
        Membership.objects.filter(user=world.alma).update(department=elsewhere)
    assert visit("approval-detail", "alma", slug="alvik", approval_id=approval.pk).status_code == 404
    assert decide(world, "alma", approval, deed="approve").status_code == 404
    assert "Orosanm" not in text_of(visit("approval-list", "alma", slug="alvik"))


def test_alone_it_is_published_at_once_and_the_log_says_so(world: World, asked: Any, run_jobs: Any) -> None:
    alone(world)
    upload = asked()
    assert run_jobs() == ["datasets.import_upload"]
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        assert upload.state == State.IMPORTED
        event = AuditEvent.objects.get(verb="release.approval_not_needed")
    assert event.details["why"] == "alone"


def test_turned_off_it_is_published_at_once_and_the_log_says_so(world: World, asked: Any, run_jobs: Any) -> None:
    world.alvik.needs_second_person, world.alvik.second_person_off_why = False, "Vi är två på allt."
    world.alvik.save()
    asked()
    assert run_jobs() == ["datasets.import_upload"]
    assert "release.approval_not_needed" in verbs(world)


def test_rows_of_people_wait_too_and_are_published_while_their_key_lives(
    world: World, run_jobs: Any, visit: Any
) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    for deed in ("look", "confirm"):
        send(world, upload, deed, sensitivity="sensitive")
        run_jobs()
    assert again(world, upload).state == State.WAITING
    assert WAITS in page_of(world, upload)
    approval = approval_of(world, upload)
    assert "is-hatched" in visit("approval-detail", "alma", slug="alvik", approval_id=approval.pk).content.decode()
    mail.outbox.clear()
    decide(world, "alma", approval, deed="approve")
    run_jobs()
    assert again(world, upload).state == State.IMPORTED
    assert f"/data/personrader/{upload.pk}/" in mail.outbox[0].body


def test_other_data_waits_for_nobody(world: World, asked: Any, run_jobs: Any) -> None:
    upload = asked(sensitivity="internal")
    assert upload.state == State.CONFIRMED
    assert run_jobs() == ["datasets.import_upload"]
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Approval.objects.exists()
