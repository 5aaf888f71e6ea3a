"""The demo: a fictional region with three fictional municipalities, made in under a minute.

Part of the composition, like the settings: it names every app, and no app imports it. All of it is synthetic,
from fixed seeds, and marked as such wherever it shows.
"""
