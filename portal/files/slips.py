"""Slips with one code each: printed, cut apart, mixed, and drawn from a pile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from .pdf import pdf
from .qr import qr_svg


@dataclass(frozen=True)
class CodeSlips:
    """The words of the slips, in the language ``lang``; the caller has them translated.

    ``how`` stands above each page and is for whoever hands them out. ``short_link`` and the code are for those
    who type; the QR code of a slip opens ``url`` with the code behind a #, which is never sent anywhere.
    """

    lang: str
    title: str
    how: str
    survey: str
    scan: str
    url: str
    short_link: str
    promise: str
    qr_description: str


def code_slips(slips: CodeSlips, codes: Sequence[str]) -> bytes:
    """The slips as pages of tagged PDF, ten a page, in the order given. The codes are kept nowhere."""
    made = [
        {"code": code, "qr": qr_svg(f"{slips.url}#{code}", title=slips.qr_description).decode()} for code in codes
    ]
    return pdf("slips", {**asdict(slips), "slips": made})
