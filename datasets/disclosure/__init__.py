"""Disclosure control: no published figure, nor any set of them, lets anyone work out a hidden one.

``protect()`` is the only maker of ``ProtectedCube``, and nothing else is ever published. Plain Python over
numpy, scipy and HiGHS.
"""

from .ledger import ReleasedTable
from .protect import pass_through, protect, protect_linked
from .protected import AlteredRelease, ProtectedCube
from .refusal import Refusal, RefusedToPublish, Why
from .report import Report
from .rule import AggregationRule, Sensitivity, Zeros
from .shares import shares
from .table import CountTable

__all__ = [
    "AggregationRule",
    "AlteredRelease",
    "CountTable",
    "ProtectedCube",
    "Refusal",
    "RefusedToPublish",
    "ReleasedTable",
    "Report",
    "Sensitivity",
    "Why",
    "Zeros",
    "pass_through",
    "protect",
    "protect_linked",
    "shares",
]
