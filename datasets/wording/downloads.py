"""What each kind of file is called, and what it is good for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILES: Mapping[str, tuple[Promise, Promise]] = {
    "xlsx": (_("Excel (XLSX)"), _("The figures on one sheet, everything that belongs to them on another.")),
    "csv": (_("CSV with semicolons"), _("Decimal commas. Opens as it is in a Swedish spreadsheet.")),
    "csv-komma": (_("CSV with commas"), _("Decimal points, for programs and spreadsheets in English.")),
    "zip": (_("CSV with its description (CSVW)"), _("A ZIP with the rows and a file that explains every column.")),
    "json": (_("JSON-stat 2.0"), _("For programs: the figures with their dimensions, statuses and notes.")),
    "png": (_("Picture (PNG)"), _("For a document or a page. Title, source and notes stand in the picture.")),
    "svg": (_("Drawing (SVG)"), _("Sharp at any size, and its text can be read out.")),
    "pptx": (_("PowerPoint"), _("A slide with a chart that can be edited, and notes for whoever speaks.")),
}
"""What can be chosen on the page, in this order. A file's own description has no button: programs find it."""
