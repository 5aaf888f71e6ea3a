"""Starting and stopping children that never outlive their parent."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from io import BufferedWriter
from pathlib import Path

from portal.embedded.accounts import Account, launch_command

_LOG_TO_TRIM = 10 * 1024 * 1024  # bytes


def spawn(
    program: list[str],
    *,
    log: Path,
    output: Path | None = None,
    environment: Mapping[str, str],
    account: Account | None = None,
    death_signal: int = signal.SIGTERM,
    directory: Path | None = None,
    stdin: str | None = None,
    guard: bool = False,
) -> subprocess.Popen[bytes]:
    """Start ``program`` in a session of its own, all that it says appended to ``log``.

    Its own session keeps a Ctrl-C at the terminal from reaching it before its turn; ``death_signal`` is what
    the kernel sends it should this process die; with ``guard`` all that it has started itself dies as well.
    ``output`` is a file for what it prints, apart from errors; ``stdin`` is a text that it reads and no process
    list shows.
    """
    with _open_log(log) as errors, _open_log(output or log) as prints:
        child = subprocess.Popen(
            launch_command(program, account, death_signal=death_signal, directory=directory, guard=guard),
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=prints,
            stderr=errors,
            env=dict(environment),
            start_new_session=True,
        )
    if child.stdin is not None and stdin is not None:
        with contextlib.suppress(BrokenPipeError), child.stdin as pipe:
            pipe.write(stdin.encode())
    return child


def _open_log(path: Path) -> BufferedWriter:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def trim_logs(folder: Path) -> None:
    """Set the text of each log that has grown large aside, in place of what was set aside before.

    The file itself stays, since its writer holds it open (and appends, so it goes on at the new end).
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size > _LOG_TO_TRIM:
            with _open_log(log.with_suffix(".log.former")) as former:
                former.truncate(0)
                former.write(log.read_bytes())
            os.truncate(log, 0)


def stop(child: subprocess.Popen[bytes], *signals: int, grace: float = 10.0) -> None:
    """Ask ``child`` to end with each signal in turn, ``grace`` seconds apart; then end its whole group."""
    for number in signals:
        if child.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace)
    end_group(child.pid)
    child.wait()


def end_group(leader: int) -> None:
    """Kill what is left of a session's process group, such as helpers of a leader that died hard."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def command_of(pid: int) -> list[str]:
    """The command line of a living process, empty when there is none (or it is a zombie)."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [part.decode(errors="replace") for part in raw.split(b"\0") if part]


def group_of(leader: int, command: list[str]) -> list[int]:
    """The processes of a session's group that run ``command``: the leader's guard, its program, forks of it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # After the name in brackets, which may hold anything: state, parent, group.
            group = int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[2])
            if group == leader and command_of(int(process.name))[-len(command) :] == command:
                found.append(int(process.name))
    return found


def any_works_in(folder: Path) -> bool:
    """Whether some process that we may look at has ``folder`` as its working directory."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder:
                return True
    return False


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether it became so before the time was up."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def last_words(log: Path) -> str:
    """The last line of a log, to be quoted to the person who started the program."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return lines[-1] if lines else "nothing"
