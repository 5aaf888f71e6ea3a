"""LocalSupportLine: somebody to turn to where one lives, beside the national lines."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from portal.tenancy.models import Shareable

MOST_LINES = 8
"""So many local lines, since a long list helps nobody who is in a hurry."""

PHONE = r"^\+?[0-9][0-9 -]{1,18}[0-9]$"


class LocalSupportLine(Shareable):
    """A line that a municipality adds: shown on every answering page, to everyone alike, as soon as it is saved.

    Live and not frozen with a round: a wrong number must be mended at once. Anyone may read it (audience: public).
    `checked_on` is the day when somebody last saw that it is right.
    """

    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=200, blank=True)
    whom = models.CharField(max_length=80, blank=True)
    hours = models.CharField(max_length=80)
    checked_on = models.DateField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="local_line_can_be_reached", condition=~Q(phone="", url="")),
            models.CheckConstraint(name="local_line_is_a_phone", condition=Q(phone="") | Q(phone__regex=PHONE)),
            models.CheckConstraint(
                name="local_line_is_https", condition=Q(url="") | Q(url__regex=r"^https://[^/@\s]+(/|$)")
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "position", "name", "phone", "url", "whom", "hours", "checked_on",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return self.name

    @property
    def as_shown(self) -> dict[str, str]:
        """What the component that shows lines takes."""
        return {"name": self.name, "phone": self.phone, "url": self.url, "whom": self.whom, "when": self.hours}


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number: figures, spaces and hyphens, with a plus in front or none."""
    return re.fullmatch(PHONE, text) is not None
