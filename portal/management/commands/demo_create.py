"""Make the demo."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.audit.models import AuditEvent
from portal.demo.making import MADE, make_demo
from portal.demo.people import find_demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope


class Command(BaseCommand):
    help = "Makes the demo: a fictional region, synthetic data, dialogues and what came of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a demo already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("This installation is no demo (VAXTKRAFT_DEMO is not set): nothing was made.")
        state = find_demo_state()
        if state == "whole" and options["if_empty"]:
            return
        if state == "whole":
            raise CommandError("There is a demo already. `make reset` starts over.")
        if state == "half":
            raise CommandError("An earlier run left a half-made demo. `make reset` starts over.")
        began = time.monotonic()
        make_demo(say=self.stdout.write)
        self.stdout.write(f"The demo was made in {time.monotonic() - began:.0f} s.")


def find_demo_state() -> str:
    """Whether an earlier run left nothing, a half or the whole demo. Its last deed is an entry in the log."""
    with working_as("web"), transaction.atomic():
        demo = find_demo()
        if demo is None:
            return "nothing"
        with scope(demo.region.pk):
            return "whole" if AuditEvent.objects.filter(verb=MADE).exists() else "half"
