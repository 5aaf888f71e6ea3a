"""From the JSON of one score to a :class:`Score`; what is wrong is noted with its place."""

from __future__ import annotations

from decimal import Decimal

from .fields import CHOICE_CODE, CODE, Fields
from .question import Polarity
from .scores import Licence, Method, Score, ScoreBand


def read_score(fields: Fields, languages: tuple[str, ...]) -> Score:
    """The score that these fields describe."""
    score = Score(
        code=fields.string("code"),
        title=fields.text("title", languages),
        items=fields.codes("items", CODE),
        reversed_items=frozenset(fields.codes("reversed", CODE)),
        points=fields.decimals("points"),
        most_missing=fields.integer("most_missing") or 0,
        method=fields.one_of("method", Method, Method.SUM),
        multiply=fields.decimal("multiply", Decimal(1)),
        add=fields.decimal("add", Decimal(0)),
        table={Decimal(raw): value for raw, value in fields.decimals("table").items()},
        bands=tuple(_band(f, languages) for f in fields.children("bands")),
        polarity=fields.one_of("polarity", Polarity, Polarity.NONE),
        licence=_licence(fields.child("licence")) if fields.has("licence") else None,
    )
    fields.close()
    return score


def _band(fields: Fields, languages: tuple[str, ...]) -> ScoreBand:
    band = ScoreBand(
        code=fields.string("code", CHOICE_CODE),
        text=fields.text("text", languages),
        lowest=fields.decimal("from", Decimal(0)),
        highest=fields.decimal("to", Decimal(0)),
    )
    fields.close()
    return band


def _licence(fields: Fields) -> Licence:
    licence = Licence(
        fields.words("name"), fields.words("holder"), fields.words("url") if fields.has("url") else ""
    )
    fields.close()
    return licence
