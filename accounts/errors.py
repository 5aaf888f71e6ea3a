"""What can go wrong, in words for the person who meets it."""


class AccountsError(Exception):
    """A refusal whose text is for the reader: already translated, and leaking nothing."""
