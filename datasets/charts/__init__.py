"""Charts: from a protected cube and a selection to one specification that everything shown is made of.

The picture, the sentence, the table and the files all read the same ChartSpec, so they cannot disagree.
"""

from .about import About, Break, Measures, Polarity
from .build import build_chart
from .colours import share_colours
from .comparing import Beside, Offer, offers, with_like
from .errors import SelectionError
from .figures import Measure
from .fitting import Fit, few_series, fits, fitting
from .focusing import propose_for
from .language import figure
from .marking import is_after, is_before, place_of_day, with_mark
from .pooling import PoolOffer, pool_offer
from .propose import propose
from .select import Kind, Selection, ShareOf
from .spec import ChartSpec, Mark, Point, Reading, Series
from .table import ChartTable, chart_table

__all__ = [
    "About",
    "Beside",
    "Break",
    "ChartSpec",
    "ChartTable",
    "Fit",
    "Kind",
    "Mark",
    "Measure",
    "Measures",
    "Offer",
    "Point",
    "Polarity",
    "PoolOffer",
    "Reading",
    "Selection",
    "SelectionError",
    "Series",
    "ShareOf",
    "build_chart",
    "chart_table",
    "few_series",
    "figure",
    "fits",
    "fitting",
    "is_after",
    "is_before",
    "offers",
    "place_of_day",
    "pool_offer",
    "propose",
    "propose_for",
    "share_colours",
    "with_like",
    "with_mark",
]
