"""Make a region a tenant and invite its first admin."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import AccountsError
from accounts.services.regions import region_create


class Command(BaseCommand):
    help = "Makes a region (two digits, such as 01) a tenant, and invites its first regional admin by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            region, invitation = region_create(
                code=options["code"], admin_name=options["admin_name"], admin_email=options["admin_email"]
            )
        except AccountsError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{region} is here; an invitation is on its way to {invitation.email}.")
