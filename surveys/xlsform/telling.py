"""What is told of a form: words, and the cell that they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import thread_time

from ..questionnaire.expressions import ExpressionError


def N_(message: str) -> str:
    """Mark a message for translation where it is shown."""
    return message


SECONDS = 10
"""So long may a form be reckoned with; the usual one takes a hundredth of it."""
MOST = 200
"""So many messages of a kind are told; whoever has more begins with these."""


@dataclass(frozen=True)
class Place:
    """A cell as a spreadsheet shows it: the sheet's name, the row from 1, the column's letter."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None


NOWHERE = Place()


@dataclass(frozen=True)
class Told:
    """One message: an English msgid with what to fill in, and its place. A filled-in part may itself be told."""

    template: str
    params: dict[str, str | int | Told] = field(default_factory=dict)
    place: Place = NOWHERE

    def said(self, translate: Callable[[str], str] = str) -> str:
        """The words, in the language of ``translate``."""
        filled = {
            name: value.said(translate) if isinstance(value, Told) else value
            for name, value in self.params.items()
        }
        template = translate(self.template)
        return template % filled if filled else template.replace("%%", "%")

    @property
    def message(self) -> str:
        """The words in English."""
        return self.said()

    def as_json(self) -> dict[str, str | int | None]:
        """The words and their place, as the command prints them."""
        place = self.place
        return {"message": self.message, "sheet": place.sheet, "row": place.row, "column": place.column}


def of_expression(error: ExpressionError) -> Told:
    """What is wrong with an expression, to be filled into a message of its place."""
    return Told(error.template, dict(error.params))


class OutOfTime(Exception):
    """Reading the form takes longer than any form that a person wrote."""


class Report:
    """Collects what is told; the same words about the same cell are told once. It also keeps the time."""

    def __init__(self) -> None:
        self._until = thread_time() + SECONDS
        self.stripped: list[Told] = []
        self.warnings: list[Told] = []
        self.errors: list[Told] = []

    def check_time(self) -> None:
        """Raise OutOfTime where so much has been reckoned that the form must be made to hinder."""
        if thread_time() > self._until:
            raise OutOfTime

    def strip(self, place: Place, template: str, **params: str | int | Told) -> None:
        """Tell of something that is left out."""
        _add(self.stripped, Told(template, params, place))

    def warn(self, place: Place, template: str, **params: str | int | Told) -> None:
        """Tell of something that is read in another way than it is written."""
        _add(self.warnings, Told(template, params, place))

    def refuse(self, place: Place, template: str, **params: str | int | Told) -> None:
        """Tell of something that the form can't be taken with."""
        _add(self.errors, Told(template, params, place))


def _add(told: list[Told], one: Told) -> None:
    if one not in told and len(told) < MOST:
        told.append(one)
