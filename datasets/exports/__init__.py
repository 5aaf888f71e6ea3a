"""Ways out: one view of a protected cube as CSV with CSVW, XLSX, JSON-stat, SVG, PNG and PowerPoint.

Every form takes its figures from a ChartSpec or a ProtectedCube and all of its other words from one Imprint,
so that none says less than another. Plain Python, no Django.
"""

from .csvw import csvw
from .forms import FORMS, Form, Outgoing
from .imprint import Fact, Imprint
from .jsonstat import jsonstat_of_cube, jsonstat_of_view
from .licences import Licence, licence_of
from .revised import RevisedFigure, revised_figures
from .slides import ChartOnSlide, WordsOnSlide, deck_pages, deck_slides
from .table import Column, Table, table_of_cube, table_of_view
from .texts import csv_file, workbook_file

__all__ = [
    "FORMS",
    "ChartOnSlide",
    "Column",
    "Fact",
    "Form",
    "Imprint",
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
    "jsonstat_of_view",
    "licence_of",
    "revised_figures",
    "table_of_cube",
    "table_of_view",
    "workbook_file",
]
