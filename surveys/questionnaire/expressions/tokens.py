"""From the characters of an expression to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from .tree import LONGEST, ExpressionError


def N_(message: str) -> str:
    """Mark a message for translation where it is shown."""
    return message


TOO_LONG = N_("The expression has more than %(most)s characters. Divide it between calculated questions.")
UNCLOSED = N_("A quote is opened here and never closed. Put the same quote after the last letter.")
BAD_REFERENCE = N_("A question is named as ${code}, with its code between the curly brackets.")
BAD_SIGN = N_("The sign %(sign)s can't be used here. Take it away, or put words between quotes.")
PATH = N_("A path with / can't be used. Name a question as ${code}, and divide with div.")
ANOTHER_SPELLING = N_("Write %(right)s instead of %(wrong)s.")

OTHER_SPELLINGS = {"==": "=", "<>": "!=", "&&": "and", "||": "or", "!": "not(…)", "≤": "<=", "≥": ">=", "≠": "!="}
SINGLE, DOUBLE = "'‘’‚", '"“”„'

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<reference>\$\{\s*(?P<code>[^\W\d][\w.-]*)\s*\})
      | (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<path>\.\.|/)
      | (?P<wrong>==|<>|&&|\|\||!(?!=)|[≤≥≠])
      | (?P<sign><=|>=|!=|[=<>+*(),.-])
      | (?P<word>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    """,
    re.VERBOSE,
)


class Sort(Enum):
    """What sort of word it is."""

    REFERENCE = auto()
    NUMBER = auto()
    TEXT = auto()
    SIGN = auto()
    WORD = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """One word, and the column it begins in, from 1."""

    sort: Sort
    text: str
    column: int


_SORTS = {"number": Sort.NUMBER, "sign": Sort.SIGN, "word": Sort.WORD}


def tokens(text: str) -> Iterator[Token]:
    """The words of an expression, and then its end. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(TOO_LONG, LONGEST + 1, most=LONGEST)
    at = 0
    while at < len(text):
        if text[at] in SINGLE + DOUBLE:
            end = _closing(text, at)
            yield Token(Sort.TEXT, text[at + 1 : end], at + 1)
            at = end + 1
            continue
        found = _TOKEN.match(text, at)
        if found is None:
            raise _bad(text, at)
        token = _token(found, at + 1)
        if token is not None:
            yield token
        at = found.end()
    yield Token(Sort.END, "", len(text) + 1)


def _token(found: re.Match[str], column: int) -> Token | None:
    kind = found.lastgroup or ""
    if kind == "space":
        return None
    if kind == "path":
        raise ExpressionError(PATH, column)
    if kind == "wrong":
        raise ExpressionError(ANOTHER_SPELLING, column, right=OTHER_SPELLINGS[found[0]], wrong=found[0])
    if kind == "number" and not found[0].isascii():
        raise ExpressionError(BAD_SIGN, column, sign=found[0][0])
    if found["code"] is not None:
        return Token(Sort.REFERENCE, found["code"], column)
    return Token(_SORTS[kind], found[0], column)


def _closing(text: str, at: int) -> int:
    """Where the quote that opens here is closed; spreadsheets make straight quotes curly by themselves."""
    kind = SINGLE if text[at] in SINGLE else DOUBLE
    closing = kind[0] if text[at] == kind[0] else kind
    for place in range(at + 1, len(text)):
        if text[place] in closing:
            return place
    raise ExpressionError(UNCLOSED, at + 1)


def _bad(text: str, at: int) -> ExpressionError:
    if text[at] in "${}":
        return ExpressionError(BAD_REFERENCE, at + 1)
    return ExpressionError(BAD_SIGN, at + 1, sign=text[at])
