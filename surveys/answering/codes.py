"""A class code on the answering pages: asked for on the first, carried along, and spent with the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from portal.guessing import is_guessing, wrong_code_from
from surveys.answering.form_key import FormKey
from surveys.public_round import PublicRound
from surveys.services.responses import code_opens
from surveys.services.tokens import read_token
from surveys.ways_in.codes import read_code
from surveys.ways_in.signing import read_personal_code

CODE_FIELD = "way-code"
"""No question can be called this: their codes have no hyphens."""

MOST_CODE = 40


def brought_with(survey_round: PublicRound, key: FormKey, posted: Mapping[str, str]) -> FormKey:
    """The form's key with the code or the token that the form brought."""
    token = read_token(survey_round, posted.get("way-token", ""), posted.get("way-signature", ""))
    is_held = posted.get("whole") == "1" and posted.get("way-held") == "1"
    return replace(key, code=posted.get(CODE_FIELD, "")[:MOST_CODE], token=token, is_held=is_held)


def asks_for_code(key: FormKey, posted: Mapping[str, str]) -> bool:
    """Whether the form came from the first page, so that its code is looked at now and not after the questions.

    A page that holds its token itself shows the questions without: they are no secret, and only sending counts.
    """
    return not posted.get("page", "") and posted.get("go", "on") == "on" and not key.is_held


def code_refused(survey_round: PublicRound, code: str, neighbourhood: bytes) -> str:
    """What to say to somebody whose code does not open the round; nothing where it does.

    A code that is mistyped is told by its check sign, without asking the database and without being counted.
    """
    if not code.strip():
        return _("Write the code from your slip.")
    if read_personal_code(code) is not None:
        return _(
            "A code that begins with P is personal, and works only where scripts run: your browser takes your "
            "name off it first. Open the link in another browser, or ask for a slip with a code."
        )
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
