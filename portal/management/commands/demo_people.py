"""Print the demo's people and how to sign in as each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.demo import demo_people


class Command(BaseCommand):
    help = "Prints the demo's fictional people and where one click signs in as them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sign in with one click at {settings.BASE_URL}/demo/ as")
        for person in demo_people():
            self.stdout.write(f"  {person.name:<6} {person.role}, {person.tenant}")
        self.stdout.write(f"Mail of the demo: {settings.BASE_URL}/demo/post/")
