"""Questions that ask who somebody is: their name, number, address, mail, telephone or day of birth."""

from __future__ import annotations

import re

from . import ages
from .identity_words import ABOUT, ALONE, ALWAYS, BIRTH, CLASS, CODES, NAME, OTHER_THINGS, PATTERNS, WORDS
from .structure import Item
from .telling import N_, Report, Told
from .types import Sort

ASKS_WHO = N_(
    "The question asks for %(what)s, and then an answer is not anonymous. Delete the row. Whoever wants to be "
    "reached can write to you in another way, apart from the survey."
)
MAY_ASK_WHO = N_("The question may make people write %(what)s. Word it so that nobody has to, or delete the row.")
ASKS_WHERE = N_(
    "The answer may tell just where somebody lives or goes to school. Give areas to choose from "
    "instead, each large "
    "enough."
)
AGE_IN_WORDS = N_(
    "An age that is written as a text can't be kept as a band. Make the row an integer, or ask for no age: our "
    "own question does."
)
WHICH_CLASS = N_(
    "The answer tells which class somebody goes in, and a class is so few that it can tell who. Ask for the "
    "school year instead, with answers to choose from."
)

LONGEST = 500
"""So much of a label is looked at."""

_WHERE = re.compile(
    r"\bvar bor du|vilk(?:en|et) (?:del|område|stadsdel|by|ort|skola|gymnasieskola|kvarter)\b.*\b(?:bor|går) du|"
    r"\b(?:where|in which|which) .*(?:do you live|you live in|school do you)|suburb|neighbou?rhood|"
    r"^(?:skola|school|schule|bostadsort|wohnort|ort|postort)$|wo wohn(?:st|en)|welche schule"
)
_ASIDE = re.compile(r"\([^()]*\)|[*_#:.?!]+|\b(?:valfritt|frivilligt|optional|freiwillig)\b")


def check(item: Item, report: Report) -> None:
    """Tell where a question that is answered by writing asks who or just where somebody is."""
    if item.sort not in (Sort.TEXT, Sort.WHOLE, Sort.DECIMAL):
        return
    labels = [*item.row.texts("label").values(), *item.row.texts("hint").values()]
    place = item.row.at("label") if item.row.texts("label") else item.row.at("name")
    bare = [_bare(label) for label in labels]
    told = _asked_for(item, bare)
    if told in (NAME, BIRTH) and any(re.search(ABOUT, label) for label in bare):
        report.warn(place, MAY_ASK_WHO, what=Told(told))
        return
    if told is not None:
        report.refuse(place, ASKS_WHO, what=Told(told))
        return
    if item.sort is not Sort.TEXT:
        return
    if ages.is_written(item):
        report.warn(item.row.at("type"), AGE_IN_WORDS)
    for label in map(_bare, item.row.texts("label").values()):
        if re.search(CLASS, label):
            report.refuse(place, WHICH_CLASS)
            return
        for what, pattern in WORDS.items():
            if re.search(pattern, re.sub(OTHER_THINGS, " ", label)):
                report.warn(place, MAY_ASK_WHO, what=Told(what))
                return
        if _WHERE.search(label):
            report.warn(place, ASKS_WHERE)
            return


def _asked_for(item: Item, labels: list[str]) -> str | None:
    for what, pattern in ALWAYS.items():
        if any(re.search(pattern, label) for label in labels):
            return what
    for what, pattern in PATTERNS.items():
        if re.search(pattern, item.row.get("constraint")):
            return what
    first = labels[0] if labels else ""
    for what, pattern in ALONE.items():
        if any(re.fullmatch(pattern, label) for label in labels):
            return what
    name = item.name.casefold().replace("-", "_")
    for what, pattern in CODES.items():
        if re.fullmatch(pattern, name) and (not first or len(first.split()) <= 8):
            return what
    return None


def _bare(label: str) -> str:
    """A label in small letters, without asides and signs around it."""
    return " ".join(_ASIDE.sub(" ", label[:LONGEST].casefold().replace("‑", "-")).split())
