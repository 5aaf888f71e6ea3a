"""The words for a comparison, the same on every page, export and slide."""

from collections.abc import Mapping

from .differences import Verdict

_WORDS: dict[Verdict, Mapping[str, str]] = {
    Verdict.MORE: {"sv": "fler", "en": "more"},
    Verdict.FEWER: {"sv": "färre", "en": "fewer"},
    Verdict.UNCERTAIN: {"sv": "ingen säker skillnad", "en": "no certain difference"},
}
_OF_A_LEVEL: dict[Verdict, Mapping[str, str]] = {
    Verdict.MORE: {"sv": "högre", "en": "higher"},
    Verdict.FEWER: {"sv": "lägre", "en": "lower"},
}


def verdict_words(verdict: Verdict | int, lang: str, *, is_level: bool = False) -> str:
    """What to call a verdict, such as ``ingen säker skillnad``; English for languages we lack.

    People are more or fewer; a level, such as a mean, is higher or lower.
    """
    words = (_WORDS | _OF_A_LEVEL if is_level else _WORDS)[Verdict(verdict)]
    return words.get(lang, words["en"])
