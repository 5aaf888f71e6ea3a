"""Protect a table of counts in a file: no database, no server, no settings."""

from __future__ import annotations

import signal
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar, NoReturn

from django.core.management.base import CommandParser

from datasets.disclosure import RefusedToPublish, Zeros, tablefile
from datasets.management.json_command import JsonCommand, Refused

_EXPLAINED = """
SPEC.json: {"dims": {OUTPUT COLUMN: [LEAF COLUMN, PARENT COLUMN …]}, "freq": COLUMN, "formula": null}
  Combinations that INPUT.csv leaves out count nobody. With a formula such as "~ region*age + county:gender"
  only the margins it names are published; a parent column names that level; "- 1" leaves out the total.
--rule NAME=VALUE, once for each, or --rule FILE.json with the same names:
"""


class Command(JsonCommand):
    help = "Hides as many cells of a table of counts as it takes that no small one can be worked out."
    refused = 2
    words: ClassVar[Mapping[str, str]] = {
        "too_large": "The table needs more memory than there is. Publish several smaller tables.",
        "stopped": "Stopped before it was done; nothing was written.",
        "failed": "It failed inside; nothing was written. Report it with --traceback.",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """As other commands', with the spec and the rule's names explained below."""
        names = "\n".join(f"  {name:<15} {what}" for name, what in tablefile.NAMES.items())
        kwargs |= {"formatter_class": RawDescriptionHelpFormatter, "epilog": _EXPLAINED + names}
        return super().create_parser(prog_name, subcommand, **kwargs)

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

    def refusal(self, code: str, message: str, cells: tuple[str, ...] = ()) -> dict[str, Any]:
        return {"refused": True, "error": message, "code": code, "cells": list(cells)}

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        output: Path = options["output"]
        if _same(output, options["input"]) or _same(output, options["spec"]):
            words = "OUT.csv is also an input; nothing was written. Choose another name."
            raise Refused(self.refusal("bad_arguments", words))
        try:
            with stopping_cleanly():
                return tablefile.protect_file(
                    options["input"],
                    tablefile.read_spec(options["spec"]),
                    tablefile.asked(options["k"], options["zeros"], options["rule"]),
                    output,
                    audit=options["audit"],
                )
        except BaseException as error:
            if not output.is_dir():
                # Not even one from before is left behind.
                tablefile.discard(output)
            if isinstance(error, tablefile.BadFile):
                raise Refused(self.refusal(error.code, error.text, error.cells)) from None
            if isinstance(error, RefusedToPublish):
                first = error.reasons[0]
                raise Refused(self.refusal(str(first.why), str(error), first.cells)) from None
            raise


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
