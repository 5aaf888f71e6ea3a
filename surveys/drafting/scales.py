"""Answer scales of one's own: ordered answers that several questions share, with what counts as high and low."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting import bank
from surveys.drafting.codes import code_of
from surveys.drafting.outline import DraftError, question_of
from surveys.drafting.posted import Posted
from surveys.drafting.posted_choices import choices_from
from surveys.drafting.texts import Definition
from surveys.xlsform.batteries import end_of, ends_of

LONGEST_NAME = 80
MOST_ANSWERS = 11


def scale_of(definition: Definition, code: str) -> dict[str, Any]:
    """The draft's scale with this code. Raises DraftError where there is none."""
    found = next((one for one in definition["scales"] if one.get("code") == code), None)
    if found is None:
        raise DraftError(_("That scale is not there any more."))
    return found


def is_own(code: str) -> bool:
    """Whether the scale may be changed: those of the bank are the same for everyone."""
    return code not in bank.scales()


def users_of(definition: Definition, code: str) -> list[dict[str, Any]]:
    """The questions that are answered on the scale, in order."""
    return [one for one in definition["questions"] if one.get("scale") == code]


def scale_add(definition: Definition, name: str, answers: Sequence[str]) -> str:
    """A scale with these answers, from the least to the most, in the first language; its code is given back."""
    lang = definition["languages"][0]
    said = [words.strip()[:200] for words in answers if words.strip()]
    if not 2 <= len(said) <= MOST_ANSWERS:
        raise DraftError(_("A scale has from 2 to %(most)s answers, one a line.") % {"most": MOST_ANSWERS})
    choices: list[dict[str, Any]] = []
    for words in said:
        taken = {one["code"] for one in choices}
        choices.append({"code": code_of(words, taken, "answer"), "text": {lang: words}})
    return _put_in(definition, name or " – ".join((said[0], said[-1])), choices)


def scale_copy(definition: Definition, code: str, name: str) -> str:
    """A scale of one's own that begins as another; its code is given back."""
    from_bank = bank.scales().get(code)
    found = from_bank or scale_of(definition, code)
    languages = definition["languages"]
    choices = [
        {**choice, "text": {lang: said for lang, said in choice["text"].items() if lang in languages}}
        for choice in found["choices"]
    ]
    return _put_in(definition, name, choices)


def scale_remove(definition: Definition, code: str) -> None:
    """Take away a scale that no question is answered on."""
    if users_of(definition, code):
        raise DraftError(_("Questions are answered on this scale. Choose another one for them first."))
    definition["scales"].remove(scale_of(definition, code))


def scale_change(definition: Definition, code: str, posted: Posted) -> None:
    """The scale as the form has it. "Don't know" comes last; ends that nobody has said are worked out."""
    scale, languages = scale_of(definition, code), definition["languages"]
    if not is_own(code):
        raise DraftError(_("This scale is the same for everyone. Make one of your own that begins as it."))
    before = [one for one in scale["choices"] if not one.get("missing")]
    choices = sorted(choices_from(posted, scale["choices"], languages), key=lambda one: one.get("missing", False))
    valid = [one for one in choices if not one.get("missing")]
    if len(valid) < 2:
        posted.refused["choices"] = _("A scale needs at least two answers.")
        return
    if len(valid) > MOST_ANSWERS:
        posted.refused["choices"] = _("A scale has at most %(most)s answers.") % {"most": MOST_ANSWERS}
        return
    if name := posted.get("name").strip()[:LONGEST_NAME]:
        scale["name"] = name
    sides = _sides(posted, valid)
    for side, ready in zip(("low", "high"), ends_of(valid, languages), strict=True):
        chosen = [one for one in valid if one["code"] in sides[side]]
        scale[side] = _end(posted, side, scale, before, chosen, ready, languages)
    scale["choices"] = choices


def _sides(posted: Posted, valid: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """The answers that are ticked as low and as high."""
    sides: dict[str, set[str]] = {"low": set(), "high": set()}
    codes = {one["code"] for one in valid}
    for number in range(len(valid) + len(codes) + 60):
        code, side = posted.get(f"choice-{number}.code"), posted.get(f"choice-{number}.end")
        if side in sides and code in codes:
            sides[side].add(code)
    return sides


def _end(
    posted: Posted,
    side: str,
    scale: Mapping[str, Any],
    before: Sequence[dict[str, Any]],
    chosen: Sequence[dict[str, Any]],
    ready: dict[str, Any],
    languages: Sequence[str],
) -> dict[str, Any]:
    """One end: the answers chosen for it, or the ready ones; its words follow them until others are written."""
    end = end_of(chosen, languages) if chosen else ready
    old = scale.get(side, {})
    made_before = end_of([one for one in before if one["code"] in old.get("codes", ())], languages)["text"]
    words = posted.words(f"{side}.text", old.get("text"), languages)
    for language, said in words.items():
        if said != made_before.get(language):
            end["text"][language] = said
    end["text"] = {language: said for language, said in end["text"].items() if said}
    return end


def _put_in(definition: Definition, name: str, choices: list[dict[str, Any]]) -> str:
    taken = {one["code"] for one in definition["scales"]} | set(bank.scales())
    name = name.strip()[:LONGEST_NAME] or _("Our scale")
    code = code_of(name, taken, "scale")
    valid = [one for one in choices if not one.get("missing")]
    low, high = ends_of(valid, definition["languages"])
    for end in (low, high):
        end["text"] = {language: said for language, said in end["text"].items() if said}
    definition["scales"].append({"code": code, "name": name, "choices": choices, "high": high, "low": low})
    return code


def use(definition: Definition, question: str, code: str) -> None:
    """Have a question be answered on a scale; one of a battery has the whole battery do so."""
    asked = question_of(definition, question)
    together = [
        one for one in definition["questions"] if one.get("battery") and one["battery"] == asked.get("battery")
    ]
    for one in together or [asked]:
        if one["kind"] != "scale":
            raise DraftError(_("That question is not answered on a scale."))
        one["scale"] = code
