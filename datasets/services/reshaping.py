"""What was decided to be merged, pooled or left out of a file's table: kept with it, done again, and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import ngettext

from datasets.cubes import Cube, Note
from datasets.disclosure import Kind, Step, fitting
from datasets.models import Upload
from datasets.services.previews import Trial
from datasets.wording.revisions import revisions_in_words
from datasets.wording.steps import LANGUAGES, done_in_words


def steps_of(upload: Upload) -> tuple[Step, ...]:
    """The changes that were taken for a file so far, in their order."""
    return tuple(Step.from_json(step) for step in upload.registration.get("steps", []))


def with_notes(table: Cube, read: Cube, steps: Sequence[Step], lost: int = 0) -> Cube:
    """A changed table with a note for its readers about each change that was made of the figures as read.

    `lost` is how many rows of its file do not fit and were left out.
    """
    notes = []
    for step in fitting(read, steps):
        text = {}
        for lang in LANGUAGES:
            with translation.override(lang):
                text[lang] = done_in_words(step, lang)
        notes.append(Note(text, mandatory=step.kind is Kind.POOL))
    if lost:
        notes.append(Note(dict(_lost_in_words(lost)), mandatory=True))
    return replace(table, notes=(*table.notes, *notes))


def _lost_in_words(lost: int) -> Iterator[tuple[str, str]]:
    for lang in LANGUAGES:
        with translation.override(lang):
            said = ngettext(
                "%(count)s row of the file could not be read and is not in the figures.",
                "%(count)s rows of the file could not be read and are not in the figures.",
                lost,
            )
            yield lang, said % {"count": lost}


def changes_told(registration: Mapping[str, Any], trial: Trial, revised: Mapping[str, Any] | None = None) -> str:
    """What has changed: in the words of whoever brings the file in, what was revised, and what was merged."""
    lang = str(registration.get("lang", "sv"))
    with translation.override(lang):
        told = revisions_in_words(revised or {}, lang)
        told += [done_in_words(step, lang) for step in fitting(trial.cube, trial.steps)]
    return " ".join(filter(None, [str(registration.get("changes", "")).strip(), *told]))
