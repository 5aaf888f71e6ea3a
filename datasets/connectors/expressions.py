"""Which categories an expression chooses, as PxWebApi 2 writes it: ``*``, ``01??``, ``TOP(5)``, ``FROM(2015)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .definition import Axis
from .errors import SourceError

_CALL = re.compile(r"(TOP|BOTTOM|RANGE|FROM|TO)\(\s*([^,()]+?)\s*(?:,\s*([^,()]+?)\s*)?\)", re.IGNORECASE)
_MOST_STARS = 2


def expand(axis: Axis, expressions: Sequence[str]) -> tuple[str, ...]:
    """The codes that some expressions choose of a variable, each once, in the variable's own order.

    Along time, TOP is the latest. Raises SourceError for a category that is not there, or an expression that
    chooses nothing.
    """
    chosen = {code for expression in expressions for code in _chosen(axis, expression.strip())}
    if not chosen:
        raise SourceError("must_choose", dimension=axis.label)
    return tuple(code for code in axis.codes if code in chosen)


def _chosen(axis: Axis, expression: str) -> Iterator[str]:
    if expression.startswith("[") and expression.endswith("]"):
        expression = expression[1:-1]
    if expression in axis.codes:
        yield expression
    elif call := _CALL.fullmatch(expression):
        yield from _called(axis, call.group(1).upper(), call.group(2), call.group(3), expression)
    elif "*" in expression or "?" in expression:
        if expression.count("*") > _MOST_STARS:
            raise SourceError("expression", expression=expression)
        pattern = re.compile(re.escape(expression).replace(r"\*", ".*").replace(r"\?", "."))
        yield from (code for code in axis.codes if pattern.fullmatch(code))
    else:
        raise SourceError("no_category", dimension=axis.label, category=expression)


def _called(axis: Axis, name: str, first: str, second: str | None, whole: str) -> Sequence[str]:
    codes = axis.codes
    if name in ("TOP", "BOTTOM"):
        if not first.isdecimal() or not (second or "0").isdecimal():
            raise SourceError("expression", expression=whole)
        count, skipped = int(first), int(second or 0)
        ordered = sorted(codes, reverse=True) if axis.role == "time" else list(codes)
        ordered = ordered if name == "TOP" else ordered[::-1]
        return ordered[skipped : skipped + count]
    if (name == "RANGE") != (second is not None):
        raise SourceError("expression", expression=whole)
    begin = first if name in ("RANGE", "FROM") else None
    end = second if name == "RANGE" else first if name == "TO" else None
    if axis.role == "time":
        return [code for code in codes if (begin is None or code >= begin) and (end is None or code <= end)]
    for code in (begin, end):
        if code is not None and code not in codes:
            raise SourceError("no_category", dimension=axis.label, category=code)
    return codes[codes.index(begin) if begin else 0 : codes.index(end) + 1 if end else len(codes)]
