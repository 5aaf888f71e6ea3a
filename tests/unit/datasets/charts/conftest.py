"""Small synthetic cubes to draw charts of."""

from datetime import datetime

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension, Note, Reason, Role, SourceSymbol, Unit


def text(sv, en=None):
    return {"sv": sv, "en": en or sv}


def dimension(code, label, names, **more):
    return Dimension(
        code,
        label,
        tuple(Category(c, text(*n) if isinstance(n, tuple) else text(n)) for c, n in names.items()),
        **more,
    )


YEAR = dimension("year", text("år", "year"), {"2021": "2021", "2022": "2022", "2023": "2023"}, role=Role.TIME)
PLACE = dimension(
    "region", text("område", "area"), {"00": "Riket", "01": "Testlän", "0101": "0101 Lilleby"}, role=Role.GEO
)
AGE = dimension(
    "age",
    text("ålder", "age"),
    {"15-17": "15–17", "18-19": "18–19", "20-24": "20–24", "25-29": "25–29", "30+": "30–", "all": ("alla", "all")},
    summable=True,
    total="all",
)
SEX = dimension("sex", text("kön", "sex"), {"1": ("män", "men"), "2": ("kvinnor", "women")}, summable=True)
COUNT = Unit(text("antal", "number"), 0)


@pytest.fixture
def births():
    """Births by place, age, sex and year, made up: the ages add up to their total everywhere."""
    by_age = np.array([[20, 40, 200, 400, 340], [5, 5, 40, 100, 100], [2, 3, 10, 20, 15]])
    values = by_age[:, :, None, None] * np.ones((1, 1, 2, 1)) * np.array([10, 11, 12])
    values = np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)
    return Cube.of_values(
        (PLACE, AGE, SEX, YEAR),
        values,
        title=text("Födda barn", "Births"),
        unit=COUNT,
        source="Påhittade byrån",
        updated=datetime(2024, 2, 12),
        notes=(
            Note(text("Gäller alla.", "Concerns all.")),
            Note(text("Bara Lilleby.", "Lilleby only."), at={"region": "0101"}),
            Note(text("Bara 2021.", "2021 only."), at={"year": "2021"}),
        ),
    )


ANSWER = dimension(
    "answer",
    text("svar", "answer"),
    {"1": ("Stämmer inte", "Not true"), "2": ("Stämmer delvis", "Partly true"), "3": ("Stämmer helt", "True")},
    summable=True,
)
GROUP = dimension("group", text("grupp", "group"), {"w": ("tjejer", "girls"), "m": ("killar", "boys")})


@pytest.fixture
def survey():
    """Answers to one made-up question by group and round; the difference between groups is plain in 2023."""
    rounds = dimension("round", text("omgång", "round"), {"2022": "2022", "2023": "2023"}, role=Role.TIME)
    counts = np.zeros((3, 2, 2))
    counts[:, 0, 0], counts[:, 1, 0] = (90, 120, 90), (84, 126, 90)
    counts[:, 0, 1], counts[:, 1, 1] = (10, 40, 150), (90, 70, 40)
    return Cube.of_values(
        (ANSWER, GROUP, rounds),
        counts,
        title=text("Jag mår bra", "I feel well"),
        unit=Unit(text("svar", "answers"), 0),
    )


@pytest.fixture
def hide():
    """A cube with some cells hidden as disclosure control hides them."""

    def hidden(cube, *places, reason=Reason.SUPPRESSED, symbols=()):
        values, statuses = cube.values.copy(), cube.statuses.copy()
        for place in places:
            where = tuple(d.position(place[d.code]) if d.code in place else slice(None) for d in cube.dimensions)
            values[where], statuses[where] = np.nan, reason
        return Cube(
            cube.dimensions,
            values,
            statuses,
            title=cube.title,
            unit=cube.unit,
            notes=cube.notes,
            source=cube.source,
            updated=cube.updated,
            symbols=symbols,
        )

    return hidden


@pytest.fixture
def means():
    """A mean that brings its own interval along, as measures of the cube."""
    measure = dimension(
        "measure",
        text("mått", "measure"),
        {"mean": ("medelvärde", "mean"), "mean_low": "nedre", "mean_high": "övre"},
        role=Role.METRIC,
    )
    values = np.array([[6.0, 7.4], [5.6, 7.0], [6.4, 7.8]])
    return Cube.of_values(
        (measure, GROUP), values, title=text("Livet", "Life"), unit=Unit(text("poäng", "points"), 1)
    )


@pytest.fixture
def starred():
    return (
        SourceSymbol(
            "..", text("för osäkert enligt källan", "too uncertain, says the source"), Reason.NOT_AVAILABLE
        ),
    )
