"""Figures that must be hidden, planted in a file and in a survey round, large enough to be looked for as text.

A small count hides larger ones beside it: those are looked for. A second planting differs from the first in
nothing but what is hidden, so that whatever differs on a page tells a hidden figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from datasets.models import Chart, Dataset, Release, Upload
from datasets.reach import Reach
from datasets.services.chart_sharing import chart_open_to_public
from datasets.services.charts import chart_save
from datasets.services.registration import dataset_open_to_public
from dialogues.models import Dialogue
from dialogues.plans.briefs import brief_begin
from dialogues.services.activities import activity_add
from dialogues.services.deck import slide_add
from dialogues.services.following_up import next_step_add
from dialogues.services.holding import dialogue_begin, dialogue_finish
from dialogues.services.ideas import idea_add
from dialogues.services.notes import note_add
from dialogues.services.plans import entry_put, plan_adopt, plan_create
from dialogues.services.preparing import dialogue_create, participant_add
from dialogues.services.recording import draft_make, record_finish
from dialogues.services.templates import template_make
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import PUBLIC_AUDIENCE, identify, scope
from surveys.models import SurveyRound
from surveys.models.response import Response
from surveys.questionnaire import encode, positions
from surveys.questionnaire.reading import CONTENT
from surveys.services.publishing import survey_round_publish
from surveys.services.questionnaires import questionnaire_version_add
from surveys.services.rounds import survey_round_open, survey_round_schedule
from tests.conftest import client_of, working_as
from tests.rounds import plan_round
from tests.tables import MEASURABLE
from tests.world import World

GENDERS = ("Flickor", "Pojkar")
SCHOOLS = ("Ek", "Alm", "Bok")
FILE = {"Ek": (3, 79193), "Alm": (61343, 85133), "Bok": (88789, 99131)}
"""Pupils by school and gender. Three are few; with the totals beside them three larger figures hide them."""
ANSWERS = {"woman": (3, 1013, 1201), "man": (1009, 1103, 1301)}
"""Who answered not at all, neither or fully, by gender."""
CHOICES = ("not_at_all", "neither", "fully")
QUESTION = "meaning"


@dataclass(frozen=True)
class Planted:
    """What was put in, and which of it must be found nowhere."""

    file: dict[str, tuple[int, int]]
    answers: dict[str, tuple[int, int, int]]

    @property
    def secrets(self) -> set[int]:
        """The figures that are hidden, but for those too short to be looked for."""
        (ek, alm), (women, men) = (self.file["Ek"], self.file["Alm"]), self.answers.values()
        return {ek[1], *alm, women[1], men[0], men[1]}

    @property
    def open(self) -> set[int]:
        """Figures beside them that are shown: the search finds these, or it looks in the wrong places."""
        return {self.file["Bok"][0], self.answers["woman"][2], self.answers["man"][2]}

    @property
    def bases(self) -> set[int]:
        """How many of each gender answered: shown in the end, and nowhere before."""
        return {sum(counts) for counts in self.answers.values()}

    def csv(self) -> str:
        """The file, with its totals."""
        rows = dict(self.file)
        rows["Alla skolor"] = tuple(sum(column) for column in zip(*self.file.values(), strict=True))  # type: ignore[assignment]
        lines = ["Skola;Kön;Antal"]
        for school, counts in rows.items():
            for gender, count in zip((*GENDERS, "Alla"), (*counts, sum(counts)), strict=True):
                lines.append(f"{school};{gender};{count}")
        return "\n".join(lines) + "\n"


def planting(shift: int = 0) -> Planted:
    """The figures; `shift` moves that many people between hidden cells, which no shown figure tells."""
    (few, ek), (alm, almost) = FILE["Ek"], FILE["Alm"]
    women, men = ANSWERS["woman"], ANSWERS["man"]
    return Planted(
        {**FILE, "Ek": (few - shift, ek + shift), "Alm": (alm + shift, almost - shift)},
        {
            "woman": (women[0] - shift, women[1] + shift, women[2]),
            "man": (men[0] + shift, men[1] - shift, men[2]),
        },
    )


def file_received(world: World, planted: Planted, run_jobs: Any) -> Upload:
    """The file as its steward has brought it in; it is read, and waits for a word."""
    with scope_of(world):
        department = str(world.departments["Skola"].pk)
    given = {"file": SimpleUploadedFile("elever.csv", planted.csv().encode()), "department": department}
    response = client_of(world, "dag").post(reverse("upload-create", args=["alvik"]), given)
    assert response.status_code == 302, response.content.decode()
    run_jobs()
    with scope_of(world):
        found: Upload = Upload.objects.get()
        return found


def file_published(world: World, upload: Upload, run_jobs: Any) -> Dataset:
    """The file brought in through its page, and opened to everyone."""
    with scope_of(world):
        department = str(world.departments["Skola"].pk)
    given = {
        "title": "Elever", "source": "Skolan", "sensitivity": "internal", "fit_for": ["1", "2"],
        "measures": "context", **MEASURABLE, "department": department,
    }  # fmt: skip
    address = reverse("upload-detail", args=["alvik", upload.pk])
    for deed in ("look", "confirm"):
        client_of(world, "dag").post(address, {**given, "deed": deed})
        run_jobs()
    with scope_of(world):
        upload.refresh_from_db()
        assert upload.state == "imported", (upload.state, upload.problems)
        dataset: Dataset = Dataset.objects.get(pk=upload.dataset_id)
        dataset_open_to_public(dataset=dataset, by=world.adam)
        return dataset


def some_jobs(number: int) -> None:
    """Do so many of the waiting jobs, as the worker would."""
    current_app.loader.import_default_modules()
    with working_as("worker"):
        for _ in range(number):
            job = Job._base_manager.filter(state="waiting").order_by("asked_at").first()
            assert job is not None
            current_app.tasks[job.task](job_id=str(job.pk), tenant_id=str(job.tenant_id))


def round_closed(world: World, planted: Planted) -> SurveyRound:
    """A round with these answers, closed; its results wait to be made."""
    with scope_of(world):
        version = questionnaire_version_add(definition=_short_questionnaire())
    survey_round = plan_round(world, title="Våren", version=version)
    with scope_of(world):
        survey_round_schedule(
            survey_round=survey_round, opens_at=timezone.now(), closes_at=survey_round.closes_at, by=world.alma
        )
    with working_as("worker"), scope_of(world):
        assert survey_round_open(survey_round=survey_round)
        _answer(survey_round, planted)
    with scope_of(world):
        count = sum(sum(counts) for counts in planted.answers.values())
        SurveyRound.objects.filter(pk=survey_round.pk).update(
            state="closed", closed_at=timezone.now(), response_count=count
        )
    with scope_of(world):
        survey_round.refresh_from_db()
        enqueue(
            "surveys.tabulate",
            subject=survey_round,
            title=survey_round.title,
            by=world.alma,
            survey_round_id=survey_round.pk,
        )
    return survey_round


def round_published(world: World, planted: Planted, run_jobs: Any) -> SurveyRound:
    """A round with these answers, counted, protected, and published."""
    survey_round = round_closed(world, planted)
    run_jobs()
    with scope_of(world):
        survey_round.refresh_from_db()
        assert survey_round.tabulated_at is not None
        survey_round_publish(survey_round=survey_round, by=world.adam)
    return survey_round


def everything_made_of_it(world: World) -> Dialogue:
    """Saved and frozen charts of every data set, a held dialogue that shows them, and what comes of one."""
    with scope_of(world):
        identify(world.alma.pk)
        dialogue = dialogue_create(title="En dialog", theme="leisure", goal="ideas", by=world.alma)
        participant_add(dialogue=dialogue, name="Rektorn", by=world.alma)
        for chart in _charts(world):
            slide_add(dialogue=dialogue, chart=chart, by=world.alma)
            if chart.dataset.audience_id == PUBLIC_AUDIENCE:
                chart_open_to_public(chart=chart, by=world.adam)
        dialogue_begin(dialogue=dialogue, by=world.alma)
        note_add(dialogue=dialogue, kind="idea", text="Öppna på söndagar", write_key=_key(1))
        next_step_add(
            dialogue=dialogue, text="Ringa", owner=world.fia, owner_name="", due_on=None, write_key=_key(2),
            by=world.alma,
        )  # fmt: skip
        dialogue_finish(dialogue=dialogue, by=world.alma)
        dialogue.refresh_from_db()
        _follow_up(world, dialogue)
        return dialogue


def _follow_up(world: World, dialogue: Dialogue) -> None:
    """A record and its next draft, a template, and what takes up the figures afterwards."""
    by = world.alma
    for deed in (draft_make, record_finish, draft_make):
        deed(dialogue=dialogue, by=by, **({"lang": "sv"} if deed is draft_make else {}))
    template_make(dialogue=dialogue, title="En mall", reach=Reach.OWN, by=by)
    activity = activity_add(title="En aktivitet", by=by)
    plan = plan_create(title="En plan", period="", by=by)
    entry_put(plan=plan, activity=activity, place="ongoing", area="", by=by)
    plan_adopt(plan=plan, adopted_on=timezone.localdate(), line="", by=by)
    membership = Membership.objects.get(user=by)
    brief_begin(title="Till nämnden", board="", membership=membership, lang="sv", by=by)
    idea_add(by=by, title="En idé", text="Håll öppet", factors=["leisure"], age_bands=["15-17"], cost="low")


def _charts(world: World) -> list[Chart]:
    found = []
    for dataset in Dataset.objects.order_by("title"):
        release = Release.objects.get(dataset=dataset)
        for table in release.tables.order_by("position")[:3]:
            codes = [dimension["code"] for dimension in table.structure["dimensions"]]
            for kind, chosen in (("bar", codes[:1]), ("bar", codes[-1:] + codes[:1])):
                query = f"kind={kind}&x={chosen[0]}" + (f"&series={chosen[1]}" if len(set(chosen)) > 1 else "")
                found.append(
                    chart_save(
                        dataset=dataset, table_code=table.code, query=query, by=world.alma,
                        title=f"{dataset.title} {table.code} {query}"[:200],
                    )
                )  # fmt: skip
    return found


def _answer(survey_round: SurveyRound, planted: Planted) -> None:
    questionnaire = survey_round.version.content
    apart = [place for question in questionnaire.background for place in positions(questionnaire, question.code)]
    rows = []
    for gender, counts in planted.answers.items():
        for choice, count in zip(CHOICES, counts, strict=True):
            coded = encode(questionnaire, {"age": "18-19", "gender": gender, QUESTION: choice})
            background = [coded[place] for place in apart]
            answers = [value for place, value in enumerate(coded) if place not in apart]
            rows += [
                Response(
                    tenant_id=survey_round.tenant_id, round=survey_round, background=background, answers=answers
                )
                for _ in range(count)
            ]
    Response.objects.bulk_create(rows, batch_size=2000)


def _short_questionnaire() -> dict[str, Any]:
    """The built-in one with three of its questions."""
    found: dict[str, Any] = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
    kept = [question for question in found["questions"] if question["code"] in ("age", "gender", QUESTION)]
    sections = [section for section in found["sections"] if section["code"] in {q["section"] for q in kept}]
    scales = [scale for scale in found["scales"] if scale["code"] in {q.get("scale") for q in kept}]
    return {**found, "code": "short", "questions": kept, "sections": sections, "scales": scales, "scores": []}


def _key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


@contextmanager
def scope_of(world: World) -> Iterator[None]:
    """A transaction in Alvik's scope."""
    with transaction.atomic(), scope(world.alvik.pk):
        yield
