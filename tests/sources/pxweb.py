"""PxWebApi in small, both versions: one table of inhabitants, its limits and refusals. Figures are made up."""

from __future__ import annotations

import fnmatch
import json
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from tests.sources.server import Asked, Reply

ROOT2, ROOT1 = "/api/v2", "/v1/doris/sv/ssd"
TABLE, PATH = "TAB638", "BE/BE0101/BE0101A/BefolkningNy"
PROBLEM = "application/problem+json"

Labels = dict[str, str]


def variables() -> dict[str, tuple[str, Labels]]:
    """Code to label and categories."""
    ages = {str(age): f"{age} år" for age in range(10, 40)} | {"100+": "100+ år", "tot": "totalt ålder"}
    return {
        "Region": (
            "region",
            {"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "0186": "Lidingö", "0192": "Nynäshamn"},
        ),
        "Alder": ("ålder", ages),
        "Kon": ("kön", {"1": "män", "2": "kvinnor"}),
        "ContentsCode": ("tabellinnehåll", {"BE0101N1": "Folkmängd", "BE0101N2": "Folkökning"}),
        "Tid": ("år", {str(year): str(year) for year in range(2010, 2025)}),
    }


@dataclass
class PxWebSource:
    """What the office knows. ``version1_tells`` says whether version 1 answers ``?config``,
    ``has_version2`` and ``has_table2`` whether version 2 is there, and the table in it."""

    title: str = "Folkmängden efter region, ålder, kön, tabellinnehåll och år. År 2010 - 2024"
    most_cells: int = 500
    calls: int = 1000
    window: int = 10
    updated: str = "2025-02-20T07:00:00Z"
    units: dict[str, str] = field(default_factory=lambda: {"BE0101N1": "antal", "BE0101N2": "antal"})
    known: dict[str, tuple[str, Labels]] = field(default_factory=variables)
    missing: dict[int, str] = field(default_factory=dict)
    version1_tells: bool = True
    has_version2: bool = True
    has_table2: bool = True

    def __call__(self, asked: Asked) -> Reply:
        if asked.path.startswith(ROOT2):
            return self.version2(asked, asked.path.removeprefix(ROOT2).strip("/"))
        if asked.path.startswith(ROOT1):
            return self.version1(asked, asked.path.removeprefix(ROOT1).strip("/"))
        return Reply({"title": "Not found"}, status=404)

    def version2(self, asked: Asked, path: str) -> Reply:
        if not self.has_version2:
            return Reply({"title": "Not found"}, status=404)
        if path.startswith("tables/") and not self.has_table2:
            return _problem("Non-existent table", 404)
        if path == "config":
            return Reply(self.config())
        if path == f"tables/{TABLE}/metadata":
            return Reply(self.dataset({code: list(labels) for code, (_, labels) in self.known.items()}, False))
        if path == f"tables/{TABLE}/data" and asked.method == "POST":
            chosen = {part["variableCode"]: part["valueCodes"] for part in asked.body["selection"]}
            return self.data(chosen)
        return _problem("Non-existent table", 404)

    def version1(self, asked: Asked, path: str) -> Reply:
        if "config" in asked.query:
            most = self.most_cells
            limits = {"maxValues": most, "maxCells": most, "maxCalls": 1000, "timeWindow": 10}
            return Reply(limits) if self.version1_tells else Reply({"error": "?"}, status=400)
        if path != PATH:
            return Reply([{"id": "BE", "type": "l", "text": "Befolkning"}])
        if asked.method == "GET":
            return Reply(
                {
                    "title": self.title,
                    "variables": [
                        {
                            "code": code,
                            "text": label,
                            "values": list(labels),
                            "valueTexts": list(labels.values()),
                            **({"elimination": True} if code in ("Region", "Alder", "Kon") else {}),
                            **({"time": True} if code == "Tid" else {}),
                        }
                        for code, (label, labels) in self.known.items()
                    ],
                }
            )
        chosen = {part["code"]: part["selection"]["values"] for part in asked.body["query"]}
        if prod(map(len, chosen.values())) > self.most_cells:
            return Reply(raw=b"", status=403, kind="text/plain")
        found = self.data(chosen)
        assert found.document is not None
        return Reply(raw=b"\xef\xbb\xbf" + json.dumps(found.document).encode(), status=found.status)

    def config(self) -> dict[str, Any]:
        return {
            "apiVersion": "2.0.0",
            "appVersion": "1",
            "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.most_cells,
            "maxCallsPerTimeWindow": self.calls,
            "timeWindow": self.window,
            "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
            "sourceReferences": [
                {"language": "sv", "text": "Källa: SCB"},
                {"language": "en", "text": "Source: Statistics Sweden"},
            ],
            "defaultDataFormat": "json-stat2",
            "dataFormats": ["json-stat2", "csv", "px"],
        }

    def data(self, chosen: dict[str, list[str]]) -> Reply:
        for code, codes in chosen.items():
            if code not in self.known:
                return _problem("Non-existent variable", 400)
            labels = self.known[code][1]
            if any(not fnmatch.filter(labels, one) for one in codes):
                return _problem("Non-existent value", 400)
        if missing := {"ContentsCode", "Tid"} - set(chosen):
            return _problem(f"Missing selection for mandantory variable {', '.join(missing)}", 400)
        if prod(map(len, chosen.values())) > self.most_cells:
            return _problem("Too many cells selected", 403)
        return Reply(self.dataset({code: chosen[code] for code in self.known if code in chosen}, True))

    def dataset(self, chosen: dict[str, list[str]], with_values: bool) -> dict[str, Any]:
        values: list[int | None] = []
        status = {}
        if with_values:
            for place, at in enumerate(product(*chosen.values())):
                value = figure(dict(zip(chosen, at, strict=True)))
                sign = self.missing.get(value)
                values.append(None if sign else value)
                if sign:
                    status[str(place)] = sign
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "source": "SCB",
            "updated": self.updated,
            "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
            "id": list(chosen),
            "size": [len(codes) for codes in chosen.values()],
            "dimension": {code: self._dimension(code, codes) for code, codes in chosen.items()},
            "extension": {"px": {"tableid": TABLE, "aggregallowed": True, "contents": "Folkmängden"}},
            "value": values,
            **({"status": status} if status else {}),
        }

    def _dimension(self, code: str, codes: list[str]) -> dict[str, Any]:
        label, labels = self.known[code]
        category: dict[str, Any] = {
            "index": {one: place for place, one in enumerate(codes)},
            "label": {one: labels[one] for one in codes},
        }
        if code == "ContentsCode":
            category["unit"] = {one: {"base": self.units[one], "decimals": 0} for one in codes}
            category["note"] = {"BE0101N1": ["Förhållandena den 31 december."]} if "BE0101N1" in codes else {}
        extension: dict[str, Any] = {"elimination": code in ("Region", "Alder", "Kon"), "show": "code_value"}
        if code == "Alder":
            extension["eliminationValueCode"] = "tot"
        return {"label": label, "category": category, "extension": extension}


def figure(at: dict[str, str]) -> int:
    """A count that anybody can work out again."""
    age = at.get("Alder", "tot")
    base = 100 if age == "tot" else 20 + (int(age) if age.isdecimal() else 0)
    return base + 7 * len(at.get("Region", "")) + int(at.get("Kon", "0")) + int(at["Tid"]) - 2000


def _problem(title: str, status: int) -> Reply:
    return Reply({"type": "Parameter error", "title": title, "status": status}, status=status, kind=PROBLEM)
