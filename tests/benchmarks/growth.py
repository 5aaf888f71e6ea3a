"""How much memory a piece of work takes, measured in a process of its own, which nothing before has stretched."""

from __future__ import annotations

import gc
import multiprocessing
import re
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

_STATUS = Path("/proc/self/status")


def growth(work: Callable[[bytes], object], data: bytes, small: bytes) -> float:
    """The most by which a process grows that does some work with a file it has already, in sizes of the file.

    ``small`` is a file that is worked with first, so that the libraries' own memory is not counted.
    """
    told, tell = multiprocessing.Pipe(duplex=False)
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        process = multiprocessing.get_context("spawn").Process(
            target=_measure, args=(work, file.name, small, tell)
        )
        process.start()
        grown: int = told.recv()
        process.join()
    return grown / len(data)


def _measure(work: Callable[[bytes], object], path: str, small: bytes, tell: Connection) -> None:
    work(small)
    gc.collect()
    pa.default_memory_pool().release_unused()
    data = Path(path).read_bytes()
    before = watch_from_now()
    work(data)
    tell.send((kilobytes("VmHWM") - before) * 1024)


def watch_from_now() -> int:
    """Forget the most that this process has taken so far, and give what it takes now, in kilobytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return kilobytes("VmRSS")


def kilobytes(name: str) -> int:
    """A figure of this process, such as VmHWM, the most that it has taken."""
    found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text())
    assert found is not None
    return int(found[1])
