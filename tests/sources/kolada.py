"""Kolada v3 in small: key figures, groups and data, with its limit of 25 and its pages. Figures are made up."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.sources.server import Asked, Reply

ROOT = "/v3"
NEET = {
    "id": "N02906",
    "title": "Invånare 17-24 år som varken arbetar eller studerar, andel (%)",
    "description": "Antal invånare 17-24 år utan arbete och studier, delat med alla 17-24 år. Källa: SCB.",
    "is_divided_by_gender": True,
    "municipality_type": "K",
    "auspice": "X",
    "operating_area": "Arbetsmarknad",
    "perspective": "Resultat",
    "prel_publication_date": None,
    "publication_date": "2025-03-01",
    "publ_period": "2023",
    "has_ou_data": False,
}
SUPPORT = NEET | {
    "id": "N31813",
    "title": "Invånare som någon gång fått ekonomiskt bistånd, andel (%)",
    "description": "Källa: Socialstyrelsen.",
    "is_divided_by_gender": False,
    "municipality_type": "A",
}
GROUPS = [
    {"id": "G97", "title": "Nordviks läns kommuner (ovägt medel)", "members": []},
    {"id": "G123041", "title": "Stockholms läns kommuner (ovägt medel)", "members": []},
    {"id": "G33", "title": "Pendlingskommuner", "members": []},
]


@dataclass
class KoladaSource:
    """What Kolada knows. ``years`` have figures; ``special`` replaces the inner values of a row."""

    kpis: dict[str, dict[str, Any]] = field(default_factory=lambda: {k["id"]: dict(k) for k in (NEET, SUPPORT)})
    years: range = range(2013, 2024)
    per_page: int = 5000
    special: dict[tuple[str, str, int], list[dict[str, Any]]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Reply:
        path = unquote(asked.path).removeprefix(ROOT).strip("/")
        if path.startswith("kpi/"):
            rows = [self.kpis[kpi] for kpi in _listed(path[4:]) if kpi in self.kpis]
            return _page(asked, rows, self.per_page)
        if path == "municipality_groups":
            words = asked.query.get("title", "")
            return _page(asked, [group for group in GROUPS if words in str(group["title"])], self.per_page)
        if match := re.fullmatch(r"data/kpi/(.+)/municipality/(.+)/year/(.+)", path):
            kpis, areas, years = (_listed(part) for part in match.groups())
            if max(len(kpis), len(areas), len(years)) > 25:
                return Reply({"message": "At most 25 values in a list."}, status=400)
            rows = [
                self.row(kpi, area, int(year))
                for kpi in kpis
                for area in areas
                for year in years
                if kpi in self.kpis and int(year) in self.years
            ]
            return _page(asked, rows, self.per_page)
        return Reply({"detail": "Not Found"}, status=404)

    def row(self, kpi: str, area: str, year: int) -> dict[str, Any]:
        genders = "TKM" if self.kpis[kpi]["is_divided_by_gender"] else "T"
        inner = [
            {"gender": g, "count": 1, "status": "", "value": figure(kpi, area, year, g), "isdeleted": False}
            for g in genders
        ]
        return {
            "kpi": kpi,
            "municipality": area,
            "period": year,
            "values": self.special.get((kpi, area, year), inner),
        }


def figure(kpi: str, area: str, year: int, gender: str) -> float:
    """A figure that anybody can work out again; with six decimals, as Kolada sends them."""
    seed = sum(map(ord, kpi + area))
    return round(8 + math.sin(seed) * 2 + (year - 2018) * 0.1 + {"T": 0.0, "K": -0.4, "M": 0.4}[gender], 6)


def _listed(part: str) -> list[str]:
    return part.split(",")


def _page(asked: Asked, rows: list[dict[str, Any]], most: int) -> Reply:
    page, size = int(asked.query.get("page", "1")), min(most, int(asked.query.get("per_page", "5000")))
    shown = rows[(page - 1) * size : page * size]
    following = f"{ROOT}/{asked.path.removeprefix(ROOT).strip('/')}?page={page + 1}&per_page={size}"
    return Reply(
        {
            "values": shown,
            "next_url": following if page * size < len(rows) else None,
            "previous_url": None,
            "count": len(shown),
        }
    )
