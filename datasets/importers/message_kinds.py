"""What there is to say about a kind of problem: how grave it is, in which words, and the remedy.

``N_`` marks a text for translation without translating it; this package knows no framework.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the file was imported all the same, or refused."""

    CONTINUE = "continue"
    FATAL = "fatal"


@dataclass(frozen=True)
class Message:
    """A kind of problem."""

    severity: Severity
    text: str
    remedy: str = ""


def N_(text: str) -> str:
    """Mark a text for translation."""
    return text


def fatal(text: str, remedy: str = "") -> Message:
    """A problem for which a file is refused."""
    return Message(Severity.FATAL, text, remedy)


def go_on(text: str, remedy: str = "") -> Message:
    """A problem with which a file is imported all the same."""
    return Message(Severity.CONTINUE, text, remedy)


ASK_SOURCE = N_("Download the file again, or ask its source for a correct one.")
