"""The languages of answering pages: the questions' own, and the pages' words in as many of them as there are.

Swedish and English words come from the portal's catalogue. Other languages have a small file of phrases each, by
their English text. A phrase that a language lacks is given in Swedish, and marked as Swedish in the page: it is
what those nearby can read out and explain.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from datasets.cubes import LocalText
from surveys.languages import ENGLISH, SWEDISH, direction
from surveys.questionnaire.reading import CONTENT

PHRASES = CONTENT / "phrases"
WELL_FORMED = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,2}")

_BEGIN, _NAMED, _END = "\ue000", "\ue001", "\ue002"  # of Unicode's private use: no text has them
_MARK = re.compile(f"{_BEGIN}([A-Za-z0-9-]*){_NAMED}")
_PLAIN = re.compile(r"<(title|option|textarea|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""Where a text can't have a language of its own: within a tag, and in elements that hold nothing but text."""


def language_of(wanted: str, offered: Sequence[str]) -> str:
    """The language to answer in: the one asked for where the questions are in it, else their first."""
    return wanted if wanted in offered else offered[0]


@lru_cache(maxsize=1)
def page_languages() -> tuple[str, ...]:
    """The languages that the pages' own words are in."""
    return (*dict(settings.LANGUAGES), *sorted(path.stem for path in PHRASES.glob("*.json")))


@lru_cache(maxsize=64)
def phrases(language: str) -> Mapping[str, str]:
    """The pages' words in a language, by their English; none where there is no file."""
    path = PHRASES / f"{language}.json"
    if not WELL_FORMED.fullmatch(language) or not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["phrases"]
    return found


def is_read_by_a_native(language: str) -> bool:
    """Whether somebody who grew up with the language has read its phrases."""
    path = PHRASES / f"{language}.json"
    return not path.exists() or bool(json.loads(path.read_text(encoding="utf-8"))["read_by_a_native_speaker"])


class Phrases(gettext.NullTranslations):
    """The active translation of a page in a language that the portal itself is not in."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._phrases = phrases(language)
        related = language.partition("-")[0]
        self._portal = trans_real.translation(related) if related in dict(settings.LANGUAGES) else None
        # Django's own words: the names of months and days.
        folder = Path(django.__file__).parent / "conf" / "locale"
        self._django = gettext.translation("django", folder, languages=[related], fallback=True)

    def to_language(self) -> str:
        """The language's code, as Django asks for it."""
        return self._language

    def gettext(self, message: str) -> str:
        """The phrase; in a related language of the portal; else in Swedish, marked as such."""
        plain = message.rpartition("\x04")[2]
        if plain in self._phrases:
            return self._phrases[plain]
        if self._portal is not None:
            return str(self._portal.gettext(message))
        found = self._django.gettext(message)
        return marked(trans_real.translation(SWEDISH).gettext(message), SWEDISH) if found == message else found

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The phrase for one or for several."""
        return self.gettext(singular if number == 1 else plural)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, Django's translation gives the pages' words in this language."""
    if language in dict(settings.LANGUAGES):
        with translation.override(language):
            yield
        return
    active = trans_real._active  # type: ignore[attr-defined]  # Django offers no other door
    before = getattr(active, "value", None)
    active.value = _translation(language)
    try:
        yield
    finally:
        active.value = before


@lru_cache(maxsize=64)
def _translation(language: str) -> Phrases:
    return Phrases(language)


def in_words(text: LocalText, language: str) -> str:
    """A text that may lack the language: in it, by its phrase, or in Swedish or what it has, marked as such."""
    related = language.partition("-")[0]
    for code in (language, related):
        if text.get(code):
            return text[code]
    found = phrases(language).get(text.get(ENGLISH, ""))
    if found:
        return found
    other = SWEDISH if text.get(SWEDISH) else next(iter(text), "")
    return marked(text[other], other) if other else ""


def marked(text: str, language: str) -> str:
    """A text that is in another language than its page; `settled` turns the mark into markup."""
    return f"{_BEGIN}{language}{_NAMED}{text}{_END}"


def unmarked(text: str) -> str:
    """A text without its mark, for places that markup can't come to."""
    return _MARK.sub("", text).replace(_END, "")


def settled(html: str) -> str:
    """A page whose marked texts carry their language; where an element can't, the marks are taken out."""
    if _BEGIN not in html:
        return html
    parts, end = [], 0
    for match in _PLAIN.finditer(html):
        parts += [_spanned(html[end : match.start()]), unmarked(match[0])]
        end = match.end()
    return "".join([*parts, _spanned(html[end:])])


def _spanned(text: str) -> str:
    return _MARK.sub(_opening, text).replace(_END, "</span>")


def _opening(match: re.Match[str]) -> str:
    return f'<span lang="{match[1]}" dir="{direction(match[1])}">'
