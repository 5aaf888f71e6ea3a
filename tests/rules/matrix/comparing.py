"""Deeds of saved charts, and the municipalities that charts compare with."""

from __future__ import annotations

from tests.rules.matrix.datasets import MEMBERS, SAVERS_POST, chart, dataset
from tests.rules.matrix.row import Row, row

#             adam alma dag fia olle vera gun bo rut cleo anyone
SAVERS = "    200 200 200 200 200 404 404 404 404 404 302"
COORDINATE = "405 405 404 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "chart-beside": row(MEMBERS, dataset),
    "chart-edit": row(SAVERS, chart),
    "chart-copy": row(SAVERS_POST, chart),
    "chart-follow": row(SAVERS_POST, chart),
    "likeness-detail": row(MEMBERS),
    "likeness-change": row(COORDINATE),
}
