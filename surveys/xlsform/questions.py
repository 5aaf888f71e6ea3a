"""From one row of a form to one question of the definition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..questionnaire.expressions import (
    Expression,
    Operation,
    as_number,
    spell,
)
from .ages import BIRTH_YEAR, bands
from .rules import alone, conjuncts, counts, length, limits, plain
from .structure import NO_LIST_NAME, YES, Answer, Item, Structure
from .telling import N_, Report
from .texts import NO_TEXT, Texts, piped
from .types import Sort
from .wordings import CHECK_AGAIN, EXCLUSIVE_WORDS, HEAVY_WORDS, MISSING_WORDS, OTHER_WORDS

LONGEST, SHORT_TEXT, LONGEST_LABEL = 500, 200, 80
MOST_RATED = 10
USUAL_SPAN, MOST_STEPS = 1_000, 30_000

CASCADE = N_("The answers shown hang on an earlier answer, which we can't do. Write one question for each case.")
BAD_FILTER = N_("The filter can't be read. It can be as simple as column = 'value'.")
NO_SUCH_COLUMN = N_("The filter reads the column %(column)s, which the sheet choices does not have.")
BARE_FILTER = N_("%(value)s stands without quotes; we read it as '%(value)s'.")
NONE_LEFT = N_("The filter leaves no answer to choose. Check its value against the sheet choices.")
TOO_FEW = N_("The list %(list)s has fewer than two answers to choose from. Write at least two.")
DEFAULT = N_("Nothing is chosen beforehand here, so the default is left out.")
MEDIA = N_("Pictures, sound and film are not shown; the texts stay.")
PIPES_TEXT = N_("The text shows what was written in ${%(name)s}. Free text is never shown again; take it out.")
PIPES = N_("The text shows the answer to ${%(name)s}, which we can't; … stands there now. Word it another way.")
PIPES_NOTHING = N_("The text shows ${%(name)s}, which is not there. Take it out.")
BAD_RANGE = N_("The range needs start, end and step as numbers, such as start=0 end=10 step=1.")
HEAVY = N_(
    "The question touches on suicide or self-harm, and nobody can reach whoever answers. Support "
    "lines are shown beside "
    "it; consider leaving it out."
)
NO_LIMITS = N_(
    "The form leaves a limit open, so numbers from %(low)s to %(high)s are taken. A constraint can set others."
)
TOO_WIDE = N_(
    "Numbers from %(low)s to %(high)s are too many to keep. Let the constraint hold a narrower span, "
    "or give bands to "
    "choose from."
)
NO_CALCULATION = N_("The row calculates nothing. Write what it is to work out in the column calculation.")

_FILTER = re.compile(r"([^\W\d][\w.-]*)\s*(!?=)\s*(?:'([^']*)'|\"([^\"]*)\"|([\w.-]+))")
_PARAMETER = re.compile(r"(\w+)\s*=\s*(-?[\w.]+)")
_END_LABELS = re.compile(
    r"^\s*(\d+)\s*[=:–-]\s*([^,;=]+?)\s*[,;/]\s*(?:…|\.\.\.)?\s*(\d+)\s*[=:–-]\s*([^,;=]+?)\s*$"
)


class Questions:
    """Makes the questions of one form."""

    def __init__(self, texts: Texts, ages: Mapping[str, str], structure: Structure, report: Report):
        self._texts = texts
        self._ages = ages
        self._items = structure.items
        self._left_out = structure.left_out
        self._report = report

    def question(self, item: Item, constraint: Expression | None) -> dict[str, Any] | None:
        """The question without its section and condition; None where its row can't be one."""
        self._report.check_time()
        text = self._words(item)
        if item.sort is Sort.CALCULATE:
            text = text or self._texts.everywhere(item.name)
        elif text is None:
            self._report.refuse(item.row.at("label"), NO_TEXT)
            return None
        self._remark(item)
        made: dict[str, Any] = {"code": item.code, "text": text, "label": short(text)}
        if (hint := self._helped(item)) is not None:
            made["help"] = hint
        if item.sort is not Sort.NOTE and any(HEAVY_WORDS.search(words.casefold()) for words in text.values()):
            self._report.warn(item.row.at("label"), HEAVY)
            made["sensitive"] = True
        if item.row.get("required").lower() not in ("", "no", "false", "false()", "0"):
            made["ask_again"] = True
        if item.sort in (Sort.NOTE, Sort.CALCULATE) or item.name in self._ages:
            made.pop("ask_again", None)
        rules = list(conjuncts(constraint)) if constraint is not None else []
        made |= self._kind(item, rules)
        if made.pop("hint_is_used", False):
            made.pop("help", None)
        if rules and made["kind"] not in ("number", "info", "calculated"):
            made["constraints"] = [self._rule(item, rules)]
        return made

    def _rule(self, item: Item, rules: Sequence[Expression]) -> dict[str, Any]:
        joined = rules[0]
        for rule in rules[1:]:
            joined = Operation("and", joined, rule)
        message = self._texts.text(item.row, "constraint_message") or {
            language: CHECK_AGAIN.get(language, CHECK_AGAIN["en"]) for language in self._texts.languages
        }
        return {"holds": spell(joined), "message": message}

    def _helped(self, item: Item) -> dict[str, str] | None:
        return self._unpiped(item, self._texts.text(item.row, "hint"), "hint")

    def _words(self, item: Item) -> dict[str, str] | None:
        return self._unpiped(item, self._texts.text(item.row), "label")

    def _unpiped(self, item: Item, text: dict[str, str] | None, meaning: str) -> dict[str, str] | None:
        """The text without places that would show answers."""
        if text is None:
            return None
        for name in dict.fromkeys(piped(text.values())):
            other = self._items.get(name)
            template = PIPES_TEXT if other is not None and other.sort is Sort.TEXT else PIPES
            if other is None and name not in self._left_out:
                template = PIPES_NOTHING
            tell = self._report.warn if template is PIPES else self._report.refuse
            tell(item.row.at(meaning), template, name=name)
        return {one: re.sub(r"\$\{[^}]*\}", "…", words) for one, words in text.items()}

    def _remark(self, item: Item) -> None:
        if item.row.get("default") and item.sort is not Sort.CALCULATE:
            self._report.warn(item.row.at("default"), DEFAULT)
        for meaning in ("image", "audio", "video"):
            if item.row.get(meaning):
                self._report.strip(item.row.at(meaning), MEDIA)

    def _kind(self, item: Item, rules: list[Expression]) -> dict[str, Any]:
        if item.code in self._ages_by_code():
            return self._age(item)
        match item.sort:
            case Sort.NOTE:
                return {"kind": "info"}
            case Sort.ACKNOWLEDGE:
                return {"kind": "acknowledge"}
            case Sort.CALCULATE:
                return {"kind": "calculated"}
            case Sort.TEXT:
                return self._text(item, rules)
            case Sort.RANGE:
                return self._range(item, rules)
            case Sort.WHOLE | Sort.DECIMAL:
                is_whole = item.sort is Sort.WHOLE
                return self._quantity(item, limits(rules, is_whole=is_whole), decimals=0 if is_whole else 1)
            case _:
                return self._chosen(item, rules)

    def _ages_by_code(self) -> Mapping[str, str]:
        return {self._items[name].code: asks for name, asks in self._ages.items() if name in self._items}

    def _age(self, item: Item) -> dict[str, Any]:
        made: dict[str, Any] = {"kind": "number", "bands": bands(self._texts.languages)}
        if self._ages[item.name] == BIRTH_YEAR:
            made["asks"] = BIRTH_YEAR
        return made

    def _text(self, item: Item, rules: list[Expression]) -> dict[str, Any]:
        if item.row.get("read_only").lower() in YES:
            return {"kind": "info"}
        is_long = "multiline" in item.looks
        most = LONGEST if is_long else SHORT_TEXT
        for rule in list(rules):
            if (limit := length(rule)) is not None and limit >= 1:
                most = min(LONGEST, limit)
                rules.remove(rule)
        return {"kind": "text", "max_length": most} | ({"appearance": "long"} if is_long else {})

    def _range(self, item: Item, rules: list[Expression]) -> dict[str, Any]:
        given = dict(_PARAMETER.findall(item.row.get("parameters")))
        low, high, step = (as_number(given.get(name, usual)) for name, usual in _RANGE)
        if not (low < high and step > 0):
            self._report.refuse(item.row.at("parameters"), BAD_RANGE)
            return {"kind": "quantity"}
        is_whole = low.is_integer() and high.is_integer() and step.is_integer()
        if is_whole and step == 1 and low in (0, 1) and high <= MOST_RATED:
            return {"kind": "rating", "from": int(low), "to": int(high), **self._ends(item, int(low), int(high))}
        found = {"minimum": plain(low), "maximum": plain(high), **limits(rules, is_whole=is_whole)}
        return self._quantity(item, found, decimals=0 if is_whole else 1)

    def _quantity(self, item: Item, found: dict[str, Any], decimals: int) -> dict[str, Any]:
        """A number with its limits; what the form leaves open is limited all the same, and told."""
        low, high = found.get("minimum"), found.get("maximum")
        if low is None or high is None:
            low = low if low is not None else 0 if high is None or high > 0 else high - USUAL_SPAN
            high = high if high is not None else max(USUAL_SPAN, low + USUAL_SPAN)
            if not item.row.get("constraint") or found:
                self._report.warn(item.row.at("constraint"), NO_LIMITS, low=str(low), high=str(high))
        if decimals and (high - low) * 10**decimals > MOST_STEPS:
            decimals = 0
        is_told = any(told.place == item.row.at("constraint") for told in self._report.errors)
        if not is_told and (low >= high or (high - low) * 10**decimals > MOST_STEPS):
            self._report.refuse(item.row.at("constraint"), TOO_WIDE, low=str(low), high=str(high))
        return {"kind": "quantity", "minimum": low, "maximum": high, "decimals": decimals}

    def _ends(self, item: Item, low: int, high: int) -> dict[str, Any]:
        """The words at a rating's ends: from a hint such as "0 = not at all, 10 = very much"."""
        hint = self._texts.text(item.row, "hint") or {}
        found = {one: _END_LABELS.match(words) for one, words in hint.items()}
        ends = {
            one: match for one, match in found.items() if match and (int(match[1]), int(match[3])) == (low, high)
        }
        is_whole = bool(ends) and ends.keys() == set(self._texts.languages)
        return {
            "hint_is_used": is_whole,
            "low_label": {one: ends[one][2] if is_whole else str(low) for one in self._texts.languages},
            "high_label": {one: ends[one][4] if is_whole else str(high) for one in self._texts.languages},
        }

    def _chosen(self, item: Item, rules: list[Expression]) -> dict[str, Any]:
        choices = [self.choice(answer, is_several=item.sort is Sort.MULTIPLE) for answer in self.answers(item)]
        if item.type.or_other:
            choices = with_other(choices, self._texts.languages)
        is_told = any(told.template == NO_LIST_NAME for told in self._report.errors)
        if item.answers and len(choices) < 2 and not is_told:
            self._report.refuse(item.row.at("type"), TOO_FEW, list=item.type.list_name)
        made: dict[str, Any] = {"kind": item.sort.value, "choices": choices}
        parameters = dict(_PARAMETER.findall(item.row.get("parameters").lower()))
        if parameters.get("randomize", "") in YES or "randomized" in item.looks:
            made["shuffle"] = True
        if item.sort is Sort.SINGLE and item.looks & {"minimal", "autocomplete", "search", "dropdown"}:
            made["appearance"] = "dropdown"
        if item.sort is Sort.MULTIPLE:
            made |= counts(rules)
            exclusive = alone(rules)
            for choice in choices:
                if choice["code"] in exclusive:
                    choice["exclusive"] = True
        return made

    def choice(self, answer: Answer, *, is_several: bool) -> dict[str, Any]:
        """One answer to choose, and what its words say of it: no opinion, or none of the others."""
        if any(answer.row.get(meaning) for meaning in ("image", "audio", "video")):
            self._report.strip(answer.row.at("image"), MEDIA)
        text = self._texts.text(answer.row)
        if text is None:
            self._report.refuse(answer.row.at("label"), NO_TEXT)
            text = self._texts.everywhere(answer.name)
        made: dict[str, Any] = {"code": answer.code, "text": text}
        words = [one.casefold().strip(" .!()") for one in text.values()]
        if any(MISSING_WORDS.fullmatch(one) for one in words):
            made["missing"] = True
        if is_several and (made.get("missing") or any(EXCLUSIVE_WORDS.fullmatch(one) for one in words)):
            made["exclusive"] = True
        return made

    def answers(self, item: Item) -> Sequence[Answer]:
        """A question's answers, those that its filter lets through."""
        written = item.row.get("choice_filter")
        if not written or not item.answers:
            return item.answers
        place = item.row.at("choice_filter")
        found = _FILTER.fullmatch(written)
        if found is None or "$" in written:
            self._report.refuse(place, CASCADE if "$" in written else BAD_FILTER)
            return item.answers
        column, operator, single, double, bare = found.groups()
        value = next(text for text in (single, double, bare) if text is not None)
        if bare is not None and as_number(bare) != as_number(bare):
            self._report.warn(place, BARE_FILTER, value=bare)
        if column.lower() not in {known.meaning for known in item.answers[0].row.columns}:
            self._report.refuse(place, NO_SUCH_COLUMN, column=column)
            return item.answers
        kept = [one for one in item.answers if (one.row.get(column.lower()) == value) is (operator == "=")]
        if not kept:
            self._report.refuse(place, NONE_LEFT)
        return kept


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))


def with_other(choices: list[dict[str, Any]], languages: Sequence[str]) -> list[dict[str, Any]]:
    """The answers with "other", which asks for own words beside it."""
    for choice in choices:
        if choice["code"] == "other":
            choice["specify"] = True
            return choices
    text = {language: OTHER_WORDS.get(language, OTHER_WORDS["en"]) for language in languages}
    return [*choices, {"code": "other", "text": text, "specify": True}]


def short(text: Mapping[str, str]) -> dict[str, str]:
    """A question's short name for charts and tables: its text, cut at a word where it is long."""
    return {language: _cut(" ".join(words.split())) for language, words in text.items()}


def _cut(words: str) -> str:
    if len(words) <= LONGEST_LABEL:
        return words
    return words[: LONGEST_LABEL - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
