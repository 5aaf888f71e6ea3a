"""Let somebody who lost phone and recovery codes set up a new second factor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.services.second_factor import second_factor_remove


class Command(BaseCommand):
    help = "Takes the second factors of a person away, so that they set up a new one when they sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with that address. See that it is spelt as in the list of people.")
        removed = second_factor_remove(user=user)
        self.stdout.write(f"Removed: {removed}. The next sign-in asks for a new second factor.")
