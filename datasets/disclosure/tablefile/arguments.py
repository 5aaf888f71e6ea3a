"""The rule that someone asks for on a command line: NAME=VALUE, or a JSON file of the same names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from datasets.cubes import Role

from ..rule import SMALLEST_THRESHOLD, AggregationRule, Sensitivity, Zeros
from .problems import BadFile

NO_LIMIT = 99
_YES = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
_LISTS = ("sensitive", "leave_out", "repeats", "priority")
_PLAIN = ("over", "geo", "time")
NAMES = {
    "interval": "on: what can be worked out about a hidden count is at least as wide as 1…k-1",
    "insider": "on: kept also from someone who took part and knows their own cell",
    "tau": "N: groups where fewer than N, or all but fewer, have a sensitive answer (needs over, sensitive)",
    "share_base": "N: shares over the answers are hidden where the group is smaller than N (needs over)",
    "deep_base": "N: a place crossed with two or more dimensions is hidden under N people (needs geo)",
    "max_dimensions": "N: refuse a table that crosses more dimensions",
    "rounding": "N: what is shown is rounded to multiples of N",
    "over": "COLUMN: the dimension of answers",
    "sensitive": "CODE+CODE: answers, or a combination of them, that a whole group must not be seen to have",
    "leave_out": "CODE: an answer that is not in the base of shares, such as no answer",
    "repeats": "COLUMN: a dimension such as the options of a multiple choice, each asked of the same people",
    "geo": "COLUMN: the dimension of places",
    "time": "COLUMN: the dimension of times, whose people are not crossed",
    "priority": "COLUMN:CODE:N: cells to publish first (N above 0) or to hide first (under 0)",
}
"""What may be said of a rule, for help texts."""


@dataclass(frozen=True)
class Asked:
    """A rule, and what it needs to know of the table: see CountTable."""

    rule: AggregationRule
    about: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)


def asked(k: int, zeros: str, given: Sequence[str]) -> Asked:
    """The rule that is asked for. Raises BadFile for names and values that mean nothing."""
    if k < 1:
        raise BadFile("bad_rule", "k is the smallest count that is shown: a whole number from 1.")
    said: dict[str, Any] = {}
    for item in given:
        for name, value in _read(item):
            if name in _LISTS:
                said.setdefault(name, []).extend(value if isinstance(value, list) else [value])
            else:
                said[name] = value
    numbers = {
        item.name: _value(item.name, said[item.name], switch=isinstance(item.default, bool))
        for item in fields(AggregationRule)
        if item.name in said
    }
    odd = sorted(set(said) - set(numbers) - {*_LISTS, *_PLAIN})
    if odd or {"k", "zeros", "sensitivity"} & set(numbers):
        name = odd[0] if odd else sorted({"k", "zeros", "sensitivity"} & set(numbers))[0]
        raise BadFile("bad_rule", f"--rule knows no {name}; it knows {', '.join(NAMES)}. k and zeros stand alone.")
    sensitivity = Sensitivity.INTERNAL if k >= SMALLEST_THRESHOLD else Sensitivity.OPEN
    try:
        rule = AggregationRule(
            sensitivity,
            **{
                "k": k,
                "zeros": Zeros(zeros),
                "share_base": 0,
                "mean_base": 0,
                "max_dimensions": NO_LIMIT,
                **numbers,
            },
        )
    except ValueError as error:
        raise BadFile("bad_rule", str(error)) from None
    return Asked(rule, _about(said), _roles(said))


def _read(item: str) -> list[tuple[str, Any]]:
    """One --rule: NAME=VALUE, or all of a JSON file."""
    name, equals, value = item.partition("=")
    if equals and not Path(item).is_file():
        return [(name.strip().replace("-", "_"), value.strip())]
    try:
        stored = json.loads(Path(item).read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadFile("bad_rule", f"--rule {item}: write NAME=VALUE, or the name of a JSON file.") from None
    except (ValueError, RecursionError):
        raise BadFile("bad_rule", f"--rule {item}: the file is not JSON.") from None
    if not isinstance(stored, dict):
        raise BadFile("bad_rule", f"--rule {item}: the file holds no names and values.")
    return [(str(name), value) for name, value in stored.items()]


def _value(name: str, value: Any, *, switch: bool) -> Any:
    if switch:
        answer = value if isinstance(value, bool) else _YES.get(str(value).lower())
        if answer is None:
            raise BadFile("bad_rule", f"{name} is on or off.")
        return answer
    try:
        if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
            raise ValueError
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise BadFile("bad_rule", f"{name} is a whole number.") from None


def _about(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the rule says of the table."""
    about: dict[str, Any] = {}
    if "over" in said:
        about["over"] = str(said["over"])
    if "sensitive" in said:
        groups = [item if isinstance(item, list) else str(item).split("+") for item in said["sensitive"]]
        about["sensitive"] = tuple(frozenset(map(str, group)) for group in groups)
    for name in ("leave_out", "repeats"):
        if name in said:
            about[name] = tuple(map(str, said[name]))
    if "priority" in said:
        about["priority"] = _priority(said["priority"])
    if ("sensitive" in about or "leave_out" in about) and "over" not in about:
        raise BadFile("bad_rule", "sensitive and leave_out are answers: say over=COLUMN too.")
    return about


def _priority(items: Sequence[Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for item in items:
        column, _, rest = str(item).partition(":")
        code, colon, number = rest.rpartition(":")
        if not colon:
            raise BadFile("bad_rule", "priority is COLUMN:CODE:N, such as answer:none:-1.")
        found.setdefault(column, {})[code] = int(_value("The N of priority", number, switch=False))
    return found


def _roles(said: Mapping[str, Any]) -> dict[str, Role]:
    return {str(said[name]): role for name, role in (("geo", Role.GEO), ("time", Role.TIME)) if name in said}
