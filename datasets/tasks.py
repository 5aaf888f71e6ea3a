"""The jobs of data sets: reading a file, and bringing it in."""

from __future__ import annotations

from datasets.services import importing
from portal.jobs.running import JobContext, job_task


@job_task("datasets.read_upload")
def read_upload(job: JobContext, *, upload_id: str) -> None:
    """Find out what a file holds and what protection would hide."""
    importing.upload_read(job, upload_id=upload_id)


@job_task("datasets.import_upload")
def import_upload(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Bring a confirmed file in as a release, whole or not at all."""
    importing.upload_import(job, upload_id=upload_id, by_id=by_id)
