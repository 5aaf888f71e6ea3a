"""Collecting what has to be translated, from code and templates alike.

Babel reads Python but not Django's templates; Django's `templatize` turns a template into something that looks
like Python, which Babel can read. Message identifiers are English; `frontend/locale/sv` holds the Swedish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

ROOTS = ("portal", "accounts", "datasets", "surveys", "dialogues")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "progress": (2,),  # JobContext.progress(40, "Counting answers"): translated for each reader
}


def catalogue_path(language: str) -> Path:
    """Where a language's messages are kept."""
    return Path(settings.BASE_DIR) / "frontend" / "locale" / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every file that may hold messages, templates already in the form that Babel reads."""
    base = Path(settings.BASE_DIR)
    for root in ROOTS:
        for path in sorted((base / root).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(base), path.read_bytes()
    for path in sorted((base / "frontend" / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            pythonic = templatize(path.read_text(), origin=str(path))
            # What stands for the markup keeps its indentation, which Babel's tokeniser would stumble over.
            yield path.relative_to(base), "\n".join(line.strip() for line in pythonic.splitlines()).encode()


def collect() -> Catalog:
    """All messages of the project, in the order of their files."""
    found = Catalog(charset="utf-8")
    for path, content in sources():
        for _line, message, _comments, context in extract(
            "python", BytesIO(content), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message and (not isinstance(message, tuple) or message[0]):
                found.add(message, locations=[(path.as_posix(), 1)], context=context)
    return found


def load(path: Path, language: str) -> Catalog:
    """A catalogue from disk; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update(language: str, merge: list[Path]) -> list[str]:
    """Bring a language's catalogue up to the sources, and take words from `merge` too; give what is missing."""
    path = catalogue_path(language)
    known = load(path, language)
    for extra in merge:
        for message in load(extra, language):
            if not message.id or not is_translated(message):
                continue
            present = known.get(message.id, message.context)
            if present is None:
                known.add(message.id, message.string, context=message.context)
            elif not is_translated(present):
                present.string = message.string
    wanted = collect()
    renewed = Catalog(locale=language, charset="utf-8", project="vaxtkraft", fuzzy=False)
    for message in wanted:
        if message.id:
            translated = known.get(message.id, message.context)
            renewed.add(
                message.id,
                translated.string if translated is not None else "",
                locations=sorted({(name, 0) for name, _ in message.locations}),
                flags=message.flags - {"fuzzy"},
                context=message.context,
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, renewed, width=100, sort_output=True, omit_header=False, include_lineno=False)
    # A date in the header would change the file at each run without news.
    text = re.sub(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By): [^"]*"\n', "", path.read_text())
    path.write_text(text)
    return [first_form(message) for message in renewed if message.id and not is_translated(message)]


def missing(language: str) -> list[str]:
    """Messages of the sources that the catalogue does not translate."""
    known = load(catalogue_path(language), language)
    lacking = []
    for message in collect():
        if message.id:
            found = known.get(message.id, message.context)
            if found is None or not is_translated(found):
                lacking.append(first_form(message))
    return lacking


def is_translated(message: Message) -> bool:
    """Whether every form of a message has words."""
    words = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(words) and all(words)


def first_form(message: Message) -> str:
    """The message itself; of one with a plural the singular."""
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)
