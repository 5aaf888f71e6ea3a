"""Every cell of the table of rights, with real requests as each kind of person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import Membership
from datasets.models import Chart, Dataset, Upload
from datasets.rights import Person, Right, Seen, Sensitive, cells, right_of
from datasets.services.registration import dataset_open_to_public
from dialogues.services.deck import slide_add
from portal.tenancy.scope import scope
from tests.conftest import client_of, committed_world
from tests.dialogues import invite_gun, make_dialogue
from tests.tables import published_dataset
from tests.world import World

WHO: dict[Person, str | None] = {
    Person.STEWARD: "dag",
    Person.OTHER_DEPARTMENT: "alma",
    Person.OFFICIAL: "olle",
    Person.VIEWER: "vera",
    Person.GUEST: "gun",
    Person.REGION: "rut",
    Person.PUBLIC: None,
}
TITLE = "Oro i Alvik"
RAW = "ett värde ur filen"


class Planted:
    """Data of one sensitivity that Skola owns: a file on its way, a release with hidden cells, its chart."""

    def __init__(self, world: World, sensitivity: Sensitive) -> None:
        self.world, self.sensitivity = world, sensitivity
        with transaction.atomic(), scope(world.alvik.pk):
            Membership.objects.filter(user=world.alma).update(department=world.departments["Fritid"])
        self.dataset: Dataset = published_dataset(
            world.alvik, TITLE, sensitivity=str(sensitivity), department=world.departments["Skola"]
        )
        with transaction.atomic(), scope(world.alvik.pk):
            self.upload: Upload = Upload.objects.create(
                name=f"{RAW}.csv", size=1, state="read", department=world.departments["Skola"],
                dataset=self.dataset, uploaded_by=world.dag,
            )  # fmt: skip

    def get(self, who: str | None, name: str, *args: Any, slug: str = "alvik") -> tuple[int, str]:
        response = client_of(self.world, who).get(reverse(name, args=[slug, *args]))
        return response.status_code, response.content.decode()

    def sees_raw(self, who: str | None) -> bool:
        """Whether the file is seen at its own address, or named in the list of files."""
        answers = [self.get(who, "upload-detail", self.upload.pk), self.get(who, "upload-list")]
        seen = {RAW in page for _status, page in answers}
        assert len(seen) == 1, answers
        return seen == {True}

    def sees_hidden(self, who: str | None) -> bool:
        """Whether the report on what is hidden opens, or the data set's page tells of it."""
        report = self.get(who, "release-report", self.dataset.pk, 1)
        page = self.get(who, "dataset-detail", self.dataset.pk)
        seen = {report[0] == 200, "/skydd/" in page[1]}
        assert len(seen) == 1
        return seen == {True}

    def sees_release(self, who: str | None) -> bool:
        """Whether the figures are read in the municipality or on its public pages."""
        inside = [self.get(who, name, self.dataset.pk) for name in ("dataset-detail", "chart-view")]
        outside = [self.get(who, "public-dataset-detail", self.dataset.pk)]
        lists = [self.get(who, "dataset-list"), self.get(who, "public-dataset-list")]
        read = any(status == 200 and TITLE in page for status, page in [*inside, *outside])
        assert read == any(TITLE in page for _status, page in lists)
        return read

    def open_to_everyone(self) -> None:
        with transaction.atomic(), scope(self.world.alvik.pk):
            dataset_open_to_public(dataset=self.dataset, by=self.world.adam)

    def invite(self) -> str:
        """The guest is invited to a dialogue with a chart of the data; gives the address of its pages."""
        with transaction.atomic(), scope(self.world.alvik.pk):
            dialogue = make_dialogue(self.world, begun=True)
            chart = Chart.objects.create(
                dataset=self.dataset, table_code="main", query="kind=bar&x=Skola&only=År:2023", title=TITLE
            )
            slide_add(dialogue=dialogue, chart=chart, by=self.world.alma)
            invite_gun(dialogue, self.world)
        return reverse("dialogue-present", args=["alvik", dialogue.pk])


CHECKS: dict[Seen, Callable[[Planted, str | None], bool]] = {
    Seen.RAW: Planted.sees_raw,
    Seen.HIDDEN: Planted.sees_hidden,
    Seen.RELEASE: Planted.sees_release,
}


@pytest.fixture(scope="module")
def planted(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Planted]:
    """Made once for all cells of a sensitivity: what a cell changes goes with its test's transaction.

    That takes a parameter of its own: for each row of a table of several, pytest would make it anew.
    """
    with committed_world(django_db_blocker) as world:
        yield Planted(world, request.param)


@pytest.mark.parametrize("person", Person)
@pytest.mark.parametrize("seen", Seen)
@pytest.mark.parametrize("planted", Sensitive, indirect=True)
def test_each_cell(planted: Planted, seen: Seen, person: Person, db: None) -> None:
    right = right_of(person, seen, planted.sensitivity)
    planted, who = deepcopy(planted), WHO[person]
    assert CHECKS[seen](planted, who) is (right is Right.ALWAYS)
    if right is Right.INVITED:
        address = planted.invite()
        assert "Lind" in client_of(planted.world, who).get(address).content.decode()
        assert CHECKS[seen](planted, who) is False
    planted.open_to_everyone()
    after = right is not Right.NEVER if person is not Person.GUEST else seen is Seen.RELEASE
    assert CHECKS[seen](planted, who) is after


def test_no_cell_is_left_out() -> None:
    assert {(sensitivity, seen, person) for sensitivity, seen, person, _right in cells()} == {
        (sensitivity, seen, person) for sensitivity in Sensitive for seen in Seen for person in Person
    }
    assert set(WHO) == set(Person)
    assert set(CHECKS) == set(Seen)
    assert {str(sensitivity) for sensitivity in Sensitive} == set(Dataset.Sensitivity.values)


def test_the_document_says_what_the_table_says() -> None:
    printed = StringIO()
    call_command("rights_print", stdout=printed)
    assert (Path(settings.BASE_DIR) / "docs" / "rights.md").read_text(encoding="utf-8") == printed.getvalue()


def test_hidden_cells_and_files_are_never_for_anyone_else() -> None:
    """What no change of the table may ever give away."""
    for sensitivity in Sensitive:
        for seen in (Seen.RAW, Seen.HIDDEN):
            for person in set(Person) - {Person.STEWARD}:
                assert right_of(person, seen, sensitivity) is Right.NEVER
