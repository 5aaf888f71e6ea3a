"""What a run that was killed hard left behind: ended before a new run starts, so that no two ever overlap."""

from __future__ import annotations

import json

from portal.embedded.layout import Var
from portal.embedded.processes import end_group, group_of, wait_until

_PATIENCE = 10.0  # seconds; the kernel has already told them to end


def remember_process(var: Var, name: str, pid: int, command: list[str]) -> None:
    """Note which process serves ``name``, for a next run that finds it still there."""
    note = {"pid": pid, "command": command}
    (var.run / f"{name}.process").write_text(json.dumps(note), encoding="utf-8")


def end_leftovers(var: Var) -> None:
    """Wait for the processes of the former run to end, and end those that don't.

    A number that now belongs to another program is recognised by its command line and left alone.
    """
    for path in var.run.glob("*.process"):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:  # cut short by the kill
            note = {"pid": 0, "command": ["cut short"]}
        _end(note["pid"], note["command"])
        path.unlink()


def _end(leader: int, command: list[str]) -> None:
    if not wait_until(lambda: not group_of(leader, command), _PATIENCE):
        end_group(leader)
