"""A table of figures in free dimensions: the one form in which every figure moves through Växtkraft.

The meaning is JSON-stat 2.0's: ordered dimensions with roles, values row-major with the last dimension
fastest, and a reason beside every value that is missing or altered. Plain Python over numpy.
"""

from .cube import Cube
from .dimension import Category, Dimension, Role, Unit
from .errors import CubeError, JsonStatError, NotSummable, UnknownCode
from .jsonstat_forms import tables as jsonstat_tables
from .jsonstat_read import MAX_CELLS
from .notes import Note
from .reasons import MISSING, Reason, SourceSymbol
from .revisions import Revisions, revisions
from .signs import SIGNS, Source, reason_told, source_named
from .table import Cell
from .text import LocalText, pick

__all__ = [
    "MAX_CELLS",
    "MISSING",
    "SIGNS",
    "Category",
    "Cell",
    "Cube",
    "CubeError",
    "Dimension",
    "JsonStatError",
    "LocalText",
    "NotSummable",
    "Note",
    "Reason",
    "Revisions",
    "Role",
    "Source",
    "SourceSymbol",
    "Unit",
    "UnknownCode",
    "jsonstat_tables",
    "pick",
    "reason_told",
    "revisions",
    "source_named",
]
