"""Tell how a file of figures is read: no database, no server, no settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from accounts.reference import places_by_code
from datasets.importers import intake
from datasets.importers.any_file import read_any
from datasets.importers.problems import Report
from datasets.importers.summary import said, summary
from datasets.management.json_command import JsonFileCommand


class Command(JsonFileCommand):
    help = "Reads a PC-Axis, JSON-stat or CSV file and prints what it holds, or why it is refused, as JSON."
    file_help = "the file to read"
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "The file needs more memory than there is. Import it in parts.",
        "stopped": "Stopped before the whole file was read.",
        "failed": "Reading the file failed inside. Report it, with what --traceback tells.",
    }

    def refusal(self, code: str, message: str) -> dict[str, Any]:
        return {"error": {"message": message, "line": None, "column": None}}

    def read(self, path: Path) -> Mapping[str, Any]:
        size = path.stat().st_size
        if size >= intake.LARGEST:
            return {"error": said(intake.too_large(size, Report()))}
        reading = read_any(path.name, path.read_bytes(), places_by_code())
        for problem in reading.result.problems:
            print(problem, file=sys.stderr)
        return summary(reading)

    def is_refusal(self, told: Mapping[str, Any]) -> bool:
        return "error" in told
