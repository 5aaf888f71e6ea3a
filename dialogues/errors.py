"""What can go wrong in a dialogue, in words for the person who meets it."""


class DialogueError(Exception):
    """A refusal whose text is for the reader: already translated."""
