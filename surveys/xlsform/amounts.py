"""How much a form asks: its minutes, what it requires, and what is answered in own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .structure import Structure
from .telling import N_, NOWHERE, Report

MOST_TEXTS = 10
SECONDS_EACH, MOST_MINUTES = 12, 12

NOBODY_FORCED = N_(
    "Questions that the form requires: %(count)s. Here nobody is forced: such a question is asked "
    "once more, and can "
    "then be left."
)
FREE_TEXTS = N_(
    "Questions that are answered in own words: %(count)s. Each can name people, and someone has to read all of it."
)
TOO_MANY_TEXTS = N_(
    "This is question number %(number)s that is answered in own words; at most %(most)s can be. Give answers to "
    "choose from, or delete the row."
)
TOO_LONG = N_(
    "The form asks %(count)s questions, which takes about %(minutes)s minutes. The shorter it is, the more "
    "finish: aim for 8 minutes, and keep what matters most."
)


def minutes_of(questions: int) -> int:
    """About how long so many questions take, in whole minutes."""
    return max(1, round(questions * SECONDS_EACH / 60))


def tell_amounts(made: Mapping[str, dict[str, Any]], structure: Structure, report: Report) -> None:
    """Tell of a form that is long, that requires answers, or that asks for many own words."""
    asked = [one for one in made.values() if one["kind"] not in ("info", "calculated")]
    if (minutes := minutes_of(len(asked))) > MOST_MINUTES:
        report.warn(NOWHERE, TOO_LONG, count=len(asked), minutes=minutes)
    required = [code for code, question in made.items() if question.get("ask_again")]
    if required:
        report.warn(NOWHERE, NOBODY_FORCED, count=len(required))
    written = [item for item in structure if made.get(item.code, {}).get("kind") == "text"]
    if len(written) > 1:
        report.warn(NOWHERE, FREE_TEXTS, count=len(written))
    for number, item in enumerate(written[MOST_TEXTS:], start=MOST_TEXTS + 1):
        report.refuse(item.row.at("type"), TOO_MANY_TEXTS, number=number, most=MOST_TEXTS)
