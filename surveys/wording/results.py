"""What stands beside a round's figures, in words: how sure, whom they stand for, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from datasets.statistics import verdict_words
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.results.comparing import Change
from surveys.results.coverage import Coverage
from surveys.results.shown_means import MeanOf, ShownMean
from surveys.results.waves import Break
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


def unit_of_mean(mean: ShownMean, lang: str) -> str:
    """What a mean is counted in."""
    if mean.of is MeanOf.STEPS:
        return _("steps")
    if mean.of is MeanOf.POINTS:
        return _("points")
    return pick(mean.unit, lang) if mean.unit else ""


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
    """A weighted question in words: (answer, share, interval), what the answers are worth, and the mean if any."""

    rows: tuple[tuple[str, str, str], ...]
    worth: str
    mean: str = ""


def weighted_in_words(found: WeightedShares, mean: ShownMean | None, lang: str) -> WeightedWords:
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
        _weighted_mean_in_words(mean, lang) if mean is not None else "",
    )


def _weighted_mean_in_words(mean: ShownMean, lang: str) -> str:
    value, low, high = (number_in_words(one, mean.decimals) for one in (mean.value, mean.low, mean.high))
    unit = pick(mean.unit, lang) if mean.unit else ""
    words = {"mean": " ".join(filter(None, (value, unit))), "low": low, "high": high}
    return (
        _(
            "Mean %(mean)s, with 95 per cent certainty between %(low)s and %(high)s. "
            "It is moved as far as the groups of answers move."
        )
        % words
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
    """A row of what has changed: who and what, both figures, the difference and what may be said of it."""

    who: str
    what: str
    earlier: str
    now: str
    difference: str
    verdict: str
    is_certain: bool


def change_in_words(change: Change, lang: str) -> ChangeWords:
    """A change with everything that its row says."""
    is_mean = change.mean is not None
    said = _of_mean(change, change.mean, lang) if change.mean is not None else _of_share(change)
    return ChangeWords(
        who=pick(change.group.label, lang) if change.group is not None else _("Everyone"),
        what=_("the mean") if is_mean else _("“%(answer)s”") % {"answer": pick(change.answer, lang)},
        earlier=said[0],
        now=said[1],
        difference=said[2],
        verdict=verdict_words(change.verdict, lang, is_level=is_mean),
        is_certain=change.is_certain,
    )


def _of_share(change: Change) -> tuple[str, str, str]:
    """Both shares and their difference: whole per cents."""
    earlier, now = (_("%(percent)s %%") % {"percent": round(100 * one)} for one in (change.earlier, change.now))
    words = _difference(change, 100, 0)
    return earlier, now, _("%(difference)s percentage points (%(low)s to %(high)s)") % words


def _of_mean(change: Change, mean: ShownMean, lang: str) -> tuple[str, str, str]:
    """Both means and their difference, in the unit of the mean."""
    earlier, now = (number_in_words(one, mean.decimals) for one in (change.earlier, change.now))
    words = _difference(change, 1, mean.decimals)
    if mean.of is MeanOf.STEPS:
        return earlier, now, _("%(difference)s steps (%(low)s to %(high)s)") % words
    if mean.of is MeanOf.POINTS:
        return earlier, now, _("%(difference)s points (%(low)s to %(high)s)") % words
    words["unit"] = pick(mean.unit, lang) if mean.unit else ""
    return earlier, now, _("%(difference)s %(unit)s (%(low)s to %(high)s)") % words


def _difference(change: Change, times: int, decimals: int) -> dict[str, str]:
    """The difference and its bounds, each with its sign."""
    figures = {"difference": change.difference, "low": change.low, "high": change.high}
    return {name: number_in_words(times * one, decimals, signed=True) for name, one in figures.items()}
