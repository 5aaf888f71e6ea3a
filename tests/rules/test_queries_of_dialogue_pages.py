"""Every page of dialogues asks the database as often with sixty of everything on it as with three, and seldom.

Counted is what a page asks for itself when it is opened for the second time: without the statements that are the
same on every page of the portal (`SHELL`: session, person, second factor, memberships, audiences, scope), without
savepoints, and without what only sets whose rows are seen. A page of someone who has no account has less of a
shell, and is held to the same bound. Whatever people write there is a script, which no page takes for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from datasets.reach import Reach
from dialogues.models import (
    BoardBrief,
    Dialogue,
    NextStep,
    Note,
    RecordComment,
    RecordDraft,
    RecordVersion,
    SelfEvaluation,
)
from dialogues.preparing.readiness import STEPS
from dialogues.services import evaluating, inviting, record_mail, reminding
from dialogues.services.clusters import cluster_make, notes_group
from dialogues.services.counting import dialogues_count, wish_share
from dialogues.services.data_wishes import wish_answer
from dialogues.services.following_up import next_step_add
from dialogues.services.holding import dialogue_finish
from dialogues.services.ideas import trial_tell
from dialogues.services.joining import joining_begin
from dialogues.services.notes import note_add
from dialogues.services.plans import entry_put, plan_adopt, plan_create
from dialogues.services.preparing import participant_add
from dialogues.services.recording import draft_make
from dialogues.services.templates import template_make
from tests.activities import make_activity, make_indicator
from tests.browser.every_page import pages_of
from tests.conftest import client_of, working_as
from tests.dialogues import SHELL, add_slide, at_work, invite_gun, make_dialogue
from tests.rules.matrix.ideas import make_idea
from tests.world import World

MOST = 12
FEW, MANY = 3, 60
CLUSTERS = 12
MARKUP = "En tanke <script>alert(1)</script>"
"""What everybody writes here: no page may take it for a script of its own."""


class Work:
    """A municipality's dialogues, and what came of them; `grow` adds to everything that can be many."""

    def __init__(self, world: World) -> None:
        self.world, by = world, world.alma
        self.kinds = cycle(Note.Kind.values)
        with at_work(world):
            self.coming = make_dialogue(world)
            self.open, self.held = (make_dialogue(world, begun=True, previous=self.coming) for _ in range(2))
            for dialogue in (self.coming, self.open, self.held):
                add_slide(dialogue, world, title=f"Trivs {dialogue.pk}")
            for dialogue in (self.open, self.held):
                for kind in Note.Kind.values:
                    self._note(dialogue, kind)
            code = joining_begin(dialogue=self.open, by=by)
            self.activity = make_activity(world, "Simskola", starts_on=date(2022, 9, 1))
            self.indicator = make_indicator(self.activity, world)
            self.plan = plan_create(title="Unga i Alvik", period="2027", by=by)
            self.idea, self.brief = make_idea(world), BoardBrief.objects.create(title="Till nämnden")
            self.guest = invite_gun(self.coming, world)
        self.grow(FEW)
        with at_work(world):
            self.wish = self._note(self.open, Note.Kind.DATA_WISH)
            self.steps = list(NextStep.in_scope().filter(dialogue=self.held))
            dialogue_finish(dialogue=self.held, by=by)
            draft_make(dialogue=self.held, lang="sv", by=by)
            self.draft = RecordDraft.in_scope().get()
            RecordVersion.objects.create(dialogue=self.held, number=1000, content=self.draft.content)
            self.evaluation = evaluating.self_evaluation_open(title="Nu", members=9, by=by)
        self.phone = Client()
        self.phone.post(reverse("dialogue-join", args=[code]))

    def grow(self, number: int) -> None:
        """So many more of everything that a municipality can have many of."""
        for n in range(number):
            with at_work(self.world):
                self._grow_dialogues(f"{n} av {number} {MARKUP}")
                self._grow_what_came_of_them(f"{n} av {number} {MARKUP}")
        with working_as("worker"), at_work(self.world):
            dialogues_count()

    def _grow_dialogues(self, which: str) -> None:
        by = self.world.alma
        for dialogue in (self.coming, self.open, self.held):
            participant_add(dialogue=dialogue, name=f"Person {which}", role="Rektor", by=by)
        for dialogue in (self.open, self.held):
            notes = [self._note(dialogue, kind) for kind in (next(self.kinds), Note.Kind.IDEA)]
            if dialogue.clusters.count() < CLUSTERS:
                group = cluster_make(dialogue=dialogue, title=f"Grupp {which}", by=by)
                notes_group(dialogue=dialogue, note_ids=[note.pk for note in notes], cluster=group)
            for owner in (self.world.fia, None):
                next_step_add(
                    dialogue=dialogue, text=f"Ringa {which}", owner=owner, owner_name="" if owner else "Karin",
                    due_on=date(2027, 3, 1), write_key=uuid4(), by=by,
                )  # fmt: skip
        make_dialogue(self.world, title=f"Dialog {which}")
        template_make(dialogue=self.coming, title=f"Mall {which}", reach=Reach.OWN, by=by)
        RecordComment.objects.create(dialogue=self.held, text=f"Mer om {which}", write_key=uuid4())
        number = RecordVersion.in_scope().filter(dialogue=self.held).count() + 1
        RecordVersion.objects.create(dialogue=self.held, number=number, content={}, changes=which)

    def _note(self, dialogue: Dialogue, kind: str) -> Note:
        return note_add(dialogue=dialogue, kind=kind, text=MARKUP, voice="Skola", write_key=uuid4()).note

    def _grow_what_came_of_them(self, which: str) -> None:
        by = self.world.alma
        activity = make_activity(self.world, f"Simskola {which}")
        entry_put(plan=self.plan, activity=activity, place="ongoing", area="", by=by)
        plan_adopt(plan=self.plan, adopted_on=date(2026, 3, 1), line=which, by=by)
        plan_create(title=f"Plan {which}", period="", by=by)
        BoardBrief.objects.create(title=f"Till nämnden {which}")
        make_idea(self.world, title=f"Idé {which}")
        trial_tell(idea=None, method="mentor", outcome="helped", text=which, reach=Reach.OWN, by=by)
        trial_tell(idea=self.idea, method="", outcome="helped", text=which, reach=Reach.OWN, by=by)
        wishes = [self._note(self.held, Note.Kind.DATA_WISH) for _ in range(2)]
        wish_share(note=wishes[0], text=f"Siffror om {which}", by=by)
        wish_answer(note=wishes[1], dataset=None, line="Finns inte", by=by)
        SelfEvaluation.objects.create(
            title=which, members=9, answers=5, counts=[[0, 0, 0, 5, 0]] * 6, closed_on=date(2026, 3, 1)
        )

    def places(self) -> Iterator[tuple[str, Client, str]]:
        """Every page by its name, with a browser that may open it and its address."""
        world = self.world
        people = {who: client_of(world, who) for who in ("alma", "adam", "rut")}
        with at_work(world):
            tokens = {
                "invitation-by-mail": inviting.grant_of(self.guest),
                "record-by-mail": record_mail.grant_of(self.held, self.draft.number, is_draft=True),
                "next-step-by-mail": reminding.grant_of(self.steps[0]),
                "self-evaluation-answer": evaluating.grant_of(self.evaluation),
            }
        objects = {
            "participant_id": self.guest.pk, "note_id": self.wish.pk, "step_id": self.steps[0].pk,
            "activity_id": self.activity.pk, "indicator_id": self.indicator.pk, "plan_id": self.plan.pk,
            "brief_id": self.brief.pk, "idea_id": self.idea.pk, "key": "mentor", "number": 1000,
        }  # fmt: skip
        for name, kinds in pages_of("dialogues").items():
            who = "rut" if name == "dialogue-county" else "adam" if name == "record-rules" else "alma"
            client = self.phone if name.startswith(("room-", "dialogue-room")) else people[who]
            dialogue = {
                "dialogue-record": self.held, "record-version": self.held, "dialogue-summary": self.held,
                "dialogue-closing": self.held, "participant-change": self.coming, "dialogue-invite": self.coming,
                "dialogue-prepare": self.coming,
            }.get(name, self.open)  # fmt: skip
            place = "region-nordvik" if name == "dialogue-county" else "alvik"
            values = objects | {"slug": place, "dialogue_id": dialogue.pk, "token": tokens.get(name)}
            if name == "plan-version":
                values["number"] = 1
            for step in STEPS if "step" in kinds else ("",):
                found = {kind: step if kind == "step" else values[kind] for kind in kinds if kind != "code"}
                yield f"{name} {step}".strip(), client, reverse(name, kwargs=found)


def counted(work: Work) -> dict[str, int]:
    """How many statements each page sends when it is opened for the second time."""
    found = {}
    for name, client, address in work.places():
        first = client.get(address)
        assert first.status_code == 200, (name, address, first.status_code)
        assert "<script>alert" not in first.content.decode(), name
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        ours = [query["sql"] for query in seen if not IGNORED.search(query["sql"])]
        found[name] = len(ours) - SHELL
    return found


IGNORED = re.compile(r"set_config|SAVEPOINT")


def test_sixty_of_everything_cost_no_more_statements_than_three(world: World) -> None:
    work = Work(world)
    few = counted(work)
    work.grow(MANY - FEW)
    many = counted(work)
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert {name: number for name, number in many.items() if number > MOST} == {}
