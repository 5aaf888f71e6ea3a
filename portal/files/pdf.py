"""Documents in print: templates set by Typst, with data as JSON, into tagged PDF or pictures of the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from .typefaces import fonts, legible

TEMPLATES = Path(__file__).parent / "typst"


class DocumentError(RuntimeError):
    """A document could not be set: the template and its data do not fit. Nothing of the data is in the text."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The document of a template as PDF/UA-1: tagged, titled, with its language, readable by a screen reader.

    The same data gives the same bytes. A sign that our letters have no shape for becomes a square. No file
    outside the templates' folder can be read, and since templates import no packages nothing is fetched.
    Raises DocumentError when the template cannot be set with this data.
    """
    (document,) = _compiled(template, data, "pdf", pdf_standards=["ua-1"])
    return document


def png_pages(template: str, data: Mapping[str, Any], *, ppi: float = 110) -> list[bytes]:
    """Each page of the document as a PNG picture, for looking at before printing. Raises DocumentError."""
    return _compiled(template, data, "png", ppi=ppi)


def _compiled(template: str, data: Mapping[str, Any], form: Literal["pdf", "png"], **options: Any) -> list[bytes]:
    compiler = typst.Compiler(
        input=TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(legible(data), ensure_ascii=False)},
    )
    try:
        made = compiler.compile(format=form, timestamp=0, **options)
    except typst.TypstError as error:
        raise DocumentError(f"The document {template!r} could not be set: its data does not fit.") from error
    if made is None:
        raise DocumentError(f"The document {template!r} came out empty.")
    return made if isinstance(made, list) else [made]
