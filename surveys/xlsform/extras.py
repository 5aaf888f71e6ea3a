"""What a definition says and XLSForm has no column for: a sheet of our own, laid over what the others say.

Each row of the sheet ``vaxtkraft`` names a part of the definition (``part`` and ``code``), one of its fields
(``field``) and the field's value as JSON. Programs that read XLSForm pass the sheet by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..questionnaire.expressions import ExpressionError, parse, spell
from .sheets import Table
from .telling import N_, Report

SHEET, COLUMNS = "vaxtkraft", ("part", "code", "field", "json")
LISTS = ("scales", "sections", "questions", "batteries", "scores")
CHOICES, ORDER = "choices", "order"
GONE = N_("The form has no part %(part)s %(code)s any more, so this row is not used.")
NO_JSON = N_("The cell is not JSON that we can read, so this row is not used. Delete it, or export the form anew.")

Extra = tuple[str, str, str, str]
_USUAL = {"measures": "context", "polarity": "none", "appearance": "usual", "asks": "age"}
_EXPRESSIONS = ("show_if", "calculation", "holds")
FORMAT = 2


def normalised(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition in FORMAT 2, without fields that say what is usual, its expressions spelt in one way."""
    bare = _bare(definition)
    return bare | {"format": FORMAT} if isinstance(bare, dict) else {}


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _spelt(inner) if name in _EXPRESSIONS else _bare(inner) for name, inner in value.items()}
        return {name: one for name, one in kept.items() if not _says_nothing(name, one)}
    return [_bare(inner) for inner in value] if isinstance(value, list | tuple) else value


def _says_nothing(name: str, value: Any) -> bool:
    return value is None or value is False or value in ([], "") or _USUAL.get(name) == value


def _spelt(written: Any) -> Any:
    """An expression in its one spelling; what can't be read is left to the reader of questionnaires."""
    if isinstance(written, Mapping) and written.keys() == {"question", "in"}:
        written = " or ".join(f"selected(${{{written['question']}}}, '{code}')" for code in written["in"])
    if not isinstance(written, str):
        return written
    try:
        return spell(parse(written))
    except ExpressionError:
        return written


def differences(natural: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Extra]:
    """The rows that turn the definition the other sheets give into the one that is wanted."""
    plain = {name: value for name, value in wanted.items() if name not in LISTS}
    was = {name: value for name, value in natural.items() if name not in LISTS}
    yield from _fields("questionnaire", "", was, plain)
    for part in LISTS:
        before = {one["code"]: one for one in natural.get(part, ())}
        after = {one["code"]: one for one in wanted.get(part, ())}
        if list(before) != list(after) and after:
            yield part, "", ORDER, _json(list(after))
        for code in before.keys() - after.keys():
            yield part, code, "", "null"
        for code, one in after.items():
            if code not in before:
                yield part, code, "", _json(one)
            else:
                yield from _of_part(part, code, before[code], one)


def _of_part(part: str, code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Extra]:
    old, new = before.get(CHOICES), after.get(CHOICES)
    if old and new and [one["code"] for one in old] == [one["code"] for one in new]:
        for one, other in zip(old, new, strict=True):
            yield from _fields(f"{part}.{CHOICES}", f"{code}.{one['code']}", one, other)
        before, after = ({name: v for name, v in one.items() if name != CHOICES} for one in (before, after))
    yield from _fields(part, code, before, after)


def _fields(part: str, code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Extra]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield part, code, name, _json(after.get(name))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def laid_over(definition: dict[str, Any], sheet: Table, report: Report) -> dict[str, Any]:
    """The definition with what the sheet says in place of what the others do."""
    orders: dict[str, list[Any]] = {}
    for row in sheet:
        part, code, name = row.get("part"), row.get("code"), row.get("field")
        try:
            value = json.loads(row.get("json"))
        except (ValueError, RecursionError):
            report.warn(row.at("json"), NO_JSON)
            continue
        if name == ORDER and part in LISTS and isinstance(value, list):
            orders[part] = value
        elif not _laid(definition, part, code, name, value):
            report.warn(row.at("code"), GONE, part=part, code=code)
    for part, codes in orders.items():
        places = {code: place for place, code in enumerate(codes) if isinstance(code, str)}
        definition.get(part, []).sort(key=lambda one: places.get(one.get("code"), len(places)))
    return normalised(definition)


def _laid(definition: dict[str, Any], part: str, code: str, name: str, value: Any) -> bool:
    if part == "questionnaire" and name not in LISTS:
        definition[name] = value
        return True
    kind, _, inner = part.partition(".")
    if kind not in LISTS:
        return False
    among: list[dict[str, Any]] = definition.setdefault(kind, [])
    if inner:
        owner_code, _, code = code.partition(".")
        owner = _named(among, owner_code)
        among = owner.get(CHOICES, []) if owner is not None else []
        among = among if isinstance(among, list) else []
    found = _named(among, code)
    if not name and not inner:
        return _whole(among, found, code, value)
    if found is None or name == "code":
        return False
    found[name] = value
    return True


def _whole(among: list[dict[str, Any]], found: dict[str, Any] | None, code: str, value: Any) -> bool:
    """A part that comes or goes as a whole."""
    if value is None and found is not None:
        among.remove(found)
    elif isinstance(value, dict) and found is None and value.get("code") == code:
        among.append(value)
    else:
        return False
    return True


def _named(among: Sequence[dict[str, Any]], code: str) -> dict[str, Any] | None:
    return next((one for one in among if isinstance(one, dict) and one.get("code") == code), None)
