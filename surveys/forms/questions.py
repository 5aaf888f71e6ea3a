"""What the pages of a draft's questions and sections show in their fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from datasets.content import factors as all_factors
from datasets.cubes import pick
from datasets.models import Dataset
from surveys.drafting import bank
from surveys.drafting.conditions import Relation, Row, rows_of
from surveys.drafting.posted import Posted
from surveys.drafting.posted_choices import SPARE_ROWS, WITHOUT_ANSWER
from surveys.drafting.posted_conditions import CONDITION_ROWS
from surveys.drafting.posted_questions import FLAGS, codes_of_scale
from surveys.drafting.scales import is_own
from surveys.drafting.texts import Definition
from surveys.languages import direction
from surveys.wording import language
from surveys.wording.drafts import choices_of, language_in_words

SIDE_BY_SIDE = 2
"""Languages that a question's page shows beside one another; the others have a page of their own."""


def columns(definition: Definition) -> list[tuple[str, str, str]]:
    """The languages that are shown side by side: code, name, direction."""
    return [(lang, language_in_words(lang), direction(lang)) for lang in definition["languages"][:SIDE_BY_SIDE]]


def text(
    definition: Definition, content: dict[str, Any], field: str, label: str, is_long: bool = True
) -> dict[str, Any]:
    """One text in the languages that are shown."""
    words = content.get(field) or {}
    cells = [
        {
            "lang": lang,
            "name": name,
            "dir": way,
            "words": words.get(lang, ""),
            "lacks": bool(words) and not words.get(lang),
        }
        for lang, name, way in columns(definition)
    ]
    return {"field": field, "label": label, "cells": cells, "is_long": is_long}


def texts(definition: Definition, question: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """A question's texts."""
    fields = [
        ("text", _("The question"), True),
        ("help", _("Help beneath it"), True),
        ("label", _("Short name in charts"), False),
    ]
    if kind == "rating":
        fields += [
            ("low_label", _("Words at the low end"), False),
            ("high_label", _("Words at the high end"), False),
        ]
    if kind == "quantity":
        fields += [("unit", _("Unit"), False)]
    return [text(definition, question, *field) for field in fields]


def choices(definition: Definition, there: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of a question or a scale, and empty rows for more."""
    rows = [*there, *({} for _n in range(SPARE_ROWS))]
    return [
        {
            "number": number,
            "code": choice.get("code", ""),
            "cells": text(definition, choice, "text", "")["cells"],
            "exclusive": choice.get("exclusive", False),
            "missing": choice.get("missing", False),
            "specify": choice.get("specify", False),
            "is_first": number == 0,
            "is_last": number == len(there) - 1,
        }
        for number, choice in enumerate(rows)
    ]


def choices_of_scale(definition: Definition, scale: dict[str, Any]) -> list[dict[str, Any]]:
    """A scale's answers, each with the end that it belongs to."""
    ends = {code: side for side in ("low", "high") for code in scale.get(side, {}).get("codes", ())}
    return [one | {"end": ends.get(one["code"], "")} for one in choices(definition, scale["choices"])]


def scales(definition: Definition, chosen: str | None) -> list[dict[str, Any]]:
    """The scales that a question can be answered on, one's own first."""
    own = {one["code"]: one for one in definition["scales"]}
    return [
        {
            "code": code,
            "name": scale.get("name") or (code if is_own(code) else ""),
            "words": answers_in_words(scale.get("choices", [])),
            "is_own": is_own(code),
            "is_chosen": code == chosen,
        }
        for code, scale in sorted({**bank.scales(), **own}.items(), key=lambda one: not is_own(one[0]))
    ]


def answers_in_words(choices: list[dict[str, Any]]) -> str:
    """Answers beside one another, in the reader's language."""
    return " · ".join(pick(choice["text"], language()) for choice in choices if choice.get("text"))


def without_answer(definition: Definition, question: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers that say that there is none, and whether they stand beside; not those that the scale has."""
    there = {one["code"] for one in question.get("choices", [])}
    on_scale = codes_of_scale(definition, question)
    return [
        {"code": code, "words": pick(words, language()), "is_set": code in there}
        for code, words in WITHOUT_ANSWER.items()
        if code not in on_scale
    ]


def battery(definition: Definition, question: dict[str, Any]) -> dict[str, Any]:
    """The battery that a question on a scale stands in; or whether it could stand with the one above it."""
    code = question.get("battery", "")
    found: dict[str, Any] = next((one for one in definition.get("batteries", []) if one["code"] == code), {})
    within = [one for one in definition["questions"] if one["section"] == question.get("section")]
    codes = [one["code"] for one in within]
    at = codes.index(question["code"]) if question["code"] in codes else 0
    above = within[at - 1] if at else {}
    return {
        "code": code,
        "text": pick(found.get("text") or {"": "…"}, language()) if code else "",
        "can_join": not code and question["kind"] == "scale" == above.get("kind"),
    }


NUMBERS = {
    "multiple": (
        ("min_choices", gettext_noop("Choose at least"), "numeric"),
        ("max_choices", gettext_noop("Choose at most"), "numeric"),
    ),
    "rating": (("from", gettext_noop("From"), "numeric"), ("to", gettext_noop("To"), "numeric")),
    "quantity": (
        ("minimum", gettext_noop("At least"), "text"),
        ("maximum", gettext_noop("At most"), "text"),
        ("decimals", gettext_noop("Decimals"), "numeric"),
    ),
    "text": (("max_length", gettext_noop("At most so many characters"), "numeric"),),
}
"""The numbers of each kind of question: field, label, and the keys that a phone shows."""


def numbers(question: dict[str, Any], posted: Posted) -> list[dict[str, Any]]:
    """A question's numbers; one that was refused as it was written, with why."""
    return [
        number(name, _(label), question.get(name, ""), posted, inputmode)
        for name, label, inputmode in NUMBERS.get(question["kind"], ())
    ]


def number(name: str, label: str, value: Any, posted: Posted, inputmode: str = "text") -> dict[str, Any]:
    """One field for a number."""
    error = posted.refused.get(name, "")
    return {
        "name": name,
        "label": label,
        "value": posted.get(name) if error else spelt_number(value),
        "inputmode": inputmode,
        "error": error,
    }


def spelt_number(value: Any) -> str:
    """A number as an official writes it, with a decimal comma."""
    return "" if value is None else str(value).replace(".", ",")


def flags(question: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """What can be ticked of it."""
    words = {
        "sensitive": (_("Sensitive"), _("Someone to talk to is shown beside it.")),
        "background": (_("Break results down by it"), _("Few such questions: each makes the groups smaller.")),
        "ask_again": (_("Ask once more if it is skipped"), _("Then it is let go. Nobody is forced to answer.")),
        "shuffle": (_("Answers in a new order each time"), ""),
    }
    return [
        {"name": name, "label": words[name][0], "help": words[name][1], "is_set": question.get(name, False)}
        for name, kinds in FLAGS.items()
        if kind in kinds
    ]


def condition(definition: Definition, question: dict[str, Any], unfinished: list[Row] | None) -> dict[str, Any]:
    """The builder's rows, the expression, and which of the two is in use."""
    expression = question.get("show_if", "")
    found = rows_of(expression)
    whole = list(found.rows) if found else []
    started = [row for row in unfinished or [] if row.question not in {one.question for one in whole}]
    rows = [*whole, *started, *(Row("", Relation.ANY_OF) for _n in range(CONDITION_ROWS))][
        : max(CONDITION_ROWS, len(whole))
    ]
    codes = [one["code"] for one in definition["questions"]]
    before = codes.index(question["code"]) if question["code"] in codes else len(codes)
    earlier = [
        one for one in definition["questions"][:before] if one["kind"] not in ("text", "info", "acknowledge")
    ]
    return {
        "is_rows": found is not None and len(whole) <= CONDITION_ROWS,
        "is_all": found.is_all if found else True,
        "expression": expression,
        "is_set": bool(expression or whole),
        "has_earlier": bool(earlier),
        "rows": [_row(definition, number, row, earlier) for number, row in enumerate(rows)],
    }


def _row(definition: Definition, number: int, row: Row, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    asked = next((one for one in earlier if one["code"] == row.question), None)
    numeric = asked is not None and asked["kind"] in ("rating", "quantity")
    relations = [
        (Relation.ANY_OF, _("is any of")),
        (Relation.NONE_OF, _("is none of")),
        (Relation.ANSWERED, _("is answered")),
        *([(Relation.AT_LEAST, _("is at least")), (Relation.AT_MOST, _("is at most"))] if numeric else []),
    ]
    return {
        "number": number,
        "questions": [
            (one["code"], pick(one.get("label") or {"": one["code"]}, language()), one["code"] == row.question)
            for one in earlier
        ],
        "relations": [(relation.value, words, relation is row.relation) for relation, words in relations],
        "choices": [one | {"is_set": one["value"] in row.values} for one in choices_of(definition, asked)]
        if asked
        else [],
        "number_value": row.values[0]
        if row.relation in (Relation.AT_LEAST, Relation.AT_MOST) and row.values
        else "",
        "is_numeric": numeric,
        "is_chosen": asked is not None,
    }


def factors(question: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The factors of wellbeing that it may be about."""
    chosen = question.get("factors", [])
    return [(one.key, pick(one.label, language()), one.key in chosen) for one in all_factors()]


def measures(question: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """What it may measure, in the words of data sets."""
    chosen = question.get("measures", "context")
    return [(key, str(words), key == chosen) for key, words in Dataset.Measures.choices]


def first(question: dict[str, Any]) -> dict[str, Any]:
    """The constraint that the page shows."""
    constraints = question.get("constraints", [])
    return constraints[0] if constraints else {}
