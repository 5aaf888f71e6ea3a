"""A round's published tables as one labelled file for SPSS, a row a cell. Only what is published goes in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from datasets.cubes import Dimension, LocalText, pick
from datasets.disclosure import ProtectedCube, shares
from datasets.exports.sav import SavColumn, sav_file
from surveys.questionnaire import Question, Questionnaire
from surveys.results.answer_dimensions import OF_OPTIONS, OPTION
from surveys.results.means import MEAN

WORDS: Mapping[str, LocalText] = {
    "QUESTION": {"sv": "Fråga", "en": "Question"},
    "ANSWER": {"sv": "Svar", "en": "Answer"},
    "BY": {"sv": "Uppdelat efter", "en": "Broken down by"},
    "GROUP": {"sv": "Grupp", "en": "Group"},
    "N": {"sv": "Antal svar i cellen", "en": "Answers in the cell"},
    "SHARE": {"sv": "Andel i procent", "en": "Share in per cent"},
    "LOW": {"sv": "Intervallets nedre gräns", "en": "Lower bound"},
    "HIGH": {"sv": "Intervallets övre gräns", "en": "Upper bound"},
    "BASE": {"sv": "Antal som svarade i gruppen", "en": "How many answered in the group"},
    "MEAN": {"sv": "Medelvärde av alla", "en": "Mean of everyone"},
    "MEANLOW": {"sv": "Medelvärdets nedre gräns", "en": "Lower bound of the mean"},
    "MEANHIGH": {"sv": "Medelvärdets övre gräns", "en": "Upper bound of the mean"},
}
HIDDEN: LocalText = {
    "sv": "Det som saknas visas inte: för få svar.",
    "en": "What is missing is not shown: too few answers.",
}
DECIMALS = {"SHARE": 1, "LOW": 1, "HIGH": 1, "MEAN": 1, "MEANLOW": 1, "MEANHIGH": 1}


@dataclass
class _Numbers:
    """A number for each thing that has words, from 1."""

    labels: dict[int, str] = field(default_factory=dict)
    known: dict[tuple[str, ...], int] = field(default_factory=dict)

    def of(self, key: tuple[str, ...], words: str) -> int:
        if key not in self.known:
            self.known[key] = len(self.known) + 1
            self.labels[self.known[key]] = words
        return self.known[key]


def labelled_file(
    questionnaire: Questionnaire, tables: Mapping[str, ProtectedCube], *, title: str, lang: str
) -> bytes:
    """The questions alone and by one background each, by table code; with every number's words."""
    numbers = {name: _Numbers() for name in ("QUESTION", "ANSWER", "BY", "GROUP")}
    rows: list[dict[str, float | None]] = []
    for code, cube in tables.items():
        asked, *by = code.split(".")
        if asked.endswith(MEAN):
            rows.append(_mean(questionnaire.question(asked.removesuffix(MEAN)), cube, numbers, lang))
        elif len(by) < 2 and any(dimension.code == asked for dimension in cube.dimensions):
            rows += _rows(questionnaire.question(asked), cube, by[0] if by else "", numbers, lang)
    columns = [
        SavColumn(
            name,
            pick(label, lang),
            [row.get(name) for row in rows],
            DECIMALS.get(name, 0),
            numbers[name].labels if name in numbers else {},
        )
        for name, label in WORDS.items()
    ]
    notes = {pick(note.text, lang) for cube in tables.values() for note in cube.notes}
    return sav_file(columns, title=title, document=[title, *sorted(notes), pick(HIDDEN, lang)])


def _rows(
    question: Question, cube: ProtectedCube, by: str, numbers: Mapping[str, _Numbers], lang: str
) -> Iterator[dict[str, float | None]]:
    asked = numbers["QUESTION"].of((question.code,), pick(question.text, lang))
    shared = shares(cube, question.code) if not question.is_background else None
    for place, answer, group in _places(question, cube, by, lang):
        row: dict[str, float | None] = {
            "QUESTION": asked,
            "ANSWER": numbers["ANSWER"].of((question.code, answer[0]), answer[1]),
            "BY": numbers["BY"].of((by,), pick(cube.dimension(by).label, lang)) if by else None,
            "GROUP": numbers["GROUP"].of((by, group[0]), group[1]) if by else None,
            "N": _shown(cube, place),
        }
        if shared is not None:
            names = ("SHARE", "LOW", "HIGH", "BASE")
            row |= {name: _shown(shared, {**place, "measure": name.lower()}) for name in names}
        yield row


def _mean(
    question: Question, cube: ProtectedCube, numbers: Mapping[str, _Numbers], lang: str
) -> dict[str, float | None]:
    """One row: the mean of a score or a quantity, its interval, and how many it is of."""
    asked = numbers["QUESTION"].of((question.code,), pick(question.text, lang))
    (who,) = cube.dimension(question.code).codes
    figures = {"MEAN": "mean", "MEANLOW": "low", "MEANHIGH": "high", "BASE": "base"}
    places = {name: {question.code: who, "measure": code} for name, code in figures.items()}
    return {"QUESTION": asked} | {name: _shown(cube, place) for name, place in places.items()}


def _places(
    question: Question, cube: ProtectedCube, by: str, lang: str
) -> Iterator[tuple[dict[str, str], tuple[str, str], tuple[str, str]]]:
    """Every cell that is an answer of a group: where it is, and the code and words of both."""
    groups = _words(cube.dimension(by), lang) if by else [("", "")]
    options = next((dimension for dimension in cube.dimensions if dimension.code == OPTION), None)
    answers = _words(cube.dimension(question.code) if options is None else options, lang)
    for group in groups:
        for answer in answers:
            place = {by: group[0]} if by else {}
            if options is None:
                place[question.code] = answer[0]
            else:
                place |= {OPTION: answer[0], question.code: OF_OPTIONS[question.kind][0]}
            yield place, answer, group


def _words(dimension: Dimension, lang: str) -> list[tuple[str, str]]:
    return [(one.code, pick(one.label, lang)) for one in dimension.categories if one.code != dimension.total]


def _shown(cube: ProtectedCube, place: Mapping[str, str]) -> float | None:
    value = cube.cube.cell(dict(place)).value
    return None if value is None or math.isnan(value) else round(float(value), 3)
