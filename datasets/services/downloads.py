"""Figures that leave: who fetched what."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from datasets.models import Dataset, Release
from portal.audit.recording import record


@transaction.atomic
def figures_downloaded(
    *, dataset: Dataset, release: Release, form: str, is_whole: bool, count: int, by: User
) -> None:
    """Note in the log that somebody took figures with them that not everybody may see."""
    record(
        "figures.downloaded",
        target=dataset,
        by=by,
        release_number=release.number,
        form=form,
        is_whole=is_whole,
        figures=count,
    )
