"""What stands beside a round's figures, in words: how sure, whom they stand for, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from datasets.statistics import Verdict, verdict_words
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.results.coverage import Coverage
from surveys.results.waves import Break, Change
from surveys.results.weighting import GENDER, NoWeights, WeightedShares, Weighting


def coverage_in_words(coverage: Coverage) -> str:
    """The badge of every chart and table of a round."""
    words = {"percent": coverage.percent}
    if coverage.is_low:
        return _("%(percent)s %% answered; read with care") % words
    return _("%(percent)s %% answered") % words


def number_in_words(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """A figure with the reader's decimal sign; a real minus, and a plus where it is a difference."""
    said = number_format(abs(round(value, decimals)), decimals)
    sign = "−" if round(value, decimals) < 0 else "+" if signed and round(value, decimals) > 0 else ""
    return f"{sign}{said}"


def weighting_in_words(weighting: Weighting) -> str:
    """By what answers are weighted, and what that costs."""
    people, worth = round(weighting.people), int(weighting.worth)
    said = (
        _("Weighted by municipality and age, so that the answers stand for all young people who live in them.")
        if MUNICIPALITY in weighting.by
        else _("Weighted by age and gender, so that the answers stand for all young people who live here.")
        if GENDER in weighting.by
        else _("Weighted by age, so that the answers stand for all young people who live here.")
    )
    worths = ngettext(
        "%(people)s answers are then as certain as %(worth)s drawn by chance.",
        "%(people)s answers are then as certain as %(worth)s drawn by chance.",
        people,
    ) % {"people": people, "worth": worth}
    if weighting.weights.trimmed:
        worths += " " + _("Nobody counts more than five times as much as the one in the middle.")
    return f"{said} {worths}"


def no_weights_in_words(why: NoWeights) -> str:
    """Why answers are not weighted."""
    return {
        NoWeights.NO_POPULATION: _("There are no figures of how many young people live here."),
        NoWeights.OTHER_AGES: _("The round's age groups are others than those of the population."),
        NoWeights.HIDDEN: _("How many answered in each age is hidden, since some groups are too small."),
        NoWeights.NOBODY: _("Nobody answered in an age that people live in."),
    }[why]


@dataclass(frozen=True)
class WeightedWords:
    """A weighted question in words: (answer, share, interval), and what the answers are worth."""

    rows: tuple[tuple[str, str, str], ...]
    worth: str


def weighted_in_words(found: WeightedShares, lang: str) -> WeightedWords:
    """Whole per cents, intervals rounded outwards."""
    rows = tuple(
        (
            pick(one.answer.label, lang),
            _("%(percent)s %%") % {"percent": round(100 * one.share)},
            f"{int(100 * one.low)}–{-int(-100 * one.high // 1)}",
        )
        for one in found.shares
    )
    return WeightedWords(
        rows,
        _("%(people)s answers, worth %(worth)s.") % {"people": found.people, "worth": found.worth},
    )


def break_in_words(why: Break) -> str:
    """Why an item can't be compared with the round before."""
    return {
        Break.NEW: _("It was not asked in the round before."),
        Break.KIND: _("It is answered in another way now."),
        Break.WORDING: _("Its words are others now."),
        Break.ANSWERS: _("Its answers are others now."),
        Break.SCALE: _("Its scale is counted in another way now."),
        Break.ASKED: _("Others are asked it now."),
        Break.ITEMS: _("Other questions are behind it now."),
        Break.SCORING: _("It is worked out of the answers in another way now."),
    }[why]


@dataclass(frozen=True)
class ChangeWords:
    """A row of what has changed: whom it is about, both shares, the difference and what may be said of it."""

    who: str
    answer: str
    earlier: str
    share: str
    difference: str
    interval: str
    verdict: str
    is_certain: bool


def change_in_words(change: Change, lang: str) -> ChangeWords:
    """A change with everything that its row says."""
    who = pick(change.group.label, lang) if change.group is not None else _("Everyone")
    low, high = (number_in_words(100 * bound, 0, signed=True) for bound in (change.low, change.high))
    return ChangeWords(
        who=who,
        answer=pick(change.answer, lang),
        earlier=_("%(percent)s %%") % {"percent": round(100 * change.earlier)},
        share=_("%(percent)s %%") % {"percent": round(100 * change.share)},
        difference=number_in_words(100 * change.difference, 0, signed=True),
        interval=_("%(low)s to %(high)s") % {"low": low, "high": high},
        verdict=verdict_words(change.verdict, lang),
        is_certain=change.verdict != Verdict.UNCERTAIN,
    )
