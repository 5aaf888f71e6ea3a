"""The system map of what affects wellbeing: factors in layers and the influences between them. No Django.

A region changes a copy of the map that Växtkraft ships. Keys of shipped factors stay what they are, since data
sets, questions and themes name them: a factor is renamed or hidden, never removed.
"""

from datasets.system_map.changes import Change, Deed, changes_between
from datasets.system_map.model import (
    MapError,
    MapFactor,
    MapInfluence,
    SystemMap,
    is_own,
    own_key,
    shipped_map,
)
from datasets.system_map.picture import Box, Line, Picture, picture_of

__all__ = [
    "Box", "Change", "Deed", "Line", "MapError", "MapFactor", "MapInfluence", "Picture", "SystemMap",
    "changes_between", "is_own", "own_key", "picture_of", "shipped_map",
]  # fmt: skip
