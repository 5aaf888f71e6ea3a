"""A form's texts: without markup, in each of its languages, and which of them are missing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .languages import code_of, guessed, name_of
from .sheets import Row, Table
from .telling import N_, NOWHERE, Place, Report

TRANSLATED = ("label", "hint", "constraint_message")
NO_LANGUAGE = N_(
    "No language is named, so we read the form as %(language)s. Name it in settings as default_language."
)
OTHER_DEFAULT = N_(
    "The settings name %(named)s as the form's own language, but no texts are in it, so %(language)s comes first."
)
UNKNOWN_LANGUAGE = N_(
    "We can't tell which language %(header)s is, so its texts are left out. Write the language's "
    "code in brackets, "
    "such as label::Svenska (sv)."
)
MISSING = N_("The text in %(language)s is missing here.")
NO_HINT = N_("The hint has no text in %(language)s, so it is left out.")
LEFT_OUT = N_("Nobody can answer in %(language)s until all its texts are there. So many are missing: %(count)s.")
MARKUP = N_("Bold type, links and other markup were taken out of texts. Texts here are plain.")
NO_TEXT = N_("The row has no text to show. Write one in the column label.")

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+|mailto:[^\s()]+)\)")
_ANCHOR = re.compile(r"<a\s[^<>]*href=[\"'](https?://[^\"'<>]+)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
PIPED = re.compile(r"\$\{\s*([^}\s]*)\s*\}")


def plain(text: str) -> str:
    """A text without Markdown and HTML; a link keeps its address in brackets."""
    bare = _ANCHOR.sub(r"\2 (\1)", text)
    bare = _TAG.sub("", _BREAK.sub("\n", bare))
    bare = _LINK.sub(r"\1 (\2)", bare)
    bare = _HEADING.sub("", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", bare)))
    bare = html.unescape(bare) if bare != text or re.search(r"&(?:#\d+|[a-z]+);", bare) else bare
    return re.sub(r"[ \t]+", " ", re.sub(r"\n{3,}", "\n\n", bare)).strip()


@dataclass
class Texts:
    """Reads texts in the form's languages, the default first, and remembers what is missing."""

    languages: tuple[str, ...]
    by_header: Mapping[str, str]
    report: Report
    missing: list[tuple[str, Place]] = field(default_factory=list)
    is_marked: bool = False

    @property
    def default(self) -> str:
        """The language of texts whose column names none."""
        return self.languages[0]

    def text(self, row: Row, meaning: str = "label") -> dict[str, str] | None:
        """A row's text in each language; None where it has none at all. What is missing is remembered."""
        found: dict[str, str] = {}
        for header, cell in sorted(row.texts(meaning).items(), key=lambda item: item[0] != ""):
            language = self.by_header.get(header)
            if language in self.languages:
                words = plain(cell)
                self.is_marked = self.is_marked or words != cell.strip()
                if words:
                    found[str(language)] = words
        if not found:
            return None
        if meaning == "hint" and self.default not in found:
            self.report.warn(self._place(row, meaning, self.default), NO_HINT, language=name_of(self.default))
            return None
        for language in self.languages:
            if language not in found:
                self.missing.append((language, self._place(row, meaning, language)))
        return {language: found.get(language, "") for language in self.languages}

    def everywhere(self, text: str) -> dict[str, str]:
        """The same words in every language, for names and figures."""
        return dict.fromkeys(self.languages, text)

    def _place(self, row: Row, meaning: str, language: str) -> Place:
        headers = [header for header, code in self.by_header.items() if code == language]
        known = {column.language for column in row.columns if column.meaning == meaning}
        header = next((header for header in headers if header in known), None)
        return row.at(meaning, header) if header is not None else row.at(meaning)


def languages_of(survey: Table, choices: Table, settings: Mapping[str, str], report: Report) -> dict[str, str]:
    """The language of each heading, the default first; "" are the columns that name none."""
    by_header: dict[str, str] = {}
    for column in (*survey.columns, *choices.columns):
        if column.meaning in TRANSLATED and column.language and column.language not in by_header:
            code = code_of(column.language)
            if code is None:
                place = Place(survey.name if column in survey.columns else choices.name, None, column.letter)
                report.warn(place, UNKNOWN_LANGUAGE, header=column.language)
            else:
                by_header[column.language] = code
    default = _default(survey, choices, settings, by_header, report)
    return dict(sorted({"": default, **by_header}.items(), key=lambda item: item[1] != default))


def _default(
    survey: Table, choices: Table, settings: Mapping[str, str], by_header: Mapping[str, str], report: Report
) -> str:
    named = settings.get("default_language", "")
    labels = [column.language for column in survey.columns if column.meaning == "label"]
    known = [by_header[label] for label in labels if label in by_header]
    if named and (code := code_of(named)) and ("" in labels or code in known):
        return code
    if "" not in labels and known:
        if named:
            report.warn(Place("settings"), OTHER_DEFAULT, named=named, language=name_of(known[0]))
        return known[0]
    texts = [text for row in (*survey, *choices) for text in [row.texts("label").get("", "")]]
    code = guessed(texts)
    if code is None or code in by_header.values():
        code = code or (known[0] if known else "sv")
    report.warn(NOWHERE, NO_LANGUAGE, language=name_of(code))
    return code


def complete(texts: Texts) -> tuple[str, ...]:
    """The languages in which every text is there, after the texts were read once; the default always is one.

    Tells of every missing text; those of the default are errors.
    """
    texts.missing = list(dict.fromkeys(texts.missing))
    for language, place in texts.missing:
        if language == texts.default:
            texts.report.refuse(place, MISSING, language=name_of(language))
        else:
            texts.report.warn(place, MISSING, language=name_of(language))
    lacking = [language for language, _ in texts.missing]
    for language in texts.languages[1:]:
        if language in lacking:
            texts.report.warn(NOWHERE, LEFT_OUT, language=name_of(language), count=lacking.count(language))
    return tuple(one for one in texts.languages if one == texts.default or one not in lacking)


def piped(texts: Iterable[str]) -> list[str]:
    """The names of the questions whose answers the texts would show."""
    return [name for text in texts for name in PIPED.findall(text)]
