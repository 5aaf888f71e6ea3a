"""One process at a time runs a ``var``."""

from __future__ import annotations

import fcntl
import os
from io import TextIOWrapper

from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var


def lock(var: Var) -> TextIOWrapper:
    """Be the one process that runs this ``var``, until the file is closed or this process ends.

    Raises StepFailed if there is one already.
    """
    file = (var.run / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise StepFailed(
            "be the only one to run",
            f"Växtkraft is already running from {var.root} (process {holder}).",
            "Use that one, or stop it first (Ctrl-C where it runs).",
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
