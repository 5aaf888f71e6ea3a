"""What the clock asks for, and how often. Named here alone, since the kernel's beat knows no app."""

from __future__ import annotations

from typing import Any

_TASKS = {
    "jobs.relay": (2, 10),
    "jobs.forget": (3600, 3600),
    "surveys.rounds_keep_time": (20, 60),
    "surveys.intake_shuffle": (60, 120),
    "surveys.notices_ask": (3600, 3600),
    "surveys.answers_forget": (3600, 3600),
    "datasets.people_files_expire": (60, 120),
    "datasets.sources_keep_time": (300, 600),
    "datasets.approvals_remind": (3600, 3600),
    "dialogues.steps_mail": (1800, 1800),
    "dialogues.records_forget": (3600, 3600),
    "dialogues.joining_forget": (3600, 3600),
    "dialogues.evaluations_end": (3600, 3600),
    "dialogues.invitations_remind": (1800, 1800),
    "dialogues.county_count": (3600, 3600),
}
"""By task the seconds from one call to the next, and those after which a call that nobody took is void."""

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    task: {"task": task, "schedule": float(every), "options": {"expires": expires}}
    for task, (every, expires) in _TASKS.items()
}
