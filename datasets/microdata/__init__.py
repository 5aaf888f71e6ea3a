"""Files with a row for each person or case: looked at column by column, and aggregated in memory.

Plain Python over numpy and pyarrow. Nothing here writes to a disk or to a log, and no error repeats a cell.
"""

from .aggregating import Aggregated, aggregate
from .errors import MicrodataError
from .plan import BANDS, ColumnPlan, ColumnUse, Figure, PeoplePlan, PlanError, RowIs
from .profiling import CategorySeen, ColumnProfile, Looks, profile, propose, without_rare
from .reading import read_people
from .table import Column, PeopleTable

__all__ = [
    "BANDS",
    "Aggregated",
    "CategorySeen",
    "Column",
    "ColumnPlan",
    "ColumnProfile",
    "ColumnUse",
    "Figure",
    "Looks",
    "MicrodataError",
    "PeoplePlan",
    "PeopleTable",
    "PlanError",
    "RowIs",
    "aggregate",
    "profile",
    "propose",
    "read_people",
    "without_rare",
]
