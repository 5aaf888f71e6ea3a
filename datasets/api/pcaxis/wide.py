"""CSV as PxWeb writes it: the stub's dimensions as columns, and a column for each crossing of the heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import product

from datasets.charts.wording import missing_text
from datasets.cubes import Cube, Dimension, Reason, pick
from portal.files.csv import safe_cell

SEPARATORS = {"separatortab": "\t", "separatorspace": " ", "separatorsemicolon": ";"}
SHOWN = {"usecodes": "codes", "usetexts": "texts", "usecodesandtexts": "both"}
PARAMETERS = frozenset({*SEPARATORS, *SHOWN, "includetitle"})
"""Words of `outputFormatParams`, in small letters."""


def wide_csv(cube: Cube, lang: str, title: str, *, in_heading: int, parameters: Sequence[str] = ()) -> bytes:
    """The cube, whose last ``in_heading`` dimensions stand in the heading.

    A figure that is not shown says why, in the words that pages use. Texts are guarded against being run.
    """
    asked = [word.lower() for word in parameters]
    shown = next((SHOWN[word] for word in asked if word in SHOWN), "texts")
    delimiter = next((SEPARATORS[word] for word in asked if word in SEPARATORS), ",")
    split = len(cube.dimensions) - in_heading
    stub, heading = cube.dimensions[:split], cube.dimensions[split:]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    if "includetitle" in asked:
        writer.writerow([safe_cell(title)])
    crossed = [" ".join(names) for names in product(*(_named(dimension, shown, lang) for dimension in heading))]
    writer.writerow(
        [safe_cell(pick(d.label, lang) or d.code) for d in stub] + [safe_cell(name) for name in crossed]
    )
    words = {int(reason): missing_text(cube, reason, lang) for reason in Reason if reason.is_missing}
    values, statuses = cube.values.reshape(-1, len(crossed)), cube.statuses.reshape(-1, len(crossed))
    for place, names in enumerate(product(*(_named(dimension, shown, lang) for dimension in stub))):
        cells = zip(values[place].tolist(), statuses[place].tolist(), strict=True)
        row = [words.get(status) or _number(value) for value, status in cells]
        writer.writerow([*(safe_cell(name) for name in names), *row])
    return out.getvalue().encode("utf-8-sig")


def _named(dimension: Dimension, shown: str, lang: str) -> list[str]:
    labels = [pick(category.label, lang) or category.code for category in dimension.categories]
    if shown == "codes":
        return list(dimension.codes)
    if shown == "both":
        return [f"{code} {label}" for code, label in zip(dimension.codes, labels, strict=True)]
    return labels


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
