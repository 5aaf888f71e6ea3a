"""From a question in somebody's own words to what is looked for among the data.

`ideas_in` reads a question, `told_of` a data set; `finding` asks the database, `gaps` tells what is not there.
"""

from __future__ import annotations

from .question import Idea, ideas_in, told_of

__all__ = ["Idea", "ideas_in", "told_of"]
