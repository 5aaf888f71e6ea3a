"""From a questionnaire definition to an XLSForm that other programs read, and that we read back the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.files.xlsx import Sheet, workbook

from . import extras
from .batteries import SEPARATE, WITH
from .languages import name_of
from .questions import LONGEST, SHORT_TEXT
from .reading import build
from .structure import SECTION
from .telling import Report

CONTENT = Path(__file__).resolve().parent.parent / "content"

_TYPES = {
    "number": "integer",
    "text": "text",
    "info": "note",
    "acknowledge": "acknowledge",
    "calculated": "calculate",
    "rating": "range",
}
_BEFORE = ("type", "name")
_AFTER = ("required", "relevant", "constraint", "calculation", "appearance", "parameters")
_TRANSLATED = ("label", "hint", "constraint_message")

Line = dict[str, str]
Sheets = dict[str, list[list[str]]]


def write_xlsform(definition: Mapping[str, Any]) -> bytes:
    """A workbook (.xlsx) that :func:`read_xlsform` reads as the same definition.

    What XLSForm has no column for stands in a sheet of its own, ``vaxtkraft``.
    """
    languages = list(definition["languages"])
    title = str(definition["title"][languages[0]])
    sheets = sheets_of(definition)
    return workbook([Sheet(name, lines[0], lines[1:]) for name, lines in sheets.items()], title=title)


def example_xlsform() -> bytes:
    """The Swedish example form (.xlsx) that shows how one is written; made anew at each download."""
    return write_xlsform(json.loads((CONTENT / "example_form.json").read_text(encoding="utf-8")))


def sheets_of(definition: Mapping[str, Any]) -> Sheets:
    """The form's sheets as texts."""
    wanted = extras.normalised(definition)
    writer = _Writer(wanted)
    sheets = {"survey": writer.survey(), "choices": writer.choices(), "settings": writer.settings()}
    natural = build(sheets, Report())
    rows = (
        [] if natural is None else sorted(set(extras.differences(extras.normalised(natural.definition), wanted)))
    )
    if rows:
        sheets[extras.SHEET] = [list(extras.COLUMNS), *(list(row) for row in rows)]
    return sheets


class _Writer:
    def __init__(self, definition: Mapping[str, Any]) -> None:
        self._definition = definition
        self._languages: list[str] = list(definition["languages"])
        self._questions: list[Mapping[str, Any]] = list(definition.get("questions", ()))
        self._scales = {scale["code"]: scale for scale in definition.get("scales", ())}
        self._batteries = {battery["code"]: battery for battery in definition.get("batteries", ())}
        self._codes = {question["code"] for question in self._questions}
        self._lists: dict[str, list[Mapping[str, Any]]] = {}

    def survey(self) -> list[list[str]]:
        """The sheet of questions, a group for each section."""
        lines: list[Line] = []
        for section in self._definition.get("sections", ()):
            code = section["code"]
            name = f"{code}{SECTION}" if code in self._codes | self._batteries.keys() else code
            shown = {"relevant": str(section.get("show_if") or "")}
            texts = self._texts("label", section["title"])
            lines.append({"type": "begin group", "name": name, "appearance": "field-list", **texts, **shown})
            battery = None
            for question in self._questions:
                if question["section"] != code:
                    continue
                if (named := question.get("battery")) and named != battery:
                    lines.append(self._head(question))
                battery = named
                lines.append(self._line(question))
            lines.append({"type": "end group"})
        columns = [
            *_BEFORE,
            *(f"{one}::{name_of(code)}" for one in _TRANSLATED for code in self._languages),
            *_AFTER,
        ]
        used = [one for one in columns if one in _BEFORE or any(line.get(one) for line in lines)]
        return [used, *([line.get(one, "") for one in used] for line in lines)]

    def choices(self) -> list[list[str]]:
        """The sheet of answers; it holds the lists that the survey sheet came to need."""
        columns = [f"label::{name_of(code)}" for code in self._languages]
        rows = [
            [name, choice["code"], *(choice["text"].get(language, "") for language in self._languages)]
            for name, choices in self._lists.items()
            for choice in choices
        ]
        return [["list_name", "name", *columns], *rows]

    def settings(self) -> list[list[str]]:
        """The sheet of settings."""
        definition = self._definition
        default = self._languages[0]
        heading = [definition["title"][default], definition["code"], definition["version"], name_of(default)]
        return [["form_title", "form_id", "version", "default_language"], [str(one) for one in heading]]

    def _texts(self, column: str, text: Mapping[str, str] | None) -> Line:
        return {f"{column}::{name_of(code)}": (text or {}).get(code, "") for code in self._languages}

    def _head(self, question: Mapping[str, Any]) -> Line:
        battery = self._batteries[question["battery"]]
        name = battery["code"] if battery["code"] not in self._codes else f"{battery['code']}-battery"
        kind = f"select_one {self._scale_list(question)}"
        return {"type": kind, "name": name, "appearance": "label", **self._texts("label", battery["text"])}

    def _line(self, question: Mapping[str, Any]) -> Line:
        kind = question.get("kind", "single")
        line: Line = {
            "name": question["code"],
            "type": _TYPES.get(kind, ""),
            "relevant": str(question.get("show_if") or ""),
        }
        line |= self._texts("label", question["text"])
        line |= self._texts("hint", question.get("help"))
        if question.get("required") or question.get("ask_again"):
            line["required"] = "yes"
        if question.get("shuffle"):
            line["parameters"] = "randomize=true"
        rules: list[str] = []
        match kind:
            case "single" | "multiple" | "ranking":
                line |= self._chosen(question, kind, rules)
            case "scale":
                line["type"] = f"select_one {self._scale_list(question)}"
                line["appearance"] = "list-nolabel" if question.get("battery") else f"likert {SEPARATE}"
            case "rating":
                line |= self._rating(question)
            case "quantity":
                line["type"] = "decimal" if question.get("decimals") else "integer"
                rules += [f". >= {question['minimum']}"] if question.get("minimum") is not None else []
                rules += [f". <= {question['maximum']}"] if question.get("maximum") is not None else []
            case "text":
                line |= _text(question, rules)
            case "calculated":
                line["calculation"] = str(question.get("calculation", ""))
        self._add_rules(question, rules, line)
        return line

    def _add_rules(self, question: Mapping[str, Any], rules: list[str], line: Line) -> None:
        for constraint in question.get("constraints", ())[:1]:
            holds = str(constraint["holds"])
            rules.append(f"({holds})" if " or " in holds else holds)
            line |= self._texts("constraint_message", constraint["message"])
        line["constraint"] = " and ".join(rules)

    def _chosen(self, question: Mapping[str, Any], kind: str, rules: list[str]) -> Line:
        choices = list(question.get("choices", ()))
        name = self._list(question["code"], choices)
        line = {
            "type": {"single": "select_one", "multiple": "select_multiple", "ranking": "rank"}[kind] + f" {name}"
        }
        if question.get("appearance") == "dropdown":
            line["appearance"] = "minimal"
        if question.get("min_choices"):
            rules.append(f"count-selected(.) >= {question['min_choices']}")
        if question.get("max_choices"):
            rules.append(f"count-selected(.) <= {question['max_choices']}")
        for choice in choices:
            if choice.get("exclusive"):
                rules.append(f"not(selected(., '{choice['code']}') and count-selected(.) > 1)")
        return line

    def _rating(self, question: Mapping[str, Any]) -> Line:
        low, high = question.get("from", 0), question.get("to", 10)
        line = {"parameters": f"start={low} end={high} step=1"}
        low_label, high_label = question.get("low_label"), question.get("high_label")
        if low_label and high_label and not question.get("help"):
            ends = {one: f"{low} = {low_label[one]}, {high} = {high_label[one]}" for one in self._languages}
            line |= self._texts("hint", ends)
        return line

    def _list(self, name: str, choices: list[Mapping[str, Any]]) -> str:
        """The name of a list of these answers; questions that have the same ones share it."""
        key = json.dumps([(choice["code"], choice["text"]) for choice in choices], sort_keys=True)
        for known, others in self._lists.items():
            if json.dumps([(one["code"], one["text"]) for one in others], sort_keys=True) == key:
                return known
        while name in self._lists or name in self._scales:
            name += "-list"
        self._lists[name] = choices
        return name

    def _scale_list(self, question: Mapping[str, Any]) -> str:
        scale = self._scales[question["scale"]]
        missing = list(question.get("choices", ()))
        name = str(scale["code"]) + (WITH + "-".join(one["code"] for one in missing) if missing else "")
        self._lists.setdefault(name, [*scale["choices"], *missing])
        return name


def _text(question: Mapping[str, Any], rules: list[str]) -> Line:
    is_long = question.get("appearance") == "long"
    most = question.get("max_length")
    if most is not None and most != (LONGEST if is_long else SHORT_TEXT):
        rules.append(f"string-length(.) <= {most}")
    return {"appearance": "multiline"} if is_long else {}
