"""Questions as HTML, rendered once for each version and language, with slots for a person's own answers.

The components of `components/survey/` are Django templates. What they give for a question, or for a battery of
them, is cut at every choice, number and text, and kept; for one person the pieces are joined with `checked` or a
value in the slots. Only what has an error to explain, or options in an order of its own, is rendered anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from surveys.answering.components import battery_words, question_words
from surveys.answering.languages import speaking
from surveys.answering.mixing import Mixing
from surveys.questionnaire import Question, Questionnaire

Raw = Mapping[str, Sequence[str]]
"""Field name to what was posted under it, as it was."""

MOST_KEPT = 4000
SLOT = re.compile(
    r'(?P<choice><input type="(?:radio|checkbox)" name="(?P<name>[^"]*)" value="(?P<value>[^"]*)")'
    r'|(?P<select><select [^>]*name="(?P<of>[^"]*)"[^>]*>)'
    r'|(?P<option><option value="(?P<one>[^"]*)")'
    r'|(?P<field><input id="[^"]*" name="(?P<line>[^"]*)")'
    r'|(?P<text><textarea [^>]*name="(?P<area>[^"]*)"[^>]*>)'
)


@dataclass(frozen=True)
class Slot:
    """Where an answer goes: behind a choice of this value, as a field's value, or into a text area.

    `name` is the field's. A field beside choices ("prefer not to answer") shows what is none of them, `apart`.
    """

    kind: str
    name: str
    value: str = ""
    apart: frozenset[str] = frozenset()

    def fill(self, raw: Raw) -> str:
        """The attribute or text for what was given; nothing when nothing was."""
        given = raw.get(self.name, ())
        if self.kind in ("choice", "option"):
            is_given = bool(self.value) and self.value in (_placed(given) if ":" in self.value else given)
            return (" checked" if self.kind == "choice" else " selected") if is_given else ""
        words = next((value for value in given if value not in self.apart), "")
        return escape(words) if self.kind == "text" else f' value="{escape(words)}"' if words else ""


Pieces = tuple[str | Slot, ...]
_kept: dict[tuple[str, tuple[str, ...], str], Pieces] = {}


def render_question(
    questionnaire: Questionnaire, spelt: str, question: Question, language: str, raw: Raw, error: str = ""
) -> SafeString:
    """One question with this person's answer, and an error to explain if there is one.

    `spelt` is the hash of the version's definition: what is kept is kept under it. A draft has none.
    """
    errors = {question.code: error} if error else {}
    return render_block(questionnaire, spelt, (question,), language, raw, errors)


def render_block(
    questionnaire: Questionnaire,
    spelt: str,
    questions: Sequence[Question],
    language: str,
    raw: Raw,
    errors: Mapping[str, str],
    mixing: Mixing | None = None,
) -> SafeString:
    """One question, or the questions of one battery that stand together; `mixing` orders what is shuffled."""
    is_mixed = mixing is not None and any(question.is_shuffled for question in questions)
    if is_mixed or not spelt or any(errors.get(question.code) for question in questions):
        pieces = _cut(_component(questionnaire, questions, language, errors, mixing), questions)
    else:
        place = (spelt, tuple(question.code for question in questions), language)
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        found = _kept.get(place)
        pieces = found or _kept.setdefault(
            place, _cut(_component(questionnaire, questions, language, {}, None), questions)
        )
    # Joined of our own templates and of values that Slot.fill escaped.
    return mark_safe("".join(piece if isinstance(piece, str) else piece.fill(raw) for piece in pieces))  # noqa: S308


def blocks_of(questions: Sequence[Question]) -> Iterator[tuple[Question, ...]]:
    """Questions as they are shown: those of one battery that follow one another together, others alone."""
    for _battery, block in groupby(questions, key=lambda question: question.battery or question.code):
        yield tuple(block)


def _component(
    questionnaire: Questionnaire,
    questions: Sequence[Question],
    language: str,
    errors: Mapping[str, str],
    mixing: Mixing | None,
) -> str:
    """The block as Django renders it, unanswered."""
    with speaking(language):
        first = questions[0]
        if first.battery:
            words = battery_words(questionnaire, questions, language, errors)
            html = render_to_string("components/survey/battery.html", {"battery": words})
        else:
            context = question_words(questionnaire, first, language, mixing)
            html = render_to_string(
                "surveys/answering/question.html", context | {"error": errors.get(first.code, "")}
            )
    return re.sub(r"\n\s*", "\n", html)


def _cut(html: str, questions: Sequence[Question]) -> Pieces:
    apart = {q.code: frozenset(c.code for c in q.choices if c.is_missing) for q in questions}
    pieces: list[str | Slot] = []
    end, select = 0, ""
    for match in SLOT.finditer(html):
        pieces.append(html[end : match.end()])
        end = match.end()
        if match["select"]:
            select = match["of"]
        elif match["choice"]:
            pieces.append(Slot("choice", match["name"], match["value"]))
        elif match["option"]:
            pieces.append(Slot("option", select, match["one"]))
        else:
            kind, name = ("text", match["area"]) if match["text"] else ("field", match["line"])
            pieces.append(Slot(kind, name, apart=apart.get(name, frozenset())))
    pieces.append(html[end:])
    return tuple(pieces)


def _placed(given: Sequence[str]) -> Sequence[str]:
    """Ranked answers as `code:place`, also where they came in order."""
    if any(":" in value for value in given):
        return given
    return [f"{code}:{place}" for place, code in enumerate(given, start=1)]
