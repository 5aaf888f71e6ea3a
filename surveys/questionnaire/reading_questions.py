"""From the JSON of one question to a :class:`Question`; what is wrong is noted with its place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .conditions import Condition, one_of
from .expressions import ExpressionError
from .fields import CHOICE_CODE, CODE, Fields
from .question import (
    Appearance,
    Asks,
    Band,
    Choice,
    Constraint,
    Kind,
    Measure,
    Measures,
    Outside,
    Polarity,
    Question,
    Scale,
)

LOWEST_RATING, HIGHEST_RATING = 0, 10


def read_question(fields: Fields, languages: tuple[str, ...], scales: Mapping[str, Scale]) -> Question:
    """The question that these fields describe."""
    kind = fields.one_of("kind", Kind, Kind.SINGLE)
    scale = fields.optional_string("scale")
    if (scale is not None) != (kind is Kind.SCALE) or (scale and scale not in scales):
        fields.problem("'scale' must name one of the questionnaire's scales where 'kind' is scale, and only there")
    measure = _measure(fields, languages) if kind is Kind.QUANTITY else None
    bands = () if measure else read_bands(fields, languages)
    question = Question(
        code=fields.string("code"),
        section=fields.string("section"),
        kind=kind,
        text=fields.text("text", languages),
        label=fields.text("label", languages),
        help=fields.optional_text("help", languages),
        choices=_choices(fields, languages, kind, scales.get(scale or ""), bands),
        bands=bands,
        scale=scale,
        polarity=fields.one_of("polarity", Polarity, Polarity.NONE),
        measures=fields.one_of("measures", Measures, Measures.CONTEXT),
        factors=fields.codes("factors", CODE),
        is_background=fields.flag("background"),
        is_sensitive=fields.flag("sensitive"),
        is_required=fields.flag("required"),
        since=fields.required_integer("since"),
        show_if=read_condition(fields, "show_if"),
        max_choices=fields.integer("max_choices"),
        max_length=fields.integer("max_length"),
        min_choices=fields.integer("min_choices"),
        asks_again=fields.flag("ask_again"),
        is_shuffled=fields.flag("shuffle"),
        appearance=fields.one_of("appearance", Appearance, Appearance.USUAL),
        asks=fields.one_of("asks", Asks, Asks.AGE),
        battery=fields.optional_string("battery"),
        low_label=fields.optional_text("low_label", languages),
        high_label=fields.optional_text("high_label", languages),
        measure=measure,
        constraints=tuple(_constraint(f, languages) for f in fields.children("constraints")),
        calculation=read_condition(fields, "calculation"),
        bank=fields.optional_string("bank"),
        elsewhere=fields.strings("elsewhere"),
    )
    fields.close()
    return question


def read_choice(fields: Fields, languages: tuple[str, ...]) -> Choice:
    """One answer that can be chosen."""
    choice = Choice(
        code=fields.string("code", CHOICE_CODE),
        text=fields.text("text", languages),
        is_exclusive=fields.flag("exclusive"),
        is_missing=fields.flag("missing"),
        has_words=fields.flag("specify"),
    )
    fields.close()
    return choice


def read_condition(fields: Fields, key: str) -> Condition | None:
    """An expression as text, or in the older form {"question", "in"}; None where the field is left out."""
    if not fields.has(key):
        return None
    if fields.is_object(key):
        older = fields.child(key)
        text = one_of(older.string("question"), older.codes("in"))
        older.close()
        if not text:
            fields.problem(f"'{key}' must name answers")
            return None
    else:
        text = fields.words(key)
    try:
        return Condition.of(text)
    except ExpressionError as error:
        fields.problem(f"'{key}' can't be understood: {error}")
        return None


def read_bands(fields: Fields, languages: tuple[str, ...]) -> tuple[Band, ...]:
    """The bands of a number, in order."""
    return tuple(_band(f, languages) for f in fields.children("bands"))


def _band(fields: Fields, languages: tuple[str, ...]) -> Band:
    band = Band(
        code=fields.string("code", CHOICE_CODE),
        text=fields.text("text", languages),
        lowest=fields.integer("from"),
        highest=fields.integer("to"),
        outside=fields.one_of("outside", Outside, Outside.UNDER) if fields.has("outside") else None,
        thanks=fields.optional_text("thanks", languages),
    )
    if band.outside and band.thanks is None:
        fields.problem("a band outside the survey's ages needs 'thanks', the words that its people read")
    fields.close()
    return band


def _choices(
    fields: Fields, languages: tuple[str, ...], kind: Kind, scale: Scale | None, bands: tuple[Band, ...]
) -> tuple[Choice, ...]:
    """The choices in stored order: those of the scale, the numbers or the bands first, then the question's own."""
    own = tuple(read_choice(f, languages) for f in fields.children("choices"))
    if scale is not None:
        return scale.choices + own
    if kind is Kind.NUMBER:
        return own + tuple(Choice(band.code, band.text) for band in bands if not band.outside)
    if kind is Kind.RATING:
        lowest = fields.integer("from") if fields.has("from") else LOWEST_RATING
        highest = fields.integer("to") if fields.has("to") else HIGHEST_RATING
        numbers = range(lowest or 0, (highest or 0) + 1)
        return tuple(Choice(str(n), dict.fromkeys(languages, str(n))) for n in numbers) + own
    return own


def _measure(fields: Fields, languages: tuple[str, ...]) -> Measure:
    return Measure(
        lowest=fields.decimal("minimum", Decimal(0)),
        highest=fields.decimal("maximum", Decimal(1000)),
        decimals=fields.integer("decimals") or 0,
        unit=fields.optional_text("unit", languages),
        bands=read_bands(fields, languages),
    )


def _constraint(fields: Fields, languages: tuple[str, ...]) -> Constraint:
    holds = read_condition(fields, "holds")
    if holds is None:
        fields.problem("'holds' must say what is true of a good answer, such as . <= 24")
        holds = Condition.of("true()")
    constraint = Constraint(holds, fields.optional_text("message", languages) or {})
    fields.close()
    return constraint
