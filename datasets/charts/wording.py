"""The words on a chart: titles, labels and reasons, taken from the cube or filled in by us."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from datasets.cubes import Cube, Dimension, LocalText, Reason, Role, pick
from datasets.cubes.reasons import MISSING

from .figures import Measure
from .language import PER_CENT, label_of, say, unit_label
from .resolve import View, unit_of

HIDDEN: LocalText = {"sv": "visas inte: för få svar", "en": "not shown: too few answers"}
"""The one phrase for every figure that we hide, whatever the reason for hiding it."""

_REASONS: Mapping[Reason, LocalText] = {
    Reason.SUPPRESSED: HIDDEN,
    Reason.NOT_APPLICABLE: {"sv": "gäller inte här", "en": "does not apply here"},
    Reason.NOT_AVAILABLE: {"sv": "uppgift saknas", "en": "no figure available"},
    Reason.CONFIDENTIAL: {
        "sv": "visas inte: sekretess hos källan",
        "en": "not shown: confidential at the source",
    },
    Reason.TOO_UNCERTAIN: {"sv": "visas inte: för osäker uppgift", "en": "not shown: too uncertain"},
    Reason.DROPPED_OUT: {"sv": "uppgiften har fallit bort", "en": "the figure dropped out"},
    Reason.NOT_YET_PUBLISHED: {"sv": "inte publicerad än", "en": "not published yet"},
    Reason.ROUNDED: {"sv": "avrundade värden", "en": "rounded figures"},
}

DEMO: LocalText = {"sv": "Exempeldata", "en": "Example data"}
INTERVAL: LocalText = {
    "sv": "Strecken visar hur säkra värdena är: ett 95-procentigt konfidensintervall.",
    "en": "The thin bars show how sure the figures are: a 95 per cent confidence interval.",
}
_PER_CENT_AXIS: LocalText = {"sv": "Procent", "en": "Per cent"}
_VALUE_AXIS: LocalText = {"sv": "Värde", "en": "Value"}
_SHARE: LocalText = {"sv": "Andel {part} ({dimension})", "en": "Share of {part} ({dimension})"}
_SHARE_OF: LocalText = {
    "sv": "Andel {part} av {whole} ({dimension})",
    "en": "Share of {part} out of {whole} ({dimension})",
}
_SHARES: LocalText = {"sv": "Andelar i procent", "en": "Shares in per cent"}
_POOLED: LocalText = {
    "sv": "{count} år i taget är sammanslagna.",
    "en": "{count} years at a time are put together.",
}
_POOLED_COUNTS: LocalText = {
    "sv": "{count} år i taget är sammanslagna. Siffran är antalet per år, i genomsnitt.",
    "en": "{count} years at a time are put together. The figure is the number a year, on average.",
}
_AND: LocalText = {"sv": "och", "en": "and"}


def missing_text(cube: Cube, reason: Reason, lang: str) -> str:
    """Why a figure is missing: what we hide in our own one phrase, else the source's words, else ours."""
    if reason is not Reason.SUPPRESSED and reason in MISSING:
        for symbol in cube.symbols:
            if symbol.reason is reason and pick(symbol.text, lang):
                return pick(symbol.text, lang)
    return why_missing(reason, lang)


def why_missing(reason: Reason, lang: str) -> str:
    """Why a figure is missing, in our own words."""
    return say(_REASONS[reason], lang)


def axis_words(cube: Cube, view: View, measure: Measure, lang: str) -> tuple[str, str]:
    """What the figures' axis is called, and the short unit that follows each figure."""
    if measure is Measure.SHARE:
        return say(_PER_CENT_AXIS, lang), PER_CENT
    label = unit_label(unit_of(cube, view), lang)
    name = label[:1].upper() + label[1:] or say(_VALUE_AXIS, lang)
    return name, label if measure is Measure.VALUE and 0 < len(label) <= 8 else ""


def subtitle(cube: Cube, view: View, lang: str) -> str:
    """What is shown and held fixed, in words; nothing for what is held at everybody."""
    words = [_share_words(view, lang)] if view.share is not None else []
    for code, codes in view.fixed.items():
        dimension = cube.dimension(code)
        if len(dimension) > 1 and set(codes) not in ({dimension.total}, set(dimension.leaves)):
            words.append(_named(dimension, span(dimension, codes, lang), lang))
    return " · ".join(words)


def pooled_words(view: View, measure: Measure, lang: str) -> str:
    """That several times make one step, and what a count then is; nothing where each stands by itself."""
    if not view.pool:
        return ""
    return say(_POOLED_COUNTS if measure is Measure.COUNT else _POOLED, lang, count=view.pool)


def lone_series(cube: Cube, view: View, axis_label: str, lang: str) -> tuple[str, str]:
    """Key and label of the series of a chart that has only one: the place or the measure it is about."""
    for role in (Role.GEO, Role.METRIC):
        dimension = cube.with_role(role)
        if dimension is not None and len(view.fixed.get(dimension.code, ())) == 1:
            (code,) = view.fixed[dimension.code]
            return f"{dimension.code}={code}", label_of(dimension.category(code), lang)
    return "all", axis_label


def span(dimension: Dimension, codes: Sequence[str], lang: str) -> str:
    """Several categories in few words: ``15–29`` for neighbours along the dimension, else a list."""
    labels = [label_of(dimension.category(code), lang) for code in codes]
    places = [dimension.position(code) for code in codes]
    ends = [re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?(\D*)", label) for label in labels]
    neighbours = places == list(range(places[0], places[0] + len(places)))
    if len(codes) > 1 and neighbours and all(ends):
        first, last = ends[0], ends[-1]
        if first is not None and last is not None and first[3] == last[3]:
            return f"{first[1]}–{last[2] or last[1]}{last[3]}"
    if len(codes) > 3 and neighbours:
        return f"{labels[0]} – {labels[-1]}"
    return listed(labels, lang)


def listed(words: Sequence[str], lang: str) -> str:
    """``a, b och c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say(_AND, lang)} {words[-1]}"


def _share_words(view: View, lang: str) -> str:
    share = view.share
    assert share is not None
    if not view.parts:
        return say(_SHARES, lang)
    parts = {
        "part": span(share, view.parts, lang),
        "whole": span(share, view.whole, lang),
        "dimension": pick(share.label, lang) or share.code,
    }
    everybody = set(view.whole) in ({share.total}, set(share.leaves))
    return say(_SHARE if everybody else _SHARE_OF, lang, **parts)


def _named(dimension: Dimension, words: str, lang: str) -> str:
    """Bare numbers get the dimension's name before them, so that ``15–29`` is known to be an age."""
    has_letters = any(sign.isalpha() for sign in words)
    return words if has_letters or dimension.role is Role.TIME else f"{pick(dimension.label, lang)} {words}"
