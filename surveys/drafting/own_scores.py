"""Scores of a draft: which answers are added up, how, and what the sum means; and a try-out of the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting.codes import code_of
from surveys.drafting.outline import DraftError
from surveys.drafting.own_points import points_from
from surveys.drafting.posted import Posted, number_of, put
from surveys.drafting.problems import readable
from surveys.drafting.texts import Definition
from surveys.questionnaire import ONE_OF, Question, points_of, score_of

MOST_BANDS = 8
SPARE_BANDS = 2
WITH_POINTS = frozenset(kind.value for kind in ONE_OF)
"""Kinds of question that can be an item: one answer is chosen, and each answer gives its points."""


@dataclass(frozen=True)
class Trial:
    """What a score comes to for tried answers: the points of each, the value, and the words of its band."""

    points: tuple[str, ...]
    value: str | None
    band: Mapping[str, str] | None


def score_of_draft(definition: Definition, code: str) -> dict[str, Any]:
    """The draft's score with this code. Raises DraftError where it is gone."""
    found = next((one for one in definition.get("scores", []) if one.get("code") == code), None)
    if found is None:
        raise DraftError(_("That score is not there any more."))
    return found


def possible_items(definition: Definition) -> list[dict[str, Any]]:
    """The questions whose answers can give points."""
    return [one for one in definition["questions"] if one.get("kind") in WITH_POINTS]


def score_begin(definition: Definition, title: str, items: Sequence[str]) -> str:
    """A new score: the sum of these questions' points, all of them needed; its code is given back."""
    possible = [one["code"] for one in possible_items(definition)]
    chosen = [code for code in possible if code in items]
    if not title.strip() or len(chosen) < 2:
        raise DraftError(_("Give it a name, and choose at least two questions."))
    taken = {one["code"] for one in definition.get("scores", [])}
    code = code_of(title, taken, "score")
    score = {"code": code, "title": {definition["languages"][0]: title.strip()[:120]}, "items": chosen}
    definition.setdefault("scores", []).append(score | {"method": "sum", "polarity": "more_is_better"})
    return code


def score_remove(definition: Definition, code: str) -> None:
    """Take a score away; conditions that read it are told among the problems."""
    definition["scores"].remove(score_of_draft(definition, code))
    put(definition, "scores", definition["scores"])


def score_change(definition: Definition, code: str, posted: Posted) -> None:
    """The score as the form has it."""
    score, languages = score_of_draft(definition, code), definition["languages"]
    score["title"] = posted.words("title", score.get("title"), languages)
    possible = [one["code"] for one in possible_items(definition)]
    items = [item for item in possible if item in posted.getlist("items")]
    if len(items) < 2:
        posted.refused["items"] = _("Choose at least two questions.")
        items = score["items"]
    score["items"] = items
    put(score, "reversed", [item for item in items if item in posted.getlist("reversed")])
    score["method"] = posted.get("method") if posted.get("method") in ("sum", "mean") else "sum"
    score["polarity"] = posted.get("polarity") or score.get("polarity", "none")
    missing = posted.number("most_missing", score.get("most_missing"), is_whole=True, lowest=0)
    if missing is not None and missing >= len(items):
        posted.refused["most_missing"] = _("Fewer than there are questions: %(count)s.") % {"count": len(items)}
    else:
        put(score, "most_missing", missing)
    for key, usual in (("multiply", 1), ("add", 0)):
        value = posted.number(key, score.get(key))
        put(score, key, value if value not in (None, usual) else None)
    points_from(posted, definition, score)
    _table(posted, score)
    _bands(posted, score, languages)
    _licence(posted, score)


def table_in_words(score: Mapping[str, Any]) -> str:
    """The conversion table as the form has it: "0 = 20", a line a sum."""
    return "\n".join(f"{raw} = {value}" for raw, value in score.get("table", {}).items())


def _table(posted: Posted, score: dict[str, Any]) -> None:
    """A table from sums to values, a line each: "0 = 20"; without one the sum is multiplied and added to."""
    found: dict[str, Any] = {}
    for line in posted.get("table").splitlines():
        if not line.strip():
            continue
        raw, _equals, value = line.replace("\t", "=").partition("=")
        keys = number_of(raw), number_of(value)
        if None in keys:
            posted.refused["table"] = _(
                "Write each line as sum = value, such as 7 = 43,5. This could not be read."
            )
            return
        found[str(keys[0])] = keys[1]
    put(score, "table", found)


def _bands(posted: Posted, score: dict[str, Any], languages: Sequence[str]) -> None:
    before, found = score.get("bands", []), []
    for number in range(MOST_BANDS):
        name = f"band-{number}"
        old = before[number] if number < len(before) else {}
        if f"{name}.from" not in posted:
            found += [old] if old else []
            continue
        words = posted.words(f"{name}.text", old.get("text"), languages)
        lowest, highest = posted.number(f"{name}.from"), posted.number(f"{name}.to")
        if not words and lowest is None and highest is None:
            continue
        if not words or lowest is None or highest is None or lowest > highest:
            posted.refused.setdefault(f"{name}.from", _("A band needs words, and from which number to which."))
        code = old.get("code") or code_of(next(iter(words.values()), ""), {one["code"] for one in found}, "band")
        found.append({"code": code, "text": words, "from": lowest or 0, "to": highest or 0})
    put(score, "bands", found)


def _licence(posted: Posted, score: dict[str, Any]) -> None:
    if "licence.name" not in posted:
        return
    licence = {key: posted.get(f"licence.{key}").strip()[:200] for key in ("name", "holder", "url")}
    if bool(licence["name"]) != bool(licence["holder"]):
        posted.refused["licence.name"] = _("Write both the licence and whose the instrument is, or neither.")
    put(licence, "url", licence["url"])
    put(score, "licence", licence if licence["name"] and licence["holder"] else None)


def points_in_words(definition: Definition, code: str) -> dict[str, list[tuple[str, Mapping[str, str], str]]]:
    """By item: each answer's code, its words, and the points that it gives; empty while it can't be worked out."""
    questionnaire = readable(definition)
    score = next((one for one in questionnaire.scores if one.code == code), None) if questionnaire else None
    if questionnaire is None or score is None:
        return {}
    given = {}
    for item in score.items:
        question: Question = questionnaire.question(item)
        points = points_of(score, question)
        given[item] = [
            (one.code, one.text, _plain(points[one.code])) for one in question.choices if one.code in points
        ]
    return given


def tried(definition: Definition, code: str, answers: Mapping[str, str]) -> Trial | None:
    """What the score comes to for these answers; None while it can't be worked out."""
    questionnaire = readable(definition)
    score = next((one for one in questionnaire.scores if one.code == code), None) if questionnaire else None
    if questionnaire is None or score is None:
        return None
    value = score_of(questionnaire, score, answers)
    points = [points_of(score, questionnaire.question(item)).get(answers.get(item, "")) for item in score.items]
    band = score.band_of(value) if value is not None else None
    return Trial(
        points=tuple("–" if one is None else _plain(one) for one in points),
        value=None if value is None else _plain(value),
        band=band.text if band else None,
    )


def _plain(number: Decimal) -> str:
    """A number without zeros at its end, with a decimal comma, at most two decimals."""
    return format(number.quantize(Decimal("0.01")).normalize(), "f").replace(".", ",")
