"""The imprint: everything that goes with figures through every way out, in the reader's language.

What the page says of a chart, the files say too: title, finding, unit, source as its licence asks, notes, last
update, what is not shown and why, purpose, and where the figures can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from datasets.charts.language import number, say
from datasets.charts.spec import Missing, Reading
from datasets.cubes import LocalText

from .licences import Licence

_SOURCE: LocalText = {"sv": "Källa: {source}", "en": "Source: {source}"}
_COUNTED: LocalText = {"sv": "{why} ({count} st)", "en": "{why} ({count})"}
_SIGN: LocalText = {"sv": "{symbol}: {words} (källans tecken)", "en": "{symbol}: {words} (the source's sign)"}
_LABELS: dict[str, LocalText] = {
    "title": {"sv": "Titel", "en": "Title"},
    "sentence": {"sv": "Det här visar den", "en": "What it shows"},
    "unit": {"sv": "Enhet", "en": "Unit"},
    "source": {"sv": "Källa", "en": "Source"},
    "licence": {"sv": "Licens", "en": "Licence"},
    "processing": {"sv": "Bearbetning", "en": "Processing"},
    "updated": {"sv": "Senast uppdaterad", "en": "Last updated"},
    "release": {"sv": "Utgåva", "en": "Release"},
    "holding": {"sv": "Siffrorna", "en": "The figures"},
    "revised": {"sv": "Ändrat sedan dess", "en": "Revised since"},
    "missing": {"sv": "Visas inte", "en": "Not shown"},
    "sign": {"sv": "Tecken", "en": "Signs"},
    "note": {"sv": "Not", "en": "Note"},
    "break": {"sv": "Brott i serien", "en": "Break in the series"},
    "pooled": {"sv": "Sammanslaget", "en": "Put together"},
    "trend": {"sv": "Trend", "en": "Trend"},
    "interval": {"sv": "Säkerhet", "en": "How sure"},
    "how": {"sv": "Så kan du läsa det", "en": "How to read it"},
    "says_not": {"sv": "Det här säger den inte", "en": "What it does not say"},
    "purpose": {"sv": "Vad siffrorna duger till", "en": "What the figures are fit for"},
    "framing": {"sv": "Att tänka på", "en": "To think about"},
    "caution": {"sv": "Var försiktig", "en": "Be careful"},
    "demo": {"sv": "Typ av data", "en": "Kind of data"},
    "link": {"sv": "Länk", "en": "Link"},
}

_FOLDED = frozenset(
    {"unit", "source", "licence", "processing", "updated", "release", "holding", "sign", "purpose"}
)
"""What a page tells in a fold under the chart; the rest stands above it, beside it, or is the page itself."""


@dataclass(frozen=True)
class Fact:
    """One line of the imprint: what it is about, and what it says; ``url`` where it leads somewhere."""

    key: str
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Imprint:
    """The words that belong to some figures, in the language ``lang``. What does not apply is empty.

    ``notes`` are footnotes in order, those that must be read first. ``missing`` counts what is not shown, by
    reason; ``signs`` are the source's own signs that occur, with its words. ``holding`` says whether the
    figures stay or follow the data, and ``revised`` what has changed since a release that they stay at.
    """

    lang: str
    title: str
    sentence: str
    unit: str
    source: str
    link: str
    subtitle: str = ""
    licence: Licence | None = None
    processing: str = ""
    notes: tuple[str, ...] = ()
    updated: date | None = None
    updated_text: str = ""
    release: str = ""
    holding: str = ""
    revised: str = ""
    missing: tuple[Missing, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    interval: str = ""
    breaks: tuple[str, ...] = ()
    trends: tuple[str, ...] = ()
    pooled: str = ""
    purpose: str = ""
    reading: Reading | None = None
    demo: str = ""

    @property
    def heading(self) -> str:
        """Title and what of it is shown."""
        return " · ".join(part for part in (self.title, self.subtitle) if part)

    @property
    def attribution(self) -> str:
        """The source as its licence asks: ``Källa: SCB, CC BY 4.0``."""
        if not self.source:
            return ""
        named = ", ".join(filter(None, (self.source, self.licence.name if self.licence else "")))
        return say(_SOURCE, self.lang, source=named)

    @property
    def not_shown(self) -> tuple[str, ...]:
        """Each reason with how many figures it keeps back: ``visas inte: för få svar (3 st)``."""
        return tuple(
            say(_COUNTED, self.lang, why=one.text, count=number(one.count, 0, self.lang)) for one in self.missing
        )

    @property
    def signs_told(self) -> tuple[str, ...]:
        """The source's signs with its words for them."""
        return tuple(say(_SIGN, self.lang, symbol=symbol, words=text) for symbol, text in self.signs)

    def label(self, key: str) -> str:
        """What a line of the imprint is called."""
        return say(_LABELS[key], self.lang)

    def facts(self) -> tuple[Fact, ...]:
        """Every line that has something to say, in the order in which it is read."""
        return tuple(Fact(key, self.label(key), text, url) for key, text, url in self._all() if text)

    def about(self) -> tuple[Fact, ...]:
        """What goes with the figures and does not stand in plain sight around a chart on a page."""
        return tuple(fact for fact in self.facts() if fact.key in _FOLDED)

    def _all(self) -> Iterator[tuple[str, str, str]]:
        yield "title", self.heading, ""
        yield "sentence", self.sentence, ""
        yield "demo", self.demo, ""
        yield "unit", self.unit, ""
        yield "source", self.attribution, ""
        if self.licence is not None:
            yield "licence", self.licence.name, self.licence.url
        yield "processing", self.processing, ""
        yield "updated", self.updated_text, ""
        yield "release", self.release, ""
        yield "holding", self.holding, ""
        yield "revised", self.revised, ""
        for text in self.not_shown:
            yield "missing", text, ""
        for text in self.signs_told:
            yield "sign", text, ""
        for note in self.notes:
            yield "note", note, ""
        for text in self.breaks:
            yield "break", text, ""
        yield "pooled", self.pooled, ""
        for text in self.trends:
            yield "trend", text, ""
        yield "interval", self.interval, ""
        yield "purpose", self.purpose, ""
        if self.reading is not None:
            yield "framing", self.reading.framing, ""
            yield "caution", self.reading.caution, ""
            yield "how", " ".join(self.reading.how), ""
            yield "says_not", " ".join(self.reading.says_not), ""
        yield "link", self.link, self.link
