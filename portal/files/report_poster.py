"""The poster that tells what came of a survey: A4, with the way to the whole report."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .pdf import pdf
from .poster import with_code


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
    return pdf("report_poster", with_code(asdict(poster)))
