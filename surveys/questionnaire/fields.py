"""Reading fields out of parsed JSON; every problem is collected with its place, not only the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from datasets.cubes import LocalText

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")

E = TypeVar("E", bound=StrEnum)


class QuestionnaireError(ValueError):
    """The questionnaire can't be used as it stands; ``problems`` says where and what to do, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Fields:
    """The fields of one JSON object; each reader notes a problem and gives back something harmless."""

    def __init__(self, value: object, where: str, problems: list[str]) -> None:
        self.where = where
        self.problems = problems
        self._read: set[str] = set()
        if not isinstance(value, dict):
            self.problem("must be an object with named fields")
            value = {}
        self._value: dict[str, object] = value

    def problem(self, what: str) -> None:
        """Note what is wrong here, and what to do about it."""
        self.problems.append(f"{self.where}: {what}")

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self._value.get(key) is not None

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._value.get(key)

    def string(self, key: str, pattern: re.Pattern[str] = CODE) -> str:
        """A required string that follows the pattern."""
        value = self._get(key)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.problem(f"'{key}' must be text that follows {pattern.pattern}")
            return ""
        return value

    def is_object(self, key: str) -> bool:
        """Whether the field holds an object with fields of its own."""
        return isinstance(self._value.get(key), dict)

    def words(self, key: str) -> str:
        """A required text in no language, such as a name or an expression."""
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            self.problem(f"'{key}' must be text")
            return ""
        return value

    def optional_string(self, key: str) -> str | None:
        """A string that follows the pattern of codes, or None where the field is left out."""
        return self.string(key) if self.has(key) else None

    def integer(self, key: str) -> int | None:
        """A whole number of at least 0, or None where the field is left out."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.problem(f"'{key}' must be a whole number of at least 0")
            return None
        return value

    def required_integer(self, key: str) -> int:
        """A whole number of at least 1."""
        value = self.integer(key)
        if not value:
            self.problem(f"'{key}' must be a whole number of at least 1")
            return 1
        return value

    def decimal(self, key: str, default: Decimal) -> Decimal:
        """A number, exact, written as one or as text; left out it is the default."""
        value = self._get(key)
        return default if value is None else self._decimal(key, value, default)

    def decimals(self, key: str) -> Mapping[str, Decimal]:
        """Numbers by name; left out means none."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.problem(f"'{key}' must be an object of numbers")
            return {}
        return {name: self._decimal(f"{key}.{name}", number, Decimal(0)) for name, number in value.items()}

    def _decimal(self, key: str, value: object, default: Decimal) -> Decimal:
        try:
            if isinstance(value, int | float | str) and not isinstance(value, bool):
                number = Decimal(str(value))
                if number.is_finite():
                    return number
        except InvalidOperation:
            pass
        self.problem(f"'{key}' must be a number")
        return default

    def strings(self, key: str) -> Mapping[str, str]:
        """Texts by name; left out means none."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            self.problem(f"'{key}' must be an object of texts")
            return {}
        return dict(value)

    def flag(self, key: str) -> bool:
        """True or false; left out means false."""
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self.problem(f"'{key}' must be true or false")
        return value is True

    def one_of(self, key: str, kind: type[E], default: E) -> E:
        """One of the words of a vocabulary."""
        value = self._get(key)
        if value is None:
            return default
        for member in kind:
            if member == value:
                return member
        self.problem(f"'{key}' must be one of {', '.join(kind)}")
        return default

    def text(self, key: str, languages: Sequence[str]) -> LocalText:
        """A text that must be there in every language of the questionnaire."""
        self._read.add(key)
        value = self._value.get(key)
        if not isinstance(value, dict):
            self.problem(f"'{key}' must hold a text for each of {', '.join(languages)}")
            return {}
        for language in languages:
            words = value.get(language)
            if not isinstance(words, str) or not words.strip():
                self.problem(f"'{key}' has no text in '{language}'")
        for language in value.keys() - set(languages):
            self.problem(f"'{key}' has a text in '{language}', which the questionnaire does not list")
        return {language: str(value.get(language, "")) for language in languages}

    def optional_text(self, key: str, languages: Sequence[str]) -> LocalText | None:
        """A text in every language, or None where the field is left out."""
        return self.text(key, languages) if self.has(key) else None

    def codes(self, key: str, pattern: re.Pattern[str] = CHOICE_CODE) -> tuple[str, ...]:
        """A list of codes, in order, without repeats; left out means none."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and pattern.fullmatch(v) for v in value):
            self.problem(f"'{key}' must be a list of codes")
            return ()
        if len(set(value)) != len(value):
            self.problem(f"'{key}' names a code twice")
        return tuple(value)

    def child(self, key: str) -> Fields:
        """The object in this field."""
        return Fields(self._get(key), f"{self.where}.{key}", self.problems)

    def children(self, key: str) -> Iterator[Fields]:
        """The objects of the list in this field, named by their code where they have one."""
        value = self._get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.problem(f"'{key}' must be a list")
            return
        for number, item in enumerate(value, start=1):
            code = item.get("code") if isinstance(item, dict) else None
            yield Fields(item, f"{self.where}.{key}[{code or number}]", self.problems)

    def close(self) -> None:
        """Note fields that nobody asked for: a misspelt name must not be dropped in silence."""
        for key in sorted(self._value.keys() - self._read):
            self.problem(f"'{key}' is not a field here; check its spelling or take it away")
