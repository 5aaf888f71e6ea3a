"""How sure a figure is, and whether two figures really differ: the one comparison that every output uses.

Plain numpy in and out: every function takes numbers or arrays of any shape that broadcast together. NaN in
(a hidden or missing figure) gives NaN out, never a guess.
"""

from .differences import Difference, Verdict, difference_of_intervals, difference_of_shares, verdicts
from .intervals import CONFIDENCE, Interval, mean_from_counts, mean_interval, wilson
from .multiple import benjamini_hochberg, holm
from .pooling import groups_of, proposed_size
from .raking import Margin, RakingError, Weights, design_effect, effective_size, rake, rake_trimmed
from .similarity import Likeness, Neighbour, Variable, similar_places
from .trends import Trend, TrendLine, trend
from .words import verdict_words

__all__ = [
    "CONFIDENCE",
    "Difference",
    "Interval",
    "Likeness",
    "Margin",
    "Neighbour",
    "RakingError",
    "Trend",
    "TrendLine",
    "Variable",
    "Verdict",
    "Weights",
    "benjamini_hochberg",
    "design_effect",
    "difference_of_intervals",
    "difference_of_shares",
    "effective_size",
    "groups_of",
    "holm",
    "mean_from_counts",
    "mean_interval",
    "proposed_size",
    "rake",
    "rake_trimmed",
    "similar_places",
    "trend",
    "verdict_words",
    "verdicts",
    "wilson",
]
