"""The poster of a survey round: A4, to be seen from across a room and read on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .pdf import pdf, png_pages
from .qr import qr_svg

_INK = "#082e1c"


@dataclass(frozen=True)
class SurveyPoster:
    """The words of a poster, in the language ``lang``; the caller has them translated.

    ``facts`` are three short things worth knowing. ``url`` is what the QR code opens and ``short_link`` the
    same for those who type. ``support`` is whom to turn to, a line each. ``demo_mark`` is empty unless the
    round is an example.
    """

    lang: str
    municipality: str
    title: str
    lead: str
    facts: tuple[str, str, str]
    scan: str
    url: str
    short_link: str
    qr_description: str
    open_until: str
    support_title: str
    support: tuple[str, ...]
    demo_mark: str = ""


def survey_poster(poster: SurveyPoster) -> bytes:
    """The poster as one A4 page of tagged PDF. Raises ValueError for a link that no phone could scan."""
    return pdf("poster", with_code(asdict(poster)))


def survey_poster_picture(poster: SurveyPoster, *, ppi: float = 110) -> bytes:
    """The poster as a PNG picture, to be looked at before printing."""
    return png_pages("poster", with_code(asdict(poster)), ppi=ppi)[0]


def with_code(words: Mapping[str, Any]) -> dict[str, Any]:
    """What a poster's page is filled with: its words, and the code of their ``url``.

    Raises ValueError for a link that no phone could scan.
    """
    code = qr_svg(words["url"], title=words["qr_description"], dark=_INK)
    return {**words, "qr": code.decode()}
