"""Tell whether a form can be a questionnaire here: no database, no server, no settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from datasets.management.json_command import JsonFileCommand
from surveys.xlsform import Reading, Told, read_xlsform
from surveys.xlsform.opening import LARGEST, TOO_LARGE_FILE


class Command(JsonFileCommand):
    help = "Reads an XLSForm (.xlsx, .xls, .csv, .md) and prints whether it can be used, and why not, as JSON."
    file_help = "the form to read"
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "The file needs more memory than there is. Copy the form's sheets to a new workbook.",
        "stopped": "Stopped before the whole form was read.",
        "failed": "Reading the form failed inside. Report it, with what --traceback tells.",
    }

    def refusal(self, code: str, message: str) -> dict[str, Any]:
        return Reading(None, (), (), (Told(message),)).as_json()

    def read(self, path: Path) -> Mapping[str, Any]:
        if path.stat().st_size > LARGEST:
            return self.refusal("too_large", TOO_LARGE_FILE % {"most": LARGEST // 1_000_000})
        return read_xlsform(path.read_bytes(), path.name).as_json()

    def is_refusal(self, told: Mapping[str, Any]) -> bool:
        return bool(told["verdict"] != "accept")
