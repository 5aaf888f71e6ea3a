"""Certain differences and means in plain words, as findings that anybody can read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.results.comparing import Change
from surveys.results.shown_means import MeanOf, ShownMean
from surveys.wording.results import number_in_words, unit_of_mean


def finding_in_words(finding: Change, lang: str) -> dict[str, str]:
    """A certain difference as a heading, a sentence and how certain."""
    words = {"question": pick(finding.question.label, lang)}
    if finding.mean is not None:
        return _of_mean(finding, finding.mean, words, lang)
    words |= {
        "answer": pick(finding.answer, lang),
        "share": number_in_words(100 * finding.now, 0),
        "other": number_in_words(100 * finding.earlier, 0),
    }
    if finding.by is None or finding.group is None:
        heading = _("%(question)s: a change since the round before")
        sentence = (
            _("Now %(share)s per cent are in the span %(answer)s. In the round before, %(other)s per cent were.")
            if finding.is_score
            else _("Now %(share)s per cent answer “%(answer)s”. In the round before, %(other)s per cent did.")
        )
    else:
        words["group"] = pick(finding.group.label, lang)
        words["background"] = pick(finding.by.label, lang).lower()
        heading = _("%(question)s, by %(background)s")
        sentence = (
            _(
                "In the group “%(group)s”, %(share)s per cent are in the span %(answer)s. "
                "Of the others, %(other)s per cent are."
            )
            if finding.is_score
            else _(
                "In the group “%(group)s”, %(share)s per cent answer “%(answer)s”. "
                "Of the others, %(other)s per cent do."
            )
        )
    low, high = sorted(abs(round(100 * bound)) for bound in (finding.low, finding.high))
    return {
        "heading": heading % words,
        "sentence": sentence % words,
        "certainty": _("The difference is certain: between %(low)s and %(high)s percentage points.")
        % {"low": low, "high": high},
    }


def _of_mean(finding: Change, mean: ShownMean, words: dict[str, str], lang: str) -> dict[str, str]:
    """A mean that has certainly become another."""
    sentence = (
        _("The mean has gone up: it is %(mean)s now. In the round before it was %(other)s.")
        if finding.difference > 0
        else _("The mean has gone down: it is %(mean)s now. In the round before it was %(other)s.")
    )
    said = words | {
        "mean": number_in_words(finding.now, mean.decimals),
        "other": number_in_words(finding.earlier, mean.decimals),
    }
    low, high = sorted(abs(bound) for bound in (finding.low, finding.high))
    span = {
        "low": number_in_words(low, mean.decimals),
        "high": number_in_words(high, mean.decimals),
        "unit": unit_of_mean(mean, lang),
    }
    return {
        "heading": _("%(question)s: a change since the round before") % words,
        "sentence": " ".join(filter(None, (sentence % said, _scale(mean, lang)))),
        "certainty": _("The difference is certain: between %(low)s and %(high)s %(unit)s.") % span,
    }


def mean_as_finding(mean: ShownMean, lang: str) -> tuple[str, str]:
    """Everyone's mean as a sentence, and how sure it is."""
    unit = pick(mean.unit, lang) if mean.unit else ""
    figure = " ".join(filter(None, (number_in_words(mean.value, mean.decimals), unit)))
    low, high = (number_in_words(one, mean.decimals) for one in (mean.low, mean.high))
    sentence = _("The mean of all answers is %(mean)s.") % {"mean": figure}
    return (
        " ".join(filter(None, (sentence, _scale(mean, lang)))),
        _("It is fairly certain: between %(low)s and %(high)s.") % {"low": low, "high": high},
    )


def _scale(mean: ShownMean, lang: str) -> str:
    """From where to where it can go; of a quantity that is no scale, nothing."""
    if mean.of is MeanOf.QUANTITY:
        return ""
    first, last = (f"{one:g}" for one in mean.ends)
    return _("It can be from %(first)s to %(last)s.") % {"first": first, "last": last}
