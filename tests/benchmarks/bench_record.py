"""The record of a full dialogue as files: ``python -m tests.benchmarks.bench_record [--notes 300] [--charts 12]``.

A synthetic record with so many notes in clusters, so many charts of six years and two photographs is made
into PDF, Word file and slides, as the job does; told are the seconds of each and of all. The target is 10 s.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from base64 import b64encode
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from PIL import Image

from portal.files.photo import photo_of
from portal.files.pptx import Slide

TARGET = 10.0
PHOTOGRAPHS = 2


def full_record(notes: int, charts: int) -> Any:
    """A record with notes of every kind, in clusters of ten."""
    from dialogues.models import Note
    from dialogues.recording.content import Cluster, Heading, NoteLine, Person, Record, Step

    lines = [
        NoteLine(f"Det vi ser i diagram {n % charts + 1}: en mening av vanlig längd, nummer {n}.", agreed=n % 7)
        for n in range(notes)
    ]
    kinds = list(Note.Kind)
    share = max(1, -(-notes // len(kinds)))
    parts = [lines[n : n + share] for n in range(0, notes, share)]
    headings = tuple(
        Heading(
            kind.value,
            str(kind.label),
            tuple(Cluster(f"Grupp {n // 10 + 1}", tuple(part[n : n + 10])) for n in range(0, len(part), 10)),
        )
        for kind, part in zip(kinds, parts, strict=False)
    )
    shown = (*map(chart, range(charts)), *map(photograph, range(PHOTOGRAPHS)))
    return Record(
        lang="sv", municipality="Alvik", is_example=True, title="En bra fritid", theme="Fritid", goal="Idéer",
        aim="", summary="I korthet.", held_on="2026-11-03", when="3 november 2026", place="Biblioteket",
        facilitator="", department="Fritid", people=(Person("Områdespolis, Polisen"),) * 10,
        principles=("Alla perspektiv behövs",) * 4, charts=shown,
        headings=headings, steps=(Step("Ringa biblioteket", "Fia", "Fritid", "2027-03-01", "Öppet"),) * 12,
        next_dialogue="",
    )  # fmt: skip


def chart(number: int) -> Any:
    """One chart with its picture, its slide and its sources."""
    from datasets.charts import Selection, build_chart
    from datasets.disclosure import AggregationRule, Sensitivity, Zeros, protect
    from datasets.exports import ChartOnSlide, Imprint, deck_pages
    from datasets.exports.picture import BROAD, bare_picture
    from dialogues.recording.content import ChartPart
    from tests.dialogues import QUERY, years_by_gender

    rule = AggregationRule(Sensitivity.OPEN, k=0, share_base=0, mean_base=0, zeros=Zeros.SHOWN)
    spec = build_chart(protect(years_by_gender(), rule), Selection.from_query(QUERY), lang="sv")
    imprint = Imprint(
        lang="sv", title=spec.title, sentence=spec.sentence, unit="procent", source="Exempelkällan", link=""
    )
    picture = bare_picture(spec, replace(BROAD, key=f"r{number}"))
    (page,) = deck_pages([ChartOnSlide(spec, imprint)])
    return ChartPart(
        spec.title, spec.sentence, source=("Källa: Exempelkällan",), svg=picture.svg, width=float(picture.width),
        slide=asdict(page),
    )  # fmt: skip


def photograph(number: int) -> Any:
    """A photograph as large as a slide keeps one, of noise, which packs worst."""
    from dialogues.recording.content import ChartPart

    noise = np.random.default_rng(number).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((1600, 1200)).save(out, "JPEG", quality=70)
    content = photo_of(out.getvalue()).content
    page = Slide(above="Bild", title="Fritidsgården", mark="", chart=None, below=(), notes="")
    return ChartPart(
        "Fritidsgården", photo=b64encode(content).decode(), photo_shows="Brus", slide=asdict(page)
    )  # fmt: skip


def main() -> int:
    """Measure; 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=300)
    parser.add_argument("--charts", type=int, default=12)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("SECRET_KEY", "benchmark")
    import django

    django.setup()
    from dialogues.recording.files import MAKERS, Written

    written = Written(full_record(asked.notes, asked.charts), 1, is_draft=False)
    total = 0.0
    for form, make in MAKERS.items():
        begun = time.perf_counter()
        size = len(make(written))
        took = time.perf_counter() - begun
        total += took
        print(f"{form}: {took:.2f} s, {size / 1000:.0f} kB")
    print(f"together: {total:.2f} s (target {TARGET:.0f} s)")
    return int(total > TARGET)


if __name__ == "__main__":
    sys.exit(main())
