"""What a steward said of a file of people: what a row is, what each column means, and what is to be shown.

It is kept, for next year's file; of a column that must go it keeps the heading alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class PlanError(ValueError):
    """What was said does not fit together; ``code`` says how, ``heading`` of which column."""

    def __init__(self, code: str, heading: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.heading = heading


@dataclass(frozen=True)
class Band:
    """Ages that are shown together, the last one included."""

    code: str
    first: int
    last: int


BANDS = (Band("15-17", 15, 17), Band("18-19", 18, 19), Band("20-24", 20, 24), Band("25-29", 25, 29))
"""The age groups of the whole portal. Who is younger or older is left out, and counted as left out."""


class RowIs(StrEnum):
    """What a row of the file is."""

    PERSON = "person"
    CASE = "case"


class Figure(StrEnum):
    """What is shown of each group."""

    COUNT = "count"
    MEAN = "mean"
    SUM = "sum"

    @property
    def is_of_values(self) -> bool:
        """Whether it rests on a number that each person has."""
        return self is not Figure.COUNT


class ColumnUse(StrEnum):
    """What becomes of a column. ASK: nobody has said yet."""

    ASK = "ask"
    DROP = "drop"
    DIMENSION = "dimension"
    PLACE = "place"
    AGE = "age"
    BIRTH_YEAR = "birth_year"
    TIME = "time"
    MEASURE = "measure"
    PERSON = "person"


@dataclass(frozen=True)
class ColumnPlan:
    """One column: what becomes of it, and what it is called.

    ``shown``: of a dimension, each cell's category, in the order in which categories are shown. Cells that share
    one are merged, cells with an empty one are left out; a cell that is not named goes to “other”.
    """

    heading: str
    use: ColumnUse = ColumnUse.ASK
    name: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What people call the column."""
        return self.name or self.heading


@dataclass(frozen=True)
class PeoplePlan:
    """What is to be made of a file.

    ``year``: the year that the figures are of, where no column says it; ages are reckoned at its end. ``low`` and
    ``high`` (None: without end) are what a person's measure can be; ``unit`` is its unit.
    """

    columns: tuple[ColumnPlan, ...]
    row_is: RowIs = RowIs.PERSON
    figure: Figure = Figure.COUNT
    year: int | None = None
    low: float = 0.0
    high: float | None = None
    unit: str = ""

    def of_use(self, *uses: ColumnUse) -> tuple[ColumnPlan, ...]:
        """The columns of which this becomes, in the file's order."""
        return tuple(column for column in self.columns if column.use in uses)

    def column(self, heading: str) -> ColumnPlan | None:
        """What was said of a column; None where nothing was."""
        return next((column for column in self.columns if column.heading == heading), None)

    def check(self) -> None:
        """Raise PlanError where what was said does not make a table."""
        for column in self.of_use(ColumnUse.ASK):
            raise PlanError("undecided", column.heading)
        ages, times = self.of_use(ColumnUse.AGE, ColumnUse.BIRTH_YEAR), self.of_use(ColumnUse.TIME)
        for several in (ages, times, self.of_use(ColumnUse.MEASURE), self.of_use(ColumnUse.PERSON)):
            if len(several) > 1:
                raise PlanError("used_twice", several[1].heading)
        names = [column.called for column in self.of_use(*DIMENSIONS)]
        for name in names:
            if names.count(name) > 1:
                raise PlanError("same_name", name)
        if not names:
            raise PlanError("no_dimension")
        if self.figure.is_of_values != bool(self.of_use(ColumnUse.MEASURE)):
            raise PlanError("no_measure" if self.figure.is_of_values else "measure_unused")
        if self.of_use(ColumnUse.BIRTH_YEAR) and not times and self.year is None:
            raise PlanError("no_year")
        if (self.row_is is RowIs.CASE) != bool(self.of_use(ColumnUse.PERSON)):
            raise PlanError("no_person" if self.row_is is RowIs.CASE else "person_unused")
        if self.high is not None and self.high <= self.low:
            raise PlanError("scale")

    def to_json(self) -> dict[str, Any]:
        """The plan as plain JSON. Categories are a list of pairs: PostgreSQL's JSON keeps no order of names."""
        stored = asdict(self)
        for column in stored["columns"]:
            column["shown"] = list(map(list, column["shown"].items()))
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> PeoplePlan:
        """The plan again. Raises PlanError on a document that is none."""
        try:
            columns = tuple(
                ColumnPlan(
                    heading=str(column["heading"]),
                    use=ColumnUse(column["use"]),
                    name=str(column["name"]),
                    shown={str(cell): str(category) for cell, category in column["shown"]},
                )
                for column in stored["columns"]
            )
            return cls(
                columns=columns,
                row_is=RowIs(stored["row_is"]),
                figure=Figure(stored["figure"]),
                year=None if stored["year"] is None else int(stored["year"]),
                low=float(stored["low"]),
                high=None if stored["high"] is None else float(stored["high"]),
                unit=str(stored["unit"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise PlanError("not_a_plan") from error


DIMENSIONS = frozenset({ColumnUse.DIMENSION, ColumnUse.PLACE, ColumnUse.AGE, ColumnUse.BIRTH_YEAR, ColumnUse.TIME})
"""Uses by which a column breaks figures down."""
