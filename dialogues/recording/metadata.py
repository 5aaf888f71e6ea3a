"""What an archive asks of a record (title, date, kind, who answers for it, retention), as JSON and as XML.

The names follow Dublin Core's terms, which record systems map to their own fields.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from dialogues.recording.content import Person, Record
from dialogues.recording.files import CONTENT_TYPES, file_name

FORMS = {"json": "application/json", "xml": "application/xml"}

_TERMS = "http://purl.org/dc/terms/"


def metadata_of(
    record: Record,
    *,
    identifier: str,
    number: int,
    issued: str,
    organisation_code: str,
    kept_years: int | None,
    decision: str,
    checksums: dict[str, str],
) -> dict[str, Any]:
    """The record's metadata. Without a number of years it is kept; `checksums` is SHA-256 by form of file."""
    return {
        "identifier": identifier,
        "title": record.title,
        "type": "protokoll från dialog",
        "subject": record.theme,
        "date": record.held_on,
        "issued": issued,
        "hasVersion": str(number),
        "language": record.lang,
        "publisher": record.municipality,
        "publisherCode": organisation_code,
        "creator": record.department,
        "contributor": record.notes_by,
        "dateAccepted": record.approved_on,
        "provenance": f"godkänt av {record.approved_by}" if record.approved_by else "",
        "description": "; ".join(attendance_lines(record)),
        "retention": "bevaras" if kept_years is None else f"gallras {kept_years} år efter att det blev färdigt",
        "retentionDecision": decision,
        "files": [
            {
                "name": file_name(record, number, form, is_draft=False),
                "format": CONTENT_TYPES[form],
                "sha256": checksum,
            }
            for form, checksum in sorted(checksums.items())
        ],
    }


def attendance_lines(record: Record) -> list[str]:
    """Who was there and who was not, a line each; nothing where nobody noted it."""
    present = [*(_named(one) for one in record.present), *record.others]
    absent = [_named(one) for one in record.absent]
    lines = (
        ("närvarande: " + ", ".join(present)) if present else "",
        ("frånvarande: " + ", ".join(absent)) if absent else "",
    )
    return [line for line in lines if line]


def _named(one: Person) -> str:
    return f"{one.name} ({one.stands_for})" if one.name and one.stands_for else one.name or one.stands_for


def as_json(metadata: dict[str, Any]) -> bytes:
    """As JSON, UTF-8."""
    return json.dumps(metadata, ensure_ascii=False, indent=2).encode()


def as_xml(metadata: dict[str, Any]) -> bytes:
    """As XML, UTF-8: one element a field, a ``file`` element a file."""
    ElementTree.register_namespace("", _TERMS)
    root = ElementTree.Element(f"{{{_TERMS}}}record")
    for name, value in metadata.items():
        if name != "files":
            ElementTree.SubElement(root, f"{{{_TERMS}}}{name}").text = value
    for one in metadata["files"]:
        ElementTree.SubElement(root, f"{{{_TERMS}}}file", one)
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made
