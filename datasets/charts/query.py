"""The grammar of a chart's link: readable codes, and no code that cannot be carried.

A value is ``dimension``, ``dimension:code,code`` or, for a share, ``dimension:part,part/whole,whole``. A code
that itself holds one of ``~ : , /`` has a ``~`` before each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl, quote

from .errors import SelectionError

KEYS = ("kind", "x", "series", "share", "only", "mark", "pool", "like")
LONGEST = 6000
_MOST_FIELDS = 100
_RESERVED = re.compile(r"[~:,/]")


def escaped(code: str) -> str:
    """A code that no separator inside it can break."""
    return _RESERVED.sub(lambda sign: "~" + sign[0], code)


def written(dimension: str, codes: Sequence[str], whole: Sequence[str] = ()) -> str:
    """One value of the link."""
    text = escaped(dimension)
    if codes:
        text += ":" + ",".join(map(escaped, codes))
    if whole:
        text += "/" + ",".join(map(escaped, whole))
    return text


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """The whole query, without the question mark."""
    return "&".join(f"{key}={quote(value, safe='~:,/')}" for key, value in pairs)


def parsed(text: str) -> Mapping[str, list[str]]:
    """The values of each of our keys; SelectionError for a query too long to be one of ours."""
    text = text.removeprefix("?")
    if len(text) > LONGEST:
        raise SelectionError("too_long")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise SelectionError("too_long") from None
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if key in KEYS:
            given.setdefault(key, []).append(value)
    return given


def single(given: Mapping[str, list[str]], key: str) -> str:
    """The one value of a key; SelectionError when there is none, or more than one."""
    values = given.get(key, [])
    if len(values) != 1:
        raise SelectionError("repeated_key" if values else "missing_key", key=key)
    return values[0]


def number(given: Mapping[str, list[str]], key: str, *, most: int) -> int:
    """A small number, 0 where the link does not say it; SelectionError for what is none, or is too large."""
    if key not in given:
        return 0
    text = single(given, key)
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= most):
        raise SelectionError("bad_value", key=key)
    return int(text)


def read(key: str, value: str, *, whole_allowed: bool = False) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The dimension, its categories and the share's whole in one value; SelectionError when it is garbled."""
    front, *back = _split(value, "/")
    name, *listed = _split(front, ":")
    if not name or len(listed) > 1 or len(back) > int(whole_allowed):
        raise SelectionError("bad_value", key=key)
    codes = _split(listed[0], ",") if listed else []
    whole = _split(back[0], ",") if back else []
    if any(map(_is_garbled, (name, *codes, *whole))):
        raise SelectionError("bad_value", key=key)
    return _plain(name), tuple(map(_plain, codes)), tuple(map(_plain, whole))


def _split(text: str, sign: str) -> list[str]:
    """The parts between signs that have no ``~`` before them."""
    parts, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "~":
            place += 1
        elif text[place] == sign:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def _is_garbled(text: str) -> bool:
    """Whether a sign that means something stands in a code without a ``~`` before it."""
    return _RESERVED.search(re.sub(r"~[~:,/]", "", text)) is not None


def _plain(text: str) -> str:
    return re.sub(r"~([~:,/])", r"\1", text)
