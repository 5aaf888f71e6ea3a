"""Charts: from a protected cube and a selection to one specification that everything shown is made of.

The picture, the sentence, the table and the files all read the same ChartSpec, so they cannot disagree.
"""

from .about import About, Measures
from .build import build_chart
from .colours import share_colours
from .csv import chart_csv
from .errors import SelectionError
from .figures import Measure
from .propose import propose
from .select import Kind, Selection, ShareOf
from .spec import ChartSpec, Point, Reading, Series
from .table import ChartTable, chart_table

__all__ = [
    "About",
    "ChartSpec",
    "ChartTable",
    "Kind",
    "Measure",
    "Measures",
    "Point",
    "Reading",
    "Selection",
    "SelectionError",
    "Series",
    "ShareOf",
    "build_chart",
    "chart_csv",
    "chart_table",
    "propose",
    "share_colours",
]
