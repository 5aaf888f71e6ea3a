"""Files of figures on their way in: each becomes a whole cube, or a report of why not."""

from .jsonstat import read_jsonstat
from .problems import ImportResult, Problem, Severity
from .px import read_px

__all__ = ["ImportResult", "Problem", "Severity", "read_jsonstat", "read_px"]
