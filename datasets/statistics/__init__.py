"""How sure a figure is, and whether two figures really differ: the one comparison that every output uses.

Plain numpy in and out: every function takes numbers or arrays of any shape that broadcast together. NaN in
(a hidden or missing figure) gives NaN out, never a guess.
"""

from .differences import Difference, Verdict, difference_of_intervals, difference_of_shares, verdicts
from .intervals import CONFIDENCE, Interval, mean_from_counts, mean_interval, wilson
from .multiple import benjamini_hochberg, holm
from .words import verdict_words

__all__ = [
    "CONFIDENCE",
    "Difference",
    "Interval",
    "Verdict",
    "benjamini_hochberg",
    "difference_of_intervals",
    "difference_of_shares",
    "holm",
    "mean_from_counts",
    "mean_interval",
    "verdict_words",
    "verdicts",
    "wilson",
]
