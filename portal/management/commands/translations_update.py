"""Bring the message catalogues up to the sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.translations import missing, update


class Command(BaseCommand):
    help = "Collects messages from code and templates into the Swedish catalogue; says which lack words."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when one is missing")
        parser.add_argument("--merge", nargs="*", type=Path, default=[], help="PO files to take translations from")

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = missing("sv") if options["check"] else update("sv", options["merge"])
        for message in lacking:
            self.stdout.write(message)
        if lacking and options["check"]:
            raise CommandError(f"{len(lacking)} messages have no Swedish yet.")
        self.stdout.write(f"{len(lacking)} messages lack a translation.")
