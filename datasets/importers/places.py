"""Swedish places in files as people write them: codes, names, both, or a code that lost its first zero.

Codes are Statistics Sweden's: ``00`` the country, two digits a county, four digits a municipality whose first
two are its county. The list of places is the caller's, so that nothing here goes out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from datasets.cubes import Category, Dimension, Role

COUNTRY = "00"
_COUNTRY_NAMES = {"riket", "sverige", "hela landet", "hela riket", "sweden"}
_COUNTIES = frozenset(f"{number:02}" for number in range(1, 26)) - {"02", "11", "15", "16"}
_PLACE_WORDS = re.compile(
    r"\b(region|regionkod|regioner|l[äa]n|l[äa]nskod|l[äa]nkod|kommun|kommuner|kommunkod|kommunnamn|komkod|kom|"
    r"county|counties|countycode|municipality|municipalities|municipalitycode|area|geo|geografi|geography|"
    r"plats|ort|place)\b",
    re.IGNORECASE,
)
_CODE_AND_NAME = re.compile(r"(\d{2}|\d{4})\s*[-–:,]?\s+(\D.*)")


def names_places(heading: str) -> bool:
    """Whether a heading says that its column or dimension is about places."""
    return _PLACE_WORDS.search(heading.replace("_", " ")) is not None


@dataclass(frozen=True)
class Found:
    """A place that was recognised; ``contradiction`` when the code is one place's and the name another's."""

    code: str
    contradiction: bool = False


class Gazetteer:
    """Recognises the places of a list, code to name, in what people write."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        by_name: dict[str, str] = {}
        for code, name in sorted(self.places.items(), key=lambda item: -len(item[0])):
            by_name.setdefault(_bare(name), code)
        return by_name | dict.fromkeys(_COUNTRY_NAMES, COUNTRY)

    def name(self, code: str) -> str:
        """The place's name, or its code where the list has no name for it."""
        return self.places.get(code, code)

    def find(self, written: str) -> Found | None:
        """The place that a cell means, or None where that is not certain."""
        text = written.strip()
        if text.isdigit():
            code = self._code(text)
            return Found(code) if code else None
        both = _CODE_AND_NAME.fullmatch(text)
        if both is not None:
            code, named = self._code(both.group(1)), self._named(both.group(2))
            if code is None:
                return None
            return Found(code, contradiction=named is not None and not _same_place(code, named))
        code = self._named(text)
        return Found(code) if code else None

    def _code(self, digits: str) -> str | None:
        for code in (digits, digits.zfill(4) if len(digits) == 3 else digits.zfill(2)):
            if code in self.places or code == COUNTRY:
                return code
        return None

    def _named(self, text: str) -> str | None:
        bare = _bare(text)
        if bare in self._by_name:
            return self._by_name[bare]
        if bare.startswith("region "):
            return self._region(bare.removeprefix("region "))
        short = re.sub(r"\s+(kommun|stad)$", "", bare)
        if short == bare:
            return None
        for candidate in (short, short.removesuffix("s")):
            if candidate in self._by_name:
                return self._by_name[candidate]
        # Some official names drop a letter (Falu kommun is Falun): take the only name that begins so.
        longer = [name for name in self._by_name if len(short) >= 4 and name.startswith(short)]
        return self._by_name[longer[0]] if len(longer) == 1 else None

    def _region(self, name: str) -> str | None:
        """A region is its county; on Gotland region and municipality are one."""
        if name == "gotland" and "0980" in self.places:
            return "0980"
        forms = (f"{name}s län", f"{name} län", name if name.endswith("län") else "")
        return next((self._by_name[form] for form in forms if form in self._by_name), None)


def _bare(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()


def _same_place(code: str, named: str) -> bool:
    """Gotland is both a county and a municipality, and its name may mean either."""
    return code == named or {code, named} == {"09", "0980"}


def has_mixed_levels(codes: Iterable[str]) -> bool:
    """Whether the codes mix country, counties and municipalities, so that a sum counts people twice."""
    found = {_level(code) for code in codes}
    found.discard(None)
    return len(found) > 1


def _level(code: str) -> int | None:
    if code == COUNTRY:
        return 0
    if code in _COUNTIES:
        return 1
    if len(code) == 4 and code.isdigit() and code[:2] in _COUNTIES:
        return 2
    return None


def are_places(codes: Sequence[str]) -> bool:
    """Whether every code could be a Swedish place and at least one is a municipality."""
    levels = [_level(code) for code in codes]
    return None not in levels and 2 in levels


def with_levels(dimension: Dimension) -> Dimension:
    """The dimension with each municipality inside its county and each county in the country, where present.

    Where levels are mixed the figures may not be added over it.
    """
    codes = set(dimension.codes)
    is_geo = dimension.role is Role.GEO
    if not has_mixed_levels(codes) or not (is_geo or are_places(dimension.codes)):
        return dimension
    categories = tuple(
        category if category.parent else replace(category, parent=_parent(category, codes))
        for category in dimension.categories
    )
    return replace(dimension, categories=categories, summable=False)


def _parent(category: Category, codes: set[str]) -> str | None:
    level = _level(category.code)
    above = [category.code[:2], COUNTRY] if level == 2 else [COUNTRY] if level == 1 else []
    return next((code for code in above if code in codes), None)
