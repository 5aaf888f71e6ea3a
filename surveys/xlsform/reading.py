"""From a form's sheets to a questionnaire definition, with all that is to be told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..questionnaire.expressions import Expression, Operation, names, spell
from . import ages, extras, privacy, specify
from .amounts import minutes_of, tell_amounts
from .batteries import Scales
from .checks import Conditioned, check_conditions, check_constraint
from .codes import code_for
from .conditions import Conditions
from .languages import name_of
from .placing import placed
from .plain_text import SHEETS
from .questions import NO_CALCULATION, Questions
from .settings import Settings, settings_of
from .sheets import TOO_MANY_ROWS, Table, headings_below, table
from .structure import Builder, Item, Part, Structure, lists_of, page_of, used_lists
from .telling import N_, NOWHERE, Place, Report
from .texts import MARKUP, Texts, complete, languages_of
from .types import Sort
from .unread import leave_out_the_unread

FORMAT = 2

NO_SURVEY = N_(
    "The file has no sheet named survey, where a form's questions stand. Its sheets are: %(sheets)s. Name the one "
    "with the questions survey."
)
NO_CHOICES = N_(
    "The file has no sheet named choices, where the answers to choose from stand. Its sheets are: %(sheets)s."
)
NO_COLUMN = N_("The sheet %(sheet)s has no column %(column)s. Its first row must hold the headings.")
TITLE_ABOVE = N_("The headings seem to stand on row %(row)s. Delete what is above them: headings come first.")
NO_QUESTIONS = N_("The form asks no question. Write at least one in the sheet survey.")
ENTITIES = N_("Entities are lists of people or things that a form adds to. We keep none; delete the sheet.")
AGE_ADDED = N_(
    "The form has no question on age that we can use, so our own comes first. Only a band of it is "
    "kept, such as 18–19 years."
)
AGE_FIELDS = {"background": True, "required": True}
AGE_ENGLISH = N_(
    "Our own words on age are not there in %(language)s, so they are in English. Translate them in the editor."
)
NO_HEADING = N_("The group has no heading, so we call it %(name)s. Write one in the column label.")


@dataclass(frozen=True)
class Built:
    """A definition, and the row that each of its questions stands on.

    `draft` has the languages in which some text lacks too, for whoever goes on writing.
    """

    definition: dict[str, Any]
    rows: Mapping[str, int]
    draft: dict[str, Any]


def build(
    sheets: Mapping[str, list[list[str]]],
    report: Report,
    cut: int = 0,
    first_rows: Mapping[str, int] | None = None,
) -> Built | None:
    """The definition that sheets of texts describe; None where they are no form at all."""
    tables = {
        name.strip().lower(): table(name.strip(), lines, report, cut, (first_rows or {}).get(name, 0))
        for name, lines in sheets.items()
        if name.strip().lower() in SHEETS
    }
    if any(told.template == TOO_MANY_ROWS for told in report.errors):
        return None
    survey, choices = tables.get("survey"), tables.get("choices", Table("choices", (), ()))
    if survey is None:
        report.refuse(NOWHERE, NO_SURVEY, sheets=_named(sheets))
        return None
    if "type" not in survey.meanings and (row := headings_below(_lines_of(sheets, "survey"))) is not None:
        report.warnings.clear()
        report.refuse(Place(survey.name, row), TITLE_ABOVE, row=row)
        return None
    for needed, sheet in (("type", survey), *((one, choices) for one in ("list_name", "name") if choices.rows)):
        if needed not in sheet.meanings:
            report.refuse(Place(sheet.name), NO_COLUMN, sheet=sheet.name, column=needed)
            return None
    if "choices" not in tables and used_lists(survey) - {""}:
        report.refuse(NOWHERE, NO_CHOICES, sheets=_named(sheets))
        return None
    if tables.get("entities", choices) is not choices and tables["entities"].rows:
        report.refuse(Place(tables["entities"].name, tables["entities"].rows[0].number), ENTITIES)
    settings = settings_of(tables.get("settings"), report)
    by_header = languages_of(survey, choices, settings.words, report)
    structure = Builder(lists_of(choices, used_lists(survey), report), report).build(survey)
    form = _Form(structure, settings, report)
    texts = Texts(tuple(dict.fromkeys(by_header.values())), by_header, report)
    definition = draft = form.definition(texts)
    languages = complete(texts)
    if languages != texts.languages:
        texts = Texts(languages, by_header, report)
        definition = form.definition(texts)
    if texts.is_marked:
        report.warn(NOWHERE, MARKUP)
    if not report.errors and not any(item.sort not in (Sort.NOTE, Sort.CALCULATE) for item in structure):
        report.refuse(Place(survey.name), NO_QUESTIONS)
    if "vaxtkraft" in tables:
        definition = draft = extras.laid_over(definition, tables["vaxtkraft"], report)
    return Built(definition, {item.code: item.row.number for item in structure}, draft)


def _named(sheets: Mapping[str, object]) -> str:
    return ", ".join(name.strip() for name in sheets)[:200]


def _lines_of(sheets: Mapping[str, list[list[str]]], wanted: str) -> list[list[str]]:
    return next((lines for name, lines in sheets.items() if name.strip().lower() == wanted), [])


class _Form:
    """One form: its structure and conditions, read once, and its questions in given languages."""

    def __init__(self, structure: Structure, settings: Settings, report: Report) -> None:
        self._structure = structure
        self._settings = settings
        self._report = report
        self._ages, self._main_age, self._is_moved = ages.found(structure, report)
        for item in structure:
            if item.name not in self._ages:
                privacy.check(item, report)
        self._conditions = Conditions(structure, self._ages, report)
        self._groups: dict[int, Expression | None] = {}
        self._show: dict[str, Expression | None] = {item.code: self._item_condition(item) for item in structure}
        leave_out_the_unread(structure, report)
        self._calculations = {
            item.code: self._calculation(item) for item in structure if item.sort is Sort.CALCULATE
        }
        self._constraints = {item.code: self._constraint(item) for item in structure}
        self._parts = {part.code: self._part_condition(part) for part in structure.parts}
        check_conditions(
            structure,
            Conditioned(self._show, self._parts, self._calculations, self._constraints),
            self._ages,
            self._conditions.beyond,
            report,
        )

    def _group_condition(self, group: Any) -> Expression | None:
        if id(group) not in self._groups:
            self._groups[id(group)] = self._conditions.read(group.row, "relevant")
        return self._groups[id(group)]

    def _part_condition(self, part: Part) -> Expression | None:
        if part.group is None:
            return None
        return both(*(self._group_condition(group) for group in part.group.path()))

    def _item_condition(self, item: Item) -> Expression | None:
        """What a question needs besides what its part needs."""
        inner = []
        if item.group is not None:
            page = page_of(item.group)
            path = item.group.path()
            inner = [self._group_condition(group) for group in path[path.index(page) + 1 :]]
        if item.name == self._main_age and self._is_moved:
            return None
        own = None if item.sort is Sort.CALCULATE else self._conditions.read(item.row, "relevant", item)
        return both(*inner, own)

    def _calculation(self, item: Item) -> Expression | None:
        if not item.row.get("calculation"):
            self._report.refuse(item.row.at("calculation"), NO_CALCULATION)
        return self._conditions.read(item.row, "calculation", item)

    def _constraint(self, item: Item) -> Expression | None:
        if item.name in self._ages or item.sort in (Sort.NOTE, Sort.CALCULATE):
            return None
        constraint = self._conditions.read(item.row, "constraint", item)
        return check_constraint(item, constraint, self._report)

    def definition(self, texts: Texts) -> dict[str, Any]:
        """The definition in these languages."""
        questions = Questions(texts, self._ages, self._structure, self._report)
        scales = Scales(texts, self._report)
        made: dict[str, dict[str, Any]] = {}
        for item in self._structure:
            question = questions.question(item, self._constraints[item.code])
            if question is not None:
                made[item.code] = question
        self._join_others(made)
        for part in self._structure.parts:
            scales.shape(part, made)
        definition: dict[str, Any] = {
            "format": FORMAT,
            **self._settings.heading(texts),
            "minutes": minutes_of(len(made)),
            **({"scales": list(scales.scales.values())} if scales.scales else {}),
            "sections": [],
            "questions": [],
        }
        if scales.batteries:
            definition["batteries"] = scales.batteries
        items = placed(self._structure, set(made), self._conditions_at(), self._calculations)
        for part in self._structure.parts:
            self._add_part(part, items[part.code], made, texts, definition)
        self._age_first(made, texts, definition)
        tell_amounts(made, self._structure, self._report)
        return definition

    def _read_somewhere(self) -> frozenset[str]:
        everything = [*self._show.values(), *self._parts.values(), *self._calculations.values()]
        everything += self._constraints.values()
        return frozenset(name for expression in everything if expression for name in names(expression))

    def _join_others(self, made: dict[str, dict[str, Any]]) -> None:
        read = self._read_somewhere()
        for item in self._structure:
            found = specify.joined(item, self._show[item.code], self._structure, read)
            if found is not None and found[0] in made and "choices" in made[found[0]]:
                specify.join(made[found[0]], found[1], item, self._report)
                made.pop(item.code, None)

    def _conditions_at(self) -> dict[str, tuple[Expression | None, ...]]:
        """What is read before each question can be shown."""
        return {
            item.code: (self._parts[part.code], self._show[item.code], self._constraints[item.code])
            for part in self._structure.parts
            for item in part.items
        }

    def _add_part(
        self,
        part: Part,
        placed_here: list[Item],
        made: dict[str, dict[str, Any]],
        texts: Texts,
        definition: dict[str, Any],
    ) -> None:
        kept = [item for item in placed_here if item.name != self._main_age or not self._is_moved]
        if not kept:
            return
        section = {"code": part.code, "title": self._title(part, texts)}
        if (condition := self._parts[part.code]) is not None:
            section["show_if"] = spell(condition)
        definition["sections"].append(section)
        for item in kept:
            question = {"section": part.code, **made[item.code], "since": self._settings.version}
            if (shown := self._show[item.code]) is not None:
                question["show_if"] = spell(shown)
            if (calculation := self._calculations.get(item.code)) is not None:
                question["calculation"] = spell(calculation)
            if item.name == self._main_age:
                question |= AGE_FIELDS
            definition["questions"].append(question)

    def _title(self, part: Part, texts: Texts) -> dict[str, str]:
        if part.group is None:
            return dict(self._settings.heading(texts)["title"])
        title = texts.text(part.group.row)
        if title is not None:
            return title
        name = part.group.name.replace("_", " ").strip().capitalize() or part.code
        self._report.warn(part.group.row.at("label"), NO_HEADING, name=name)
        return texts.everywhere(name)

    def _age_first(self, made: Mapping[str, dict[str, Any]], texts: Texts, definition: dict[str, Any]) -> None:
        if self._main_age is not None and not self._is_moved:
            return
        taken = {question["code"] for question in definition["questions"]}
        sections = {section["code"] for section in definition["sections"]}
        code, section = code_for(ages.AGE, taken), code_for("about_age", sections)
        definition["sections"].insert(0, ages.section(section, texts.languages))
        own = made.get(self._structure.items[self._main_age].code) if self._main_age is not None else None
        if own is not None:
            question = {"section": section, **own, **AGE_FIELDS, "since": self._settings.version}
            definition["questions"].insert(0, question)
            return
        question = ages.question(code, section, texts.languages, self._settings.version)
        definition["questions"].insert(0, question)
        self._report.warn(NOWHERE, AGE_ADDED)
        for language in ages.lacking(texts.languages):
            self._report.warn(NOWHERE, AGE_ENGLISH, language=name_of(language))


def both(*conditions: Expression | None) -> Expression | None:
    """All of the conditions that there are, joined by and."""
    joined: Expression | None = None
    for condition in conditions:
        if condition is not None:
            joined = condition if joined is None else Operation("and", joined, condition)
    return joined
