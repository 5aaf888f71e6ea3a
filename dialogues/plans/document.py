"""An action plan as a document: PDF with tags, and Word to be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import Tenant
from dialogues.models import ActionPlanVersion
from dialogues.plans.content import areas_of, progress_of
from portal.files.document import Block, Bullets, Document, Heading, Item, Paragraph, Table, document_pdf
from portal.files.docx import document_docx

FILES: Mapping[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (document_pdf, "application/pdf"),
    "docx": (document_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""How a document becomes a file, by ending, and what kind of file that is."""


def plan_document(
    content: Mapping[str, Any], version: ActionPlanVersion | None, tenant: Tenant, lang: str
) -> Document:
    """The plan in the reader's language, as it was adopted or as it stands."""
    blocks: list[Block] = [Paragraph(_standing(content, version), look="soft")]
    blocks += [Paragraph(line) for line in content["about"].splitlines() if line.strip()]
    for title, key in ((_("Long-term goals"), "long_goals"), (_("Short-term goals"), "short_goals")):
        if content[key]:
            blocks += [Heading(title), Bullets(tuple(Item(line) for line in content[key]))]
    for area in areas_of(content):
        rows = tuple(
            (one["title"], place, one["state_label"], one["department"] or "–")
            for place, ours in ((_("Prioritised"), area.prioritised), (_("Goes on already"), area.ongoing))
            for one in ours
        )
        title = area.title or _("Other activities")
        blocks.append(Heading(title))
        columns = (_("Activity"), _("Place in the plan"), _("State"), _("Department"))
        blocks.append(
            Table(title, columns, rows, (5, 3, 2, 3)) if rows else Paragraph(_("No activity yet."), look="soft")
        )
    if content["participation"]:
        blocks += [Heading(_("How young people have taken part")), Paragraph(content["participation"])]
    if version is not None and (version.changes or version.line):
        blocks.append(Heading(_("What changed")))
        blocks += [Paragraph(version.line)] if version.line else []
        blocks += [Bullets(tuple(Item(line) for line in version.changes))] if version.changes else []
    mark = _("Example data") if tenant.is_demo else ""
    above = " · ".join(filter(None, (tenant.name, _("Action plan"), content["period"])))
    return Document(lang=lang, title=content["title"], above=above, mark=mark, blocks=blocks)


def _standing(content: Mapping[str, Any], version: ActionPlanVersion | None) -> str:
    progress = progress_of(content["activities"])
    begun = _("%(begun)s of %(total)s activities have begun or are finished.") % {
        "begun": progress.begun, "total": progress.total,
    }  # fmt: skip
    if version is None:
        return _("As it stands now, not adopted.") + " " + begun
    day = formats.date_format(version.adopted_on, "j F Y")
    return _("Version %(number)s, adopted %(day)s.") % {"number": version.number, "day": day} + " " + begun
