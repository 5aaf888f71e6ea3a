"""The log as scripts read it. A note says nothing of who wrote it, nor when."""

from __future__ import annotations

from typing import Any

from django.utils import formats

from dialogues.models import NextStep, Note


def note_as_json(note: Note) -> dict[str, Any]:
    """A note: its text, its kind, its place in the order, its version, and the chart that it is about."""
    return {
        "id": str(note.pk),
        "key": str(note.write_key),
        "kind": note.kind,
        "text": note.text,
        "number": note.number,
        "version": note.version,
        "about": note.slide.chart.title if note.slide else "",
    }


def step_as_json(step: NextStep) -> dict[str, Any]:
    """A next step, with everything in words."""
    return {
        "id": str(step.pk),
        "key": str(step.write_key),
        "text": step.text,
        "owner": step.owner_name,
        "due": formats.date_format(step.due_on, "j F Y") if step.due_on else "",
        "state": step.state,
        "state_text": step.get_state_display(),
    }
