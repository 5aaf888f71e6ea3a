"""From a fresh clone to a command that runs: what the Makefile calls, with the system's own Python.

Standard library only, and nothing newer than Python 3.7 until the version has been checked.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

from portal.embedded.errors import StepFailed
from portal.embedded.installing import VENV, VENV_PYTHON, say, set_up
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.locking import lock

OLDEST = (3, 11)
_LINTERS = (
    "ruff check .",
    "ruff format --check .",
    "lint-imports",
    "mypy portal accounts datasets surveys dialogues",
    "djlint frontend/templates --lint --quiet",
    "deptry . --config requirements/deptry.toml",
)


def main(arguments: list[str]) -> int:
    """Do what the Makefile's target asks; an expected failure is three lines of text, never a traceback."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Say what to do: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    os.chdir(REPOSITORY)
    try:
        check_python()
        return COMMANDS[arguments[0]](arguments[1:])
    except StepFailed as failure:
        print(failure, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped; what was done so far is kept.", file=sys.stderr)
    return 1


def check_python() -> None:
    """Raise StepFailed when this Python is too old."""
    if sys.version_info < OLDEST:
        raise StepFailed(
            "look at Python",
            f"this is Python {sys.version.split()[0]}; Växtkraft needs 3.11 or newer.",
            "Install one and name it: `make run PYTHON=python3.12`.",
        )


def run(rest: list[str]) -> int:
    """Set up, then become the supervisor, which ends when make does."""
    set_up(is_for_tests=False)
    return _become("-m", "portal.embedded", "run", "--with-parent", *rest)


def servers(rest: list[str]) -> int:
    """Set up, then run PostgreSQL and Valkey alone."""
    set_up(is_for_tests=False)
    return _become("-m", "portal.embedded", "servers", *rest)


def manage(rest: list[str]) -> int:
    """manage.py as one of the roles, against servers that run."""
    set_up(is_for_tests=False)
    return _become("-m", "portal.embedded", "manage", *rest)


def test(rest: list[str]) -> int:
    """Set up with what tests need, then become pytest; all tests on all cores unless some are named.

    One process more than there are cores: tests of faults and of the browser also wait.
    """
    set_up(is_for_tests=True)
    processes = str((os.cpu_count() or 1) + 1)
    return _become("-m", "pytest", *(rest or ["-n", processes, "--dist", "worksteal"]))


def lint(rest: list[str]) -> int:
    """Every linter, all of them also when one complains."""
    set_up(is_for_tests=True)
    failed = []
    for command in _LINTERS:
        say(command)
        name, *options = shlex.split(command)
        if subprocess.run([str(VENV / "bin" / name), *options], check=False).returncode != 0:
            failed.append(name)
    if failed:
        raise StepFailed("lint", f"{', '.join(failed)} complained.", "Mend what is named above.")
    return 0


def setup(rest: list[str]) -> int:
    """Set up and stop there: for tests as well, or with `base` for running alone."""
    set_up(is_for_tests=rest != ["base"])
    return 0


def backup(rest: list[str]) -> int:
    """Write all of the database to a file."""
    return _become("-m", "portal.embedded", "backup", *rest)


def restore(rest: list[str]) -> int:
    """Fill an empty database from such a file."""
    return _become("-m", "portal.embedded", "restore", *rest)


def reset(rest: list[str]) -> int:
    """Remove data, secrets, keys and logs; packages stay."""
    var = Var.from_environment()
    if not var.root.exists():
        return 0
    var.create()
    with lock(var):
        for path in var.everything:
            try:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            except PermissionError as error:
                raise StepFailed(
                    "remove the data",
                    f"{error.filename} belongs to another account.",
                    "Run `make reset` as the account that ran `make run` (for example with sudo).",
                ) from None
    say(f"Data, secrets, keys and logs in {var.root} are removed. `make run` starts over.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "reset": reset,
    "setup": setup,
    "lint": lint,
    "servers": servers,
    "manage": manage,
    "backup": backup,
    "restore": restore,
}


def _become(*arguments: str) -> int:
    if not VENV_PYTHON.exists():
        raise StepFailed("find what is installed", "nothing has been installed yet.", "Run `make setup`.")
    sys.stdout.flush()
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *arguments])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
