"""A PC-Axis header as a whole: what is said by which keyword, in which language, about what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from datasets.cubes import LocalText

from .problems import Report
from .px_grammar import Damaged, Statement, statements

REQUIRED = ("MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "CONTENTS", "UNITS", "DECIMALS")
STRUCTURE = frozenset(
    (
        *("STUB", "HEADING", "VALUES", "CODES", "CONTVARIABLE", "KEYS", "TITLE", "VARIABLECODE"),
        *("AGGREGALLOWED", "ELIMINATION", "HIERARCHIES"),
        *REQUIRED,
    )
)
"""Keywords without which, or with an error in which, the table could be misunderstood."""

MOST_DAMAGED = 20
UNDETERMINED = "und"


class Header:
    """The statements of a header, found by keyword, language (None for the main one) and subject."""

    def __init__(self, text: str, report: Report) -> None:
        self._found: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
        self._first: dict[tuple[str, str | None, tuple[str, ...]], Statement] = {}
        self._report = report
        read: list[Statement] = []
        damaged = 0
        for item in statements(text):
            if isinstance(item, Statement):
                read.append(item)
            else:
                damaged += 1
                self._note_damage(item)
                if damaged >= MOST_DAMAGED:
                    break
        report.stop_if_fatal()
        declared = self._values_of(read, "LANGUAGE")
        self.lang = declared[0] if declared else UNDETERMINED
        listed = self._values_of(read, "LANGUAGES")
        self.other_langs = tuple(lang for lang in dict.fromkeys(listed) if lang != self.lang)
        self._keep(read)

    @property
    def langs(self) -> tuple[str | None, ...]:
        """None for the main language, then the others."""
        return (None, *self.other_langs)

    def lang_code(self, lang: str | None) -> str:
        """The code of a language; the main one is written without."""
        return self.lang if lang is None else lang

    def find(self, keyword: str, *about: str, lang: str | None = None) -> Statement | None:
        """The statement with a keyword about exactly this, or None."""
        return self._first.get((keyword, lang, about))

    def all(self, keyword: str) -> Iterator[tuple[str | None, Statement]]:
        """Every statement with a keyword and its language, the main language first."""
        for lang in self.langs:
            for statement in self._found.get((keyword, lang), ()):
                yield lang, statement

    def values(self, keyword: str, *about: str, lang: str | None = None) -> tuple[str, ...]:
        """The list that a statement gives; empty when there is none."""
        statement = self.find(keyword, *about, lang=lang)
        return statement.values if statement else ()

    def word(self, keyword: str, *about: str) -> str:
        """The single value of a statement in the main language, or nothing."""
        return next(iter(self.values(keyword, *about)), "").strip()

    def text(self, keyword: str, *about: str) -> LocalText:
        """The single value of a statement in every language that gives it, about the table as a whole."""
        found = {self.lang_code(lang): self.values(keyword, *about, lang=lang) for lang in self.langs}
        return {lang: values[0].strip() for lang, values in found.items() if values and values[0].strip()}

    def require(self, keywords: Sequence[str]) -> None:
        """Refuse the file when one of these keywords is missing."""
        for keyword in keywords:
            if (keyword, None) not in self._found:
                self._report.add("px_missing", keyword=keyword)
        self._report.stop_if_fatal()

    def _values_of(self, read: Sequence[Statement], keyword: str) -> tuple[str, ...]:
        return next((s.values for s in read if s.keyword == keyword and s.values), ())

    def _note_damage(self, item: Damaged) -> None:
        fatal = item.keyword in STRUCTURE or item.keyword == "?"
        code = "px_malformed" if fatal else "px_malformed_left_out"
        self._report.add(code, item.line, item.column, keyword=item.keyword)

    def _keep(self, read: Sequence[Statement]) -> None:
        known = {self.lang, *self.other_langs}
        unknown: set[str] = set()
        for statement in read:
            lang = statement.lang
            if lang is not None and lang not in known:
                if lang not in unknown:
                    self._report.add("px_language", statement.line, lang=lang)
                unknown.add(lang)
                continue
            key = (statement.keyword, None if lang == self.lang else lang)
            first = self._first.setdefault((*key, statement.about), statement)
            if statement.keyword in STRUCTURE and first.items != statement.items:
                self._report.add("px_repeated", statement.line, keyword=statement.keyword)
            self._found[key].append(statement)
        self._report.stop_if_fatal()
