"""What tells who somebody is, in a text or in a column: found so that it can be taken away, never repeated.

Nothing here gives back what it found, only of which kind it was. Rather too much is taken for an identifier
than too little: a person can drop a column or write a text anew, and can't unpublish a neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from .words import CARE_OF, GIVEN_NAMES, HEADINGS, NEVER_PEOPLE, STREETS, SURNAMES


class Kind(StrEnum):
    """What tells who somebody is."""

    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    BIRTH_DATE = "birth_date"
    FREE_TEXT = "free_text"


_APART = r"[ \t./–-]?"
_NUMBER = re.compile(
    rf"(?<!\d)((?:18|19|20)??)({_APART})(\d\d){_APART}(\d\d){_APART}(\d\d)[ \t]?[-+–]?[ \t]?(\d{{4}})(?!\d)"
)
_INTERIM = re.compile(r"(?<!\d)(?:18|19|20)?\d\d(\d\d)(\d\d)[ \t]?[-+–]?[ \t]?[A-Za-z]{1,2}\d{2,3}(?![\dA-Za-z])")
_MASKED = re.compile(r"(?<!\d)(?:18|19|20)?\d\d(\d\d)(\d\d)[ \t]?[-+–][ \t]?[xX*_]{2,4}")
_EMAIL = re.compile(r"[\w.+'-]+[ \t]?(?:@|[\[(](?:at|a|snabel-?a)[\])])[ \t]?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)[1-9]\d{0,2}(?:[ \t()/–-]*\d){6,12}|07[02369]\d{7}"
    r"|0[1-9]\d{0,2}[ \t)/–-]+\d(?:[ \t/–-]*\d){4,7})(?!\d)"
)
_STREET = re.compile(rf"\b\w*(?:{STREETS})[ \t]+\d{{1,4}}(?!\d)(?:[ \t]?[A-Za-z]\b)?", re.IGNORECASE)
_POST_TOWN = re.compile(r"(?<!\d)[1-9]\d{2}[ \t]?\d{2}[ \t]+[A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]{2,}")
_CARE_OF = re.compile(rf"(?:{CARE_OF})", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_SURNAME = re.compile(rf"[^\W\d_]*(?:{SURNAMES})s?", re.IGNORECASE)
_SON = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]+sso[nh]s?|[A-ZÅÄÖ][a-zåäöéü]+sdotter")
_DATE = re.compile(
    r"(?:(?:18|19|20)\d\d)([-./ ]?)(\d\d)\1(\d\d)(?:[T ].*)?|(\d{1,2})[-./ ](\d{1,2})[-./ ]((?:19|20)\d\d)"
)
_WITH_CENTURY = re.compile(r"(?:18|19|20)\d\d")

_MOST_DATES = 0.8
_SOME_NAMES = 0.3
_OWN_WORDS = 3
_LONG = 25
_OFTEN_ANOTHER = 0.3
_FEW = 20
_YEARS_OF_A_CHILD = 10


def find_identifiers(text: str) -> tuple[Kind, ...]:
    """The kinds of identifier that a text holds, each once, in the order of ``Kind``; lines are read apart.

    Personal and coordination numbers (Skatteverket's: a date, three digits and Luhn's check, with or without
    century and hyphen; school's interim numbers too), e-mail addresses, phone numbers, streets with a number,
    and people's names as far as they are common ones. A name that is also a word is missed where nothing else
    tells it is one.
    """
    plain = _plain(text)
    found = _certain(plain)
    if any(map(_names_somebody, plain.splitlines())):
        found.add(Kind.NAME)
    return tuple(kind for kind in Kind if kind in found)


def _certain(plain: str) -> set[Kind]:
    """What single words or numbers tell, names apart."""
    has_letters = _LETTER.search(plain) is not None
    found = {kind for match in _NUMBER.finditer(plain) if (kind := _number(match))}
    patterns = (_INTERIM, _MASKED) if has_letters else (_MASKED,)
    if any(_is_day(month, day) for pattern in patterns for month, day in pattern.findall(plain)):
        found.add(Kind.PERSONAL_NUMBER)
    if any(sign in plain for sign in "@[(") and _EMAIL.search(plain):
        found.add(Kind.EMAIL)
    if _PHONE.search(plain):
        found.add(Kind.PHONE)
    if not has_letters:
        return found
    if _STREET.search(plain) or _POST_TOWN.search(plain) or _CARE_OF.search(plain):
        found.add(Kind.ADDRESS)
    return found


def column_looks_like(name: str, values: Sequence[str], *, rows: int | None = None) -> Kind | None:
    """The kind of identifier that a whole column looks like, by its heading and its cells; None for no kind.

    ``values`` may be the different cells only; ``rows`` is then how many cells are filled. One cell with a
    number, an address or a way to reach somebody is enough; names and long texts are told by how many there are.
    """
    filled = [_plain(value).strip() for value in values]
    filled = [value for value in filled if value]
    headed = _by_heading(name)
    if not filled:
        return headed
    if headed is not None and not _are_groups(headed, filled):
        return headed
    text = "\n".join(filled)
    if certain := _certain(text):
        return next(kind for kind in Kind if kind in certain)
    different = list(dict.fromkeys(filled))
    if _are_birth_dates(different):
        return Kind.BIRTH_DATE
    has_letters = _LETTER.search(text) is not None
    if has_letters and sum(map(_is_name, different)) > _SOME_NAMES * len(different):
        return Kind.NAME
    is_varied = len(different) > max(_FEW, _OFTEN_ANOTHER * (rows or len(filled)))
    if has_letters and is_varied and sum(map(_has_shape_of_name, different)) > _MOST_DATES * len(different):
        return Kind.NAME
    wordy = sum(len(value) > _LONG or len(value.split()) > _OWN_WORDS for value in different)
    return Kind.FREE_TEXT if is_varied and wordy > len(different) / 2 else None


def heading_tells(heading: str) -> Kind | None:
    """The kind of identifier that a heading is itself: in a file without headings a person stands there."""
    if found := _certain(_plain(heading)):
        return next(kind for kind in Kind if kind in found)
    return Kind.NAME if _is_name(_plain(heading).strip()) else None


def _plain(text: str) -> str:
    """The text as it reads: wide digits as digits, no invisible signs between them."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf") if not text.isascii() else text


def _number(match: re.Match[str]) -> Kind | None:
    _century, _apart, year, month, day, last = match.groups()
    digits = [int(digit) for digit in year + month + day + last]
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
    if sum(value // 10 + value % 10 for value in doubled) % 10:
        return None
    if _is_day(month, day):
        return Kind.PERSONAL_NUMBER
    return Kind.COORDINATION_NUMBER if int(day) > 60 and _is_day(month, f"{int(day) - 60:02}") else None


def _is_day(month: str, day: str) -> bool:
    """Whether there is such a day in some year; a leap year here."""
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _names_somebody(line: str) -> bool:
    """Whether a line of text names a person: a surname that is nothing else, or a given name beside another."""
    if _SON.search(line):
        return True
    words = _WORD.findall(line)
    for place, word in enumerate(words):
        if not word[:1].isupper():
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        is_given = word.casefold() in GIVEN_NAMES
        beside = following[:1].isupper() and (_SURNAME.fullmatch(following) or following.casefold() in GIVEN_NAMES)
        if is_given and (place > 0 or beside or len(words) == 1):
            return True
    return False


def _is_name(cell: str) -> bool:
    """Whether a cell is somebody's name and nothing more."""
    words = _WORD.findall(cell)
    if not 1 <= len(words) <= 5 or any(sign.isdigit() for sign in cell):
        return False
    if any(word.casefold().endswith(NEVER_PEOPLE) for word in words):
        return False
    bare = [word.partition("-")[0].casefold() for word in words]
    if len(words) == 1:
        return bare[0] in GIVEN_NAMES or _SON.fullmatch(words[0]) is not None
    return any(word in GIVEN_NAMES for word in bare) or any(_SON.fullmatch(word) for word in words)


def _has_shape_of_name(cell: str) -> bool:
    """Two to four words with a capital each, and nothing else: as names are written."""
    words = cell.replace(",", " ").split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and _WORD.fullmatch(word) for word in words)


def _by_heading(name: str) -> Kind | None:
    words = re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", _plain(name))).casefold().strip()
    return next((Kind(kind) for kind, pattern in HEADINGS.items() if re.search(pattern, words)), None)


def _are_groups(kind: Kind, values: Sequence[str]) -> bool:
    """Whether a heading that speaks of births stands over years or ages, which are no exact dates."""
    return kind is Kind.BIRTH_DATE and not any(_is_date(value) for value in values)


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    month, day = (match[2], match[3]) if match[2] else (match[5], match[4])
    return _is_day(month, day)


def _are_birth_dates(values: Sequence[str]) -> bool:
    """Whether nearly all are whole dates, and most so long ago that only births are noted so exactly."""
    dates = [value for value in values if _is_date(value)]
    if len(dates) <= _MOST_DATES * len(values):
        return False
    newest = date.today().year - _YEARS_OF_A_CHILD
    years = [int(match[0]) for value in dates if (match := _WITH_CENTURY.search(value))]
    return sum(year <= newest for year in years) > len(values) / 2
