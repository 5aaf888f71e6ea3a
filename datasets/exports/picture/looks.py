"""The look of a chart drawn by the server: the same colours, patterns, dashes and points as in the browser.

Eight colours that stay apart for every kind of colour vision and against white; each also has a pattern, a dash
and a point of its own, so that grey paper does (frontend/static/js/chart/palette.js has them for the browser).
"""

from __future__ import annotations

SERIES = ("#125335", "#ab6509", "#2d97ea", "#430234", "#4b858f", "#a29165", "#45246d", "#555e6b")
BACKGROUND = "#fffefc"
INK = "#1a241f"
SOFT = "#4d554e"
GRID = "#e3dac9"
SUN = "#fcb825"
DASHES = ("", "9 4", "2 4", "12 4 2 4", "5 3", "16 5", "2 2 8 2", "1 6")
TILE = 10
PATTERNS = (
    "",
    "M0 10L10 0M-2 2L2 -2M8 12L12 8",
    "",
    "M0 0L10 10M-2 8L2 12M8 -2L12 2",
    "M0 5H10",
    "M5 0V10",
    "M5 0V10M0 5H10",
    "M0 0L10 10M10 0L0 10",
)
"""Strokes on a tile of ten by ten; the first is plain, the third has dots."""
DOTTED = 2
HATCHED = ("suppressed", "confidential")
"""Reasons that are drawn as a hatched mark, so that a gap is never taken for a zero."""
FONT = "'Source Sans 3 Variable', 'Source Sans 3', 'Segoe UI', system-ui, sans-serif"
