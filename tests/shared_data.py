"""Real files that others wrote, for tests; they lie beside the repository and are never committed.

A test that asks for one where there is none is skipped, and says so.
"""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(path: str) -> Path:
    """The shared file or folder at a path such as ``statistics/px``; skips the test where it is absent."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"The shared data is not here: {path}")
    return found


def shared_files(folder: str, *endings: str) -> list[str]:
    """The paths, below a shared folder, of all files with one of these endings; none where it is absent."""
    root = SHARED / folder
    files = (file for file in root.rglob("*") if file.name.lower().endswith(endings))
    return sorted(str(file.relative_to(root)) for file in files)
