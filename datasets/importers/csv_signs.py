"""Signs that stand where a figure should be, and what each of them most likely means."""

from __future__ import annotations

import re

from datasets.cubes import Reason

MEANINGS = {
    "": Reason.NOT_AVAILABLE,
    "..": Reason.NOT_AVAILABLE,
    ".": Reason.NOT_APPLICABLE,
    "-": Reason.NOT_AVAILABLE,
    "–": Reason.NOT_AVAILABLE,
    "x": Reason.CONFIDENTIAL,
    "*": Reason.CONFIDENTIAL,
    **dict.fromkeys(
        ("#n/a", "#saknas!", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"), Reason.NOT_AVAILABLE
    ),
    "na": Reason.NOT_AVAILABLE,
    "n/a": Reason.NOT_AVAILABLE,
    "null": Reason.NOT_AVAILABLE,
    "saknas": Reason.NOT_AVAILABLE,
    **dict.fromkeys(
        ("uppg. saknas", "uppgift saknas", "ingen uppgift", "ej uppgift", "missing", "none", "nan", "…", "—"),
        Reason.NOT_AVAILABLE,
    ),
    "bortfall": Reason.DROPPED_OUT,
    "ej tillämpl.": Reason.NOT_APPLICABLE,
    "sekretess": Reason.CONFIDENTIAL,
    "färre än 5": Reason.CONFIDENTIAL,
}
_FEW = re.compile(r"<\s?=?\s?\d+")
AMBIGUOUS = frozenset({"-", "–", "—", ".", "x", "*"})
"""Signs by which sources mean opposite things; a person is asked."""


def meaning(sign: str) -> Reason | None:
    """What a sign in a column of figures most likely stands for, or None when it is no sign that we know."""
    if _FEW.fullmatch(sign):
        return Reason.CONFIDENTIAL
    return MEANINGS.get(sign.casefold())
