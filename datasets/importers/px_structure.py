"""The dimensions of a PC-Axis table, with their roles, levels and units in every language of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from datasets.cubes import Category, CubeError, Dimension, LocalText, Role, Unit

from .places import names_places
from .problems import Report
from .px_header import Header
from .px_times import codes_of, times
from .sums import is_rate

_TIME_WORDS = re.compile(
    r"\b(tid|time|[åa]r|year|periodo?|m[åa]nad|month|kvartal|quarter|vecka|week|año)\b", re.IGNORECASE
)
MOST_CATEGORIES = 250_000
MOST_LEVELS = 50


def dimensions(header: Header, report: Report) -> tuple[Dimension, ...]:
    """The dimensions in the order of the figures: stub then heading, the last varying fastest."""
    names = (*header.values("STUB"), *header.values("HEADING"))
    if not names:
        raise report.refuse("px_no_dimensions")
    if (count := sum(len(header.values("VALUES", name)) for name in names)) > MOST_CATEGORIES:
        raise report.refuse("px_too_many_categories", count=count, limit=MOST_CATEGORIES)
    for name, count in Counter(names).items():
        if count > 1:
            raise report.refuse("px_dimension_twice", name=name)
    content = _content_dimension(header, names, report)
    found = [_dimension(header, place, name, content, report) for place, name in enumerate(names)]
    report.stop_if_fatal()
    if not _may_be_summed(header, found):
        found = [replace(dimension, summable=False) for dimension in found]
    return tuple(found)


def names_in(header: Header, lang: str | None) -> tuple[str, ...]:
    """The dimensions' names in a language, in order."""
    return (*header.values("STUB", lang=lang), *header.values("HEADING", lang=lang))


def unit(header: Header, report: Report) -> Unit:
    """The unit of the table as a whole, with the number of decimals to show."""
    decimals = _number(header, "DECIMALS", report)
    shown = header.word("SHOWDECIMALS")
    showing = _decimals(shown) if shown else decimals
    if showing is None or showing > decimals:
        report.add("px_showdecimals", _line(header, "SHOWDECIMALS"), decimals=decimals)
        showing = decimals
    return Unit(header.text("UNITS"), showing)


def _number(header: Header, keyword: str, report: Report) -> int:
    decimals = _decimals(header.word(keyword))
    if decimals is None:
        raise report.refuse("px_number", _line(header, keyword), keyword=keyword)
    return decimals


def _decimals(word: str) -> int | None:
    """A number of decimals that a figure can have, or None."""
    return int(word) if re.fullmatch("[0-9]|1[0-5]", word) else None


def _line(header: Header, keyword: str, *about: str) -> int | None:
    statement = header.find(keyword, *about)
    return statement.line if statement else None


def _content_dimension(header: Header, names: Sequence[str], report: Report) -> str | None:
    """The dimension that tells what is measured; ``$$SORT`` is the one PC-Axis adds beside percentages."""
    content = header.word("CONTVARIABLE")
    if content and content not in names:
        raise report.refuse("px_contvariable", _line(header, "CONTVARIABLE"), name=content)
    for lang in header.other_langs:
        if content and not header.values("CONTVARIABLE", lang=lang):
            report.add("px_translation", lang=lang, name="CONTVARIABLE")
    return content or ("$$SORT" if "$$SORT" in names else None)


def _dimension(header: Header, place: int, name: str, content: str | None, report: Report) -> Dimension:
    listed = times(header.find("TIMEVAL", name))
    values = header.values("VALUES", name) or listed
    if not values:
        raise report.refuse("px_values_missing", name=name)
    codes = header.values("CODES", name) or codes_of(values, listed)
    if len(codes) != len(values):
        report.add("px_codes_count", _line(header, "CODES", name), name=name, values=len(values), codes=len(codes))
        codes = values
    for code, count in Counter(codes).items():
        if count > 1:
            raise report.refuse("px_code_twice", name=name, category=code)
    if len(listed) not in (0, len(values)):
        report.add("px_timeval", _line(header, "TIMEVAL", name), name=name)
    role = _role(header, name, content)
    label, labels = _translations(header, place, name, values, report)
    is_measured = name == header.word("CONTVARIABLE")
    units = _units(header, name, values, report) if is_measured else _precise(header, name, values)
    made = Dimension(
        code=header.word("VARIABLECODE", name) or name,
        label=label,
        categories=tuple(Category(code, labels[at], unit=units.get(values[at])) for at, code in enumerate(codes)),
        role=role,
        summable=role not in (Role.TIME, Role.METRIC),
        total=_total(header, name, values, codes),
    )
    return _with_hierarchy(header, name, made, report)


def _role(header: Header, name: str, content: str | None) -> Role | None:
    kind = header.word("VARIABLE-TYPE", name).upper()
    if name == content:
        return Role.METRIC
    if header.find("TIMEVAL", name) or kind == "T":
        return Role.TIME
    if header.find("MAP", name) or kind == "G" or names_places(name):
        return Role.GEO
    codes = header.values("CODES", name) or header.values("VALUES", name)
    years = all(re.fullmatch(r"(19|20)\d\d([MKQHTVW]\d{1,2})?", code) for code in codes)
    return Role.TIME if years and _TIME_WORDS.search(name) else None


def _translations(
    header: Header, place: int, name: str, values: Sequence[str], report: Report
) -> tuple[LocalText, list[dict[str, str]]]:
    """The name of a dimension and of each category in every language that covers all of them."""
    label, labels = {header.lang: name}, [{header.lang: value} for value in values]
    for lang in header.other_langs:
        names = names_in(header, lang)
        translated = header.values("VALUES", names[place], lang=lang) if place < len(names) else ()
        if len(translated) != len(values):
            report.add("px_translation", lang=lang, name=name)
            continue
        label[lang] = names[place]
        for texts, value in zip(labels, translated, strict=True):
            texts[lang] = value
    return label, labels


def _units(header: Header, name: str, values: Sequence[str], report: Report) -> dict[str, Unit]:
    """What each measure is counted in; every measure must say so itself."""
    decimals = unit(header, Report()).decimals
    found: dict[str, Unit] = {}
    for value in values:
        if header.find("UNITS", value) is None:
            report.add("px_units", name=value)
        precision = _decimals(header.word("PRECISION", name, value))
        found[value] = Unit(header.text("UNITS", value), decimals if precision is None else precision)
    return found


def _precise(header: Header, name: str, values: Sequence[str]) -> dict[str, Unit]:
    """The table's own unit with the decimals that PRECISION gives single categories, such as percentages."""
    shown = {value: _decimals(header.word("PRECISION", name, value)) for value in values}
    return {
        value: Unit(header.text("UNITS"), decimals) for value, decimals in shown.items() if decimals is not None
    }


def _total(header: Header, name: str, values: Sequence[str], codes: Sequence[str]) -> str | None:
    eliminated = header.word("ELIMINATION", name)
    if eliminated in values:
        return codes[values.index(eliminated)]
    return eliminated if eliminated in codes else None


def _with_hierarchy(header: Header, name: str, dimension: Dimension, report: Report) -> Dimension:
    """The dimension with the levels that HIERARCHIES gives; levels that the table lacks are stepped over."""
    statement = header.find("HIERARCHIES", name)
    if statement is None or not statement.pairs:
        return dimension
    above = {child: parent for parent, child in statement.pairs}
    known = dimension.positions

    def parent(code: str) -> str | None:
        seen = {code}
        step = above.get(code)
        while step is not None and step not in known and step not in seen and len(seen) < MOST_LEVELS:
            seen.add(step)
            step = above.get(step)
        return step if step in known else None

    categories = tuple(replace(category, parent=parent(category.code)) for category in dimension.categories)
    try:
        return replace(dimension, categories=categories)
    except CubeError:
        report.add("px_hierarchy", statement.line, name=name)
        return replace(dimension, summable=False)


def _may_be_summed(header: Header, found: Sequence[Dimension]) -> bool:
    """Whether the source allows sums and what it measures is counts: no averages, shares or indices."""
    if header.word("AGGREGALLOWED").upper() == "NO":
        return False
    if any(statement.values[:1] == ("A",) for _, statement in header.all("STOCKFA")):
        return False
    measured = [text for keyword in ("UNITS", "CONTENTS") for _, s in header.all(keyword) for text in s.values]
    for dimension in found:
        measured += dimension.label.values()
        if dimension.role is Role.METRIC:
            measured += [text for category in dimension.categories for text in category.label.values()]
    return not is_rate(measured)
