"""How figures, dates and short phrases are written in the reader's language."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from datasets.cubes import Category, LocalText, Unit, pick

NO_BREAK = "\u00a0"
PER_CENT = "%"
_EUROPEAN_ENGLISH = "en_GB"


def known(lang: str) -> str:
    """The language as Babel knows it: itself, else English as written in Europe."""
    try:
        locale = str(Locale.parse(lang.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        return _EUROPEAN_ENGLISH
    return _EUROPEAN_ENGLISH if locale == "en" else locale


def say(text: LocalText, lang: str, **parts: Any) -> str:
    """One of our own phrases with its parts filled in; English for languages that we have no words in."""
    return (text.get(lang) or text["en"]).format(**parts)


def rounded(value: float, decimals: int) -> Decimal:
    """The value with so many decimals, halves away from zero as people round."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP) + Decimal(0)


def number(value: float, decimals: int, lang: str) -> str:
    """``1 234,5`` in Swedish, ``1,234.5`` in English; no line break inside a number."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(rounded(value, decimals), format=pattern, locale=known(lang)))


def figure(value: float, decimals: int, unit: str, lang: str) -> str:
    """A number with its short unit: ``34,1 %`` in Swedish, ``34.1%`` in English, ``12 min``."""
    text = number(value, decimals, lang)
    if not unit:
        return text
    return text + unit if unit == PER_CENT and known(lang).startswith("en") else text + NO_BREAK + unit


def day(moment: datetime | None, lang: str) -> str:
    """``12 februari 2004``; nothing for no date."""
    return "" if moment is None else str(format_date(moment.date(), format="long", locale=known(lang)))


def label_of(category: Category, lang: str) -> str:
    """A category's name, without the code that some sources print before it (``0192 Nynäshamn``)."""
    label = pick(category.label, lang) or category.code
    name = label.removeprefix(category.code + " ").strip()
    # "0 – not at all" is a name that begins with its code.
    return name if name[:1].isalpha() else label


def unit_label(unit: Unit | None, lang: str) -> str:
    """What a unit is called, or nothing where the source names none."""
    return "" if unit is None else pick(unit.label, lang).strip()


def is_year(code: str) -> bool:
    """Whether a time's code is a plain year."""
    return re.fullmatch(r"[12]\d{3}", code) is not None
