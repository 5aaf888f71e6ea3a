"""Disclosure control: no published figure, nor any set of them, lets anyone work out a hidden one.

``protect()`` is the only maker of ``ProtectedCube``, and nothing else is ever published. Plain Python over
numpy, scipy and HiGHS.
"""

from .advice.advising import Advice, Effect, advise, without_a_dimension
from .advice.reshaping import Group, Kind, Step, fitting, merged_groups, reshape
from .ledger.former import with_former_figures
from .ledger.public import Attack, attack_public
from .ledger.recalling import ReleasedTable
from .measures.magnitudes import Contributions, Scale, medians_of_people
from .measures.means import ProtectedMeans, protect_means
from .measures.shares import shares
from .measures.totals import ProtectedSums, protect_sums
from .measures.weighted import weighted, weighted_means
from .protect import pass_through, protect, protect_linked
from .protected import AlteredRelease, ProtectedCube
from .questions.asking import ProtectedBase, protect_base, protect_question
from .refusal import Refusal, RefusedToPublish, Why
from .report import METHOD, VERSION, Report
from .rule import AggregationRule, Sensitivity, Zeros
from .tables.table import CountTable

__all__ = [
    "METHOD",
    "VERSION",
    "Advice",
    "AggregationRule",
    "AlteredRelease",
    "Attack",
    "Contributions",
    "CountTable",
    "Effect",
    "Group",
    "Kind",
    "ProtectedBase",
    "ProtectedCube",
    "ProtectedMeans",
    "ProtectedSums",
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
    "attack_public",
    "fitting",
    "medians_of_people",
    "merged_groups",
    "pass_through",
    "protect",
    "protect_base",
    "protect_linked",
    "protect_means",
    "protect_question",
    "protect_sums",
    "reshape",
    "shares",
    "weighted",
    "weighted_means",
    "with_former_figures",
    "without_a_dimension",
]
