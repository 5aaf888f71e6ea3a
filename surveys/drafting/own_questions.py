"""A municipality's own questions in a joint round: taken out of a questionnaire, and put into the region's.

No database. They stand in sections that only those see who chose that municipality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting import simulating
from surveys.drafting.codes import code_of
from surveys.drafting.conditions import modern
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.drafting.outline import DraftError
from surveys.drafting.texts import Definition, filled, within_languages
from surveys.questionnaire import read
from surveys.questionnaire.expressions import (
    Call,
    Expression,
    Negative,
    Operation,
    Ref,
    names,
    parse,
    scores,
    spell,
)

MOST_OWN = 8
"""So many questions a municipality adds: the region's come first, and nobody finishes a long survey."""

KINDS = frozenset({"single", "multiple", "scale", "rating", "ranking", "info"})
"""Questions with answers to choose from: own words and numbers would be the region's to read and to guard."""

PARTS = ("sections", "questions", "scales", "batteries")


@dataclass(frozen=True)
class OwnPart:
    """What one municipality adds: its code and name in the round, and its sections with all that they need."""

    place: str
    name: str
    content: Definition


def own_part_of(definition: Definition, languages: Sequence[str]) -> Definition:
    """The questions of a questionnaire that can be put into a joint round in these languages.

    Questions about who somebody is are left out, since the region's are for all; so are scores. Raises DraftError,
    in words for the one who chose the questionnaire, where the rest can't be put in.
    """
    taken = modern(deepcopy(definition))
    if not set(taken["languages"]) & set(languages):
        raise DraftError(_("Your questions are in none of the languages of the region's questionnaire."))
    questions = [one for one in taken["questions"] if not one.get("background")]
    _check(questions)
    used = {key: {one.get(key) for one in questions} for key in ("section", "scale", "battery")}
    there = {one["code"] for one in questions}
    sections = [one for one in taken["sections"] if one["code"] in used["section"]]
    for section in sections:
        _check_reads([section.get("show_if")], there, pick(section["title"], "sv"))
    return {
        "languages": list(taken["languages"]),
        "sections": sections,
        "questions": questions,
        "scales": [one for one in taken.get("scales", []) if one["code"] in used["scale"]],
        "batteries": [one for one in taken.get("batteries", []) if one["code"] in used["battery"]],
    }


def own_labels(content: Mapping[str, Any], lang: str) -> list[str]:
    """The questions that were put in, in their own words."""
    return [pick(one["text"], lang) for one in content.get("questions", ())]


def with_own_questions(definition: Definition, parts: Sequence[OwnPart]) -> tuple[Definition, dict[str, str]]:
    """A joint round's definition with each municipality's questions last, and whose each of their sections is."""
    composed, owners = deepcopy(definition), {}
    for part in parts:
        content = _renamed(_in_languages(part.content, composed["languages"]), composed, part.place)
        for section in content["sections"]:
            owners[section["code"]] = part.place
            alone = f"${{{MUNICIPALITY}}} = '{part.place}'"
            own = section.get("show_if")
            section["show_if"] = f"{alone} and ({own})" if own else alone
        for key in PARTS:
            composed[key] = [*composed.get(key, []), *content[key]]
    if owners:
        composed["minutes"] = max(composed["minutes"], simulating.minutes(read(composed)))
    return composed, owners


def _check(questions: Sequence[Mapping[str, Any]]) -> None:
    asked = [one for one in questions if one.get("kind") != "info"]
    if not asked:
        raise DraftError(_("It has no question yet, beside those about who somebody is: the region asks them."))
    if len(asked) > MOST_OWN:
        raise DraftError(
            _("There are %(count)s questions. Choose the %(most)s that matter most to you.")
            % {"count": len(asked), "most": MOST_OWN}
        )
    there = {one["code"] for one in questions}
    for one in questions:
        choices = one.get("choices", ())
        if one.get("kind", "single") not in KINDS or any(choice.get("specify") for choice in choices):
            raise DraftError(
                _("“%(label)s” asks for own words or a number. The region would read them: let people choose.")
                % {"label": _label(one)}
            )
        _check_reads(_expressions(one), there, _label(one))


def _check_reads(expressions: Sequence[str | None], there: set[str], label: str) -> None:
    trees = [parse(text) for text in expressions if text]
    if any(names(tree) - there or scores(tree) for tree in trees):
        raise DraftError(
            _("“%(label)s” depends on an answer to a question that is left out. Take that condition away first.")
            % {"label": label}
        )


def _label(question: Mapping[str, Any]) -> str:
    return pick(question["label"], "sv")


def _expressions(question: Mapping[str, Any]) -> list[str | None]:
    return [question.get("show_if"), *(one["holds"] for one in question.get("constraints", ()))]


def _in_languages(content: Definition, languages: Sequence[str]) -> Definition:
    """In exactly these languages; where one has no words, those of the municipality's own first one."""
    known = [lang for lang in content["languages"] if lang in languages]
    others = [lang for lang in languages if lang not in known]
    whole = filled({**deepcopy(content), "languages": [*known, *others]})
    found: Definition = within_languages(whole, languages)
    return found


def _renamed(content: Definition, beside: Definition, place: str) -> Definition:
    """With codes that nobody else's questions have."""
    given = {key: dict(_codes(content[key], {one["code"] for one in beside.get(key, [])}, place)) for key in PARTS}
    for key in PARTS:
        for one in content[key]:
            one["code"] = given[key][one["code"]]
            _rename_reads(one, given["questions"].__getitem__)
    for question in content["questions"]:
        for key, among in (("section", "sections"), ("scale", "scales"), ("battery", "batteries")):
            if key in question:
                question[key] = given[among][question[key]]
        question["since"] = 1
    return content


def _codes(ones: Sequence[Mapping[str, Any]], taken: set[str], place: str) -> Iterator[tuple[str, str]]:
    taken = set(taken)
    for one in ones:
        code = code_of(f"{place} {one['code']}", taken, f"own_{one['code']}")
        taken.add(code)
        yield one["code"], code


def _rename_reads(one: dict[str, Any], name: Callable[[str], str]) -> None:
    if one.get("show_if"):
        one["show_if"] = spell(_reading(parse(one["show_if"]), name))
    for constraint in one.get("constraints", ()):
        constraint["holds"] = spell(_reading(parse(constraint["holds"]), name))


def _reading(tree: Expression, name: Callable[[str], str]) -> Expression:
    """The expression with every question that it reads under its new code."""
    match tree:
        case Ref(code):
            return Ref(name(code))
        case Negative(operand):
            return Negative(_reading(operand, name))
        case Operation(operator, left, right):
            return Operation(operator, _reading(left, name), _reading(right, name))
        case Call(function, arguments):
            return Call(function, tuple(_reading(one, name) for one in arguments))
    return tree
