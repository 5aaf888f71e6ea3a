"""A command that needs no database: it prints one JSON object, also when it goes wrong."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from django.core.management.base import BaseCommand, CommandParser

logger = logging.getLogger(__name__)
FAILED = 1


class Refused(Exception):
    """What was asked for cannot be had; ``told`` is what to print instead."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__()
        self.told = dict(told)


class JsonCommand(BaseCommand):
    """Prints what ``answer`` gives as one object, and turns whatever stops it into words.

    A subclass says with ``refused`` how it ends when it refuses, and with ``words`` what it says otherwise.
    """

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
    refused = FAILED
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "It needs more memory than there is.",
        "stopped": "Stopped half-way.",
        "failed": "It failed inside. Report it, with what --traceback tells.",
    }

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        """What to print. Raises Refused."""
        raise NotImplementedError

    def refusal(self, code: str, message: str) -> dict[str, Any]:
        """What is printed instead of an answer."""
        return {"error": {"code": code, "message": message, "line": None, "column": None}}

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """As Django's; what is wrong with the arguments is told in the one object on the standard output."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if parser.called_from_command_line:
            parser.error = partial(self.refuse_arguments, parser)  # type: ignore[method-assign]
        return parser

    def refuse_arguments(self, parser: CommandParser, message: str) -> NoReturn:
        """Tell what is wrong with the arguments, and end."""
        parser.print_usage(sys.stderr)
        tell(self.refusal("bad_arguments", f"{message[:1].upper()}{message[1:]}. See --help."))
        sys.exit(self.refused)

    def handle(self, *args: Any, **options: Any) -> None:
        status = self.refused
        try:
            told, status = dict(self.answer(options)), 0
        except Refused as refused:
            told = refused.told
        except MemoryError:
            told = self.refusal("too_large", self.words["too_large"])
        except KeyboardInterrupt:
            told, status = self.refusal("stopped", self.words["stopped"]), FAILED
        except Exception as error:
            if options["traceback"]:
                raise
            logger.error("%s: %s", type(error).__name__, error)
            told, status = self.refusal("failed", self.words["failed"]), FAILED
        tell(told)
        if status:
            sys.exit(status)


class JsonFileCommand(JsonCommand):
    """Reads one file and tells what it found: a subclass says what it reads, and which findings are refusals."""

    file_help = "the file to read"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=self.file_help)

    def read(self, path: Path) -> Mapping[str, Any]:
        """What is in a file that is there. Raises OSError."""
        raise NotImplementedError

    def is_refusal(self, told: Mapping[str, Any]) -> bool:
        """Whether what was found is told as a refusal."""
        raise NotImplementedError

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        path: Path = options["file"]
        if not path.is_file():
            words = "This is not a file." if path.exists() else "There is no such file."
            raise Refused(self.refusal("no_file", words))
        try:
            told = self.read(path)
        except OSError as error:
            words = f"The file cannot be opened: {error.strerror or type(error).__name__}."
            raise Refused(self.refusal("unreadable", words)) from None
        if self.is_refusal(told):
            raise Refused(told)
        return told


def tell(told: Mapping[str, Any]) -> None:
    """The one object on the standard output, in letters that any terminal or pipe can carry."""
    is_wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(told, ensure_ascii=not is_wide, allow_nan=False)
    # Half a surrogate pair is no letter, but a JSON file may hold one: it goes out as the escape it came in as.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
