"""No file is compiled twice: a run keeps what it compiles, and its processes share out the files of tests.

pytest rewrites every assertion so that it can tell what was compared. In a fresh clone that takes longer than all
else that collecting does, and every process would do it for every file at the same moment; so each begins with its
share. The hundred processes that tests start read what is kept too, where Python is told to keep nothing as well
(PYTHONDONTWRITEBYTECODE).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _read_pyc,
    _rewrite_test,
    _write_pyc,
    assertstate_key,
    get_cache_dir,
    try_makedirs,
)

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Rewrite this process's share; what the others have not yet done when it is asked for is done then."""
    config = session.config
    process = getattr(config, "workerinput", None)
    tests = config.rootpath / "tests"
    if process is None or [Path(each).resolve() for each in config.args] != [tests]:
        return
    number, processes = int(process["workerid"].removeprefix("gw")), process["workercount"]
    for file in sorted(tests.rglob("test_*.py"))[number::processes]:
        rewrite(file, config)


def rewrite(file: Path, config: pytest.Config) -> None:
    """What pytest's own hook does at the import of a file, without importing it."""
    folder = get_cache_dir(file)
    kept = folder / f"{file.stem}{PYC_TAIL}"
    if try_makedirs(folder) and _read_pyc(file, kept) is None:
        source, code = _rewrite_test(file, config)
        _write_pyc(config.stash[assertstate_key], code, source, kept)
