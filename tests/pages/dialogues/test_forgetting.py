"""Deleted by decision: a word that is planted in every text of a dialogue is in no table afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from dialogues.models import (
    Attendance,
    DataWishAnswer,
    Dialogue,
    NextStep,
    Note,
    Participant,
    RecordComment,
    Slide,
    SlidePicture,
    TakenBack,
)
from dialogues.services.record_rules import record_rules_set, records_forget
from dialogues.services.recording import draft_make, record_finish
from dialogues.services.slides import slide_make
from tests.conftest import working_as
from tests.dialogues import at_work
from tests.records import held_dialogue
from tests.world import World

NEEDLE = "kvarglömdaordet"
ABOUT = "dialogues.dialogue"
KEPT = {"RecordVersion", "RecordDraft", "RecordFile", "SharedWish", "JoinCode", "Device", "ClosingEvaluation"}
"""What is planted by making a record of the words, or has no words; a shared wish is a deed of its own."""


def of_a_dialogue() -> Iterator[tuple[type[models.Model], str]]:
    """Every model that hangs on a dialogue, and by which way, also through a note or a slide."""
    yield Dialogue, "pk"
    for model in apps.get_app_config("dialogues").get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, models.ForeignKey) or field.null or target is None:
                continue
            if target._meta.label_lower == ABOUT:
                yield model, field.name
            elif target in (Note, Slide):
                yield model, f"{field.name}__dialogue"


def texts_of(model: type[models.Model]) -> list[str]:
    """The columns that a person writes into: not states, choices and keys that the programme sets."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and field.name not in {"theme", "goal", "format", "join_code", "perspective", "content_type", "form"}
    ]


def planted(dialogue: Dialogue) -> int:
    """Write the word into every text of the dialogue; give how many there were."""
    count = 0
    for model, way in of_a_dialogue():
        if model.__name__ in KEPT:
            continue
        found = model.in_scope().filter(**{way: dialogue.pk})  # type: ignore[attr-defined]
        texts = texts_of(model)
        assert not texts or found.exists(), f"the test makes no {model.__name__}"
        for name in texts:
            is_mail = isinstance(model._meta.get_field(name), models.EmailField)
            found.update(**{name: f"{NEEDLE}@example.org" if is_mail else NEEDLE})
            count += 1
    point = {"key": "a", "title": NEEDLE, "hint": NEEDLE, "minutes": 90, "notes": []}
    Dialogue.in_scope().filter(pk=dialogue.pk).update(agenda=[point])
    return count


def tables_with_it() -> list[str]:
    """Every table that the word is in, as the owner of all tables sees them."""
    found = []
    with working_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{NEEDLE}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def everything_of(world: World) -> Dialogue:
    """A closed dialogue with one of everything that holds words; call in scope."""
    dialogue = held_dialogue(world)
    gap = slide_make(dialogue=dialogue, kind=Slide.Kind.GAP, heading="Ett hål", by=world.alma)
    SlidePicture.objects.create(slide=gap, content=b"", content_type="image/png", alternative="En bild")
    Attendance.objects.create(
        dialogue=dialogue, others="Någon", notes_by="Siv", approved_by="Ove", approved_on=timezone.localdate()
    )
    TakenBack.objects.create(dialogue=dialogue, name="Borta", email="borta@example.org", number=1)
    wish = Note.in_scope().filter(dialogue=dialogue, kind=Note.Kind.DATA_WISH).first()
    DataWishAnswer.objects.create(note=wish, line="Finns inte")
    RecordComment.objects.create(dialogue=dialogue, text="Mer", voice="Kultur", write_key=uuid4())
    return dialogue


def test_every_word_of_a_dialogue_is_gone_when_its_years_are_up(
    world: World, run_jobs: Callable[[], list[str]]
) -> None:
    with at_work(world):
        dialogue = everything_of(world)
        with working_as("owner"):
            assert planted(dialogue) > 20
        dialogue.refresh_from_db()
        draft_make(dialogue=dialogue, lang="sv", by=world.alma, summary=NEEDLE)
        record_finish(dialogue=dialogue, by=world.alma)
        RecordComment.objects.create(dialogue=dialogue, text=NEEDLE, write_key=uuid4())
        record_rules_set(shows_names=True, kept_years=1, decision="KS 2026:14", by=world.adam)
        assert {"dialogues_note", "dialogues_recordversion", "dialogues_attendance"} <= set(tables_with_it())
    run_jobs()
    later = timezone.now() + timedelta(days=367)
    with working_as("worker"), at_work(world):
        assert records_forget(later) == 1 and records_forget(later) == 0
    with at_work(world):
        assert tables_with_it() == []
        left: Any = Dialogue.in_scope().get(pk=dialogue.pk)
        assert (left.state, left.facilitator, left.created_by) == ("held", None, None)
        (step,) = NextStep.in_scope().filter(dialogue=left)
        assert (step.state, step.owner, step.finished_by) == ("dropped", None, None)
        assert not Participant.in_scope().filter(dialogue=left).exists()
