"""What can go wrong with data sets, in words for the person who meets it."""


class DatasetsError(Exception):
    """A refusal whose text is for the reader: already translated, and leaking nothing."""


class InvalidTransition(DatasetsError):
    """Something was asked of an upload, data set or chart that its state no longer allows."""


class LedgerMoved(DatasetsError):
    """Something about the same people was released after these figures were protected: protect them again."""
