"""Bands of numbers: those of age, never finer than the promise, and those that tables count a quantity in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting import bank
from surveys.drafting.posted import Posted, number_of, put
from surveys.drafting.texts import Definition

MOST_BANDS = 12
BIRTH_YEAR = "birth_year"

YEAR_WORDS: Mapping[str, Mapping[str, str]] = {
    "text": {
        "sv": "Vilket år är du född?",
        "sv-x-easy": "Vilket år är du född?",
        "en": "What year were you born?",
        "ar": "في أي سنة وُلدت؟",
    },
    "help": {
        "sv": "Skriv året med fyra siffror. Vi sparar bara vilken åldersgrupp du hör till, till exempel 18–19 år.",
        "sv-x-easy": "Skriv fyra siffror. Vi sparar bara en grupp, till exempel 18–19 år.",
        "en": "With four figures. We only keep the age group you belong to, such as 18–19.",
        "ar": "اكتب السنة بأربعة أرقام. نحفظ فقط الفئة العمرية التي تنتمي إليها، مثل 18–19 سنة.",
    },
}
"""What the question on age says where a year is typed; the ready question's words where it is an age."""


def promised() -> list[dict[str, Any]]:
    """The bands of age that everybody is promised: an age is never kept finer."""
    return [band for band in _ready_age()["bands"] if not band.get("outside")]


def limits() -> list[int]:
    """The ages where one promised band ends and the next begins."""
    return [band["from"] for band in promised()[1:]]


def is_kept_promise(question: Mapping[str, Any]) -> bool:
    """Whether every band of an age is one of the promised, or several of them together."""
    first, last = {band["from"] for band in promised()}, {band["to"] for band in promised()}
    return all(
        band.get("from") in first and band.get("to") in last
        for band in question.get("bands", [])
        if not band.get("outside")
    )


def asks_age(question: Mapping[str, Any]) -> bool:
    """Whether the number that is asked for is an age."""
    is_outside = any(band.get("outside") for band in question.get("bands", []))
    return question.get("kind") == "number" and (is_outside or question.get("asks") == BIRTH_YEAR)


def age_from(posted: Posted, question: dict[str, Any], definition: Definition) -> None:
    """An age as the form has it: typed as an age or a year of birth, and where its bands part."""
    was, asks = question.get("asks", "age"), posted.get("asks") or "age"
    put(question, "asks", asks if asks == BIRTH_YEAR else None)
    if asks != was:
        _reword(question, to_year=asks == BIRTH_YEAR, languages=definition["languages"])
    if posted.get("has.limits") and is_kept_promise(question):
        wanted = [limit for limit in limits() if str(limit) in posted.getlist("limits")]
        _part(question, wanted, definition["languages"])


def _part(question: dict[str, Any], wanted: Sequence[int], languages: Sequence[str]) -> None:
    """Let the bands part at these ages only; a band that stays keeps its words."""
    before = {band["code"]: band for band in question["bands"]}
    runs: list[list[dict[str, Any]]] = []
    for band in promised():
        if not runs or band["from"] in wanted:
            runs.append([])
        runs[-1].append(band)
    kept = [_together(run, before, languages) for run in runs]
    outside = [band for band in question["bands"] if band.get("outside")]
    lower = [band for band in outside if band["outside"] == "under"]
    question["bands"] = [*lower, *kept, *(band for band in outside if band["outside"] != "under")]


def _together(
    run: Sequence[dict[str, Any]], before: Mapping[str, dict[str, Any]], languages: Sequence[str]
) -> dict[str, Any]:
    """Neighbouring bands as one: "15–19 years" is written as "15–17 years" is."""
    lowest, highest = run[0]["from"], run[-1]["to"]
    code = f"{lowest}-{highest}"
    if code in before:
        return before[code]
    like = {**run[0]["text"], **before.get(run[0]["code"], {}).get("text", {})}
    words = {}
    for language in languages:
        said = re.sub(r"\d+\s*[–-]\s*\d+", f"{lowest}–{highest}", like.get(language, ""), count=1)
        words[language] = said if str(highest) in said else f"{lowest}–{highest}"
    return {"code": code, "text": words, "from": lowest, "to": highest}


def _reword(question: dict[str, Any], *, to_year: bool, languages: Sequence[str]) -> None:
    """Change the ready words for the other ready ones; words of one's own stay."""
    for field in ("text", "help"):
        age = _ready_age()[field] | {"sv-x-easy": bank.easy_swedish().get(_ready_age()[field]["sv"], "")}
        old, new = (age, YEAR_WORDS[field]) if to_year else (YEAR_WORDS[field], age)
        words = question.get(field, {})
        for language in languages:
            if words.get(language) == old.get(language) and new.get(language):
                words[language] = new[language]


def bands_from(posted: Posted, question: dict[str, Any]) -> None:
    """The bands that tables count a whole number in, of the numbers that they begin at: "0, 1, 6, 11"."""
    if "starts" not in posted:
        return
    sent = re.split(r"[;,\s]+", posted.get("starts").strip())
    starts = [number_of(words) for words in sent if words]
    lowest, highest = question["minimum"], question["maximum"]
    if not starts:
        question.pop("bands", None)
    elif question.get("decimals") or lowest < 0:
        posted.refused["starts"] = _("Only whole numbers from 0 can be grouped. Leave this empty.")
    elif not all(isinstance(start, int) and lowest <= start <= highest for start in starts):
        words = _("Write whole numbers from %(lowest)s to %(highest)s, such as 0, 1, 6, 11.")
        posted.refused["starts"] = words % {"lowest": lowest, "highest": highest}
    else:
        edges = sorted({int(lowest), *(int(start) for start in starts if start is not None)})
        if not 2 <= len(edges) <= MOST_BANDS:
            posted.refused["starts"] = _("Write from 2 to %(most)s numbers.") % {"most": MOST_BANDS}
        else:
            question["bands"] = _counted(question, edges, int(highest))


def _counted(question: Mapping[str, Any], edges: Sequence[int], highest: int) -> list[dict[str, Any]]:
    """A band from each number to the one below the next; those that were there before keep their words."""
    before = {band["code"]: band for band in question.get("bands", [])}
    languages = list(question["text"]) or ["sv"]
    made = []
    for start, after in pairwise([*edges, highest + 1]):
        code = f"{start}-{after - 1}"
        words = f"{start}–{after - 1}" if after - 1 > start else str(start)
        band = {"code": code, "text": dict.fromkeys(languages, words), "from": start, "to": after - 1}
        made.append(before.get(code, band))
    return made


def starts_of(question: Mapping[str, Any]) -> str:
    """The numbers that the bands begin at, as the form has them."""
    return ", ".join(str(band.get("from", question.get("minimum", 0))) for band in question.get("bands", []))


def _ready_age() -> dict[str, Any]:
    return deepcopy(dict(bank.items()["age"].question))
