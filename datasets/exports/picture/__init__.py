"""Pictures of charts without a browser: SVG in which everything stands, and PNG made from it."""

from .drawing import BROAD, NARROW, WIDE, Paper, Picture, bare_picture, chart_picture

__all__ = ["BROAD", "NARROW", "WIDE", "Paper", "Picture", "bare_picture", "chart_picture"]
