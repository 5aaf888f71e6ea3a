"""Tell whether a form can be a questionnaire here: no database, no server, no settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser

from datasets.management.json_command import JsonCommand, Refused
from surveys.xlsform import Reading, Told, read_xlsform
from surveys.xlsform.opening import LARGEST, TOO_LARGE_FILE


class Command(JsonCommand):
    help = "Reads an XLSForm (.xlsx, .xls, .csv, .md) and prints whether it can be used, and why not, as JSON."
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "The file needs more memory than there is. Copy the form's sheets to a new workbook.",
        "stopped": "Stopped before the whole form was read.",
        "failed": "Reading the form failed inside. Report it, with what --traceback tells.",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the form to read")

    def refusal(self, code: str, message: str) -> dict[str, Any]:
        return Reading(None, (), (), (Told(message),)).as_json()

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        path: Path = options["file"]
        try:
            told = self._checked(path)
        except OSError as error:
            words = f"The file cannot be opened: {error.strerror or type(error).__name__}."
            raise Refused(self.refusal("unreadable", words)) from None
        if told["verdict"] != "accept":
            raise Refused(told)
        return told

    def _checked(self, path: Path) -> dict[str, Any]:
        if not path.is_file():
            missing = not path.exists()
            return self.refusal("no_file", "There is no such file." if missing else "This is not a file.")
        if path.stat().st_size > LARGEST:
            return self.refusal("too_large", TOO_LARGE_FILE % {"most": LARGEST // 1_000_000})
        return read_xlsform(path.read_bytes(), path.name).as_json()
