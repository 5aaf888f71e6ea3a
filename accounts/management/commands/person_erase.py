"""Forget a person who has left."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import AccountsError
from accounts.models import User
from accounts.services.erasing import person_erase


class Command(BaseCommand):
    help = "Empties a person's account: name, address, password, second factors. It can't be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with that address. See that it is spelt as in the list of people.")
        try:
            ended = person_erase(user=user)
        except AccountsError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Erased. Memberships that ended: {ended}. What the person did stays, by nobody's name.")
