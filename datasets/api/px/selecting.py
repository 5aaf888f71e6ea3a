"""From a client's selection to the part of a table: expressions, codelists, elimination, the default selection."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.api.choosing import KIND, Axis, Choice, axis_named, chosen_codes
from datasets.api.expressions import split
from datasets.api.px.codelists import Codelist, codelist_of
from portal.api.problems import Problem

_PARAMETER = re.compile(r"(?P<what>valuecodes|codelist|outputvalues)\[(?P<code>.+)\]", re.IGNORECASE)
NEWEST = 13
"""Points in time of a default selection, as PxWeb has it: a year and a month."""

Wanted = dict[str, tuple[str, list[str]]]
"""Dimension code to the codelist named for it (or nothing) and the expressions."""


def wanted_in_query(query: Any, axes: Sequence[Axis]) -> Wanted:
    """What `valueCodes[…]` and `codelist[…]` of an address say."""
    codelists: dict[str, str] = {}
    chosen: dict[str, list[str]] = {}
    for name, values in query.lists():
        found = _PARAMETER.fullmatch(name)
        if found is None:
            continue
        axis = axis_named(found["code"], axes)
        if found["what"].lower() == "codelist":
            codelists[axis.code] = values[-1]
        elif found["what"].lower() == "valuecodes":
            known = {code: place for place, code in enumerate(axis.codes)}
            chosen.setdefault(axis.code, []).extend(part for value in values for part in split(value, known))
    return {code: (codelists.get(code, ""), chosen.get(code, [])) for code in {**codelists, **chosen}}


def wanted_in_body(body: Any, axes: Sequence[Axis]) -> Wanted:
    """What the JSON of a POST says: `{"selection": [{"variableCode", "codelist", "valueCodes"}]}`."""
    parts = body.get("selection", []) if isinstance(body, Mapping) else None
    if not isinstance(parts, list) or len(parts) > 100:
        raise _malformed()
    wanted: Wanted = {}
    for part in parts:
        if not isinstance(part, Mapping) or not isinstance(part.get("variableCode"), str):
            raise _malformed()
        codes, codelist = part.get("valueCodes") or [], part.get("codelist") or part.get("codeList") or ""
        if (
            not isinstance(codes, list)
            or not all(isinstance(c, str) for c in codes)
            or not isinstance(codelist, str)
        ):
            raise _malformed()
        wanted[axis_named(part["variableCode"], axes).code] = (codelist, list(codes))
    return wanted


def placement_in_body(body: Any) -> tuple[list[str], list[str]]:
    """Stub and heading as the JSON of a POST names them; a Problem for anything but lists of codes."""
    placement = body.get("placement") or {}
    if not isinstance(placement, Mapping):
        raise _malformed()
    stub, heading = placement.get("stub") or [], placement.get("heading") or []
    if not isinstance(stub, list) or not isinstance(heading, list):
        raise _malformed()
    if not all(isinstance(name, str) for name in (*stub, *heading)):
        raise _malformed()
    return stub, heading


def choice_of(wanted: Wanted, axes: Sequence[Axis], structure: Mapping[str, Any], table_id: str) -> Choice:
    """The categories that are meant, of every dimension.

    A dimension that is left out stands for its total, where the table has one: nothing is ever added up here,
    since a sum beside hidden parts would tell them. Without any selection at all it is the default one.
    """
    if not wanted:
        return default_selection(axes)
    choice: Choice = {}
    for axis in axes:
        codelist, expressions = wanted.get(axis.code, ("", []))
        inside = _narrowed(axis, codelist_of(codelist, structure, table_id)) if codelist else axis
        if expressions:
            choice[axis.code] = chosen_codes(inside, expressions)
        elif codelist:
            choice[axis.code] = list(inside.codes)
        elif axis.total is not None:
            choice[axis.code] = [axis.total]
        elif axis.is_metric and len(axis.codes) == 1:
            choice[axis.code] = list(axis.codes)
        else:
            raise Problem(
                400,
                "Missing selection for mandantory variable",
                _("Choose at least one category of %(name)s.") % {"name": axis.code},
                kind=KIND,
            )
    return choice


def default_selection(axes: Sequence[Axis]) -> Choice:
    """What is given to somebody who names nothing: totals, the newest points in time, and all else that fits."""
    choice: Choice = {}
    for axis in axes:
        if axis.is_time:
            choice[axis.code] = list(axis.codes[-NEWEST:])
        else:
            choice[axis.code] = [axis.total] if axis.total is not None else list(axis.codes)
    for axis in sorted(axes, key=lambda one: len(choice[one.code]), reverse=True):
        others = prod(len(codes) for code, codes in choice.items() if code != axis.code)
        if others * len(choice[axis.code]) > settings.API_CELLS:
            choice[axis.code] = choice[axis.code][: max(1, settings.API_CELLS // max(1, others))]
    return choice


def placement_of(
    stub: Sequence[str], heading: Sequence[str], usual: tuple[list[str], list[str]], axes: Sequence[Axis]
) -> tuple[list[str], list[str]]:
    """Where each dimension stands: as asked for, and the rest on the other side. A Problem for one named twice."""
    asked_stub = [axis_named(name, axes).code for name in stub]
    asked_heading = [axis_named(name, axes).code for name in heading]
    named = [*asked_stub, *asked_heading]
    if len(set(named)) != len(named):
        raise Problem(400, "Illegal placement selection", _("A dimension stands in one place only."), kind=KIND)
    rest_stub = [code for code in usual[0] if code not in named]
    rest_heading = [code for code in usual[1] if code not in named]
    if heading:
        return [*asked_stub, *rest_stub, *rest_heading], asked_heading
    if stub:
        return asked_stub, [*rest_stub, *rest_heading]
    return usual


def _narrowed(axis: Axis, codelist: Codelist) -> Axis:
    if codelist.dimension != axis.code:
        raise Problem(400, "Non-existent codelist", _("That codelist belongs to another dimension."), kind=KIND)
    kept = tuple(code for code in axis.codes if code in codelist.codes)
    return replace(axis, codes=kept, total=axis.total if axis.total in kept else None)


def _malformed() -> Problem:
    return Problem(
        400,
        "Malformed selection",
        _('Send {"selection": [{"variableCode": "…", "valueCodes": ["…"]}]}.'),
        kind=KIND,
    )
