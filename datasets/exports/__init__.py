"""Ways out: one view of a protected cube as CSV with CSVW, XLSX, JSON-stat, SVG, PNG and PowerPoint.

Every form takes its figures from a ChartSpec or a ProtectedCube and all of its other words from one Imprint,
so that none says less than another. Plain Python, no Django.
"""

from .csvw import csvw
from .forms import FORMS, Form, Outgoing
from .imprint import Fact, Imprint
from .jsonstat import jsonstat_of_cube, jsonstat_of_rows, jsonstat_of_view
from .licences import Licence, licence_of
from .revised import RevisedFigure, revised_figures
from .sav_rows import sav_of_rows
from .slides import ChartOnSlide, WordsOnSlide, deck_pages, deck_slides
from .table import (
    Cell,
    Column,
    Kind,
    Table,
    status_columns,
    status_words,
    table_of_cube,
    table_of_rows,
    table_of_view,
)
from .texts import csv_file, workbook_file

__all__ = [
    "FORMS",
    "Cell",
    "ChartOnSlide",
    "Column",
    "Fact",
    "Form",
    "Imprint",
    "Kind",
    "Licence",
    "Outgoing",
    "RevisedFigure",
    "Table",
    "WordsOnSlide",
    "csv_file",
    "csvw",
    "deck_pages",
    "deck_slides",
    "jsonstat_of_cube",
    "jsonstat_of_rows",
    "jsonstat_of_view",
    "licence_of",
    "revised_figures",
    "sav_of_rows",
    "status_columns",
    "status_words",
    "table_of_cube",
    "table_of_rows",
    "table_of_view",
    "workbook_file",
]
