"""What a data set may be used for: purpose belongs to the use, and each use is allowed, cautioned or refused.

A data set says what it is *fit for*: 1 to measure and set goals, 2 to explore, 3 to follow up an activity. A use
(a goal, a deck, a comparison, a page for anyone) says for what purpose. Whoever lets somebody use a data set asks
`use_verdict`, the only place where the two are set against each other. Plain Python, no Django.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from datasets.cubes import LocalText


class Purpose(IntEnum):
    """What figures are used for at one time; a data set is fit for one or several."""

    MEASURE = 1
    EXPLORE = 2
    FOLLOW_UP = 3


class Use(StrEnum):
    """What somebody does with a data set.

    `CHART` shows it by itself, `DECK` takes it to a dialogue, `COMPARISON` sets places side by side, `RANKING`
    orders them by their figures, `TARGET` sets a goal on it, `PUBLIC` opens it to anyone, `ACTIVITY` follows an
    activity up with it.
    """

    CHART = "chart"
    DECK = "deck"
    COMPARISON = "comparison"
    RANKING = "ranking"
    TARGET = "target"
    PUBLIC = "public"
    ACTIVITY = "activity"


class Answer(StrEnum):
    """Whether a use is lawful: with the words of its verdict beside it where it is cautioned."""

    ALLOWED = "allowed"
    CAUTIONED = "cautioned"
    REFUSED = "refused"


class Usable(Protocol):
    """What a verdict rests on; `datasets.models.Dataset` and `datasets.charts.About` both have it."""

    @property
    def fit_for(self) -> Collection[int]:
        """Some of 1, 2 and 3."""


class Measuring(Protocol):
    """What a framing rests on."""

    @property
    def measures(self) -> str:
        """wellbeing, protective, risk or context."""

    @property
    def framing(self) -> LocalText:
        """Words of its own, where its ready form has some."""


@dataclass(frozen=True)
class Verdict:
    """The answer to one use, and for a caution or a refusal its words for the reader."""

    answer: Answer
    words: LocalText | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether nothing need be said."""
        return self.answer is Answer.ALLOWED

    @property
    def is_refused(self) -> bool:
        """Whether it must not be done."""
        return self.answer is Answer.REFUSED

    def text(self, lang: str) -> str:
        """The caution, or why it is refused and what to do instead; nothing where it is simply allowed."""
        return _say(self.words, lang) if self.words else ""


CAUTION: LocalText = {
    "sv": "Siffrorna är inte gjorda för att jämföra platser. Läs dem var för sig och rangordna dem inte.",
    "en": "The figures are not made for comparing places. Read each by itself and do not rank them.",
}
FRAMING: LocalText = {
    "sv": (
        "Det här visar det som gör det svårare. "
        "Fråga också: vad fungerar för dem som mår bra, och hur kan fler få det?"
    ),
    "en": (
        "This shows what makes it harder. "
        "Ask as well: what works for those who feel well, and how can more have it?"
    ),
}
_NO_GOALS: LocalText = {
    "sv": "Underlaget är till för att utforska. Prata gärna om det, men sätt inga mål på det.",
    "en": "The material is for exploring. Do talk about it, but set no goals by it.",
}
_ONE_ACTIVITY: LocalText = {
    "sv": "Siffrorna följer en viss aktivitet. De säger inte hur det är för alla unga.",
    "en": "The figures follow one activity. They do not say how it is for all young people.",
}
_EVERYBODY: LocalText = {
    "sv": "Siffrorna gäller alla, inte bara dem som aktiviteten nådde. En förändring kan ha andra orsaker.",
    "en": "The figures are of everyone, not only of those the activity reached. A change may have other causes.",
}
_NO_RANKING: LocalText = {
    "sv": "Siffrorna går inte att rangordna: de är inte gjorda för att jämföra platser. Behåll listans ordning.",
    "en": "These figures can't be ranked: they are not made for comparing places. Keep the list's own order.",
}
_NO_TARGET: LocalText = {
    "sv": (
        "Det går inte att sätta mål på den här datamängden. Ett mål behöver data som går att mäta med: "
        "med enhet, definition, riktning och en obruten serie."
    ),
    "en": (
        "No goal can be set on this data set. A goal needs data that is fit to measure with: with a unit, a "
        "definition, a direction and an unbroken series."
    ),
}
_GOALS_MEASURE: LocalText = {
    "sv": "Ett mål är till för att mäta. Välj syftet ”mäta”.",
    "en": "A goal is for measuring. Choose the purpose “measure”.",
}
_OPEN_WITH_CARE: LocalText = {
    "sv": (
        "Underlaget är till för att utforska och kan ha luckor. Den som ser det får läsa att det inte är gjort "
        "för att jämföra platser eller sätta mål."
    ),
    "en": (
        "The material is for exploring and may have gaps. Whoever sees it reads that it is not made for "
        "comparing places or setting goals."
    ),
}
_NOT_PUBLIC: LocalText = {
    "sv": (
        "Datamängden följer en viss aktivitet och visas tillsammans med den. För att öppna den för alla behöver "
        "den också duga till att mäta eller utforska."
    ),
    "en": (
        "The data set follows one activity and is shown together with it. To be opened to everyone it must also "
        "be fit to measure or to explore."
    ),
}
_WHICH_ACTIVITY: LocalText = {
    "sv": "Säg vilken aktivitet det gäller: data som följer upp hör alltid ihop med en.",
    "en": "Say which activity it is about: data that follows up always belongs to one.",
}
_FOLLOWING_UP: LocalText = {
    "sv": "Att följa en aktivitet är att följa upp. Välj syftet ”följa upp”.",
    "en": "To follow an activity is to follow up. Choose the purpose “follow up”.",
}
_TOO_THIN: LocalText = {
    "sv": (
        "Underlaget är till för att utforska och räcker inte för att se om aktiviteten gjorde skillnad. "
        "Ta en datamängd som duger till att följa upp."
    ),
    "en": (
        "The material is for exploring and is not enough to see whether the activity made a difference. "
        "Take a data set that is fit to follow up with."
    ),
}
_BROKEN: LocalText = {
    "sv": "Serien är bruten {period}. Jämför bara från och med då.",
    "en": "The series is broken at {period}. Compare only from then on.",
}

_ALLOWED = Verdict(Answer.ALLOWED)


def use_verdict(
    dataset: Usable, purpose: int, use: Use | str, *, activity: str = "", since: str = "", whole_from: str = ""
) -> Verdict:
    """Whether a data set may be used so, for that purpose.

    `activity` names the activity that a use for purpose 3 belongs to. `since` is the earliest period that a
    comparison or goal over time begins at, and `whole_from` the period from which the data set's series is
    unbroken: beginning earlier, a goal is refused and a comparison cautioned.
    """
    purpose, use, fit = Purpose(purpose), Use(use), frozenset(dataset.fit_for)
    verdict = _RULES[use](fit, purpose, activity)
    broken = bool(since and whole_from and since < whole_from)
    if not broken or verdict.is_refused or use not in (Use.TARGET, Use.COMPARISON):
        return verdict
    words = {lang: text.format(period=whole_from) for lang, text in _BROKEN.items()}
    return Verdict(Answer.REFUSED if use is Use.TARGET else Answer.CAUTIONED, words)


def framing_for(dataset: Measuring, language: str) -> str:
    """The sentence that turns a chart of risk towards what promotes wellbeing; nothing for any other."""
    return _say(dataset.framing or FRAMING, language) if dataset.measures == "risk" else ""


def _say(words: LocalText, lang: str) -> str:
    return words.get(lang) or words["en"]


def _chart(fit: frozenset[int], purpose: Purpose, _activity: str) -> Verdict:
    """Shown by itself or in a deck: what measures or follows up may be explored as well."""
    if purpose in fit or (purpose is Purpose.EXPLORE and Purpose.MEASURE in fit):
        return _ALLOWED
    if Purpose.MEASURE in fit:
        return Verdict(Answer.CAUTIONED, _EVERYBODY)
    return Verdict(Answer.CAUTIONED, _NO_GOALS if Purpose.EXPLORE in fit else _ONE_ACTIVITY)


def _comparison(fit: frozenset[int], _purpose: Purpose, _activity: str) -> Verdict:
    return _ALLOWED if Purpose.MEASURE in fit else Verdict(Answer.CAUTIONED, CAUTION)


def _ranking(fit: frozenset[int], _purpose: Purpose, _activity: str) -> Verdict:
    return _ALLOWED if Purpose.MEASURE in fit else Verdict(Answer.REFUSED, _NO_RANKING)


def _target(fit: frozenset[int], purpose: Purpose, _activity: str) -> Verdict:
    if Purpose.MEASURE not in fit:
        return Verdict(Answer.REFUSED, _NO_TARGET)
    return _ALLOWED if purpose is Purpose.MEASURE else Verdict(Answer.REFUSED, _GOALS_MEASURE)


def _public(fit: frozenset[int], _purpose: Purpose, _activity: str) -> Verdict:
    if Purpose.MEASURE in fit:
        return _ALLOWED
    if Purpose.EXPLORE in fit:
        return Verdict(Answer.CAUTIONED, _OPEN_WITH_CARE)
    return Verdict(Answer.REFUSED, _NOT_PUBLIC)


def _followed_up(fit: frozenset[int], purpose: Purpose, activity: str) -> Verdict:
    if purpose is not Purpose.FOLLOW_UP:
        return Verdict(Answer.REFUSED, _FOLLOWING_UP)
    if not activity:
        return Verdict(Answer.REFUSED, _WHICH_ACTIVITY)
    if Purpose.FOLLOW_UP in fit:
        return _ALLOWED
    return Verdict(Answer.CAUTIONED, _EVERYBODY) if Purpose.MEASURE in fit else Verdict(Answer.REFUSED, _TOO_THIN)


class _Rule(Protocol):
    def __call__(self, fit: frozenset[int], purpose: Purpose, activity: str, /) -> Verdict: ...


_RULES: Mapping[Use, _Rule] = {
    Use.CHART: _chart,
    Use.DECK: _chart,
    Use.COMPARISON: _comparison,
    Use.RANKING: _ranking,
    Use.TARGET: _target,
    Use.PUBLIC: _public,
    Use.ACTIVITY: _followed_up,
}
