"""The status of a JSON-stat dataset: signs of the source beside its values, turned into reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import JsonStatError
from .reasons import Reason, SourceSymbol, reason_from_token

MOST_SIGNS = 200
NEVER_SHOWN = (Reason.SUPPRESSED, Reason.CONFIDENTIAL)


@dataclass(frozen=True)
class Signs:
    """Flat arrays of a cube's figures, reasons and marks, and the signs that the marks point at."""

    values: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    symbols: tuple[SourceSymbol, ...]


def read_signs(
    document: Mapping[str, Any],
    values: NDArray[np.float64],
    legend: Mapping[str, Mapping[str, str]],
    known: Mapping[str, Reason],
    lang: str,
) -> Signs:
    """Every cell's reason, from the document's own legend, then from what is known of the source.

    A value beside a sign that says it must not be seen is not taken in. A null that nothing explains is "not
    available"; a null that the source calls nil is the zero that it stands for.
    """
    by_place = _by_place(document.get("status"), len(values))
    symbols = {sign: _explained(sign, word, lang) for sign, word in legend.items() if "reason" in word}
    ours: dict[str, Reason] = {}
    empty = np.isnan(values)
    found = dict.fromkeys(by_place[place] for place in sorted(by_place))
    if len(symbols.keys() | found.keys()) > MOST_SIGNS:
        raise JsonStatError(f"The status has more than {MOST_SIGNS} different signs.")
    for sign in [sign for sign in found if sign not in symbols]:
        own_word = None if sign in known else reason_from_token(sign)
        if own_word is not None:
            ours[sign] = own_word
        else:
            reason = known.get(sign, _unexplained(by_place, sign, empty))
            symbols[sign] = _explained(sign, {**legend.get(sign, {}), "reason": reason.token}, lang)
    numbers = {sign: number for number, sign in enumerate(symbols, start=1)}
    statuses = np.where(empty, np.uint8(Reason.NOT_AVAILABLE), np.uint8(Reason.NONE))
    marks = np.zeros(len(values), dtype=np.uint8)
    for place, sign in by_place.items():
        reason = ours[sign] if sign in ours else symbols[sign].reason
        marks[place] = numbers.get(sign, 0)
        if reason is Reason.NIL and empty[place]:
            values[place] = 0.0
        if reason in NEVER_SHOWN:
            values[place] = np.nan
        if np.isnan(values[place]) == reason.is_missing:
            statuses[place] = reason
    return Signs(values, statuses, marks, tuple(symbols.values()))


def _explained(sign: str, word: Mapping[str, str], lang: str) -> SourceSymbol:
    text = {lang: word["label"]} if word.get("label") else {}
    return SourceSymbol(sign, text, Reason[word["reason"].upper()])


def _unexplained(by_place: Mapping[int, str], sign: str, empty: NDArray[np.bool_]) -> Reason:
    """A sign that nobody explains says nothing about values that stand, else that they are not available."""
    stands = any(found == sign and not empty[place] for place, found in by_place.items())
    return Reason.NONE if stands else Reason.NOT_AVAILABLE


def _by_place(status: Any, count: int) -> dict[int, str]:
    """Cell number to sign; the status may be one sign for all, a list, or an object."""
    if status is None:
        return {}
    if isinstance(status, str):
        status = [status] * count
    if isinstance(status, list) and len(status) == 1:
        status = status * count
    items = status.items() if isinstance(status, Mapping) else enumerate(status)
    found = {int(place): str(sign) for place, sign in items if sign}
    if found and not 0 <= min(found) <= max(found) < count:
        raise JsonStatError(f"The status speaks of a cell outside the table's {count} cells.")
    return found
