"""Tables of counts in files: read with their hierarchies, protected, and written as they may be shown.

The formats are those of the statistical offices' own tools: a CSV file of leaf cells with their parents'
codes, a JSON file that says which columns belong together, and a CSV file of every published cell.
"""

from .arguments import NAMES, Asked, asked
from .building import TableFile, read_table
from .problems import BadFile
from .running import protect_file
from .spec import Spec, read_spec
from .writing import discard, write_table

__all__ = [
    "NAMES",
    "Asked",
    "BadFile",
    "Spec",
    "TableFile",
    "asked",
    "discard",
    "protect_file",
    "read_spec",
    "read_table",
    "write_table",
]
