"""The part of a source's words that gives the wanted figures their meaning."""

from __future__ import annotations

from dataclasses import replace

from .definition import Axis, Definition
from .errors import SourceError
from .expressions import expand
from .wanted import Kind, Wanted


def meaning(definition: Definition, wanted: Wanted) -> Definition:
    """The definition as far as it concerns what is wanted: no points in time, and no categories not asked for.

    A wanted category that the source no longer has is simply not in it: that is a difference, not a fault.
    Kolada's places are no part of it: their codes and names are everybody's.
    """
    if wanted.kind is Kind.KOLADA:
        return replace(
            definition, axes=tuple(axis for axis in definition.axes if axis.role not in ("time", "geo"))
        )
    axes = [axis for axis in definition.axes if axis.role != "time" and axis.code in wanted.choice]
    return definition.only({axis.code: _there(axis, wanted.choice[axis.code]) for axis in axes})


def without_what_is_gone(wanted: Wanted, before: Definition, now: Definition) -> Wanted:
    """What is wanted, less the variables and categories that the source had before and no longer has.

    Both definitions are the part that `meaning` gives: points in time are in neither, and stay wanted.
    """
    if wanted.kind is Kind.KOLADA:
        return wanted
    choice = {}
    for code, chosen in wanted.choice.items():
        axis = now.axis(code)
        if axis is not None:
            choice[code] = tuple(one for one in chosen if _there(axis, (one,)))
        elif before.axis(code) is None:
            choice[code] = chosen
    groups = {
        code: {
            key: members
            for key, members in named.items()
            if (of := now.axis(code)) is not None and set(members) <= set(of.codes)
        }
        for code, named in wanted.groups.items()
    }
    return replace(wanted, choice=choice, groups={code: named for code, named in groups.items() if named})


def _there(axis: Axis, expressions: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for expression in expressions:
        try:
            found += expand(axis, (expression,))
        except SourceError:
            continue
    return tuple(code for code in axis.codes if code in set(found))
