"""What has been done to which input: a line of text beside the result."""

from __future__ import annotations

import hashlib
from pathlib import Path


def text_state(path: Path) -> str:
    """A short name for what the file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def files_state(*paths: Path) -> str:
    """A short name for the names, sizes and times of files, and of all files in folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                found = file.stat()
                digest.update(f"{file}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def is_stamped(note: Path, state: str) -> bool:
    """Whether the step was last done, to its end, with this very input."""
    return note.exists() and note.read_text(encoding="ascii") == state


def stamp(note: Path, state: str) -> None:
    """Note that the step is done."""
    note.write_text(state, encoding="ascii")
