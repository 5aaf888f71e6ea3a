"""The imprint as a few paragraphs under a chart: in a picture, and on a slide."""

from __future__ import annotations

from .imprint import Fact, Imprint
from .texts import plain

_ELSEWHERE = ("title", "sentence", "unit", "demo", "how", "says_not", "licence")
"""What stands above the chart and beside its scale, or is long and on the page that the link leads to."""
_BESIDE = {
    "missing": 0,
    "sign": 0,
    "source": 1,
    "processing": 1,
    "updated": 2,
    "release": 2,
    "holding": 2,
    "revised": 2,
}
"""What stands side by side, and in which order; the rest has a paragraph of its own."""
_NAMED = ("updated", "purpose", "processing", "trend", "break", "holding", "revised")
"""What needs its label to be understood."""


def paragraphs(imprint: Imprint) -> list[Fact]:
    """What is short side by side, each footnote by itself, the link last."""
    told: dict[int, list[Fact]] = {}
    for fact in imprint.facts():
        if fact.key not in _ELSEWHERE:
            told.setdefault(_BESIDE.get(fact.key, 10 + len(told)), []).append(fact)
    return [_joined(facts) for _, facts in sorted(told.items())]


def _joined(facts: list[Fact]) -> Fact:
    text = " · ".join(plain(f"{fact.label}: {fact.text}" if fact.key in _NAMED else fact.text) for fact in facts)
    return Fact(facts[0].key, facts[0].label, text, facts[0].url)
