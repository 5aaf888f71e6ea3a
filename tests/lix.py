"""How hard a Swedish text is to read, for tests: the measure that officials are shown too."""

from surveys.reporting_back.reading_ease import LONG, SENTENCE_END, WORD, lix, lix_of

__all__ = ["LONG", "SENTENCE_END", "WORD", "lix", "lix_of"]
