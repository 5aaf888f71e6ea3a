"""Rounds in the words of those who hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.making import Making
from surveys.models import SurveyRound
from surveys.results.protecting import NotShown
from surveys.states import RoundState


def language() -> str:
    """The reader's language as contents and cubes name it."""
    return (get_language() or "sv").partition("-")[0]


def moment(at: datetime | None) -> str:
    """A day and a time, such as "måndag 3 mars 09:00"; the year only where it is another."""
    if at is None:
        return ""
    at = timezone.localtime(at)
    day = formats.date_format(at, "l j F" if at.year == timezone.localtime().year else "l j F Y")
    return _("%(day)s at %(clock)s") % {"day": day, "clock": formats.date_format(at, "H:i")}


def count_in_words(count: int) -> str:
    """What may be known of how many have answered an open round: a multiple of five, or "fewer than 5"."""
    return _("fewer than 5") if count < 5 else _("at least %(count)s") % {"count": count}


@dataclass(frozen=True)
class Standing:
    """Where a round is, and what comes next; a sentence each."""

    now: str
    next: str


def standing_of(survey_round: SurveyRound, making: Making) -> Standing:
    """The state of a round in words."""
    opens, closes = moment(survey_round.opens_at), moment(survey_round.closes_at)
    match RoundState(survey_round.state):
        case RoundState.DRAFT:
            return Standing(
                _("A draft. Nobody outside the municipality sees it."),
                _("Look through the questions. Then let it open by itself, or open it right away."),
            )
        case RoundState.SCHEDULED if survey_round.opens_at and survey_round.opens_at <= timezone.now():
            return Standing(_("It is about to open."), _("It takes about a minute. You need do nothing."))
        case RoundState.SCHEDULED:
            return Standing(
                _("It opens by itself %(when)s.") % {"when": opens},
                _("Until then: put up the poster, and tell those who meet young people."),
            )
        case RoundState.OPEN:
            return Standing(
                _("It is open until %(when)s.") % {"when": closes},
                _("Spread the link. It closes by itself, and then the results are made."),
            )
        case RoundState.CANCELLED:
            return Standing(
                _("It was cancelled before it opened."), _("Nobody answered it. Plan a new one instead.")
            )
    return _after_closing(survey_round, making)


def _after_closing(survey_round: SurveyRound, making: Making) -> Standing:
    if survey_round.state == RoundState.PUBLISHED:
        return Standing(
            _("The results are public since %(when)s.") % {"when": moment(survey_round.published_at)},
            _("Talk about them in a dialogue, and tell those who answered what came of it."),
        )
    if survey_round.tabulated_at:
        return Standing(
            _("The results are ready."),
            _("They can be seen by the people of the municipality, until an admin makes them public."),
        )
    if making.may_begin:
        return Standing(_("It is closed and counted."), _("Nobody is making the results just now."))
    if survey_round.response_count is not None:
        return Standing(_("It is closed and counted."), _("The results are being made. It takes some minutes."))
    return Standing(
        _("It is closed. Answers that had been begun are taken for %(minutes)s minutes.")
        % {"minutes": survey_round.grace_minutes},
        _("Then they are counted, and the results are made. You need do nothing."),
    )


def steps_after_closing(survey_round: SurveyRound) -> list[dict[str, str]]:
    """What happens with the answers of a closed round, as steps: done, next or later."""
    steps = [
        (_("Closed"), moment(survey_round.closed_at), survey_round.closed_at is not None),
        (_("Counted"), _("Every answer has come in and been mixed."), survey_round.response_count is not None),
        (
            _("Results made"),
            _("Small groups are hidden before anyone sees a figure."),
            bool(survey_round.tabulated_at),
        ),
        (_("Public"), _("An admin decides when."), survey_round.state == RoundState.PUBLISHED),
    ]
    done = sum(is_done for _label, _text, is_done in steps)
    states = ["done"] * done + ["next"] + ["later"] * len(steps)
    return [
        {"label": label, "text": text, "state": state}
        for (label, text, _is_done), state in zip(steps, states, strict=False)
    ]


def not_shown_in_words(why: str) -> str:
    """Why something of a question is not shown, to be put after a colon."""
    return {
        NotShown.TOO_LARGE: _("too many figures to protect them together"),
        NotShown.NOT_SAFE: _("it could not be made safe"),
    }.get(NotShown(why or NotShown.TOO_FEW), _("too few answers"))
