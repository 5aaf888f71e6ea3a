"""A cube as a PC-Axis file, in one language and UTF-8. Format: SCB, "PC-Axis file format" (2013)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from datasets.api.pcaxis.viewing import placed, placing, view_of
from datasets.charts.wording import missing_text
from datasets.cubes import MISSING, Cube, Dimension, Note, Reason, Role, Unit, pick
from datasets.disclosure import ProtectedCube
from datasets.exports import Imprint

_SIGNS = (".", "..", "...", "....", ".....", "......")
_NIL = "-"
_SCALES = (
    (r"\d{4}", "A"),
    (r"\d{4}H\d", "H"),
    (r"\d{4}[KQ]\d", "Q"),
    (r"\d{4}M\d\d", "M"),
    (r"\d{4}[VW]\d\d", "W"),
)
_TYPES = {Role.TIME: "T", Role.GEO: "G", Role.METRIC: "C", None: "N"}
_MOST_DECIMALS = 15
_MOST_SHOWN = 6


def px_file(cube: ProtectedCube, imprint: Imprint, *, table_id: str) -> bytes:
    """A protected cube as a file, with its imprint among the notes."""
    view = view_of(cube, cube.title)
    stub, heading = placing(view.dimensions)
    return write_px(placed(view, stub, heading), imprint, table_id=table_id, in_heading=len(heading))


def write_px(cube: Cube, imprint: Imprint, *, table_id: str, in_heading: int) -> bytes:
    """A cube whose last ``in_heading`` dimensions stand in the heading."""
    lines = [*_header(cube, imprint, table_id, in_heading), "DATA=", *_rows(cube, in_heading)]
    return ("\r\n".join(lines) + ";\r\n").encode()


def _header(cube: Cube, imprint: Imprint, table_id: str, in_heading: int) -> Iterator[str]:
    lang = imprint.lang
    names = _unlike([pick(d.label, lang) or d.code for d in cube.dimensions], [d.code for d in cube.dimensions])
    metric = next((at for at, d in enumerate(cube.dimensions) if d.role is Role.METRIC), None)
    decimals = _decimals(cube)
    unit = imprint.unit or "-"
    yield from ('CHARSET="ANSI";', 'AXIS-VERSION="2013";', 'CODEPAGE="utf-8";', f"LANGUAGE={_text(lang)};")
    if cube.updated is not None:
        yield f"CREATION-DATE={_text(cube.updated.strftime('%Y%m%d %H:%M'))};"
    yield from (f"DECIMALS={decimals};", f"SHOWDECIMALS={min(_shown(cube, decimals), decimals)};")
    yield f"MATRIX={_text(re.sub(r'[^A-Za-z0-9]', '_', table_id)[:20])};"
    yield f"TABLEID={_text(table_id)};"
    yield from ('SUBJECT-CODE="VK";', 'SUBJECT-AREA="Växtkraft";', "COPYRIGHT=NO;", "AGGREGALLOWED=NO;")
    yield f"CONTENTS={_text(imprint.title)};"
    yield f"TITLE={_text(imprint.title)};"
    yield "DESCRIPTIONDEFAULT=NO;"
    yield f"UNITS={_text(unit)};"
    split = len(names) - in_heading
    for keyword, part in (("STUB", names[:split]), ("HEADING", names[split:])):
        if part:
            yield f"{keyword}={_texts(part)};"
    if metric is not None:
        yield f"CONTVARIABLE={_text(names[metric])};"
    for name, dimension in zip(names, cube.dimensions, strict=True):
        yield from _dimension(name, dimension, lang, unit)
    if cube.updated is not None:
        yield f"LAST-UPDATED={_text(cube.updated.strftime('%Y%m%d %H:%M'))};"
    yield f"SOURCE={_text(imprint.attribution or imprint.source or '-')};"
    yield from _signs(cube, lang)
    yield from _notes(cube, names, imprint)


def _dimension(name: str, dimension: Dimension, lang: str, unit: str) -> Iterator[str]:
    about, labels = _text(name), _labels(dimension, lang)
    yield f"VARIABLECODE({about})={_text(dimension.code)};"
    yield f"VALUES({about})={_texts(labels)};"
    yield f"CODES({about})={_texts(dimension.codes)};"
    if dimension.role is Role.TIME and (scale := _scale(dimension.codes)):
        years = (re.sub(r"[HKQMVW]", "", code) for code in dimension.codes)
        yield f"TIMEVAL({about})=TLIST({scale}1),{_texts(years)};"
    yield f"VARIABLE-TYPE({about})={_text(_TYPES[dimension.role])};"
    if dimension.total is not None:
        yield f"ELIMINATION({about})={_text(labels[dimension.position(dimension.total)])};"
    if (tree := _tree(dimension)) is not None:
        yield f"HIERARCHIES({about})={tree};"
    if dimension.role is Role.METRIC:
        for label, category in zip(labels, dimension.categories, strict=True):
            own = pick(category.unit.label, lang) if category.unit else ""
            yield f"UNITS({_text(label)})={_text(own or unit)};"
            if category.unit is not None and category.unit.decimals:
                yield f"PRECISION({about},{_text(label)})={min(category.unit.decimals, _MOST_SHOWN)};"


def _tree(dimension: Dimension) -> str | None:
    """The categories within one another, from a single root: the format knows no other trees."""
    parents = {category.code: category.parent for category in dimension.categories}
    roots = [code for code, parent in parents.items() if parent is None]
    if len(roots) != 1 or len(parents) == 1:
        return None
    pairs = (f"{_text(parent)}:{_text(code)}" for code, parent in parents.items() if parent is not None)
    return ",".join([_text(roots[0]), *pairs])


def _notes(cube: Cube, names: Sequence[str], imprint: Imprint) -> Iterator[str]:
    """The table's own footnotes where they belong, and of the imprint all that the format has no keyword for."""
    lang = imprint.lang
    for at, (name, dimension) in enumerate(zip(names, cube.dimensions, strict=True)):
        labels = _labels(dimension, lang)
        own = [note for note in cube.notes if list(note.at) == [cube.dimensions[at].code]]
        yield from _joined("NOTE", f"({_text(name)})", (n for n in own if n.at[dimension.code] is None), lang)
        for place, code in enumerate(dimension.codes):
            here = (note for note in own if note.at[dimension.code] == code)
            yield from _joined("VALUENOTE", f"({_text(name)},{_text(labels[place])})", here, lang)
    whole = [pick(note.text, lang) for note in cube.notes if not note.at or len(note.at) > 1]
    said = [
        f"{fact.label}: {fact.text}" + (f" {fact.url}" if fact.url not in ("", fact.text) else "")
        for fact in imprint.facts()
        if fact.key not in ("title", "unit", "note", "source", "sign")
    ]
    if texts := [text for text in dict.fromkeys((*whole, *said)) if text]:
        yield f"NOTEX={_text(chr(10).join(texts))};"


def _joined(keyword: str, about: str, notes: Iterable[Note], lang: str) -> Iterator[str]:
    found = list(notes)
    for mandatory in (False, True):
        texts = [pick(note.text, lang) for note in found if note.mandatory is mandatory]
        if any(texts):
            yield f"{keyword}{'X' if mandatory else ''}{about}={_text(chr(10).join(filter(None, texts)))};"


def _signs(cube: Cube, lang: str) -> Iterator[str]:
    """What each sign among the figures means, in words."""
    for reason, sign in signs_of(cube).items():
        words = missing_text(cube, reason, lang) if reason is not Reason.NIL else "0"
        keyword = "DATASYMBOLNIL" if sign == _NIL else f"DATASYMBOL{len(sign)}"
        yield f"{keyword}={_text(words)};"


def signs_of(cube: Cube) -> Mapping[Reason, str]:
    """A sign for each reason that occurs; where there are more than signs, the last ones share one."""
    present = set(np.unique(cube.statuses).tolist())
    missing = [reason for reason in reversed(MISSING) if int(reason) in present]
    found = {reason: _SIGNS[min(place, len(_SIGNS) - 1)] for place, reason in enumerate(missing)}
    return found | ({Reason.NIL: _NIL} if int(Reason.NIL) in present else {})


def _rows(cube: Cube, in_heading: int) -> Iterator[str]:
    signs = {int(reason): f'"{sign}"' for reason, sign in signs_of(cube).items()}
    width = int(np.prod(cube.shape[len(cube.shape) - in_heading :])) if in_heading else 1
    values, statuses = cube.values.ravel(), cube.statuses.ravel()
    for begin in range(0, len(values), width):
        cells = zip(values[begin : begin + width].tolist(), statuses[begin : begin + width].tolist(), strict=True)
        yield " ".join(signs.get(status) or _number(value) for value, status in cells)


def _number(value: float) -> str:
    text = np.format_float_positional(value, precision=_MOST_DECIMALS, trim="-", fractional=True)
    return "0" if text == "-0" else text


def _decimals(cube: Cube) -> int:
    """As many decimals as any figure has."""
    known = np.unique(cube.values[~np.isnan(cube.values)])
    broken = known[known != np.trunc(known)]
    return max((len(_number(value).partition(".")[2]) for value in broken.tolist()), default=0)


def _shown(cube: Cube, decimals: int) -> int:
    metric = cube.with_role(Role.METRIC)
    units: list[Unit | None] = [cube.unit]
    if metric is not None:
        units = [category.unit or cube.unit for category in metric.categories]
    known = [unit.decimals for unit in units if unit is not None and unit.decimals is not None]
    return min(min(known, default=decimals), _MOST_SHOWN)


def _labels(dimension: Dimension, lang: str) -> list[str]:
    return _unlike([pick(c.label, lang) or c.code for c in dimension.categories], dimension.codes)


def _unlike(labels: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Labels of which no two are alike as the format sees them: those that are get their code as well."""
    cleaned = [_clean(label) for label in labels]
    count = Counter(cleaned)
    return [text if count[text] == 1 else f"{text} ({code})" for text, code in zip(cleaned, codes, strict=True)]


def _scale(codes: Sequence[str]) -> str:
    return next((scale for form, scale in _SCALES if all(re.fullmatch(form, code) for code in codes)), "")


def _text(text: str) -> str:
    return f'"{_clean(text)}"'


def _texts(texts: Iterable[str]) -> str:
    return ",".join(_text(text) for text in texts)


def _clean(text: str) -> str:
    """A text as the format holds it: it has no way to write a quote, and # for a new line."""
    plain = text.replace("\r\n", "\n").replace("\n", "#").replace('"', "”")
    return "".join(sign if sign.isprintable() else " " for sign in plain).strip()
