"""The types of XLSForm's rows, in all their spellings: what we read, what we leave out, what we refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from .telling import N_


class Sort(StrEnum):
    """What a row of the survey sheet is."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    WHOLE = "whole"
    DECIMAL = "decimal"
    RANGE = "range"
    TEXT = "text"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    GROUP = "group"
    GROUP_END = "group_end"
    REPEAT = "repeat"
    REPEAT_END = "repeat_end"
    STRIPPED = "stripped"
    REFUSED = "refused"
    UNKNOWN = "unknown"


OPEN = frozenset({Sort.WHOLE, Sort.DECIMAL, Sort.TEXT})
"""Questions that are answered by writing."""
CHOSEN = frozenset({Sort.SINGLE, Sort.MULTIPLE, Sort.RANKING})
"""Questions that are answered by choosing from a list."""


@dataclass(frozen=True)
class Type:
    """A row's type: its sort, the list it names, whether "other" is added, and why it isn't taken."""

    sort: Sort
    list_name: str = ""
    or_other: bool = False
    why: str = ""
    near: str = ""
    """The type that an unknown one is nearly spelt like."""


TIMES = N_(
    "%(type)s writes down when somebody answered. We never keep that, since it can tell who it was: left out."
)
DEVICES = N_(
    "%(type)s tells which phone or account was used. We never collect that, since it can tell who it "
    "was: left out."
)
WHERE = N_("%(type)s writes down where somebody was. We never keep that, since it can tell who it was: left out.")
LOGS = N_("%(type)s logs how somebody answered. We never collect that: left out.")
HIDDEN = N_("A hidden row asks nobody anything: left out.")

PLACES = N_(
    "%(type)s asks where somebody is, which can tell who it is. Ask with answers to choose from, as districts."
)
MEDIA_FILES = N_(
    "%(type)s asks for a picture, a recording or a file, which can show who somebody is. Delete the row."
)
CODES = N_("%(type)s reads a code off a thing, which a survey of young people has no use for. Delete the row.")
REPEATS = N_(
    "A part that is asked again for each person or thing can't be used: answers about others could "
    "point them out. "
    "Ask once, for example how many, and delete begin repeat and end repeat."
)
FROM_FILES = N_(
    "%(type)s takes its answers from another file. Write them in the sheet choices and use select_one."
)
DATES = N_(
    "An exact date can tell who somebody is, so we ask for none. Ask for the year as an integer, or "
    "give periods to "
    "choose from."
)
CLOCK = N_("A time of day can't be asked for. Give times to choose from, with select_one.")
MATRICES = N_(
    "%(type)s belongs to KoboToolbox alone. Write a select_one row for each line, with the "
    "appearance likert, in a "
    "group with the appearance field-list."
)
UNKNOWN = N_("We know no question type %(type)s. Check how it is spelt; select_one, integer and text are some.")
ALMOST = N_("We know no question type %(type)s. Did you mean %(near)s?")
NO_TYPE = N_("The row has no type. Write one, such as select_one, integer, text or note, or empty the row.")

_PLAIN = {
    Sort.WHOLE: ("integer", "int", "q int", "add integer prompt"),
    Sort.DECIMAL: ("decimal", "q decimal", "add decimal prompt", "percentage"),
    Sort.RANGE: ("range",),
    Sort.TEXT: ("text", "string", "q string", "add text prompt"),
    Sort.NOTE: ("note", "q note", "add note prompt"),
    Sort.ACKNOWLEDGE: ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    Sort.CALCULATE: ("calculate", "q calculate", "add calculate prompt", "calculate_here"),
    Sort.GROUP: ("begin group",),
    Sort.GROUP_END: ("end group",),
    Sort.REPEAT: ("begin repeat", "begin lgroup", "begin looped group", "begin loop"),
    Sort.REPEAT_END: ("end repeat", "end lgroup", "end looped group", "end loop"),
}
_BY_NAME = {name: sort for sort, names in _PLAIN.items() for name in names}

_LEFT_OUT = {
    TIMES: r"(get )?(start|end|today)( time)?|start|end|today",
    DEVICES: (
        r"(uri:)?(get )?(device ?id|imei|sim ?serial|sim id|subscriber ?id|phone ?number|"
        r"username|email|user ?name)|caseid|device_info( .*)?"
    ),
    WHERE: r"(start|background)-geopoint",
    LOGS: r"audit|background-audio|(text|audio)[ _]audit|speed violations \w+|sensor_\w+( .*)?|comments",
    HIDDEN: r"hidden|xml-external|csv-external",
}
_REFUSED = {
    PLACES: r"(q |add )?(geo(point|trace|shape)|gps|location|osm.*)( prompt)?",
    MEDIA_FILES: r"(q |add )?(image|photo|picture|audio|video|file|signature|draw|annotate)( prompt)?",
    CODES: r"(q |add )?barcode( prompt)?",
    FROM_FILES: r"(select_?.*(_external|_from_file|from file)|select one external|cascading[ _]select)\b.*",
    DATES: r"(q |add )?(date|date ?time)( prompt)?",
    CLOCK: r"time",
    MATRICES: r"(begin|end)[ _](kobomatrix|score|rank|matrix)|(score|rank|matrix)__.*|kobomatrix.*",
}
_SELECTS = (
    (Sort.SINGLE, r"(?:add )?select (?:one|1)(?: prompt)?(?: using| from)?|select[ _]?(?:one|1)(?! from| using)"),
    (
        Sort.MULTIPLE,
        r"(?:add )?select (?:multiple|all that apply)(?: prompt)?(?: using| from)?|"
        r"select[ _]?(?:multiple|all that apply)(?! from| using)",
    ),
    (Sort.RANKING, r"rank"),
)
_USUAL = ("select_one", "select_multiple", "integer", "decimal", "text", "note", "range", "rank", "calculate",
          "begin_group", "end_group", "acknowledge")  # fmt: skip
_OTHER = re.compile(r"\s+or[ _](?:specify[ _])?other$", re.IGNORECASE)


def type_of(cell: str) -> Type:
    """What a row is, by its cell in the column type."""
    words = " ".join(cell.split())
    plain = words.lower()
    spaced = re.sub(r"^(begin|end)_", r"\1 ", plain)
    if spaced in _BY_NAME:
        return Type(_BY_NAME[spaced])
    for why, pattern in _LEFT_OUT.items():
        if re.fullmatch(pattern, plain):
            return Type(Sort.STRIPPED, why=why)
    for why, pattern in _REFUSED.items():
        if re.fullmatch(pattern, plain):
            return Type(Sort.REFUSED, why=why)
    for sort, pattern in _SELECTS:
        if found := re.fullmatch(rf"(?:{pattern})(?:\s+(.+))?", words, re.IGNORECASE):
            name = found[1] or ""
            return Type(sort, _OTHER.sub("", name).strip(), bool(_OTHER.search(name)))
    near = next(iter(get_close_matches(plain.split(" ")[0], _USUAL, 1, 0.75)), "") if words else ""
    return Type(Sort.UNKNOWN, why=ALMOST if near else UNKNOWN if words else NO_TYPE, near=near)
