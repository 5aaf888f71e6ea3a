"""The rows of the survey sheet as parts with questions in them, and the answers of the choices sheet as lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from .codes import NAME, choice_code_for, code_for
from .sheets import Row, Table
from .telling import N_, NOWHERE, Report
from .types import CHOSEN, MATRICES, REPEATS, Sort, Type, type_of

NO_NAME = N_("The row has no name. Write a short one in the column name, such as %(name)s.")
BAD_NAME = N_("The name %(name)s can't be used. Write a short one without spaces, such as %(better)s.")
TWO_NAMES = N_("The name %(name)s stands on row %(row)s too. Give each question a name of its own.")
RENAMED = N_("Some names are written in another way here, and conditions are changed to match: %(names)s.")
NOT_OPENED = N_("A group ends here that never began. Delete the row, or write begin group where it begins.")
NOT_CLOSED = N_("The group %(name)s begins here and never ends. Write end group below its last question.")
NO_LIST_NAMED = N_("The row names no list of answers. Write its name after the type, such as select_one yes_no.")
NO_LIST = N_("There is no list %(name)s in the sheet choices. Write one, or check how it is spelt.")
ALMOST_LIST = N_("There is no list %(name)s in the sheet choices. Did you mean %(near)s?")
NO_LIST_NAME = N_(
    "The answer belongs to no list. Write the list's name in the column list_name on each row: merged cells count "
    "for their first row alone."
)
NO_ANSWER_NAME = N_("The answer has no name. Write a short one in the column name, such as %(name)s.")
TWO_ANSWERS = N_("The list %(list)s has two answers named %(name)s, perhaps others too. Give each its own name.")

SPACE_IN_ANSWER = N_(
    "The answer's name %(name)s has a space in it, which can't be where several answers may be chosen. Write "
    "%(better)s."
)
SWITCHED_OFF = N_("The row is switched off in the column disabled: left out.")
TOO_DEEP = N_("More than %(most)s groups lie inside one another. Take some of them away.")

DEEPEST, LONGEST_NAME, MOST_SHOWN = 20, 80, 8
YES = frozenset({"yes", "true", "true()", "1", "x"})
SECTION = "-section"
"""Ends a group's name where a question has the section's code."""
_REMARKS = frozenset({"note", "comment", "comments", "disabled"})


@dataclass(frozen=True)
class Answer:
    """One row of the choices sheet."""

    name: str
    code: str
    row: Row


@dataclass(frozen=True)
class Group:
    """A group of rows, and the group that it lies in."""

    name: str
    row: Row
    outer: Group | None

    @property
    def looks(self) -> frozenset[str]:
        """The words of its appearance."""
        return frozenset(self.row.get("appearance").lower().split())

    def path(self) -> tuple[Group, ...]:
        """The groups from the outermost to this one."""
        return (*(self.outer.path() if self.outer else ()), self)


@dataclass
class Item:
    """One question, note or calculation."""

    row: Row
    type: Type
    name: str
    code: str
    group: Group | None
    answers: Sequence[Answer] = ()

    @property
    def sort(self) -> Sort:
        """What it is."""
        return self.type.sort

    @property
    def looks(self) -> frozenset[str]:
        """The words of its appearance."""
        return frozenset(self.row.get("appearance").lower().split())

    def answer(self, name: str) -> Answer | None:
        """Its answer with this name."""
        return next((answer for answer in self.answers if answer.name == name), None)


@dataclass
class Part:
    """What becomes one section: a group, or questions that lie in none."""

    code: str
    group: Group | None
    items: list[Item] = field(default_factory=list)


@dataclass
class Structure:
    """A form's parts in order, all its questions by name, and why some names are not there."""

    parts: list[Part] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Item]:
        for part in self.parts:
            yield from part.items


def lists_of(choices: Table, used: frozenset[str], report: Report) -> dict[str, list[Answer]]:
    """The lists of answers that questions use, by name."""
    lists: dict[str, list[Answer]] = {}
    told: set[str] = set()
    for row in choices:
        name, answer = row.get("list_name"), row.get("name")
        if not name:
            if answer or row.texts("label"):
                report.refuse(row.at("list_name"), NO_LIST_NAME)
            continue
        known = lists.setdefault(name, [])
        if name not in used:
            continue
        if not answer:
            label = next(iter(row.texts("label").values()), "")
            report.refuse(row.at("name"), NO_ANSWER_NAME, name=choice_code_for(label or "answer"))
            continue
        if any(other.name == answer for other in known):
            if name not in told:
                report.refuse(row.at("name"), TWO_ANSWERS, list=name, name=answer)
            told.add(name)
            continue
        known.append(Answer(answer, choice_code_for(answer, {other.code for other in known}), row))
    return lists


def used_lists(survey: Table) -> frozenset[str]:
    """The names of the lists that rows of the survey sheet take their answers from."""
    return frozenset(type_of(row.get("type")).list_name for row in survey)


class Builder:
    """Goes through the survey sheet once, from top to bottom."""

    def __init__(self, lists: Mapping[str, Sequence[Answer]], report: Report) -> None:
        self._lists = lists
        self._report = report
        self._found = Structure()
        self._open: list[Group] = []
        self._repeats = 0
        self._codes: set[str] = set()
        self._part_codes: set[str] = set()
        self._renamed: list[str] = []
        self._has_matrix = False

    def build(self, survey: Table) -> Structure:
        """The form's structure; what is wrong with it is told in the report."""
        for row in survey:
            if row.get("disabled").lower() in YES:
                self._left_out(row)
                self._report.strip(row.at("disabled"), SWITCHED_OFF)
            elif {c.meaning for c in row.cells} - _REMARKS:
                self._row(row, type_of(row.get("type")))
        for group in self._open:
            self._report.refuse(group.row.at("type"), NOT_CLOSED, name=group.name)
        if self._renamed:
            shown = ", ".join(self._renamed[:MOST_SHOWN]) + (" …" if len(self._renamed) > MOST_SHOWN else "")
            self._report.warn(NOWHERE, RENAMED, names=shown)
        return self._found

    def _row(self, row: Row, kind: Type) -> None:
        if kind.sort is Sort.REPEAT:
            self._report.refuse(row.at("type"), REPEATS)
        if kind.sort in (Sort.REPEAT, Sort.REPEAT_END):
            self._repeats = max(0, self._repeats + (1 if kind.sort is Sort.REPEAT else -1))
            return
        if kind.sort is Sort.GROUP:
            if len(self._open) == DEEPEST:
                self._report.refuse(row.at("type"), TOO_DEEP, most=DEEPEST)
            if not row.get("name"):
                self._refuse_nameless(row)
            self._open.append(Group(row.get("name"), row, self._outer()))
        elif kind.sort is Sort.GROUP_END:
            if not self._open:
                self._report.refuse(row.at("type"), NOT_OPENED)
            else:
                self._open.pop()
        elif kind.sort is Sort.STRIPPED:
            self._left_out(row)
            self._report.strip(row.at("type"), kind.why, type=row.get("type"))
        elif kind.sort in (Sort.REFUSED, Sort.UNKNOWN):
            self._left_out(row)
            if kind.why == MATRICES:
                if self._has_matrix:
                    return
                self._has_matrix = True
            near = {"near": kind.near} if kind.near else {}
            self._report.refuse(row.at("type"), kind.why, type=row.get("type"), **near)
        else:
            self._item(row, kind)

    def _outer(self) -> Group | None:
        return self._open[-1] if self._open and len(self._open) < DEEPEST else None

    def _left_out(self, row: Row) -> None:
        self._found.left_out.add(row.get("name") or row.get("type").lower())

    def _item(self, row: Row, kind: Type) -> None:
        name = row.get("name")
        if not name and kind.sort is Sort.NOTE:
            name = f"note_{row.number}"
        if not name:
            self._refuse_nameless(row)
            return
        if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            self._report.refuse(row.at("name"), BAD_NAME, name=name[:LONGEST_NAME], better=code_for(name[:200]))
        elif name in self._found.items:
            first = self._found.items[name].row.number
            self._report.refuse(row.at("name"), TWO_NAMES, name=name, row=first)
        if name in self._found.items:
            return
        code = code_for(name[:200], self._codes)
        if code != name.lower():
            self._renamed.append(f"{name} → {code}")
        self._codes.add(code)
        item = Item(row, kind, name, code, self._open[-1] if self._open else None, self._answers(row, kind))
        self._found.items[name] = item
        if self._repeats:
            self._found.left_out.add(name)
        else:
            self._part().items.append(item)

    def _refuse_nameless(self, row: Row) -> None:
        label = next(iter(row.texts("label").values()), "question")
        self._report.refuse(row.at("name"), NO_NAME, name=code_for(label[:20]))

    def _answers(self, row: Row, kind: Type) -> Sequence[Answer]:
        if kind.sort not in CHOSEN:
            return ()
        if not kind.list_name:
            self._report.refuse(row.at("type"), NO_LIST_NAMED)
        elif kind.list_name not in self._lists:
            near = get_close_matches(kind.list_name.lower(), [name.lower() for name in self._lists], 1)
            found = next((name for name in self._lists if [name.lower()] == near), None)
            if found is None:
                self._report.refuse(row.at("type"), NO_LIST, name=kind.list_name)
            else:
                self._report.refuse(row.at("type"), ALMOST_LIST, name=kind.list_name, near=found)
        answers = self._lists.get(kind.list_name, ())
        if kind.sort is not Sort.SINGLE:
            for answer in answers:
                if len(answer.name.split()) > 1:
                    shown = {"name": answer.name[:LONGEST_NAME], "better": answer.code}
                    self._report.refuse(answer.row.at("name"), SPACE_IN_ANSWER, **shown)
        return answers

    def _part(self) -> Part:
        """The part that a question here belongs to: the outermost page that it lies on, else its group."""
        group = page_of(self._open[-1]) if self._open else None
        if not self._found.parts or self._found.parts[-1].group is not group:
            name = group.name if group and group.name else f"part_{len(self._found.parts) + 1}"
            code = code_for(name[:200].removesuffix(SECTION), self._part_codes, "part")
            self._part_codes.add(code)
            self._found.parts.append(Part(code, group))
        return self._found.parts[-1]


def page_of(group: Group) -> Group:
    """The group that is shown on one page: the outermost field-list around it, else the group itself."""
    return next((outer for outer in group.path() if "field-list" in outer.looks), group)
