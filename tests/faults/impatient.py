"""Celery as it is, but for two things: a lost job is missed after seconds, and there are jobs that go wrong.

Run as a module with Celery's own arguments: `python -m tests.faults.impatient -A portal.celery worker`.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

SECRET = "what a person wrote 4711"
COUNTED = 86420


def register() -> None:
    """Make the jobs of these tests known to the worker."""
    from celery import shared_task

    from portal.audit.recording import record
    from portal.jobs.running import JobContext, job_task

    @job_task("tests.wait_for_file")
    def wait_for_file(job: JobContext, *, path: str) -> None:
        job.progress(10, "Counting")
        while not Path(path).exists():
            time.sleep(0.05)
        with job.completing():
            record("tests.file_found")

    @job_task("tests.fail_in_words")
    def fail_in_words(job: JobContext) -> None:
        raise RuntimeError(SECRET)

    @shared_task(name="tests.fail_outside_jobs")
    def fail_outside_jobs() -> None:
        raise RuntimeError(SECRET)

    @shared_task(name="tests.count")
    def count() -> int:
        return COUNTED


def watch_questions(folder: Path) -> None:
    """Note every question whose protection is begun, by which process of which worker; hold those that are named.

    Each takes a little longer than it would. `folder/hold` holds codes; when `folder/go` is there, none is held.
    """
    from surveys.services import results

    protect = results.protected_question

    def watched(secrets: Any, columns: Any, question: Any, *more: Any, **named: Any) -> Any:
        with (folder / "begun").open("a") as begun:
            begun.write(f"{question.code} {os.getpid()} {os.getppid()}\n")
        time.sleep(0.2)
        while question.code in (folder / "hold").read_text().split() and not (folder / "go").exists():
            time.sleep(0.05)
        return protect(secrets, columns, question, *more, **named)

    results.protected_question = watched


def main() -> None:
    import django

    django.setup()
    import portal.celery
    from portal.jobs import outbox

    outbox.LOST_AFTER = timedelta(seconds=4)
    portal.celery.app.loader.import_default_modules()
    register()
    if folder := os.environ.get("VAXTKRAFT_TEST_QUESTIONS"):
        watch_questions(Path(folder))
    from celery.__main__ import main as celery

    sys.exit(celery())


if __name__ == "__main__":
    main()
