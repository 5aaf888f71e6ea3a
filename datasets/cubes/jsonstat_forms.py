"""The forms in which JSON-stat comes: version 1 and 2, alone, in bundles and in collections.

Whatever the form, each table is given as one dataset of version 2.0, so that there is one reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .errors import JsonStatError
from .reasons import Reason
from .signs import SIGNS, Source, reason_told, source_named

Document = Mapping[str, Any]
MOST_NESTED = 20
_INSIDE = ("id", "size", "role")


def tables(document: Any) -> dict[str, dict[str, Any]]:
    """Every dataset in a document, by name, each in the form of version 2.0.

    A bundle names its datasets; a collection's have their labels, else their numbers. Empty when the document
    holds none. Raises JsonStatError for a collection that only lists where its tables are.
    """
    found: dict[str, dict[str, Any]] = {}
    links = 0
    for name, part in _parts(document, "", 0):
        if part is None:
            links += 1
            continue
        unique = name
        number = 2
        while unique in found:
            unique, number = f"{name} ({number})", number + 1
        found[unique] = modern(part)
    if links and not found:
        raise JsonStatError(f"The collection lists the addresses of {links} tables but holds none of them.")
    return found


def modern(document: Document) -> dict[str, Any]:
    """A dataset of any version as one of version 2.0."""
    found = dict(document)
    found.setdefault("class", "dataset")
    dimension = document.get("dimension")
    if isinstance(dimension, Mapping) and "id" not in document:
        inside = {key: dimension[key] for key in _INSIDE if isinstance(dimension.get(key), (list, dict))}
        if "id" in inside:
            found.update(inside)
            found["dimension"] = {key: part for key, part in dimension.items() if key not in inside}
    status = document.get("status")
    if isinstance(status, Mapping) and isinstance(status.get("value"), (list, dict, str)):
        found["status"] = status["value"]
        extension, category = document.get("extension"), status.get("category")
        if isinstance(category, Mapping):
            found["extension"] = {"status": category, **(extension if isinstance(extension, Mapping) else {})}
    if not found.get("label") and isinstance(document.get("title"), str):
        found["label"] = document["title"]
    return found


def known_signs(document: Document) -> Mapping[str, Reason]:
    """What the source of a dataset means by its signs, as far as the source can be told from the document."""
    told = (document.get(key) for key in ("source", "href", "label"))
    named = source_named(" ".join(str(text) for text in told if isinstance(text, str)))
    extension = document.get("extension")
    if named is None and isinstance(extension, Mapping) and "px" in extension:
        named = Source.PXWEB
    return SIGNS[named] if named else {}


def legend(document: Document) -> dict[str, tuple[str, Reason | None]]:
    """The signs that a dataset of another maker explains itself, with its words and the reason they give.

    The dataset is in the form of version 2.0.
    """
    extension = document.get("extension")
    status = extension.get("status") if isinstance(extension, Mapping) else None
    labels = status.get("label") if isinstance(status, Mapping) else None
    told = labels.items() if isinstance(labels, Mapping) else ()
    return {str(sign): (str(words), reason_told(str(words))) for sign, words in told}


def _parts(document: Any, name: str, depth: int) -> Iterator[tuple[str, Document | None]]:
    if depth > MOST_NESTED:
        raise JsonStatError("The collection is nested too deeply.")
    if not isinstance(document, Mapping):
        return
    if _is_dataset(document):
        yield name or _label(document) or "1", document
    elif isinstance(document.get("link"), Mapping):
        items = document["link"].get("item")
        for number, item in enumerate(items if isinstance(items, list) else (), start=1):
            inner = list(_parts(item, _label(item) or str(number), depth + 1))
            is_link = not inner and isinstance(item, Mapping) and "href" in item
            yield from [(_label(item), None)] if is_link else inner
    elif document.get("class", "bundle") == "bundle":
        for key, part in document.items():
            if isinstance(part, Mapping) and _is_dataset(part):
                yield str(key), part


def _is_dataset(document: Document) -> bool:
    return "dimension" in document and "value" in document and document.get("class", "dataset") == "dataset"


def _label(document: Any) -> str:
    label = document.get("label") if isinstance(document, Mapping) else None
    return label if isinstance(label, str) else ""
