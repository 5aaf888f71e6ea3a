"""Where something is found: names of pages, for mails and redirects."""

from __future__ import annotations

from datasets.models import Upload
from datasets.selectors import PEOPLE


def file_page(upload: Upload) -> str:
    """The name of a file's own page: files whose rows are people have one of their own."""
    return "people-file-detail" if upload.format == PEOPLE else "upload-detail"
