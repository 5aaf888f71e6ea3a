"""The record in each of its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from dialogues.recording.content import Record
from dialogues.recording.document import document_of
from dialogues.recording.slides import slides_of
from portal.files.document import document_pdf
from portal.files.docx import document_docx


@dataclass(frozen=True)
class Written:
    """A record, draft or final, on its way to a file."""

    record: Record
    number: int
    is_draft: bool
    changes: str = ""


def _pdf(one: Written) -> bytes:
    return document_pdf(document_of(one.record, number=one.number, is_draft=one.is_draft, changes=one.changes))


def _docx(one: Written) -> bytes:
    return document_docx(document_of(one.record, number=one.number, is_draft=one.is_draft, changes=one.changes))


def _pptx(one: Written) -> bytes:
    return slides_of(one.record, number=one.number, is_draft=one.is_draft)


MAKERS: Mapping[str, Callable[[Written], bytes]] = {"pdf": _pdf, "docx": _docx, "pptx": _pptx}

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def file_name(record: Record, number: int, form: str, *, is_draft: bool) -> str:
    """What the file is called: the day, the dialogue, and which version it is."""
    words = slugify(f"{record.held_on} {record.title}")[:70].strip("-") or "dialog"
    return f"{words}-{'utkast' if is_draft else f'version-{number}'}.{form}"
