"""Files of figures on their way in: each becomes a whole cube, or a report of why not."""

from .any_file import Format, Reading, format_of, read_any
from .csv_mapping import Across, ColumnRole, CsvColumn, CsvMapping, MappingError
from .csv_reader import read_csv
from .csv_recall import recall
from .csv_sniff import ColumnFacts, CsvGuess, sniff_csv
from .jsonstat import read_jsonstat
from .places import Gazetteer
from .problems import ImportResult, Problem, Severity
from .px import read_px
from .px_groupings import Group, Grouping, groupings, with_groups
from .rows import Row
from .sheets import Sheet
from .summary import summary

__all__ = [
    "Across",
    "ColumnFacts",
    "ColumnRole",
    "CsvColumn",
    "CsvGuess",
    "CsvMapping",
    "Format",
    "Gazetteer",
    "Group",
    "Grouping",
    "ImportResult",
    "MappingError",
    "Problem",
    "Reading",
    "Row",
    "Severity",
    "Sheet",
    "format_of",
    "groupings",
    "read_any",
    "read_csv",
    "read_jsonstat",
    "read_px",
    "recall",
    "sniff_csv",
    "summary",
    "with_groups",
]
