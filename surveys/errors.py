"""What can go wrong, in words for the person who meets it."""


class SurveysError(Exception):
    """A refusal whose text is for the reader: already translated, and leaking nothing."""


class InvalidTransition(SurveysError):
    """The round is not in a state from which this can be done."""
