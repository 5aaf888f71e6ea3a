"""All that a chart's files say, as plain text: what is packed in them too."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

from datasets.charts import ChartSpec
from datasets.disclosure import ProtectedCube
from datasets.exports import FORMS, Imprint, Outgoing

_NAMED = re.compile(r'(?:descr|Target)="([^"]*)"')
PIXELS = "png"


def said(content: bytes) -> str:
    """The words and figures of a file."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(said(packed.read(name)) for name in packed.namelist())
    text = content.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("<"):
        text = re.sub(r"<[^>]+>", lambda tag: f" {' '.join(_NAMED.findall(tag[0]))} ", text)
    return re.sub(r"\s+", " ", html.unescape(text)).replace('\\"', '"')


def files_of(spec: ChartSpec, cube: ProtectedCube | None = None, **more: Any) -> dict[str, str]:
    """What each file of a chart says, by its form."""
    imprint = Imprint(
        lang=spec.lang, title=spec.title, subtitle=spec.subtitle, sentence=spec.sentence, unit=spec.y.label,
        source=spec.source, link="", notes=spec.notes, missing=spec.missing, reading=spec.reading, **more,
    )  # fmt: skip
    outgoing = Outgoing(spec, cube, imprint)  # type: ignore[arg-type]
    return {key: said(form.make(outgoing)) for key, form in FORMS.items() if key != PIXELS}
