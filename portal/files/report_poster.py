"""The poster that tells what came of a survey: A4, with the way to the whole report."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .pdf import pdf, png_pages
from .qr import qr_svg

_INK = "#082e1c"


@dataclass(frozen=True)
class ReportPoster:
    """The words of a poster, in the language ``lang``; the caller has them translated.

    ``said`` and ``done`` are short texts, one a line; ``promise`` is what is promised, with its day. ``url`` is
    what the QR code opens and ``short_link`` the same for those who type. ``support`` is whom to turn to.
    """

    lang: str
    municipality: str
    title: str
    about: str
    said_title: str
    said: tuple[str, ...]
    done_title: str
    done: tuple[str, ...]
    promise_title: str
    promise: str
    scan: str
    url: str
    short_link: str
    qr_description: str
    support_title: str
    support: tuple[str, ...]
    demo_mark: str = ""


def report_poster(poster: ReportPoster) -> bytes:
    """The poster as one A4 page of tagged PDF. Raises ValueError for a link that no phone could scan."""
    return pdf("report_poster", _data(poster))


def report_poster_picture(poster: ReportPoster, *, ppi: float = 110) -> bytes:
    """The poster as a PNG picture, to be looked at before printing."""
    return png_pages("report_poster", _data(poster), ppi=ppi)[0]


def _data(poster: ReportPoster) -> dict[str, object]:
    code = qr_svg(poster.url, title=poster.qr_description, dark=_INK)
    return {**asdict(poster), "qr": code.decode()}
