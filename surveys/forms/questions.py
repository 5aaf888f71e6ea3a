"""What the pages of a draft's questions and sections show in their fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from datasets.content import factors as all_factors
from datasets.cubes import pick
from datasets.models import Dataset
from surveys.drafting import bands, bank
from surveys.drafting.posted import Posted
from surveys.drafting.posted_choices import SPARE_ROWS, WITHOUT_ANSWER
from surveys.drafting.posted_questions import FLAGS, WITHOUT_ANSWER_BESIDE, codes_of_scale
from surveys.drafting.rules import MOST_RULES
from surveys.drafting.scales import is_own
from surveys.drafting.texts import Definition
from surveys.languages import direction
from surveys.wording import language
from surveys.wording.drafts import language_in_words

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
    """A question's texts: those that its kind shows to anyone."""
    if kind == "calculated":
        return [text(definition, question, "text", _("What it is called"), False)]
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
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def age(question: dict[str, Any]) -> dict[str, Any] | None:
    """How an age is asked and where its bands part; None for any other question."""
    if not bands.asks_age(question):
        return None
    kept = [band for band in question["bands"] if not band.get("outside")]
    begun = {band["from"] for band in kept}
    return {
        "is_year": question.get("asks") == bands.BIRTH_YEAR,
        "limits": [(limit, limit in begun) for limit in bands.limits()],
        "groups": [pick(band["text"], language()) for band in kept],
    }


def starts(question: dict[str, Any], posted: Posted) -> dict[str, Any] | None:
    """The field for the bands of a quantity; None for any other question."""
    if question["kind"] != "quantity":
        return None
    return number("starts", _("In tables, group them from"), bands.starts_of(question), posted)


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


def factors(question: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The factors of wellbeing that it may be about."""
    chosen = question.get("factors", [])
    return [(one.key, pick(one.label, language()), one.key in chosen) for one in all_factors()]


def measures(question: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """What it may measure, in the words of data sets."""
    chosen = question.get("measures", "context")
    return [(key, str(words), key == chosen) for key, words in Dataset.Measures.choices]


def kept(question: dict[str, Any]) -> list[str]:
    """What a question has that no page of the editor can change, as a form from elsewhere may bring it."""
    found = []
    if question["kind"] in WITHOUT_ANSWER_BESIDE:
        beside = [one for one in question.get("choices", []) if one["code"] not in WITHOUT_ANSWER]
        if beside:
            found.append(_("More answers beside it: %(answers)s") % {"answers": answers_in_words(beside)})
    if len(rules := question.get("constraints", [])) > MOST_RULES:
        found += [_("One more rule: %(expression)s") % {"expression": one["holds"]} for one in rules[MOST_RULES:]]
    if question["kind"] == "number" and not bands.asks_age(question):
        groups = answers_in_words(question.get("bands", []))
        found.append(_("Only these groups of the number are kept: %(groups)s") % {"groups": groups})
    return found
