"""Protect a table of counts in a file: no database, no server, no settings."""

from __future__ import annotations

import json
import logging
import signal
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from datasets.disclosure import RefusedToPublish, Zeros, tablefile

logger = logging.getLogger(__name__)
REFUSED = 2
FAILED = 1
_EXPLAINED = """
SPEC.json: {"dims": {OUTPUT COLUMN: [LEAF COLUMN, PARENT COLUMN …]}, "freq": COLUMN, "formula": null}
  Combinations that INPUT.csv leaves out count nobody. With a formula such as "~ region*age + county:gender"
  only the margins it names are published; a parent column names that level; "- 1" leaves out the total.
--rule NAME=VALUE, once for each, or --rule FILE.json with the same names:
"""


class Command(BaseCommand):
    help = "Hides as many cells of a table of counts as it takes that no small one can be worked out."
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
        names = "\n".join(f"  {name:<15} {what}" for name, what in tablefile.NAMES.items())
        parser = super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, epilog=_EXPLAINED + names, **kwargs
        )
        if parser.called_from_command_line:
            parser.error = partial(self.refuse_arguments, parser)  # type: ignore[method-assign]
        return parser

    def refuse_arguments(self, parser: CommandParser, message: str) -> NoReturn:
        """Tell what is wrong with the arguments, and end."""
        parser.print_usage(sys.stderr)
        tell_refusal("bad_arguments", f"{message[:1].upper()}{message[1:]}. See --help.")
        sys.exit(REFUSED)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "input", metavar="INPUT.csv", type=Path, help="leaf cells: codes, parents' codes, counts"
        )
        parser.add_argument("spec", metavar="SPEC.json", type=Path, help="which columns belong together")
        parser.add_argument("--k", type=int, default=5, help="the smallest count that is shown (5)")
        parser.add_argument(
            "--zeros",
            choices=[zeros.value for zeros in Zeros],
            default=Zeros.SECONDARY.value,
            help="zeros: hidden where it serves others (secondary), as secret as ones (sensitive), never (shown)",
        )
        parser.add_argument("--rule", action="append", default=[], metavar="NAME=VALUE", help="see below")
        parser.add_argument(
            "--audit", choices=["full", "region"], default="full", help="how large blocks are audited"
        )
        parser.add_argument("--output", required=True, metavar="OUT.csv", type=Path, help="every published cell")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        if _same(output, options["input"]) or _same(output, options["spec"]):
            tell_refusal("bad_arguments", "OUT.csv is also an input; nothing was written. Choose another name.")
            sys.exit(REFUSED)
        try:
            with stopping_cleanly():
                report = tablefile.protect_file(
                    options["input"],
                    tablefile.read_spec(options["spec"]),
                    tablefile.asked(options["k"], options["zeros"], options["rule"]),
                    output,
                    audit=options["audit"],
                )
        except tablefile.BadFile as bad:
            refuse(output, bad.code, bad.text, bad.cells)
        except RefusedToPublish as refused:
            refuse(output, str(refused.reasons[0].why), str(refused), refused.reasons[0].cells)
        except MemoryError:
            refuse(
                output, "too_large", "The table needs more memory than there is. Publish several smaller tables."
            )
        except KeyboardInterrupt:
            refuse(output, "stopped", "Stopped before it was done; nothing was written.", status=FAILED)
        except Exception as error:
            if options["traceback"]:
                raise
            logger.error("%s: %s", type(error).__name__, error)
            refuse(
                output,
                "failed",
                "It failed inside; nothing was written. Report it with --traceback.",
                status=FAILED,
            )
        else:
            print(json.dumps(report, ensure_ascii=False))


def refuse(output: Path, code: str, text: str, cells: tuple[str, ...] = (), *, status: int = REFUSED) -> NoReturn:
    """Tell why, leave no file behind, not even one from before, and end."""
    if not output.is_dir():
        tablefile.discard(output)
    tell_refusal(code, text, cells)
    sys.exit(status)


def tell_refusal(code: str, text: str, cells: tuple[str, ...] = ()) -> None:
    """Why there is no table: in words, as a code, and which cells it concerns."""
    print(json.dumps({"refused": True, "error": text, "code": code, "cells": list(cells)}, ensure_ascii=False))


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """While the table is made, an order to stop ends it as an interrupt from the keyboard does."""

    def stop(signum: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
    except OSError:
        return False
