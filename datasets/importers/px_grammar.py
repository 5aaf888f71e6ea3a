"""The grammar of a PC-Axis header: ``KEYWORD[language]("name","name")="text","text";``

A statement that breaks the grammar is set aside with its place, and reading resumes at the next line that
begins with a keyword, so that one stray quotation mark does not spoil the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_HEAD = re.compile(
    r"""([A-Za-z$][A-Za-z0-9_-]*+)\s*+           # keyword
        (?:\[([^\]\s"]{1,20})\]\s*+)?            # language
        (?:\(((?:[^")]|"[^"]*+")*+)\)\s*+)?       # what it is about
        =""",
    re.VERBOSE,
)
_TOKEN = re.compile(r'\s*(?:"([^"]*)"|([,:;()])|([^\s",:;()]+))')
_STRING = re.compile(r'"([^"]*)"')
_LIST = re.compile(r'\s*+("[^"]*+"(?:\s*+,\s*+"[^"]*+")*+)\s*+;')
_SPACE = re.compile(r"\s*")
_RESUME = re.compile(r"^[A-Z][A-Z0-9-]*(?:\[[^\]\n]*\])?(?:\([^\n]*?\))?\s*+=", re.MULTILINE)
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)\s*(?:\[([^\]\n]*)\])?")


@dataclass(frozen=True)
class Statement:
    """One statement. Each item is a text or a bare word such as YES; ``"a":"b"`` is an item of two parts."""

    keyword: str
    lang: str | None
    about: tuple[str, ...]
    items: tuple[str | tuple[str, ...], ...]
    line: int

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The items of one part."""
        return tuple(item for item in self.items if isinstance(item, str))

    @property
    def parts(self) -> Iterator[tuple[str, ...]]:
        """The items of several parts."""
        return (item for item in self.items if not isinstance(item, str))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The items of two parts."""
        return tuple((item[0], item[1]) for item in self.parts if len(item) == 2)


@dataclass(frozen=True)
class Damaged:
    """A statement that breaks the grammar, and where it does."""

    keyword: str
    lang: str | None
    line: int
    column: int


class _Broken(Exception):
    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def statements(text: str) -> Iterator[Statement | Damaged]:
    """Every statement of a header, in order; lines and columns are counted from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    begin = _after_space(text, 0)
    while begin < len(text):
        line = bisect_right(starts, begin)
        try:
            statement, end = _statement(text, begin, line)
            yield statement
        except _Broken as broken:
            yield _damaged(text, begin, broken.offset, starts)
            following = _RESUME.search(text, begin + 1)
            end = following.start() if following else len(text)
        begin = _after_space(text, end)


def _after_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _damaged(text: str, begin: int, offset: int, starts: list[int]) -> Damaged:
    named = _NAMED.match(text, begin)
    line, broken_line = bisect_right(starts, begin), bisect_right(starts, offset)
    column = offset - starts[line - 1] + 1 if broken_line == line else 1
    keyword, lang = (named.group(1).upper(), named.group(2)) if named else ("?", None)
    return Damaged(keyword, lang, line, column)


def _statement(text: str, begin: int, line: int) -> tuple[Statement, int]:
    head = _HEAD.match(text, begin)
    if head is None:
        raise _Broken(begin)
    about = tuple(_plain(name) for name in _STRING.findall(head.group(3) or ""))
    items, end = _items(text, head.end())
    return Statement(head.group(1).upper(), head.group(2), about, items, line), end


def _items(text: str, at: int) -> tuple[tuple[str | tuple[str, ...], ...], int]:
    """The list after the equals sign, up to and with its semicolon.

    Neighbouring texts are one text that goes on; a text next to a bare word is a stray quotation mark.
    """
    if plain := _LIST.match(text, at):
        return tuple(_plain(item) for item in _STRING.findall(plain.group(1))), plain.end()
    items: list[list[list[str]]] = [[]]
    last, depth = "", 0
    while True:
        token = _TOKEN.match(text, at)
        if token is None:
            raise _Broken(at)
        at = token.end()
        string, mark, word = token.groups()
        if mark == ";" and depth == 0:
            return tuple(_joined(item) for item in items if item), at
        if mark is not None:
            depth += {"(": 1, ")": -1}.get(mark, 0)
            if mark == "," and depth == 0:
                items.append([])
            last = mark
            continue
        kind, piece = ("word", word) if string is None else ("text", _plain(string))
        if last in ("text", "word") and depth == 0:
            if kind != last:
                raise _Broken(_after_space(text, token.start()))
            items[-1][-1] += [" ", piece] if kind == "word" else [piece]
        else:
            items[-1].append([piece])
        last = kind


def _joined(item: list[list[str]]) -> str | tuple[str, ...]:
    parts = tuple("".join(pieces) for pieces in item)
    return parts[0] if len(parts) == 1 else parts


def _plain(text: str) -> str:
    return re.sub(r"\r?\n", " ", text) if "\n" in text else text
