"""Walking every address as every kind of person, links and downloads included, and reading all that is said."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from datasets.api.figures import TYPES
from datasets.api.pcaxis.keyed import px_id
from datasets.exports import FORMS
from datasets.selectors.following import SHORT
from dialogues.preparing.readiness import STEPS
from tests.conftest import client_of
from tests.plugins.database import test_superuser as superuser_here
from tests.rules.test_url_matrix import OF_PACKAGES
from tests.world import World

WORDS = {
    "slug": ("alvik", "region-nordvik"),
    "tenant_slug": ("alvik",),
    "place": ("alvik",),
    "token": ("x",),
    "kind": ("svg", "png", "pdf", "csv", "xlsx", "docx"),
    "step": STEPS,
    "number": (1,),
    "file_kind": tuple(FORMS),
    "key": ("meaning", "leisure", "concern_reports", "mentor"),
    "source": ("meaning",),
    "target": ("joy",),
    "table_code": ("main", "meaning.gender"),
    "form": (*TYPES, "sav", "pdf", "docx", "pptx", "xml"),
}
"""What addresses take beside the numbers of objects."""
HOLD_FIGURES = {"dataset", "chart", "upload", "round", "release"}
"""Every one of these is looked at; of slides, people and jobs some."""
CHARTS = {"chart_id", "short_code"}
ENOUGH = 3
MOST_LINKS = 30
_LINK = re.compile(r"""(?:href|src|action|hx-get|data-[a-z-]+)=["'](/[^"'\s]*)["']""")


@dataclass
class Walk:
    """What each person met at each address: person and address to status and text."""

    pages: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    before: Callable[[str], None] = lambda place: None

    def said(self) -> Iterator[tuple[str, str]]:
        """Every place with its text."""
        for (who, address), (_, text) in self.pages.items():
            yield f"{who} {address}", text

    def of(self, people: Collection[str]) -> Walk:
        """What these people met."""
        return Walk({place: met for place, met in self.pages.items() if place[0] in people})

    def opened(self) -> set[str]:
        """The names of the pages that somebody could open."""
        return {
            resolve(urlsplit(address).path).url_name or ""
            for (_, address), (status, _) in self.pages.items()
            if status == 200
        }


def walk(
    world: World,
    people: Iterable[str],
    *,
    also: Iterable[str] = (),
    hurried: Iterable[str] = (),
    before: Callable[[str], None] = lambda place: None,
) -> Walk:
    """Every address of the portal for every object there is, then what the pages link to.

    `also`: addresses that somebody without an account asks for. `hurried`: people who look at every other chart,
    after all others. `before` is told of each look before it is taken.
    """
    found = Walk(before=before)
    objects = Objects()
    _walk(found, world, people, list(every_address(objects)))
    client = client_of(world, None)
    for address in also:
        _meet(found, client, "anyone", address)
    _walk(found, world, hurried, list(every_address(objects, all_of_them=False)))
    return found


def _walk(found: Walk, world: World, people: Iterable[str], addresses: list[str]) -> None:
    for who in people:
        client = client_of(world, None if who == "anyone" else who)
        client.raise_request_exception = False
        links: dict[str, None] = {}
        for address in addresses:
            links |= dict.fromkeys(_meet(found, client, who, address))
        followed = 0
        while links and followed < MOST_LINKS:
            address = next(iter(links))
            del links[address]
            if (who, address) not in found.pages and _is_worth(address):
                followed += 1
                links |= dict.fromkeys(_meet(found, client, who, address))


def every_address(objects: Objects | None = None, *, all_of_them: bool = True) -> Iterator[str]:
    """Every pattern of the portal's own with every object that could stand in it, or with every other chart."""
    objects = objects or Objects()
    for name, route, kinds in _routes(get_resolver()):
        # A stream of events says that something changed, and nothing else; it would not end.
        if not name.startswith(OF_PACKAGES) and "logga-ut" not in route and not name.endswith("-events"):
            # A page of one object is met in its own municipality: from next door is tests/attacks/tenants.
            own = [
                objects.of(kind, all_of_them)[: 1 if len(kinds) > 1 and kind == "slug" else None] for kind in kinds
            ]
            for values in product(*own):
                path = route
                for kind, value in zip(kinds, values, strict=True):
                    path = re.sub(rf"<\w+:{kind}>", str(value), path, count=1)
                yield "/" + path


def readable(response: HttpResponseBase) -> str:
    """All that a response says: headers, text, and what is packed inside PDF and office files."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    parts = [f"{name}: {value}" for name, value in response.headers.items()]
    parts += [part.decode("utf-8", errors="replace") for part in _unpacked(content)]
    return html.unescape("\n".join(parts))


def _meet(found: Walk, client: Any, who: str, address: str) -> list[str]:
    found.before(f"{who} {address}")
    response = client.get(address)
    text = readable(response)
    found.pages[who, address] = (response.status_code, text)
    return [unquote(html.unescape(link)).split("#")[0] for link in _LINK.findall(text)] + [
        link for link in [response.headers.get("Location", "")] if link.startswith("/")
    ]


def _is_worth(address: str) -> bool:
    """Pages with a query, mostly: those without were met already. Static files hold no figures."""
    return not address.startswith(("/static/", "/i18n/", "/konto/", "/svara/")) and "?" in address


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str, list[str]]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, here)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", here, re.findall(r"<\w+:(\w+)>", here)


class Objects:
    """What stands in addresses, asked of the database once for a walk."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Any, ...]] = {}

    def of(self, kind: str, all_of_them: bool) -> tuple[Any, ...]:
        """What can stand where an address takes this kind: all that there is, or every other chart."""
        if kind not in self._found:
            with superuser_here() as raw:
                self._found[kind] = tuple(_values(kind, lambda query: list(raw.execute(query.encode()))))
        values = self._found[kind]
        # Every other chart was saved with a series, and shows all of its table.
        return values if all_of_them or kind not in CHARTS else values[1::2]


def _values(kind: str, select: Callable[[str], list[tuple[Any, ...]]]) -> Sequence[Any]:
    if kind in WORDS:
        return WORDS[kind]
    if kind == "channel":
        return [value for (value,) in select("SELECT letters FROM surveys_channel")][:1] or ["bcd"]
    if kind == "code":
        return [value for (value,) in select("SELECT public_code FROM surveys_surveyround")]
    if kind in ("table_id", "codelist_id"):
        stored = "SELECT dataset_id, code FROM datasets_releasetable JOIN datasets_release r ON r.id = release_id"
        stored += " ORDER BY datasets_releasetable.ctid"
        named = [px_id(dataset_id, code) for dataset_id, code in select(stored)]
        return named if kind == "table_id" else [f"vs_{name}__Region__1" for name in named[:ENOUGH]]
    if kind == "short_code":
        return [value.hex[:SHORT] for (value,) in select("SELECT id FROM datasets_chart ORDER BY ctid")]
    name = kind.removesuffix("_id")
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if kind.endswith("_id") and (model._meta.model_name or "").endswith(name.replace("_", ""))
    ]
    assert tables, f"An address takes {kind!r}: say in WORDS what can stand there, so that it is walked."
    most = None if name in HOLD_FIGURES else ENOUGH
    rows = [row for table in tables for row in select(f'SELECT id FROM "{table}" ORDER BY ctid')]
    return [value for (value,) in rows[:most]]


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from _unpacked(packed.read(name))
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
