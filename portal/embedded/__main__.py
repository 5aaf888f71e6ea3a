"""``python -m portal.embedded``: servers for a terminal, and the environment of each role."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
import time
from pathlib import Path

from portal.embedded.backups import backup, restore
from portal.embedded.environment import PURPOSES, own_part, process_environment
from portal.embedded.errors import StepFailed
from portal.embedded.launch import die_with_parent
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.servers import Servers, running_ports
from portal.embedded.supervisor import Supervisor

DEFAULT_BASE_URL = "http://127.0.0.1:8000"


def main(arguments: list[str]) -> int:
    """Do what the command line asks; an expected failure is three lines of text, never a traceback."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.embedded", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="everything: servers, tables, demo, web, worker and beat")
    run.add_argument("--with-parent", action="store_true", help="stop when the process that started it ends")
    run.set_defaults(run=run_all)

    servers = commands.add_parser("servers", help="PostgreSQL and Valkey alone, until stopped")
    servers.set_defaults(run=run_servers)

    env = commands.add_parser("env", help='a role\'s environment: eval "$(python -m portal.embedded env web)"')
    env.add_argument("purpose", choices=PURPOSES)
    env.set_defaults(run=print_environment)

    manage = commands.add_parser("manage", help="manage.py with a role's environment, against running servers")
    manage.add_argument("purpose", choices=PURPOSES)
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    manage.set_defaults(run=run_manage)

    backup_to = commands.add_parser("backup", help="write all of the database to a file")
    backup_to.add_argument("file", type=Path)
    backup_to.set_defaults(run=lambda options: backup(*_var_and_port(), options.file))

    restore_from = commands.add_parser("restore", help="fill an empty database from such a file")
    restore_from.add_argument("file", type=Path)
    restore_from.set_defaults(run=lambda options: restore(*_var_and_port(), options.file))
    return parser


def _var_and_port() -> tuple[Var, int]:
    var = Var.from_environment()
    return var, running_ports(var)[0]


def run_all(options: argparse.Namespace) -> None:
    """Run Växtkraft until stopped."""
    if options.with_parent:
        die_with_parent(os.getppid(), signal.SIGTERM)
    Supervisor(Var.from_environment()).run()


def run_servers(options: argparse.Namespace) -> None:
    """Run the two data servers until this process is told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    servers = Servers(Var.from_environment())
    try:
        servers.start()
        print(f"PostgreSQL is on 127.0.0.1:{servers.postgres.port}, Valkey on 127.0.0.1:{servers.valkey.port}.")
        print(
            'For a role\'s environment: eval "$(python -m portal.embedded env web)". Ctrl-C stops.',
            flush=True,
        )
        while servers.postgres.is_alive() and servers.valkey.is_alive():
            time.sleep(0.2)
        raise StepFailed(
            "keep the servers running",
            "one of them ended by itself.",
            f"Read the logs in {servers.var.logs}, then start again.",
        )
    except KeyboardInterrupt:
        print("Stopping.")
    finally:
        servers.stop()


def print_environment(options: argparse.Namespace) -> None:
    """Print shell lines that set what the role's process gets."""
    for name, value in own_part(_environment(options.purpose)).items():
        print(f"export {name}={shlex.quote(value)}")


def run_manage(options: argparse.Namespace) -> None:
    """Become manage.py."""
    command = [sys.executable, str(REPOSITORY / "manage.py"), *options.arguments]
    os.execve(sys.executable, command, _environment(options.purpose))  # noqa: S606


def _environment(purpose: str) -> dict[str, str]:
    var = Var.from_environment()
    base_url = os.environ.get("VAXTKRAFT_BASE_URL", DEFAULT_BASE_URL)
    return process_environment(var, purpose, ports=running_ports(var), base_url=base_url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
