"""Joint rounds in the words of those who are asked to take part, and of those who ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.joint import Part, Place, places_of
from surveys.models import SurveyRound
from surveys.states import JointState, RoundState
from surveys.wording import Standing, moment


def standing_of_part(part: Part) -> Standing:
    """Where a municipality stands in a joint round, and what comes next; a sentence each."""
    region = {"region": part.invitation.tenant.name}
    match JointState(part.invitation.state):
        case JointState.WITHDRAWN:
            return Standing(_("%(region)s has taken its invitation back.") % region, _("You need do nothing."))
        case JointState.INVITED if part.answer is None:
            return Standing(
                _("%(region)s asks whether you want to take part.") % region,
                _("It is voluntary. Nobody has answered for you yet."),
            )
        case JointState.INVITED if part.answer is not None and part.answer.takes_part:
            return Standing(
                _("You have said yes."),
                _("When the region has settled the days, you get a link of your own here."),
            )
        case JointState.INVITED:
            return Standing(
                _("You have said no."), _("You can change that until the region has settled who takes part.")
            )
        case JointState.LEFT_OUT if part.answer is not None and not part.answer.takes_part:
            return Standing(
                _("You are not in this round, since you said no."), _("You see nothing of its answers.")
            )
        case JointState.LEFT_OUT:
            return Standing(
                _("You are not in this round, since nobody had said yes when it was settled."),
                _("Ask the region if it should have been otherwise."),
            )
    return _taking_part(part)


def _taking_part(part: Part) -> Standing:
    found = part.survey_round
    if found is None or found.state == RoundState.CANCELLED:
        return Standing(_("You take part. The round was cancelled before it opened."), "")
    match RoundState(found.state):
        case RoundState.SCHEDULED:
            return Standing(
                _("You take part. It opens by itself %(when)s.") % {"when": moment(found.opens_at)},
                _("Until then: put up your poster, and tell those who meet young people."),
            )
        case RoundState.OPEN:
            return Standing(
                _("You take part. It is open until %(when)s.") % {"when": moment(found.closes_at)},
                _("Spread your own link: whoever comes by it answers for you."),
            )
    if found.tabulated_at is None:
        return Standing(_("You take part. It is closed."), _("The region's results are on their way."))
    return Standing(
        _("You take part. The results are ready."),
        _("Read your own beside those of the whole round, and take them to a dialogue."),
    )


def answer_in_words(place: Place) -> tuple[str, str]:
    """What a municipality has said, for the region; and the kind of its tag."""
    if not place.is_asked:
        return _("Not asked"), ""
    state = JointState(place.invitation.state) if place.invitation else JointState.INVITED
    if state == JointState.TAKES_PART:
        return _("Takes part"), "green"
    if place.answer is None:
        return (_("Has not answered"), "sun") if state == JointState.INVITED else (_("Did not answer"), "")
    return (_("Says yes"), "green") if place.answer.takes_part else (_("Says no"), "clay")


def places_told(survey_round: SurveyRound) -> list[tuple[Place, str, str]]:
    """The municipalities that were asked, each with what it has said and the kind of its tag."""
    return [(place, *answer_in_words(place)) for place in places_of(survey_round) if place.is_asked]
