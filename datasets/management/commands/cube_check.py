"""Tell how a file of figures is read: no database, no server, no settings."""

from __future__ import annotations

import json
import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from accounts.reference import places_by_code
from datasets.importers import intake
from datasets.importers.any_file import read_any
from datasets.importers.problems import Report
from datasets.importers.summary import said, summary

logger = logging.getLogger(__name__)
REFUSED = 1


class Command(BaseCommand):
    help = "Reads a PC-Axis, JSON-stat or CSV file and prints what it holds, or why it is refused, as JSON."
    requires_system_checks: list[str] = []
    suppressed_base_arguments = {
        "--version",
        "--settings",
        "--pythonpath",
        "--verbosity",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """As Django's; what is wrong with the arguments is told in the one object on the standard output."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if parser.called_from_command_line:
            parser.error = partial(refuse_arguments, parser)  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the file to read")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            told = _checked(path)
        except OSError as error:
            told = _failed(f"The file cannot be opened: {error.strerror or type(error).__name__}.")
        except MemoryError:
            told = _failed("The file needs more memory than there is. Import it in parts.")
        except KeyboardInterrupt:
            told = _failed("Stopped before the whole file was read.")
        except Exception as error:
            if options["traceback"]:
                raise
            logger.error("%s: %s", type(error).__name__, error)
            told = _failed("Reading the file failed inside. Report it, with what --traceback tells.")
        tell(told)
        if "error" in told:
            sys.exit(REFUSED)


def _checked(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return _failed("There is no such file." if not path.exists() else "This is not a file.")
    size = path.stat().st_size
    if size >= intake.LARGEST:
        return {"error": said(intake.too_large(size, Report()))}
    reading = read_any(path.name, path.read_bytes(), places_by_code())
    for problem in reading.result.problems:
        print(problem, file=sys.stderr)
    return summary(reading)


def _failed(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "line": None, "column": None}}


def refuse_arguments(parser: CommandParser, message: str) -> NoReturn:
    """Tell what is wrong with the arguments, and end."""
    parser.print_usage(sys.stderr)
    tell(_failed(f"{message[:1].upper()}{message[1:]}. See --help."))
    sys.exit(REFUSED)


def tell(told: dict[str, Any]) -> None:
    """The one object on the standard output, in letters that any terminal or pipe can carry."""
    is_wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(told, ensure_ascii=not is_wide, allow_nan=False)
    # Half a surrogate pair is no letter, but a JSON file may hold one: it goes out as the escape it came in as.
    print(text.encode("utf-8", "backslashreplace").decode())
