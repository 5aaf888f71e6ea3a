"""The words for a comparison, the same on every page, export and slide."""

from collections.abc import Mapping

from .differences import Verdict

_WORDS: Mapping[Verdict, Mapping[str, str]] = {
    Verdict.MORE: {"sv": "fler", "en": "more"},
    Verdict.FEWER: {"sv": "färre", "en": "fewer"},
    Verdict.UNCERTAIN: {"sv": "ingen säker skillnad", "en": "no certain difference"},
}


def verdict_words(verdict: Verdict | int, lang: str) -> str:
    """What to call a verdict, such as ``ingen säker skillnad``; English for languages we lack."""
    words = _WORDS[Verdict(verdict)]
    return words.get(lang, words["en"])
