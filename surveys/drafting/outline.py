"""Changes to a definition: sections and questions put in, moved, changed and taken away.

Every function changes the definition it is given; services give it a copy. What can't be done raises DraftError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting import bank
from surveys.drafting.codes import code_of
from surveys.drafting.conditions import modern
from surveys.drafting.posted import put
from surveys.drafting.texts import Definition, language_add, put_text, text_places, within_languages
from surveys.errors import SurveysError
from surveys.languages import EASY

FORMAT = 2
USUAL_MINUTES = 6
FIRST_SECTION = {"sv": "Lite om dig", "en": "A little about you"}


class DraftError(SurveysError):
    """Something that can't be done to a draft, in words for the one who tried."""


def blank(code: str, title: Mapping[str, str]) -> Definition:
    """A questionnaire that asks for an age and nothing else: the one question that may not lack."""
    definition: Definition = {
        "format": FORMAT,
        "code": code,
        "version": 1,
        "languages": ["sv", "en"],
        "title": dict(title),
        "minutes": 1,
        "scales": [],
        "sections": [{"code": "about", "title": dict(FIRST_SECTION)}],
        "questions": [],
    }
    bank_add(definition, "age", "about")
    return definition


def ready(code: str, title: Mapping[str, str] | None = None) -> Definition:
    """The built-in questionnaire under a code of one's own, to be changed."""
    definition = bank.ready_definition() | {"format": FORMAT, "code": code, "version": 1}
    for question in definition["questions"]:
        question["bank"] = question["code"]
        question["since"] = 1
    return modern(definition) | ({"title": dict(title)} if title else {})


def question_of(definition: Definition, code: str) -> dict[str, Any]:
    """The question with this code. Raises DraftError where it is gone."""
    found = next((one for one in definition["questions"] if one.get("code") == code), None)
    if found is None:
        raise DraftError(_("That question is not there any more."))
    return found


def section_of(definition: Definition, code: str) -> dict[str, Any]:
    """The section with this code. Raises DraftError where it is gone."""
    found = next((one for one in definition["sections"] if one.get("code") == code), None)
    if found is None:
        raise DraftError(_("That section is not there any more."))
    return found


def questions_in(definition: Definition, section: str) -> list[dict[str, Any]]:
    """The questions of a section, in order."""
    return [one for one in definition["questions"] if one.get("section") == section]


def section_add(definition: Definition, title: Mapping[str, str]) -> str:
    """A new section at the end; its code is given back."""
    taken = {one["code"] for one in definition["sections"]}
    code = code_of(next(iter(title.values()), ""), taken, "section")
    definition["sections"].append({"code": code, "title": dict(title)})
    return code


def section_remove(definition: Definition, code: str) -> None:
    """Take a section away, with its questions."""
    section = section_of(definition, code)
    definition["sections"].remove(section)
    definition["questions"] = [one for one in definition["questions"] if one.get("section") != code]


def section_move(definition: Definition, code: str, step: int) -> None:
    """One place up (-1) or down (1); at the end it stays."""
    sections = definition["sections"]
    here = sections.index(section_of(definition, code))
    there = here + step
    if 0 <= there < len(sections):
        sections[here], sections[there] = sections[there], sections[here]
    settle(definition)


def question_add(definition: Definition, question: Mapping[str, Any], section: str) -> str:
    """A question at the end of a section; its code is made of its words where it has none, and given back."""
    section_of(definition, section)
    taken = {one["code"] for one in definition["questions"]}
    words = next(iter(question.get("text", {}).values()), "")
    code = question.get("code") or code_of(words, taken, "question")
    if code in taken:
        raise DraftError(_("That question is there already."))
    since = definition.get("version", 1)
    definition["questions"].append({**question, "code": code, "section": section, "since": since})
    _put_in_order(definition)
    return str(code)


def question_remove(definition: Definition, code: str) -> None:
    """Take a question away. What depends on it is told among the problems."""
    definition["questions"].remove(question_of(definition, code))
    _drop_unused(definition)


def question_move(definition: Definition, code: str, step: int) -> None:
    """One place up (-1) or down (1); from the edge of its section into the next one.

    A statement at the edge of its battery steps out of it; another question steps over a battery as a whole.
    """
    question = question_of(definition, code)
    within = questions_in(definition, question["section"])
    at = within.index(question) + step
    beside = within[at] if 0 <= at < len(within) else {}
    battery = question.get("battery")
    if battery and beside.get("battery") != battery:
        battery_leave(definition, code)
    elif beside:
        over = beside.get("battery") if not battery else None
        block = [one for one in within if over and one.get("battery") == over] or [beside]
        questions = definition["questions"]
        questions.remove(question)
        questions.insert(questions.index(block[0]) if step < 0 else questions.index(block[-1]) + 1, question)
    else:
        codes = [one["code"] for one in definition["sections"]]
        there = codes.index(question["section"]) + step
        if 0 <= there < len(codes):
            question_place(definition, code, codes[there], 0 if step > 0 else None)


def question_place(definition: Definition, code: str, section: str, at: int | None) -> None:
    """Put a question in a section at a place from 0, or last; within a battery of others it comes after it."""
    question = question_of(definition, code)
    section_of(definition, section)
    definition["questions"].remove(question)
    question["section"] = section
    within = questions_in(definition, section)
    if at is not None and 0 < at < len(within):
        around = within[at].get("battery")
        if around and around == within[at - 1].get("battery") != question.get("battery"):
            at = max(place for place, one in enumerate(within) if one.get("battery") == around) + 1
    if at is None or at >= len(within):
        definition["questions"].append(question)
    else:
        definition["questions"].insert(definition["questions"].index(within[max(at, 0)]), question)
    settle(definition)


def battery_leave(definition: Definition, code: str) -> None:
    """Take a statement out of its battery: a question of its own. One that is left alone is no battery either."""
    battery = question_of(definition, code).pop("battery", None)
    left = [one for one in definition["questions"] if battery and one.get("battery") == battery]
    if len(left) == 1:
        del left[0]["battery"]
    _keep_together(definition)


def question_change(definition: Definition, code: str, changed: Mapping[str, Any]) -> None:
    """Put other content in a question's place; its code, section and first version stay."""
    question = question_of(definition, code)
    kept: dict[str, Any] = {
        key: question[key] for key in ("code", "section", "since", "bank", "elsewhere") if key in question
    }
    question.clear()
    question.update({**changed, **kept})
    take_scale(definition, question)
    _drop_unused(definition)


def bank_add(definition: Definition, code: str, section: str) -> str:
    """A question of the bank at the end of a section, with the scale that it is answered on."""
    item = bank.items().get(code)
    if item is None:
        raise DraftError(_("That question is not in the bank."))
    content = within_languages({"questions": [deepcopy(dict(item.question))]}, definition["languages"])
    question: dict[str, Any] = content["questions"][0] | {"bank": code}
    question_add(definition, question, section)
    take_scale(definition, question)
    return code


def score_add(definition: Definition, code: str, section: str) -> Sequence[str]:
    """A score of the bank, with those of its questions that lack; the codes of the added ones are given back."""
    found = bank.scores().get(code)
    if found is None:
        raise DraftError(_("That score is not in the bank."))
    if any(score.get("code") == code for score in definition.get("scores", [])):
        raise DraftError(_("That score is there already."))
    there = {one["code"] for one in definition["questions"]}
    added = [item for item in found.items if item not in there]
    for item in added:
        bank_add(definition, item, section)
    score = within_languages({"scores": [deepcopy(dict(found.score))]}, definition["languages"])["scores"][0]
    definition.setdefault("scores", []).append(score)
    return added


def easy_swedish_add(definition: Definition) -> None:
    """Easy Swedish, with the words that there are for the ready questionnaire's texts; the rest lacks."""
    language_add(definition, EASY)
    for place in text_places(definition):
        easy = bank.easy_swedish().get(place.words.get("sv", ""))
        if easy and place.lacks(EASY):
            put_text(definition, place.path, EASY, easy)


def settle(definition: Definition) -> None:
    """Have the questions stand section by section, as their answers are stored, and batteries undivided."""
    _put_in_order(definition)
    _keep_together(definition)


def _put_in_order(definition: Definition) -> None:
    order = {one["code"]: place for place, one in enumerate(definition["sections"])}
    definition["questions"].sort(key=lambda one: order.get(one.get("section"), len(order)))


def _keep_together(definition: Definition) -> None:
    """Statements that no longer stand with the first of their battery leave it; a battery without any goes."""
    begun, previous = set[str](), ("", "")
    for question in definition["questions"]:
        place = (question.get("battery", ""), question.get("section", ""))
        if place != previous and place[0] in begun:
            del question["battery"]
            place = ("", place[1])
        begun |= {place[0]} - {""}
        previous = place
    used = {one.get("battery") for one in definition["questions"]}
    if "batteries" in definition:
        put(definition, "batteries", [one for one in definition["batteries"] if one.get("code") in used])


def take_scale(definition: Definition, question: Mapping[str, Any]) -> None:
    """Bring the bank's scale that a question is answered on, where the draft lacks it."""
    code = question.get("scale")
    if code and all(scale.get("code") != code for scale in definition["scales"]) and code in bank.scales():
        spelt = {"scales": [deepcopy(dict(bank.scales()[code]))]}
        definition["scales"] += within_languages(spelt, definition["languages"])["scales"]


def _drop_unused(definition: Definition) -> None:
    """Scales that no question uses go, so that nobody has to translate them; those that have a name stay."""
    used = {one.get("scale") for one in definition["questions"]}
    definition["scales"] = [one for one in definition["scales"] if one.get("code") in used or one.get("name")]
    _keep_together(definition)
