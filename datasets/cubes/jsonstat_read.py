"""A cube as a JSON-stat 2.0 dataset: how it is read, from ourselves and from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .dimension import Category, Dimension, Role, Unit
from .errors import CubeError, JsonStatError
from .jsonstat_forms import known_signs, legend, modern
from .jsonstat_status import read_signs
from .notes import Note
from .reasons import Reason
from .table import Table
from .text import LocalText

MAX_CELLS = 20_000_000
"""A sparse document of a few bytes may claim any size: above this we refuse rather than run out of memory."""

AnyTable = TypeVar("AnyTable", bound=Table)
Document = Mapping[str, Any]


def read(cls: type[AnyTable], document: Document, lang: str, symbols: Mapping[str, Reason]) -> AnyTable:
    """The cube in a dataset; JsonStatError says what is wrong where it is none."""
    try:
        return _read(cls, document, lang, symbols)
    except JsonStatError:
        raise
    except CubeError as error:
        raise JsonStatError(str(error)) from error
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise JsonStatError("The document does not have the form of a JSON-stat 2.0 dataset.") from error


def _read(cls: type[AnyTable], given: Document, lang: str, symbols: Mapping[str, Reason]) -> AnyTable:
    document = modern(given)
    if document.get("class", "dataset") != "dataset" or "id" not in document:
        raise JsonStatError("The document is not a JSON-stat 2.0 dataset: it needs class, id, size and value.")
    ids, sizes = [str(code) for code in document["id"]], [int(size) for size in document["size"]]
    if len(ids) != len(sizes) or any(code not in document["dimension"] for code in ids):
        raise JsonStatError("The lists id, size and dimension name different dimensions.")
    count = prod(sizes)
    if count > MAX_CELLS:
        raise JsonStatError(f"The table has {count} cells; at most {MAX_CELLS} can be read.")
    roles = {code: Role(role) for role, codes in _roles(document) for code in codes}
    dimensions = tuple(_dimension(document, code, roles.get(code), lang) for code in ids)
    for dimension, size in zip(dimensions, sizes, strict=True):
        if len(dimension) != size:
            raise JsonStatError(f"Dimension {dimension.code!r} has {len(dimension)} categories, not {size}.")
    own = _own(document)
    known = {**known_signs(document), **symbols}
    signs = read_signs(document, _values(document["value"], count), _legend(document, own, symbols), known, lang)
    return cls(
        dimensions=dimensions,
        values=signs.values.reshape(sizes),
        statuses=signs.statuses.reshape(sizes),
        symbols=signs.symbols,
        marks=signs.marks.reshape(sizes) if signs.symbols else None,
        title=_text(document.get("label"), lang),
        source=document["source"] if isinstance(document.get("source"), str) else "",
        updated=_moment(document.get("updated")),
        unit=_unit(own.get("unit"), lang),
        notes=tuple(_notes(document, ids, lang)),
    )


def _roles(document: Document) -> Iterable[tuple[str, Sequence[str]]]:
    known = {role.value for role in Role}
    return ((name, codes) for name, codes in (document.get("role") or {}).items() if name in known)


def _own(part: Document) -> Document:
    own: Document = (part.get("extension") or {}).get("vaxtkraft") or {}
    return own


def _legend(document: Document, own: Document, symbols: Mapping[str, Reason]) -> Mapping[str, Mapping[str, str]]:
    """Our own document's words for its signs, else another maker's with the reasons that the words give."""
    ours: Mapping[str, Mapping[str, str]] = own.get("status", {})
    if ours:
        return ours
    told: dict[str, Mapping[str, str]] = {}
    for sign, (words, meant) in legend(document).items():
        reason = symbols.get(sign, meant)
        told[sign] = {"label": words} if reason is None else {"label": words, "reason": reason.token}
    return told


def _values(given: Any, count: int) -> NDArray[np.float64]:
    """The values as an array, NaN for null and, in the sparse form, for what is left out."""
    values = np.full(count, np.nan)
    places: Iterable[tuple[int, Any]]
    if isinstance(given, Mapping):
        places = ((int(place), value) for place, value in given.items())
    elif count and not given:
        raise JsonStatError("The document describes a table but holds none of its values.")
    elif len(given) == count:
        places = enumerate(given)
    else:
        raise JsonStatError(f"There are {len(given)} values for {count} cells.")
    for place, value in places:
        if not 0 <= place < count:
            raise JsonStatError(f"Value number {place} is outside the table's {count} cells.")
        if value is not None:
            if isinstance(value, (bool, str)):
                raise JsonStatError(f"Value number {place} is not a number.")
            values[place] = value
    return values


def _dimension(document: Document, code: str, role: Role | None, lang: str) -> Dimension:
    given = document["dimension"][code]
    category = given["category"]
    labels = category.get("label") or {}
    units = category.get("unit") or {}
    parents: dict[str, str] = {}
    for parent, children in (category.get("child") or {}).items():
        for child in children:
            parents.setdefault(str(child), str(parent))
    total = _total(given)
    return Dimension(
        code=code,
        label=_text(given.get("label") or code, lang),
        role=role,
        total=total,
        summable=_summable(document, given, role),
        categories=tuple(
            Category(item, _text(labels.get(item) or item, lang), parents.get(item), _unit(units.get(item), lang))
            for item in _codes(code, category)
        ),
    )


def _codes(dimension: str, category: Document) -> list[str]:
    """The category codes in order; the index may be a list, an object, or left out for a single one."""
    index = category.get("index")
    if index is None:
        labels = list(category.get("label") or {})
        if len(labels) != 1:
            raise JsonStatError(f"Dimension {dimension!r} needs an index: it has {len(labels)} categories.")
        return labels
    if isinstance(index, Mapping):
        order = sorted(index, key=lambda code: int(index[code]))
        if [int(index[code]) for code in order] != list(range(len(order))):
            raise JsonStatError(f"The index of dimension {dimension!r} has gaps.")
        return order
    return [str(code) for code in index]


def _total(given: Document) -> str | None:
    if "total" in _own(given):
        return str(_own(given)["total"])
    total = (given.get("extension") or {}).get("eliminationValueCode")
    codes = given["category"].get("index") or given["category"].get("label") or ()
    return str(total) if total is not None and total in codes else None


def _summable(document: Document, given: Document, role: Role | None) -> bool:
    """Ours say it outright. Of others, only what their own interface may leave out by adding it up.

    Never places, times or measures: a list of places may mix levels, and a stock is no sum over time.
    """
    if "summable" in _own(given):
        return _own(given)["summable"] is True
    px = (document.get("extension") or {}).get("px") or {}
    extension = given.get("extension") or {}
    by_adding = extension.get("elimination") is True and extension.get("eliminationValueCode") is None
    return role is None and by_adding and px.get("aggregallowed", True) is True


def _unit(given: Any, lang: str) -> Unit | None:
    if not given:
        return None
    decimals = given.get("decimals")
    label = given.get("label") or given.get("base") or given.get("symbol") or ""
    return Unit(_text(label, lang), None if decimals is None else int(decimals))


def _notes(document: Document, ids: Sequence[str], lang: str) -> Iterable[Note]:
    yield from _note_list(document.get("note"), {}, _mandatory(document, "noteMandatory"), lang)
    for code in ids:
        given = document["dimension"][code]
        yield from _note_list(given.get("note"), {code: None}, _mandatory(given, "noteMandatory"), lang)
        by_category = _mandatory(given, "categoryNoteMandatory")
        for category, texts in (given["category"].get("note") or {}).items():
            yield from _note_list(texts, {code: category}, by_category.get(category) or {}, lang)
    for note in _own(document).get("notes", ()):
        yield Note(_text(note["text"], lang), dict(note["at"]), note["mandatory"] is True)


def _note_list(given: Any, at: Mapping[str, str | None], mandatory: Document, lang: str) -> Iterable[Note]:
    texts = [given] if isinstance(given, str) else given or []
    for place, text in enumerate(texts):
        yield Note(_text(text, lang), at, mandatory.get(str(place)) is True)


def _mandatory(part: Document, name: str) -> Document:
    found: Document = (part.get("extension") or {}).get(name) or {}
    return found


def _text(given: Any, lang: str) -> LocalText:
    return {lang: str(given)} if given else {}


def _moment(given: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(given)
    except (TypeError, ValueError):
        return None
