"""A class code on the answering pages: asked for on the first, carried along, and spent with the last."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from surveys.public_round import PublicRound
from surveys.services.responses import code_opens
from surveys.ways_in.codes import read_code
from surveys.ways_in.guessing import is_guessing, wrong_code_from

CODE_FIELD = "way-code"
"""No question can be called this: their codes have no hyphens."""

MOST_CODE = 40


def is_beginning(posted: Mapping[str, str]) -> bool:
    """Whether the form came from the first page, with or without script."""
    return not posted.get("page", "") and posted.get("go", "on") == "on"


def code_refused(survey_round: PublicRound, code: str, neighbourhood: bytes) -> str:
    """What to say to somebody whose code does not open the round; nothing where it does.

    A code that is mistyped is told by its check sign, without asking the database and without being counted.
    """
    if not code.strip():
        return _("Write the code from your slip.")
    if read_code(code) is None:
        return _("Something is not right in the code. Look at it once more: it has 14 letters and figures.")
    if is_guessing(neighbourhood):
        return _("Many wrong codes have come from your network. Wait ten minutes and try again.")
    if code_opens(survey_round=survey_round, code=code):
        return ""
    wrong_code_from(neighbourhood)
    return code_is_unknown()


def code_is_unknown() -> str:
    """A well-formed code that opens nothing: of another survey, called back, or spent."""
    return _("The code is not one of this survey's, or it has been used already. Ask for a new slip.")


def last_page(survey_round: PublicRound) -> str:
    """The code of the last section, from which a form is sent."""
    return survey_round.questionnaire.sections[-1].code
