"""A file of counts, protected into another: read, protect, write, and tell what was done."""

from __future__ import annotations

import logging
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from time import process_time
from typing import Any

from ..protect import Solved, solve_linked
from .arguments import Asked
from .building import TableFile, read_table, with_answers
from .problems import BadFile
from .spec import Spec
from .writing import write_table

logger = logging.getLogger(__name__)


def protect_file(source: Path, spec: Spec, wanted: Asked, output: Path, *, audit: str = "full") -> dict[str, Any]:
    """Protect the table in ``source`` into ``output``; what is told of it, as plain JSON.

    Seconds are those of the processor. Raises BadFile and RefusedToPublish; then there is no output.
    """
    if output.is_dir() or not output.parent.is_dir():
        raise BadFile("bad_arguments", f"{output} can't be written: its folder is missing, or it is one itself.")
    started = process_time()
    _check_dimensions(wanted, spec)
    file = with_answers(read_table(source, spec, roles=wanted.roles), **wanted.about)
    for note in file.notes:
        logger.info(note)
    logger.info("%d cells are to be published.", int(file.shown.sum()))
    read = process_time()
    solved = solve_linked([file.table], wanted.rule, whole=audit == "full")
    (protected,) = solved.cubes
    done = process_time()
    logger.info("%d cells are hidden.", protected.report.hidden)
    write_table(output, protected, file.shown)
    spent = {"reading": read - started, "protecting": done - read, "writing": process_time() - done}
    return told(file, solved, spent) | {"scope": audit}


def told(file: TableFile, solved: Solved, spent: Mapping[str, float]) -> dict[str, Any]:
    """The one object that is printed. ``exact`` and ``linear``: secrets that whole numbers or sums give away."""
    report = solved.cubes[0].report
    audit = dict(report.audit)
    exposed = audit.get("exposed", 0)  # whoever has a second table is given away by no sum either
    seconds = dict(solved.outcome.seconds) | dict(spent)
    return {
        "cells": int(file.shown.sum()),
        "primary": report.primary,
        "secondary": report.secondary,
        "suppressed": report.hidden,
        "seconds": {part: round(float(value), 3) for part, value in seconds.items()},
        "peak_mb": round(_peak_mb(), 1),
        "audit": audit | {"exact": exposed, "linear": exposed},
        "rule": report.rule,
        "method": report.method,
        "version": report.version,
        "notes": list(file.notes),
    }


def _peak_mb() -> float:
    """The most memory that the process has used, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _check_dimensions(wanted: Asked, spec: Spec) -> None:
    """Raise BadFile when the rule names a dimension that the table does not have."""
    about = wanted.about
    named = {about.get("over"), *about.get("repeats", ()), *about.get("priority", {}), *wanted.roles}
    odd = sorted(name for name in named if name and name not in spec.dims)
    if odd:
        raise BadFile("bad_rule", f"--rule names {odd[0]}, which is no dimension of the specification.", odd)
