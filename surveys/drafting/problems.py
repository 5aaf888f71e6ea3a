"""What keeps a draft from being published: every problem in plain words, with the place where it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from surveys.drafting.bands import asks_age, is_kept_promise
from surveys.drafting.simulating import never_asked
from surveys.drafting.texts import Definition, completeness, filled, said
from surveys.questionnaire import Questionnaire, QuestionnaireError, read
from surveys.questionnaire.expressions import ExpressionError, names, parse

WITH_CHOICES = frozenset({"single", "multiple", "ranking"})
MOST_ATTEMPTS = 6
PLACE = re.compile(
    r"(?:questionnaire\.)?(?P<kind>questions?|sections?|scales?|scores?|battery|batteries)[ \[](?P<code>\w+)\]?"
    r"[^:]*: (?P<words>.*)"
)
"""Where one of `read`'s problems lies: "question joy: …" or "questionnaire.questions[joy].choices[1]: …"."""

ASKS_WHO = re.compile(
    r"\b(vad heter du|ditt (?:för|efter)?namn|personnummer|telefonnummer|mobilnummer|e-?post|mejl|mail|"
    r"hemadress|din adress|gatuadress|your name|personal (?:identity )?number|phone number|e-?mail|"
    r"home address|instagram|snapchat)\b",
    re.IGNORECASE,
)
"""Words by which a question asks who somebody is."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: what it is about ("question", "battery", "language", "whole" …), its code, and words."""

    about: str
    code: str
    words: str


def problems_of(definition: Definition) -> list[Problem]:
    """Everything that must be mended before the draft can be published; nothing where it can."""
    found = [*_whole(definition), *_sections(definition)]
    for place, question in enumerate(definition["questions"]):
        found += [Problem("question", question["code"], words) for words in _question(definition, question, place)]
    found += _languages(definition)
    return found or _refusals(definition)


def readable(definition: Definition) -> Questionnaire | None:
    """The questionnaire as far as it has come; None where it can't be shown yet.

    Texts that lack are filled in, what is not whole is left out, and a condition that can't hold never does.
    """
    whole = filled(definition)
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return read(whole)
        except QuestionnaireError as refusal:
            _without(whole, refusal.problems)
    return None


def _without(definition: Definition, refused: Sequence[str]) -> None:
    """Take away, in place, what was refused, so that the rest can be shown."""
    for problem in refused:
        where = PLACE.match(problem)
        if where is None:
            continue
        key, code = f"{where['kind'].removesuffix('s')}s".replace("batterys", "batteries"), where["code"]
        found = next((one for one in definition.get(key, []) if one.get("code") == code), None)
        if found is None:
            continue
        if "'show_if'" in problem:
            found["show_if"] = "false()"
        elif "'constraints'" in problem:
            found.pop("constraints", None)
        else:
            definition[key].remove(found)
    used = {one.get("section") for one in definition["questions"]}
    definition["sections"] = [one for one in definition["sections"] if one["code"] in used]


def _whole(definition: Definition) -> Iterator[Problem]:
    numbers = [one for one in definition["questions"] if one.get("kind") == "number" and one.get("required")]
    if not any(band.get("outside") for one in numbers for band in one.get("bands", [])):
        yield Problem("whole", "", _("It does not ask for an age. Those under 15 must be thanked, not counted."))
    there = {one["code"] for one in definition["questions"]}
    for score in definition.get("scores", []):
        if lost := [code for code in score.get("items", []) if code not in there]:
            yield Problem(
                "score",
                score["code"],
                _("The score “%(score)s” needs a question that is gone: %(codes)s.")
                % {"score": pick(score["title"], "sv"), "codes": ", ".join(lost)},
            )


def _sections(definition: Definition) -> Iterator[Problem]:
    used = {one.get("section") for one in definition["questions"]}
    for section in definition["sections"]:
        if section["code"] not in used:
            yield Problem(
                "section", section["code"], _("This section has no questions. Add one, or take it away.")
            )
        if not any(said(words) for words in (section.get("title") or {}).values()):
            yield Problem("section", section["code"], _("This section has no heading."))
        if section.get("show_if"):
            before = _before(definition, section["code"])
            yield from (
                Problem("section", section["code"], words)
                for words in _condition(definition, section["show_if"], before)
            )


def _question(definition: Definition, question: Mapping[str, Any], place: int) -> Iterator[str]:
    first = definition["languages"][0]
    if not said((question.get("text") or {}).get(first)):
        yield _("The question has no words.")
    if any(ASKS_WHO.search(words) for words in (question.get("text") or {}).values()):
        yield _("It asks who somebody is. The survey is anonymous, so such a question can't be asked.")
    if question.get("kind") in WITH_CHOICES:
        if len(question.get("choices", [])) < 2:
            yield _("It needs at least two answers to choose from.")
        if any(not said((one.get("text") or {}).get(first)) for one in question.get("choices", [])):
            yield _("One of its answers has no words.")
    if question.get("kind") == "scale" and question.get("polarity", "none") == "none":
        yield _("Say whether a high answer is good news or bad news.")
    if asks_age(question) and not is_kept_promise(question):
        yield _("It keeps ages in finer groups than those who answer are promised. Make them wider.")
    earlier = {one["code"] for one in definition["questions"][:place]}
    if question.get("show_if"):
        yield from _condition(definition, question["show_if"], earlier)
    if question.get("kind") == "calculated" and not said(question.get("calculation")):
        yield _("Write how it is worked out.")
    elif question.get("kind") == "calculated":
        yield from _condition(definition, question.get("calculation", ""), earlier)
    for constraint in question.get("constraints", []):
        yield from _condition(definition, constraint.get("holds", ""), earlier | {question["code"]})


def _condition(definition: Definition, condition: Any, earlier: set[str]) -> Iterator[str]:
    try:
        read_codes = names(parse(condition))
    except ExpressionError as error:
        yield _("The condition can't be understood: %(why)s") % {"why": _(error.template) % error.params}
        return
    there = {one["code"]: one for one in definition["questions"]}
    for code in sorted(read_codes - earlier):
        if code in there:
            yield _("It depends on “%(question)s”, which comes later. Move it above.") % {
                "question": pick(there[code].get("label") or {"": code}, "sv")
            }
        else:
            yield _("It depends on a question that is gone: %(code)s.") % {"code": code}


def _before(definition: Definition, section: str) -> set[str]:
    order = [one["code"] for one in definition["sections"]]
    earlier = set(order[: order.index(section)])
    return {one["code"] for one in definition["questions"] if one.get("section") in earlier}


def _languages(definition: Definition) -> Iterator[Problem]:
    for done in completeness(definition):
        if done.missing:
            words = ngettext("%(count)s text lacks.", "%(count)s texts lack.", done.missing)
            yield Problem("language", done.language, words % {"count": done.missing})


def _refusals(definition: Definition) -> list[Problem]:
    """What the questionnaire's own rules say when nothing above was wrong; and branches that nobody reaches."""
    try:
        questionnaire = read(definition)
    except QuestionnaireError as refusal:
        return [_refusal(problem) for problem in refusal.problems]
    return [
        Problem("question", one.code, _("Nobody ever gets this: no answers lead to it."))
        for one in never_asked(questionnaire)
    ]


def _refusal(problem: str) -> Problem:
    where = PLACE.match(problem)
    if where is None:
        return Problem("whole", "", problem)
    words = _("Nobody ever gets this: no answers lead to it.") if "nobody gets here" in problem else where["words"]
    return Problem(where["kind"].removesuffix("s").replace("batterie", "battery"), where["code"], words)
