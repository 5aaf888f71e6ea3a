"""Charts with everything that can go with figures, and what each way out says of them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from datasets.charts import About, Kind, Selection, ShareOf, build_chart
from datasets.charts.spec import Missing
from datasets.cubes import Reason, SourceSymbol
from datasets.disclosure import pass_through
from datasets.exports import FORMS, Imprint, Outgoing, licence_of
from tests.unit.datasets.charts.conftest import births, hide, survey, text  # noqa: F401

YOUNG = ("15-17", "18-19", "20-24", "25-29")
PLACES = Selection(x="year", series="region", series_only=("0101", "01", "00"), share=ShareOf("age", YOUNG))
LINK = "https://vaxtkraft.example/o/lilleby/data/1/?kind=line&x=year"


def imprint_for(spec, **more) -> Imprint:
    """All that an imprint can say, so that a test sees what is lost on the way."""
    return Imprint(
        **{
            "lang": spec.lang,
            "title": spec.title,
            "subtitle": spec.subtitle,
            "sentence": spec.sentence,
            "unit": spec.y.label,
            "source": spec.source,
            "licence": licence_of("CC BY 4.0"),
            "processing": "Andelarna är uträknade här.",
            "notes": spec.notes,
            "updated": spec.updated or date(2024, 2, 12),
            "updated_text": spec.updated_text or "12 februari 2024",
            "release": "Utgåva 3, publicerad 1 mars 2024",
            "holding": "De står kvar.",
            "revised": "3 värden har ändrats sedan dess.",
            "missing": spec.missing,
            "signs": (("..", "uppgift saknas enligt källan"),),
            "interval": spec.interval_text or "Strecken visar hur säkra värdena är.",
            "breaks": ("Från 2022 räknas det på ett annat sätt.",),
            "trends": ("2021–2023: stiger något",),
            "pooled": "Tre år i varje steg.",
            "purpose": "Utforska: bra att tänka med.",
            "reading": replace(spec.reading, framing="Fråga också vad som fungerar.", caution="Rangordna inte."),
            "demo": spec.demo_label,
            "link": LINK,
            **more,
        }
    )


@pytest.fixture
def cube(births, hide):  # noqa: F811
    symbols = (SourceSymbol("..", text("uppgift saknas enligt källan"), Reason.NOT_AVAILABLE),)
    hidden = hide(births, {"region": "01", "year": "2022"})
    return pass_through(
        hide(
            hidden,
            {"region": "0101", "age": "15-17", "year": "2021"},
            reason=Reason.NOT_AVAILABLE,
            symbols=symbols,
        )
    )


@pytest.fixture
def spec(cube):
    return build_chart(cube, PLACES, lang="sv", about=About(is_demo=True))


@pytest.fixture
def outgoing(cube, spec):
    return Outgoing(spec, cube, imprint_for(spec), csv_url="https://vaxtkraft.example/fil.csv")


@pytest.fixture
def whole(cube, spec):
    imprint = imprint_for(spec, missing=(Missing("suppressed", "visas inte: för få svar", 12),))
    return Outgoing(spec, cube, imprint, is_whole=True, csv_url="https://vaxtkraft.example/fil.csv")


@pytest.fixture
def sample(survey):  # noqa: F811
    """A chart of a sample, with intervals."""
    selection = Selection(x="group", kind=Kind.BAR, share=ShareOf("answer", ("3",)), fixed={"round": ("2023",)})
    protected = pass_through(survey)
    spec = build_chart(protected, selection, lang="sv", about=About(is_sample=True))
    return Outgoing(spec, protected, imprint_for(spec))


def made(outgoing: Outgoing, form: str) -> bytes:
    return FORMS[form].make(outgoing)


def rows(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def book(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def document(content: bytes):
    return json.loads(content)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}
