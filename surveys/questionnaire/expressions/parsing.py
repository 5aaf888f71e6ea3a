"""From words to an expression, by precedence climbing; nothing is ever handed to Python to evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from .patterns import compiled
from .tokens import ANOTHER_SPELLING, N_, Sort, Token, tokens
from .tree import (
    DEEPEST,
    FUNCTIONS,
    PRECEDENCE,
    SCORE,
    Call,
    Expression,
    ExpressionError,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    parts,
)

EMPTY = N_("The expression is empty. Write one, or leave the cell empty.")
ENDS_EARLY = N_("The expression ends too early. Something is missing after its last word.")
UNEXPECTED = N_("%(word)s can't stand here. Something is missing before it, or it should go.")
UNCLOSED_BRACKET = N_("A bracket is opened here and never closed. Put ) where it ends.")
BARE_WORD = N_("%(word)s stands alone. Write '%(word)s' for an answer, or ${%(word)s} for a question.")
NO_FUNCTION = N_("There is no function %(word)s here. These can be used: %(functions)s.")
TOO_DEEP = N_("Too many parts lie inside one another. Divide the expression between calculated questions.")
TOO_FEW = N_("%(function)s needs more between its brackets: %(least)s in all, with commas between.")
TOO_MANY = N_("%(function)s has too much between its brackets: it takes %(most)s.")
DECIMAL_COMMA = N_("Write %(right)s with a point: a comma parts what stands between brackets.")
TOO_GREAT = N_("This number is greater than can be reckoned with. Write a smaller one.")
IN_QUOTES = N_("The last part of %(function)s must be written out in quotes.")

_LAST_IN_QUOTES = ("regex", SCORE)


def parse(text: str) -> Expression:
    """The expression that the text says. Raises ExpressionError with what to do and the column, from 1."""
    return _Parser(list(tokens(text))).whole()


class _Parser:
    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._at = 0
        self._nesting = 0
        self._heights: dict[int, int] = {}  # by id: whatever is in here is also held by the tree being built
        self._held: list[Expression] = []

    @property
    def _next(self) -> Token:
        return self._words[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at = min(self._at + 1, len(self._words) - 1)
        return token

    def _has(self, sign: str) -> bool:
        return self._next.sort is Sort.SIGN and self._next.text == sign

    def whole(self) -> Expression:
        if self._words[0].sort is Sort.END:
            raise ExpressionError(EMPTY, 1)
        expression = self._operations(1)
        if self._next.sort is not Sort.END:
            raise self._decimal_comma() or _unexpected(self._next)
        return expression

    def _decimal_comma(self) -> ExpressionError | None:
        """Where somebody wrote 0,5 for 0.5; None where the next word is anything else."""
        whole, comma, *rest = self._words[self._at - 1 : self._at + 2]
        if comma.text != "," or not rest or (whole.sort, rest[0].sort) != (Sort.NUMBER, Sort.NUMBER):
            return None
        return ExpressionError(DECIMAL_COMMA, whole.column, right=f"{whole.text}.{rest[0].text}")

    def _operations(self, binds: int) -> Expression:
        """A chain of operators that bind at least so tightly."""
        left = self._operand()
        while (precedence := self._precedence()) >= binds:
            sign = self._take()
            right = self._operations(precedence + 1)
            left = self._made(Operation(sign.text, left, right), sign)
        return left

    def _precedence(self) -> int:
        token = self._next
        if token.sort not in (Sort.SIGN, Sort.WORD):
            return 0
        if token.sort is Sort.WORD and token.text not in PRECEDENCE and token.text.lower() in PRECEDENCE:
            raise ExpressionError(ANOTHER_SPELLING, token.column, right=token.text.lower(), wrong=token.text)
        return PRECEDENCE.get(token.text, 0)

    def _operand(self) -> Expression:
        token = self._take()
        if token.sort is Sort.REFERENCE:
            return Ref(token.text)
        if token.sort is Sort.NUMBER:
            return _number(token)
        if token.sort is Sort.TEXT:
            return Text(token.text)
        if token.sort is Sort.WORD:
            return self._call(token)
        return self._signed(token)

    def _signed(self, token: Token) -> Expression:
        if token.text == ".":
            return Here()
        if token.text == "-":
            self._deeper(token)
            made = self._made(Negative(self._operand()), token)
            self._nesting -= 1
            return made
        if token.text == "(":
            self._deeper(token)
            inner = self._operations(1)
            self._close(token)
            return inner
        raise _unexpected(token)

    def _call(self, name: Token) -> Expression:
        if not self._has("("):
            raise self._no_call(name)
        opening = self._take()
        self._deeper(name)
        if name.text not in FUNCTIONS:
            raise ExpressionError(NO_FUNCTION, name.column, word=name.text, functions=", ".join(FUNCTIONS))
        arguments: list[Expression] = []
        while not self._has(")"):
            arguments.append(self._operations(1))
            if not self._has(","):
                break
            self._take()
            if self._has(")"):
                raise _unexpected(self._next)
        self._close(opening)
        _check_arguments(name, arguments)
        return self._made(Call(name.text, tuple(arguments)), name)

    def _no_call(self, name: Token) -> ExpressionError:
        if name.text in PRECEDENCE:
            return ExpressionError(UNEXPECTED, name.column, word=name.text)
        if name.text in FUNCTIONS:
            return ExpressionError(ANOTHER_SPELLING, name.column, right=f"{name.text}(…)", wrong=name.text)
        return ExpressionError(BARE_WORD, name.column, word=name.text)

    def _close(self, opening: Token) -> None:
        if self._next.sort is Sort.END:
            raise ExpressionError(UNCLOSED_BRACKET, opening.column)
        if not self._has(")"):
            raise _unexpected(self._next)
        self._take()
        self._nesting -= 1

    def _deeper(self, token: Token) -> None:
        self._nesting += 1
        if self._nesting > DEEPEST:
            raise ExpressionError(TOO_DEEP, token.column)

    def _made(self, expression: Expression, token: Token) -> Expression:
        """The expression, unless it has grown too high to be walked through."""
        height = 1 + max((self._heights.get(id(part), 1) for part in parts(expression)), default=0)
        if height > DEEPEST:
            raise ExpressionError(TOO_DEEP, token.column)
        self._heights[id(expression)] = height
        self._held.append(expression)
        return expression


def _unexpected(token: Token) -> ExpressionError:
    if token.sort is Sort.END:
        return ExpressionError(ENDS_EARLY, token.column)
    return ExpressionError(UNEXPECTED, token.column, word=token.text or "''")


def _number(token: Token) -> Number:
    value = float(token.text)
    if not isfinite(value):
        raise ExpressionError(TOO_GREAT, token.column)
    return Number(value)


def _check_arguments(name: Token, arguments: Sequence[Expression]) -> None:
    least, most = FUNCTIONS[name.text]
    if len(arguments) < least:
        raise ExpressionError(TOO_FEW, name.column, function=name.text, least=least)
    if most is not None and len(arguments) > most:
        raise ExpressionError(TOO_MANY, name.column, function=name.text, most=most)
    if name.text in _LAST_IN_QUOTES:
        last = arguments[-1]
        if not isinstance(last, Text):
            raise ExpressionError(IN_QUOTES, name.column, function=name.text)
        if name.text == "regex":
            compiled(last.value, name.column)
