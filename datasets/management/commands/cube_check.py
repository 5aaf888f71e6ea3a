"""Tell how a file of figures is read: no database, no server, no settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser

from accounts.reference import places_by_code
from datasets.importers import intake
from datasets.importers.any_file import read_any
from datasets.importers.problems import Report
from datasets.importers.summary import said, summary
from datasets.management.json_command import JsonCommand, Refused


class Command(JsonCommand):
    help = "Reads a PC-Axis, JSON-stat or CSV file and prints what it holds, or why it is refused, as JSON."
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "The file needs more memory than there is. Import it in parts.",
        "stopped": "Stopped before the whole file was read.",
        "failed": "Reading the file failed inside. Report it, with what --traceback tells.",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the file to read")

    def refusal(self, code: str, message: str) -> dict[str, Any]:
        return {"error": {"message": message, "line": None, "column": None}}

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        path: Path = options["file"]
        try:
            told = self._checked(path)
        except OSError as error:
            words = f"The file cannot be opened: {error.strerror or type(error).__name__}."
            raise Refused(self.refusal("unreadable", words)) from None
        if "error" in told:
            raise Refused(told)
        return told

    def _checked(self, path: Path) -> Mapping[str, Any]:
        if not path.is_file():
            missing = not path.exists()
            return self.refusal("no_file", "There is no such file." if missing else "This is not a file.")
        size = path.stat().st_size
        if size >= intake.LARGEST:
            return {"error": said(intake.too_large(size, Report()))}
        reading = read_any(path.name, path.read_bytes(), places_by_code())
        for problem in reading.result.problems:
            print(problem, file=sys.stderr)
        return summary(reading)
