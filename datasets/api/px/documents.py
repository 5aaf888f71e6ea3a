"""Tables, metadata, selections and codelists as PxWebApi 2 writes them. Source: PxTools/PxApiSpecs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from datasets import wording
from datasets.api.choosing import Axis, Choice
from datasets.api.documents import absolute
from datasets.api.pcaxis.keyed import px_id
from datasets.api.pcaxis.viewing import CONTENTS, placing, with_contents
from datasets.api.px.codelists import Codelist, codelists_of
from datasets.cubes import Cube, Role, pick
from datasets.models import Dataset, Release, ReleaseTable

FORMATS = ("json-stat2", "csv", "px", "xlsx")
_UNITS = {4: "Annual", 5: "HalfYear", 6: "Quarterly", 7: "Monthly"}


def config_document() -> dict[str, Any]:
    """What a client must know to keep within bounds."""
    return {
        "apiVersion": "2.0.0",
        "appVersion": "1",
        "languages": [{"id": code, "label": label} for code, label in settings.LANGUAGES],
        "defaultLanguage": settings.LANGUAGE_CODE,
        "maxDataCells": settings.API_CELLS,
        "maxCallsPerTimeWindow": settings.API_CALLS,
        "timeWindow": settings.API_WINDOW,
        "license": "",
        "sourceReferences": [
            {"language": "sv", "text": "Källan och licensen står vid varje tabell."},
            {"language": "en", "text": "Each table names its source and licence."},
        ],
        "defaultDataFormat": FORMATS[0],
        "dataFormats": list(FORMATS),
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }


def title_of(dataset: Dataset, table: ReleaseTable, lang: str) -> str:
    """What a table is called: its own title, and its data set's where that says more."""
    own, whole = pick(table.title, lang), wording.title_of(dataset, lang)
    return whole if table.code == "main" or not own or own == whole else f"{own} ({whole})"


def table_document(dataset: Dataset, release: Release, table: ReleaseTable, lang: str) -> dict[str, Any]:
    """A table in a list."""
    structure = with_contents(table.structure, table.title)
    table_id = px_id(dataset.pk, table.code)
    time = next((d for d in structure["dimensions"] if d["role"] == Role.TIME), None)
    periods = [category["code"] for category in time["categories"]] if time else [""]
    return {
        "id": table_id,
        "label": title_of(dataset, table, lang),
        "description": wording.described(dataset, lang).description,
        "sortCode": table_id,
        "updated": _moment(release),
        "firstPeriod": periods[0],
        "lastPeriod": periods[-1],
        "category": "public",
        "variableNames": [pick(d["label"], lang) or d["code"] for d in structure["dimensions"]],
        "discontinued": False,
        "source": dataset.source,
        "subjectCode": dataset.tenant.slug,
        "timeUnit": _UNITS.get(len(periods[0]), "Other"),
        "paths": [
            [{"id": dataset.tenant.slug, "label": dataset.tenant.name, "sortCode": dataset.tenant.sort_key}]
        ],
        "links": [
            _link("self", "px-table-detail", lang, table_id),
            _link("metadata", "px-table-metadata", lang, table_id),
            _link("data", "px-table-data", lang, table_id, outputFormat="json-stat2"),
        ],
    }


def metadata_document(
    empty: Cube, dataset: Dataset, release: Release, table: ReleaseTable, structure: Mapping[str, Any], lang: str
) -> dict[str, Any]:
    """A table without its figures, as a JSON-stat 2 dataset."""
    document = px_jsonstat(empty, dataset, release, table, structure, lang)
    document["value"] = []
    document.pop("status", None)
    return document


def px_jsonstat(
    cube: Cube, dataset: Dataset, release: Release, table: ReleaseTable, structure: Mapping[str, Any], lang: str
) -> dict[str, Any]:
    """A view as JSON-stat 2 with PxWeb's extensions. `structure` is the view's whole one, with `ContentsCode`."""
    table_id = px_id(dataset.pk, table.code)
    document = cube.to_jsonstat(lang)
    document["label"] = title_of(dataset, table, lang)
    document.setdefault("updated", _moment(release))
    lists = codelists_of(structure, table_id)
    stub, heading = placing(cube.dimensions)
    for code, dimension in document["dimension"].items():
        total = cube.dimension(code).total
        category = dimension["category"]
        category["index"] = {one: place for place, one in enumerate(category["index"])}
        for unit in category.get("unit", {}).values():
            unit["base"] = unit.pop("label")
        extension = dimension.setdefault("extension", {})
        extension["elimination"] = total is not None
        if total is not None:
            extension["eliminationValueCode"] = total
        extension["show"] = "value"
        extension["codelists"] = [codelist_link(found, lang) for found in lists.get(code, [])]
    document["extension"]["px"] = {
        "tableid": table_id,
        "matrix": table_id,
        "contents": document["label"],
        "language": lang,
        "official-statistics": False,
        "aggregallowed": False,
        "copyright": False,
        "descriptiondefault": False,
        "subject-code": dataset.tenant.slug,
        "subject-area": dataset.tenant.name,
        "decimals": _decimals(cube),
        "stub": stub,
        "heading": heading,
    }
    document["extension"]["contact"] = []
    return document


def _moment(release: Release) -> str:
    return release.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _decimals(cube: Cube) -> int:
    contents = cube.dimension(CONTENTS).categories
    known = [unit.decimals or 0 for unit in (cube.unit, *(category.unit for category in contents)) if unit]
    return max(known, default=0)


def selection_document(
    choice: Choice, axes: tuple[Axis, ...], stub: list[str], heading: list[str]
) -> dict[str, Any]:
    """A selection, such as the default one."""
    return {
        "selection": [
            {"variableCode": axis.code, "codelist": None, "valueCodes": choice[axis.code]} for axis in axes
        ],
        "placement": {"heading": heading, "stub": stub},
    }


def codelist_link(codelist: Codelist, lang: str) -> dict[str, Any]:
    """A codelist as a dimension names it."""
    href = f"{absolute('px-codelist-detail', codelist_id=codelist.id)}?{urlencode({'lang': lang})}"
    return {
        "id": codelist.id,
        "label": codelist.name(lang),
        "type": "Valueset",
        "links": [{"rel": "metadata", "hreflang": lang, "href": href}],
    }


def codelist_document(codelist: Codelist, lang: str) -> dict[str, Any]:
    """A codelist with its values; each is a category of the table itself."""
    labels = zip(codelist.codes, codelist.labels, strict=True)
    return {
        "id": codelist.id,
        "label": codelist.name(lang),
        "language": lang,
        "languages": [code for code, _label in settings.LANGUAGES],
        "elimination": False,
        "eliminationValueCode": None,
        "type": "Valueset",
        "values": [
            {"code": code, "label": pick(label, lang) or code, "valueMap": [code]} for code, label in labels
        ],
        "links": codelist_link(codelist, lang)["links"],
    }


def page_document(page: Mapping[str, int], lang: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Where a page of tables stands among the others, as PxWebApi words it."""

    def link(rel: str, number: int) -> dict[str, str]:
        asked = urlencode({**query, "lang": lang, "pageNumber": number, "pageSize": page["size"]})
        return {"rel": rel, "hreflang": lang, "href": f"{absolute('px-table-list')}?{asked}"}

    links = []
    if page["number"] < page["pages"]:
        links += [link("next", page["number"] + 1), link("last", page["pages"])]
    if page["number"] > 1:
        links.append(link("previous", page["number"] - 1))
    return {
        "pageNumber": page["number"],
        "pageSize": page["size"],
        "totalElements": page["total"],
        "totalPages": page["pages"],
        "links": links,
    }


def _link(rel: str, name: str, lang: str, table_id: str, **more: str) -> dict[str, str]:
    href = f"{absolute(name, table_id=table_id)}?{urlencode({'lang': lang, **more})}"
    return {"rel": rel, "hreflang": lang, "href": href}
