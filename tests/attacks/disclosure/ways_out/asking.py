"""Charts that somebody who wants a hidden figure would ask for: every axis, every share, every part of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

from datasets.models import Dataset, ReleaseTable
from tests.attacks.disclosure.ways_out.planting import QUESTION, scope_of
from tests.world import World

PUBLIC = ("/o/alvik/data/{}/", "/o/alvik/data/{}/csv/")
FILES = (
    "/inbaddad/alvik/data/{}/",
    *(f"/o/alvik/data/{{}}/ladda-ner/{form}/" for form in ("xlsx", "svg", "pptx", "json")),
)
"""Other ways out of a public chart. Each question takes one of them in turn: all of them would take all day."""


def charts_asked_for(world: World) -> list[str]:
    """Addresses of public charts and their files, of the planted file and the planted question."""
    with scope_of(world):
        tables = ReleaseTable.objects.filter(code__in=("main", f"{QUESTION}.gender")).order_by("code")
        found = [(table.release.dataset_id, table.code, table.structure) for table in tables]
        assert len(found) == 2 and Dataset.objects.count() >= 2
    asked = [
        (dataset, f"?table={code}&{query}")
        for dataset, code, structure in found
        for query in _queries({d["code"]: [c["code"] for c in d["categories"]] for d in structure["dimensions"]})
    ]
    return [
        page.format(dataset) + query
        for number, (dataset, query) in enumerate(asked)
        for page in (*PUBLIC, FILES[number % len(FILES)])
    ]


def whole_file_asked_for(world: World) -> list[str]:
    """Every cell of the planted file, in each of the ways out."""
    with scope_of(world):
        table = ReleaseTable.objects.get(code="main")
        one, two = (quote(dimension["code"]) for dimension in table.structure["dimensions"])
        query = f"?table=main&kind=bar&x={one}&series={two}"
        return [page.format(table.release.dataset_id) + query for page in (*PUBLIC, *FILES)]


def _queries(dimensions: dict[str, list[str]]) -> Iterator[str]:
    one, two = dimensions
    for x, other in ((one, two), (two, one)):
        for kind, series in product(("bar", "line"), ("", f"&series={quote(other)}")):
            begin = f"kind={kind}&x={quote(x)}{series}"
            yield begin
            if series:
                for code in dimensions[other]:
                    yield f"{begin}:{quote(code)}"
            for of in (x, other):
                yield f"{begin}&share={quote(of)}"
        begin = f"kind=bar&x={quote(x)}"
        for code in dimensions[other]:
            yield f"{begin}&only={quote(other)}:{quote(code)}"
            rest = [c for c in dimensions[other] if c != code]
            yield f"{begin}&share={quote(other)}:{quote(code)}"
            yield f"{begin}&share={quote(other)}:{quote(code)}/{','.join(quote(c) for c in (code, *rest[:1]))}"
        for code in dimensions[x]:
            yield f"{begin}:{quote(code)}&share={quote(x)}:{quote(code)}"
