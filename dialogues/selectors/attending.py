"""Who was there, as it was noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogues.models import Attendance, Dialogue, Participant


@dataclass(frozen=True)
class Attended:
    """The list in two parts, and those who came without being on it; empty while nobody has noted it."""

    noted: Attendance | None
    people: tuple[Participant, ...]

    @property
    def is_noted(self) -> bool:
        """Whether somebody has said who is here."""
        return any(one.is_present is not None for one in self.people) or bool(self.others)

    @property
    def present(self) -> list[Participant]:
        """Those on the list who were there."""
        return [one for one in self.people if one.is_present]

    @property
    def absent(self) -> list[Participant]:
        """Those on the list who were not; one who was put there afterwards as well."""
        return [one for one in self.people if not one.is_present] if self.is_noted else []

    @property
    def others(self) -> list[str]:
        """Those who came without being on the list."""
        return self.noted.others_listed if self.noted else []

    @property
    def notes_by(self) -> str:
        """Who kept the notes."""
        return self.noted.notes_by if self.noted else ""

    @property
    def approved_by(self) -> str:
        """Who approved them."""
        return self.noted.approved_by if self.noted else ""

    @property
    def approved_on(self) -> date | None:
        """When they were approved."""
        return self.noted.approved_on if self.noted else None


def attended(dialogue: Dialogue) -> Attended:
    """Who was at a dialogue. Two queries."""
    people = Participant.in_scope().filter(dialogue=dialogue).select_related("department")
    noted = Attendance.in_scope().filter(dialogue=dialogue).first()
    return Attended(noted, tuple(people.order_by("perspective", "role", "name")))
