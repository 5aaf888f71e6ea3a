"""From a question in somebody's own words to what is looked for among the data.

Plain Python, no Django: `question.ideas_in` reads the question, `datasets.finding` asks the database.
"""

from __future__ import annotations

from .question import Idea, ideas_in

__all__ = ["Idea", "ideas_in"]
