"""Sources of official figures, asked over the network: Statistics Sweden's tables and Kolada's key figures.

Every answer becomes a whole cube, or a reason in words why not. Plain Python over httpx; no Django.
"""

from .asking import Asker, Limits, Rests
from .changes import Difference, differences
from .definition import Axis, Definition
from .errors import SourceError, advice_of, words_of
from .keeping import Kept, KeptInMemory
from .kolada import Kolada
from .meaning import meaning, without_what_is_gone
from .pxwebapi import PxWebApi
from .pxwebapi1 import PxWebApi1
from .pxwebapi2 import PxWebApi2
from .wanted import Connector, Fetched, Kind, Wanted

__all__ = [
    "Asker",
    "Axis",
    "Connector",
    "Definition",
    "Difference",
    "Fetched",
    "Kept",
    "KeptInMemory",
    "Kind",
    "Kolada",
    "Limits",
    "PxWebApi",
    "PxWebApi1",
    "PxWebApi2",
    "Rests",
    "SourceError",
    "Wanted",
    "advice_of",
    "differences",
    "meaning",
    "without_what_is_gone",
    "words_of",
]
