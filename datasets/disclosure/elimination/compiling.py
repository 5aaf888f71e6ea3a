"""Machine code made once, and kept for later processes. Importing this imports numba."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])
_NO_WRAPPERS: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""They take half of the time to compile, and serve calls from plain Python only."""


def cache_folder() -> Path | None:
    """Where machine code is kept, beside the other caches of this installation; None where nothing can be kept.

    The folder that NUMBA_CACHE_DIR names, else one under VAXTKRAFT_VAR, else under ``var/`` in the repository.
    Inside it each state of this package has its own folder: numba looks at one file's date only.
    """
    named, var = os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("VAXTKRAFT_VAR")
    home = Path(var).expanduser() if var else Path(__file__).resolve().parents[3] / "var"
    sources = sorted(Path(__file__).parent.glob("*.py"))
    state = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    folder = (Path(named) if named else home / "cache" / "numba") / f"elimination-{state}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


_FOLDER = cache_folder()
if _FOLDER is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(_FOLDER)

from numba import njit  # noqa: E402 - it reads the folder's name when it is imported


def inner(function: F) -> F:
    """A function that compiled ones call, and nobody else."""
    return cast(F, njit(**_NO_WRAPPERS)(function))


def entry(function: F) -> F:
    """A compiled function that is called from plain Python."""
    return cast(F, njit(cache=_FOLDER is not None)(function))
