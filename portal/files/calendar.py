"""Calendar files (RFC 5545, iTIP RFC 5546): an invitation to one meeting, its updates and its cancellation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

SWEDEN = ZoneInfo("Europe/Stockholm")


class Answer(StrEnum):
    """What somebody said to the invitation."""

    NONE = "NEEDS-ACTION"
    YES = "ACCEPTED"
    MAYBE = "TENTATIVE"
    NO = "DECLINED"


class Method(StrEnum):
    """What a calendar is asked to do with the meeting: put it in or change it, or take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Person:
    """Who leads a meeting or is invited to it."""

    name: str
    email: str


@dataclass(frozen=True)
class Meeting:
    """A meeting as a calendar keeps it.

    `key` is the same in every file about it; `number` grows with each change, and a calendar believes the highest.
    `starts_at` has a time zone and is written as Swedish time; `made_at` is when the file was made.
    """

    key: str
    number: int
    title: str
    starts_at: datetime
    minutes: int
    place: str
    text: str
    organiser: Person
    invited: Person
    answer: Answer
    made_at: datetime


def calendar_file(meeting: Meeting, method: Method) -> bytes:
    """The meeting for one invited person, with the rules of Swedish time inside; lines of at most 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", "-//Växtkraft//Dialogue//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(_event(meeting, method))
    year = meeting.starts_at.year
    calendar.add_missing_timezones(date(year, 1, 1), date(year + 2, 1, 1))
    return calendar.to_ical()


def _event(meeting: Meeting, method: Method) -> Event:
    event = Event()
    starts_at = meeting.starts_at.astimezone(UTC)
    event.add("uid", meeting.key)
    event.add("sequence", meeting.number)
    event.add("dtstamp", meeting.made_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(SWEDEN))
    event.add("dtend", (starts_at + timedelta(minutes=meeting.minutes)).astimezone(SWEDEN))
    event.add("summary", _one_line(meeting.title))
    event.add("description", meeting.text)
    if meeting.place:
        event.add("location", _one_line(meeting.place))
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    event.add("organizer", _address(meeting.organiser), encode=False)
    invited = _address(meeting.invited)
    invited.params.update({"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText(meeting.answer.value)})
    # The answer is given by the link in the mail: a calendar's own reply would reach an address that nobody reads.
    invited.params["RSVP"] = vText("FALSE")
    event.add("attendee", invited, encode=False)
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    # A parameter holds no control characters and no double quotes, not even escaped ones (RFC 5545, 3.1).
    address.params["CN"] = vText(_one_line(person.name).replace('"', "'"))
    return address


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
