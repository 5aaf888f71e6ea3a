"""Which categories of a dimension are meant: codes, and the expressions of PxWebApi 2, for both interfaces.

Source: PxTools/PxApiSpecs, PxAPI-2.yml: ``*`` (at most two), ``?``, TOP, BOTTOM, RANGE, FROM and TO, in either
case; square brackets keep an expression with a comma together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_CALL = re.compile(r"(?P<name>top|bottom|range|from|to)\((?P<arguments>[^()]*)\)", re.IGNORECASE)
_MOST_STARS = 2


class UnknownValue(ValueError):
    """A code that the dimension does not have."""


class BadExpression(ValueError):
    """Words that look like an expression and are none."""


def split(text: str, codes: Mapping[str, int]) -> list[str]:
    """The parts of a list with commas. A code that holds a comma itself stays whole, with brackets or without."""
    if text in codes:
        return [text]
    parts: list[str] = []
    depth, began = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "[(") - (sign in "])")
        if sign == "," and depth <= 0:
            parts.append(text[began:place])
            began = place + 1
    parts.append(text[began:])
    return [part for part in (_bare(one) for one in _rejoined(parts, codes)) if part]


def _rejoined(parts: Sequence[str], codes: Mapping[str, int]) -> list[str]:
    """Neighbouring parts that only together are a code, as that code; the longest first."""
    joined: list[str] = []
    at = 0
    while at < len(parts):
        longest = 1
        if parts[at].strip() not in codes:
            reach = range(min(len(parts) - at, 8), 1, -1)
            longest = next((n for n in reach if ",".join(parts[at : at + n]).strip() in codes), 1)
        joined.append(",".join(parts[at : at + longest]))
        at += longest
    return joined


def _bare(part: str) -> str:
    part = part.strip()
    return part[1:-1].strip() if part.startswith("[") and part.endswith("]") else part


def expand(expressions: Iterable[str], codes: Sequence[str], *, newest_last: bool = False) -> list[str]:
    """The codes that are meant, each once, in the order in which they were asked for.

    ``newest_last``: the dimension is time, where TOP counts from the newest. Raises UnknownValue or
    BadExpression.
    """
    places = {code: place for place, code in enumerate(codes)}
    found: dict[str, None] = {}
    for expression in expressions:
        found.update(dict.fromkeys(_meant(expression, codes, places, newest_last)))
    return list(found)


def _meant(expression: str, codes: Sequence[str], places: Mapping[str, int], newest_last: bool) -> Sequence[str]:
    if expression in places:
        return [expression]
    call = _CALL.fullmatch(expression.strip())
    if call is not None:
        arguments = [_bare(part) for part in call["arguments"].split(",")]
        return _called(call["name"].lower(), arguments, codes, places, newest_last)
    if "*" in expression or "?" in expression:
        if expression.count("*") > _MOST_STARS:
            raise BadExpression(expression)
        pattern = re.compile(re.escape(expression).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)
        return [code for code in codes if pattern.fullmatch(code)]
    if "(" in expression and expression.endswith(")"):
        raise BadExpression(expression)
    raise UnknownValue(expression)


def _called(
    name: str, arguments: Sequence[str], codes: Sequence[str], places: Mapping[str, int], newest_last: bool
) -> Sequence[str]:
    if name in ("top", "bottom"):
        if len(arguments) > 2 or not all(re.fullmatch(r"[0-9]{1,6}", one) for one in arguments):
            raise BadExpression(f"{name}({','.join(arguments)})")
        count, offset = int(arguments[0]), int(arguments[1]) if len(arguments) == 2 else 0
        from_the_end = (name == "bottom") != newest_last
        if not from_the_end:
            return codes[offset : offset + count]
        end = max(0, len(codes) - offset)
        return codes[max(0, end - count) : end]
    if len(arguments) != (2 if name == "range" else 1):
        raise BadExpression(f"{name}({','.join(arguments)})")
    for argument in arguments:
        if argument not in places:
            raise UnknownValue(argument)
    first = 0 if name == "to" else places[arguments[0]]
    last = len(codes) - 1 if name == "from" else places[arguments[-1]]
    return codes[first : last + 1]
