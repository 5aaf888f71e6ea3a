"""Which language a column's header means: ``label::Svenska (sv)``, ``label::English``, ``label:EN``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from surveys.languages import LANGUAGES, own_name

_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)\s*\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "sv": ("schwedisch",),
    "sv-x-easy": ("lättläst", "lättläst svenska"),
    "en": ("engelska", "englisch"),
    "ar": ("arabiska", "arabisch"),
    "da": ("danska",),
    "de": ("tyska",),
    "es": ("spanska", "espanol"),
    "fa": ("persiska", "farsi"),
    "fi": ("finska",),
    "fr": ("franska", "francais"),
    "nb": ("norska", "bokmål"),
    "pl": ("polska",),
    "rom": ("romani chib",),
    "ru": ("ryska",),
    "se": ("nordsamiska", "samiska"),
    "so": ("somaliska",),
    "ti": ("tigrinja",),
    "tr": ("turkiska",),
    "uk": ("ukrainska",),
    "zh": ("kinesiska",),
    "ku": ("kurdiska",),
    "kmr": ("kurmanji",),
    "ckb": ("sorani",),
    "sq": ("albanska",),
    "bs": ("bosniska",),
    "pt": ("portugisiska",),
    "it": ("italienska",),
    "nl": ("nederländska",),
    "yi": ("jiddisch",),
}
"""Other names in small letters: Swedish ones, and what forms are seen to write."""

_BY_NAME = {name.casefold(): code for code, names in LANGUAGES.items() for name in (*names, code)}
_BY_NAME |= {name: code for code, names in ALSO_CALLED.items() for name in (*names, code)}

_CODES = frozenset(_BY_NAME.values())

_COMMON = {
    "sv": (
        "och att det är du din ditt hur inte eller som på för vad ofta har kan vilken någon mår jag "
        "ålder gammal ja nej av till från mycket några vill"
    ),
    "en": (
        "the and is are you your how this that it has was be yes no what which who enter not or "
        "what with often have can which do of to age old please welcome name"
    ),
    "de": (
        "und ist du dein ihre sie wie nicht oder was mit oft haben kann welche der die das ich bist alt bitte wir"
    ),
}
_COMMON |= {
    "fr": "le la les des est vous votre comment quel quelle avez êtes oui non pas une dans pour",
    "es": "el los las es usted su cómo qué cuál tiene está sí una para por con del",
    "fi": "on ja ei kuinka mitä sinä sinun oletko kyllä usein miten onko minä olen",
    "nb": "og er du ditt hvor ikke eller hva har noen jeg av på ja nei mye",
    "da": "og er du dit hvor ikke eller hvad har nogen jeg af på ja nej meget",
}
_SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ti": r"[\u1200-\u137f]", "zh": r"[\u4e00-\u9fff]", "uk": r"[\u0400-\u04ff]"}
_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def code_of(header: str) -> str | None:
    """The BCP 47 code that a header's language means, or None where nobody can tell."""
    in_brackets = _IN_BRACKETS.search(header)
    if in_brackets:
        return _spelt(in_brackets[1])
    name = " ".join(header.casefold().split())
    if name in _BY_NAME:
        return _BY_NAME[name]
    region = _CODE.fullmatch(header.strip())
    return _spelt(header.strip()) if region and name.split("-")[0].split("_")[0] in _CODES else None


def _spelt(code: str) -> str:
    first, *rest = code.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.lower() if len(part) != 2 else part.upper() for part in rest)])


def name_of(code: str) -> str:
    """How a language's column is headed when a form is written: its own name and the code."""
    return f"{own_name(code)} ({code})"


def guessed(texts: Iterable[str]) -> str | None:
    """The language that most common words of the texts belong to; None where there are too few to tell."""
    texts = list(texts)
    for code, letters in _SCRIPTS.items():
        if any(re.search(letters, text) for text in texts):
            return code
    words = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))
    found = {code: sum(words[word] for word in known) for code, known in _WORDS.items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] else None
