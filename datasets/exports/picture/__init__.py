"""Pictures of charts without a browser: SVG in which everything stands, and PNG made from it."""

from .drawing import BROAD, NARROW, WIDE, Paper, Picture, bare_picture, chart_picture
from .story import Story, StoryBar, story_picture

__all__ = [
    "BROAD",
    "NARROW",
    "WIDE",
    "Paper",
    "Picture",
    "Story",
    "StoryBar",
    "bare_picture",
    "chart_picture",
    "story_picture",
]
