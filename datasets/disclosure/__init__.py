"""Disclosure control: no published figure, nor any set of them, lets anyone work out a hidden one.

``protect()`` is the only maker of ``ProtectedCube``, and nothing else is ever published. Plain Python over
numpy, scipy and HiGHS.
"""

from .advice import Advice, Effect, advise, without_a_dimension
from .ledger import ReleasedTable
from .magnitudes import Contributions, Scale, medians_of_people
from .means import ProtectedMeans, protect_means
from .protect import pass_through, protect, protect_linked
from .protected import AlteredRelease, ProtectedCube
from .refusal import Refusal, RefusedToPublish, Why
from .report import Report
from .reshaping import Group, Kind, Step, fitting, merged_groups, reshape
from .rule import AggregationRule, Sensitivity, Zeros
from .shares import shares
from .table import CountTable
from .weighted import weighted, weighted_means

__all__ = [
    "Advice",
    "AggregationRule",
    "AlteredRelease",
    "Contributions",
    "CountTable",
    "Effect",
    "Group",
    "Kind",
    "ProtectedCube",
    "ProtectedMeans",
    "Refusal",
    "RefusedToPublish",
    "ReleasedTable",
    "Report",
    "Scale",
    "Sensitivity",
    "Step",
    "Why",
    "Zeros",
    "advise",
    "fitting",
    "medians_of_people",
    "merged_groups",
    "pass_through",
    "protect",
    "protect_linked",
    "protect_means",
    "reshape",
    "shares",
    "weighted",
    "weighted_means",
    "without_a_dimension",
]
