"""What is asked when a dialogue closes, and of a steering group once or twice a year; in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Asked:
    """One question, or one dimension with what is asked about it."""

    key: str
    label: Any
    text: Any


CLOSING_OPEN_FOR = timedelta(days=3)
"""From a dialogue's beginning until its three questions end by themselves, where nobody ends them."""

CLOSING = (
    Asked("said", _("Being heard"), _("I could say what I wanted to say.")),
    Asked("learnt", _("Learning"), _("I take something with me that is of use to me.")),
    Asked("believes", _("Going on"), _("I believe that something will come of this.")),
)

DIMENSIONS = (
    Asked(
        "potential",
        _("Potential and context"),
        _("We know what is already going on here, and build on what works for young people."),
    ),
    Asked("learning", _("Learning"), _("We look at data and at what we have tried, and change our ways by it.")),
    Asked("trust", _("Trust"), _("We can say to one another what is hard, also across departments.")),
    Asked(
        "dialogue", _("Dialogue"), _("We listen to different perspectives, young people's too, before we decide.")
    ),
    Asked("ambition", _("Ambition"), _("We want something together that none of us could do alone.")),
    Asked(
        "responsibility",
        _("Shared responsibility"),
        _("What we decide has an owner, and everybody does their part."),
    ),
)
"""After the dimensions of the collaboration model (Samverkansmodellen): the names are its, the sentences ours."""
