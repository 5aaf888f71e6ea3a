"""Start a program so that it can't outlive its parent, as another account if asked.

Run as a script: ``python -I -S launch.py --parent PID --death-signal N [...] -- program …``.
Being a process of its own, it needs no code between fork and exec in a process that may have threads.
With ``--guard`` it does not become the program but stays before it, and takes with it all that the program
has started (a worker's pool) when its parent dies. Standard library only.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)
NOT_ENTERED = 122  # exit code: the other account could not be taken on


def main(arguments: list[str]) -> None:
    """Take on the account, tie this process to its parent's life, and become the program."""
    options = _parse(arguments)
    try:
        if options.uid is not None:
            _become(options.uid)
        elif options.namespace is not None:
            _enter_namespace(options.namespace)
        if options.directory:
            os.chdir(options.directory)
    except OSError as error:
        print(f"launch: {error}", file=sys.stderr)
        sys.exit(NOT_ENTERED)
    os.umask(0o077)
    if options.guard:
        _guard(options.parent)
    else:
        # After the account: the kernel forgets the signal when credentials change.
        die_with_parent(options.parent, options.death_signal)
    try:
        os.execv(options.program[0], options.program)  # noqa: S606
    except OSError as error:
        print(f"launch: {options.program[0]}: {error}", file=sys.stderr)
        sys.exit(NOT_ENTERED)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--death-signal", type=int, required=True)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--namespace", type=int, metavar="UID")
    parser.add_argument("--directory")
    parser.add_argument("--guard", action="store_true")
    parser.add_argument("program", nargs="+")
    return parser.parse_args(arguments)


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _enter_namespace(inner: int) -> None:
    """Keep the outer account, but be number ``inner`` to oneself (PostgreSQL refuses to be root)."""
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"unshare: {os.strerror(code)}")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{inner} {uid} 1"),
        ("gid_map", f"{inner} {gid} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")


def _guard(parent: int) -> None:
    """Return in a child that is to become the program; this process stays, and ends with it or with ``parent``.

    What it is asked it passes on. It must lead a session, whose group is killed when ``parent`` has died.
    """
    child = 0
    signal.signal(signal.SIGUSR1, lambda number, frame: os.killpg(0, signal.SIGKILL))
    for number in PASSED_ON:
        signal.signal(number, lambda number, frame: os.kill(child, number) if child else None)
    die_with_parent(parent, signal.SIGUSR1)
    guard = os.getpid()
    child = os.fork()
    if child == 0:
        for number in (*PASSED_ON, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        die_with_parent(guard, signal.SIGKILL)
        return
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def die_with_parent(parent: int, signal_number: int) -> None:
    """Have the kernel send this process a signal when ``parent``, its present parent, has ended."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:  # race: the parent died before the kernel knew of the wish
        sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
