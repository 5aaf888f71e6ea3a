"""What codes tell of themselves: 15-19 is five years of age, 01 the county of 0114 and 0115."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_SPAN = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4})|\s*(\+))?(?:\s*(?:år|years?))?")
_COUNTY, _MUNICIPALITY = re.compile(r"\d{2}"), re.compile(r"\d{4}")
_ENDLESS = 10_000
_LONGEST = 200


def span_groups(leaves: Sequence[Sequence[str]], *, is_place: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Codes of several tables' leaf categories, and the parts that they have by their own words.

    Spans are cut wherever any table's span begins or ends; a part that no table shows is named as a span.
    """
    if is_place:
        yield from _counties(leaves)
        return
    codes = sorted({code for own in leaves for code in own})
    spans = {code: span for code in codes if (span := span_of(code)) is not None}
    if all(start == end for start, end in spans.values()):
        return
    cuts = sorted({start for start, _ in spans.values()} | {end + 1 for _, end in spans.values()})
    named: dict[tuple[int, int], str] = {}
    for code in codes:
        if code in spans:
            named.setdefault(spans[code], code)
    for code, (start, end) in spans.items():
        inside = [cut for cut in cuts if start <= cut <= end + 1]
        if len(inside) > _LONGEST:
            continue
        pieces = [(low, high - 1) for low, high in pairwise(inside)]
        yield code, frozenset(named.get(piece, _name(piece)) for piece in pieces)


def span_of(code: str) -> tuple[int, int] | None:
    """From and to of ``15-24``, ``15–24 år`` or ``25+``; a single number is a span of one."""
    found = _SPAN.fullmatch(code.strip())
    if found is None:
        return None
    start = int(found[1])
    end = _ENDLESS if found[3] else int(found[2] or start)
    return (start, end) if start <= end else None


def _name(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def _counties(leaves: Sequence[Sequence[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    counties = sorted({code for own in leaves for code in own if _COUNTY.fullmatch(code)})
    for county in counties:
        for own in leaves:
            inside = frozenset(code for code in own if _MUNICIPALITY.fullmatch(code) and code.startswith(county))
            if len(inside) > 1:
                yield county, inside
