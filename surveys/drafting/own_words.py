"""Short texts that young people write without a form of questions: cleaned as free answers are."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.errors import SurveysError
from surveys.questionnaire.cleaning import MESSAGE_OF, Problem, clean_words


def cleaned(text: str, longest: int) -> str:
    """The text as it can be kept. Raises SurveysError with what to change; it never repeats what was written."""
    found = clean_words(text, longest)
    if isinstance(found, Problem):
        raise SurveysError(_(MESSAGE_OF[found.kind]) % found.params)
    return found or ""
