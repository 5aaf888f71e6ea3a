"""From a question in somebody's own words to what is looked for among the data.

Plain Python, no Django: `ideas_in` reads a question, `told_of` a data set; `datasets.finding` asks the database.
"""

from __future__ import annotations

from .question import Idea, ideas_in, told_of

__all__ = ["Idea", "ideas_in", "told_of"]
