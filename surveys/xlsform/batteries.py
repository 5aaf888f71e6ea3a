"""Likert rows become answer scales, rows below one another a battery, and rows of figures a rating."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from .codes import code_for
from .structure import Item, Part
from .telling import N_, Report
from .texts import Texts
from .types import Sort

READ_AS_SCALE = N_(
    "The answers of the list %(list)s are read as a scale from “%(low)s” to “%(high)s”, on which the "
    "latter is better. "
    "Check that it is so, and change it in the editor where it is not."
)
_ITEM, _HEAD, _TABLE = frozenset({"likert", "list-nolabel"}), "label", "table-list"
_FIGURE = re.compile(r"\s*(\d+)\s*(?:[=:–-]|$)\s*(.*)", re.DOTALL)
_OR = {"sv": "eller", "sv-x-easy": "eller", "en": "or", "de": "oder", "fi": "tai", "nb": "eller", "da": "eller",
       "fr": "ou", "es": "o", "ar": "أو"}  # fmt: skip
FEWEST = 3
SEPARATE = "separate"
"""In an appearance: this line of a scale stands for itself and is no part of a battery."""
WITH = "-with-"
"""In a list's name: what follows are answers besides the scale's own, such as "don't know"."""


class Scales:
    """The scales and batteries of one form, as its questions come to need them."""

    def __init__(self, texts: Texts, report: Report) -> None:
        self.scales: dict[str, dict[str, Any]] = {}
        self.batteries: list[dict[str, Any]] = []
        self._by_answers: dict[tuple[str, ...], str] = {}
        self._texts = texts
        self._report = report

    def shape(self, part: Part, made: dict[str, dict[str, Any]]) -> None:
        """Turn the part's questions, by code, into items of scales and batteries; rows that only head them go."""
        for name, run in _runs(part.items):
            head = next((item for item in run if _HEAD in item.looks and item.code in made), None)
            text = made.pop(head.code)["text"] if head is not None else None
            items = [item for item in run if item is not head and item.code in made]
            scaled = [item for item in items if self._scale(item, name, made[item.code])]
            together = [item for item in scaled if SEPARATE not in item.looks]
            if len(together) > 1 and len(together) == len(items):
                self._battery(items, made, head, text or self._heading(items[0]))

    def _heading(self, item: Item) -> dict[str, str] | None:
        return self._texts.text(item.group.row) if item.group is not None else None

    def _battery(
        self,
        items: Sequence[Item],
        made: dict[str, dict[str, Any]],
        head: Item | None,
        text: dict[str, str] | None,
    ) -> None:
        if text is None:
            return
        group = items[0].group
        name = head.name if head is not None else group.name if group and group.name else items[0].code
        code = code_for(name, {battery["code"] for battery in self.batteries}, "battery")
        self.batteries.append({"code": code, "text": text})
        for item in items:
            made[item.code]["battery"] = code

    def _scale(self, item: Item, name: str, question: dict[str, Any]) -> bool:
        """Make a question an item of a scale; whether it now is one."""
        if (SEPARATE not in item.looks and as_rating(question)) or any(
            choice.get("specify") for choice in question["choices"]
        ):
            return False
        ordered = [choice for choice in question["choices"] if not choice.get("missing")]
        missing = [choice for choice in question["choices"] if choice.get("missing")]
        if len(ordered) < FEWEST:
            return False
        answers = tuple(choice["code"] for choice in ordered)
        base = name.partition(WITH)[0]
        code = self._by_answers.get((base, *answers))
        if code is None:
            code = code_for(base, set(self.scales), "scale")
            self._by_answers[(base, *answers)] = code
            self.scales[code] = self._made(code, ordered)
            low, high = (ordered[place]["text"][self._texts.default] for place in _from_low_to_high(ordered))
            self._report.warn(item.row.at("type"), READ_AS_SCALE, list=name, low=low, high=high)
        question.pop("choices")
        question.pop("appearance", None)
        question |= {"kind": "scale", "scale": code, "polarity": "more_is_better"}
        if missing:
            question["choices"] = missing
        return True

    def _made(self, code: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        first, last = ends_of(choices, self._texts.languages)
        low, high = (first, last) if _from_low_to_high(choices) == (0, -1) else (last, first)
        return {"code": code, "choices": choices, "high": high, "low": low}


def ends_of(choices: Sequence[dict[str, Any]], languages: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the last answers of a scale, two of each where there are enough, each with words for them."""
    ends = 2 if len(choices) > FEWEST else 1
    return end_of(choices[:ends], languages), end_of(choices[-ends:], languages)


def end_of(choices: Sequence[dict[str, Any]], languages: Sequence[str]) -> dict[str, Any]:
    """These answers as one end of a scale: their codes, and "quite or completely true" in each language."""
    text = {
        language: f" {_OR.get(language, _OR['en'])} ".join(
            words.lower() for choice in choices if (words := choice["text"].get(language))
        )
        for language in languages
    }
    return {"codes": [choice["code"] for choice in choices], "text": text}


def _runs(items: Sequence[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Neighbours that are lines of the same scale, with the name of their list; a heading begins a new run."""
    for (name, _), run in groupby(items, key=lambda item: (_list_of(item), id(item.group))):
        if name is None:
            continue
        found: list[Item] = []
        for item in run:
            if _HEAD in item.looks and found:
                yield name, found
                found = []
            found.append(item)
        yield name, found


def _list_of(item: Item) -> str | None:
    """The list of answers of a row that is shown as one line of a scale; None for any other."""
    is_table = item.group is not None and _TABLE in item.group.looks
    if item.sort is not Sort.SINGLE or not (is_table or item.looks & {*_ITEM, _HEAD}):
        return None
    return item.type.list_name


def _from_low_to_high(choices: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """The places of the lowest and the highest answer: names that are falling figures begin with the highest."""
    codes = [choice["code"] for choice in choices]
    falls = all(code.isdigit() for code in codes) and all(int(a) > int(b) for a, b in pairwise(codes))
    return (-1, 0) if falls else (0, -1)


def as_rating(question: dict[str, Any]) -> bool:
    """Make a question whose answers are the figures from 0 or 1 up a rating; whether it now is one."""
    choices = question["choices"]
    codes = [choice["code"] for choice in choices]
    if len(codes) < 6 or codes[0] not in ("0", "1") or any(choice.keys() > {"code", "text"} for choice in choices):
        return False
    if (
        codes != [str(number) for number in range(int(codes[0]), int(codes[0]) + len(codes))]
        or int(codes[-1]) > 10
    ):
        return False
    ends = dict(_ends(choices))
    if not ends:
        return False
    question |= {"kind": "rating", "from": int(codes[0]), "to": int(codes[-1]), **ends}
    question.pop("choices")
    question.pop("appearance", None)
    return True


def _ends(choices: Sequence[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The words of the two ends; nothing where an answer between them has words of its own."""
    found: dict[str, dict[str, str]] = {"low_label": {}, "high_label": {}}
    for number, choice in enumerate(choices):
        for language, text in choice["text"].items():
            figure = _FIGURE.fullmatch(text)
            if figure is None or figure[1] != choice["code"]:
                return
            if number == 0:
                found["low_label"][language] = figure[2] or figure[1]
            elif number == len(choices) - 1:
                found["high_label"][language] = figure[2] or figure[1]
            elif figure[2]:
                return
    yield from found.items()
