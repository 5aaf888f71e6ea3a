"""What may be done with a file, when, and by whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from accounts.models import Membership
from datasets.errors import InvalidTransition
from datasets.models import Upload
from datasets.services.uploads import upload_confirm, upload_receive, upload_withdraw
from datasets.states import FINAL, TRANSITIONS, State, upload_move
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.tables import waiting_upload
from tests.world import World


def move_to(world: World, name: str, department: str) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user=world.people[name]).update(department=world.departments[department])


def test_every_state_says_what_may_follow() -> None:
    assert set(TRANSITIONS) == set(State)
    assert {state for following in TRANSITIONS.values() for state in following} | {State.RECEIVED} == set(State)


@pytest.mark.parametrize("to", sorted(FINAL))
def test_nothing_of_a_file_is_kept_when_it_is_done_with(world: World, to: State) -> None:
    upload = waiting_upload(world, state="importing" if to == State.IMPORTED else "received")
    with transaction.atomic(), scope(world.alvik.pk):
        upload_move(upload, to)
        assert bytes(Upload.objects.get().content) == b""


def test_of_two_windows_that_confirm_a_file_one_does(world: World) -> None:
    upload = waiting_upload(world, state="read")
    with transaction.atomic(), scope(world.alvik.pk):
        upload_confirm(upload=Upload.objects.get(), by=world.dag)
        with pytest.raises(InvalidTransition), transaction.atomic():
            upload_confirm(upload=upload, by=world.alma)
        with pytest.raises(InvalidTransition):
            upload_move(upload, State.READ)


def test_a_withdrawn_file_is_not_brought_in(world: World, run_jobs: Any) -> None:
    upload = waiting_upload(world, state="read")
    with transaction.atomic(), scope(world.alvik.pk):
        upload_confirm(upload=upload, by=world.dag)
        upload_withdraw(upload=upload, by=world.dag)
    assert run_jobs() == []
    with transaction.atomic(), scope(world.alvik.pk):
        assert Upload.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("who", "sees"), [("dag", False), ("alma", False), ("adam", True), ("fia", False), ("bo", False)]
)
def test_secrecy_runs_between_departments(world: World, visit: Any, who: str, sees: bool) -> None:
    """The file is Fritid's; dag and alma are stewards of Skola, adam is the administrator."""
    upload = waiting_upload(world, department="Fritid")
    page = visit("upload-detail", who, slug="alvik", upload_id=upload.pk)
    assert (page.status_code == 200) is sees
    for name in ("upload-withdraw", "upload-resume"):
        answer = visit(name, who, data={}, slug="alvik", upload_id=upload.pk)
        assert (answer.status_code == 302) is sees
    if who in ("dag", "alma"):
        assert "tabell.csv" not in visit("upload-list", who, slug="alvik").content.decode()


def test_who_changes_department_changes_files(world: World, visit: Any) -> None:
    upload = waiting_upload(world, department="Fritid")
    move_to(world, "dag", "Fritid")
    assert visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk).status_code == 200


def test_a_job_that_others_watch_tells_no_file_name(world: World) -> None:
    """Whoever may import sees that jobs run; of which file is for the department alone."""
    with transaction.atomic(), scope(world.alvik.pk):
        upload_receive(name="Hemlig lista.csv", content=b"a;b\n1;2\n", department=None, by=world.dag)
        job = Job.objects.get()
    assert "Hemlig" not in str(job.title) + str(job.arguments)
