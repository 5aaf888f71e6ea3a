"""PxWebApi 2, as Statistics Sweden and others speak it.

Source of the form: the specification PxAPI-2 and example answers of PxWeb itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .asking import Answer, Asker, parsed
from .definition import Axis, Definition
from .errors import SourceError
from .joining import grouped
from .keeping import Kept, Told
from .pace import Pace
from .pxtables import Table, cube_of, fetch_table, identifier
from .wanted import Fetched, Wanted

_MOST_CELLS, _CALLS, _WINDOW = 10_000, 30, 10.0
"""PxWeb's own defaults, for a source that leaves a limit out."""


class PxWebApi2:
    """A source that speaks PxWebApi 2; its limits are read from ``/config`` before anything else."""

    def __init__(self, asker: Asker) -> None:
        self._ask = asker
        self._config: Mapping[str, Any] | None = None
        self._tables: dict[str, Table] = {}

    def config(self) -> Mapping[str, Any]:
        """What the source says of itself and its limits, asked for once."""
        if self._config is None:
            found = self._ask.get("config").document
            if not isinstance(found, dict):
                raise SourceError("shape", part="config")
            self._config = found
            self._ask.pace = Pace(
                _whole(found, "maxCallsPerTimeWindow", _CALLS),
                _whole(found, "timeWindow", int(_WINDOW)),
                clock=self._ask.clock,
                sleep=self._ask.sleep,
            )
        return self._config

    def describe(self, wanted: Wanted) -> Definition:
        """The table's words and variables, from its metadata in JSON-stat."""
        return self._table(wanted).definition

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The chosen figures, asked for in pieces within the source's limit of cells."""
        table = self._table(wanted)
        most = _whole(self.config(), "maxDataCells", _MOST_CELLS)
        cube = fetch_table(table, wanted, most, kept, told)
        return Fetched(
            grouped(cube, wanted.groups, wanted.lang), table.definition.source, table.definition.licence
        )

    def _table(self, wanted: Wanted) -> Table:
        """The table as it was when it was first looked up: what was described is what is fetched."""
        key = f"{wanted.ids} {sorted(wanted.codelists.items())} {wanted.lang}"
        if key not in self._tables:
            self._tables[key] = self._look_up(wanted)
        return self._tables[key]

    def _look_up(self, wanted: Wanted) -> Table:
        config = self.config()
        name = identifier(wanted)
        params = {"lang": wanted.lang} | {f"codelist[{code}]": which for code, which in wanted.codelists.items()}
        found = self._found(name, params)
        document = found.document
        definition = _definition(document, config, wanted.lang)

        def ask(choice: Mapping[str, tuple[str, ...]]) -> bytes:
            selection = [
                {
                    "variableCode": code,
                    "valueCodes": list(codes),
                    **({"codelist": wanted.codelists[code]} if code in wanted.codelists else {}),
                }
                for code, codes in choice.items()
            ]
            path = f"tables/{name}/data"
            shape = {"lang": wanted.lang, "outputFormat": "json-stat2"}
            return self._ask.post(path, {"selection": selection}, shape).raw

        return Table(name, definition, ask, lambda raw: cube_of(parsed(raw), wanted.lang))

    def _found(self, name: str, params: Mapping[str, str]) -> Answer:
        try:
            return self._ask.get(f"tables/{name}/metadata", {**params, "outputFormat": "json-stat2"})
        except SourceError as trouble:
            # PxWeb answers 404, or 400 with this title, for a table that is not there.
            words = str(trouble.params.get("words", "")).casefold()
            if trouble.code == "missing" or "non-existent table" in words:
                raise SourceError("missing", id=name) from None
            raise


def _whole(config: Mapping[str, Any], key: str, otherwise: int) -> int:
    found = config.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else otherwise


def _definition(document: Any, config: Mapping[str, Any], lang: str) -> Definition:
    """A table's meaning in its metadata: a JSON-stat dataset without values."""
    try:
        extension = document.get("extension") or {}
        roles = {code: name for name, codes in (document.get("role") or {}).items() for code in codes}
        axes = tuple(_axis(code, document["dimension"][code], roles.get(code, "")) for code in document["id"])
        units = tuple(
            (str(code), str(unit.get("base") or unit.get("label") or ""))
            for axis in axes
            for code, unit in (document["dimension"][axis.code]["category"].get("unit") or {}).items()
        )
        contents = (extension.get("px") or {}).get("contents")
        return Definition(
            title=str(document.get("label") or contents or ""),
            text="\n".join(_notes(document, axes)),
            units=units,
            axes=axes,
            source=_source(document, config, lang),
            licence=str(config.get("license") or ""),
            updated=str(document.get("updated") or ""),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise SourceError("shape", part="metadata") from None


def _axis(code: str, given: Mapping[str, Any], role: str) -> Axis:
    category, extension = given["category"], given.get("extension") or {}
    labels, index = category.get("label") or {}, category.get("index")
    if isinstance(index, dict):
        codes = sorted(index, key=lambda one: int(index[one]))
    else:
        codes = list(labels) if index is None else [str(one) for one in index]
    total = extension.get("eliminationValueCode")
    return Axis(
        code=str(code),
        label=str(given.get("label") or code),
        role=role,
        categories=tuple((one, str(labels.get(one, one))) for one in codes),
        must_choose=extension.get("elimination") is not True,
        total=str(total) if total in codes else "",
    )


def _notes(document: Mapping[str, Any], axes: tuple[Axis, ...]) -> list[str]:
    """What the source says that its measures mean. Notes on single places come and go without meaning."""
    notes: list[str] = []
    for axis in axes:
        if axis.role == "metric":
            for texts in (document["dimension"][axis.code]["category"].get("note") or {}).values():
                notes += [texts] if isinstance(texts, str) else [str(text) for text in texts]
    return notes


def _source(document: Mapping[str, Any], config: Mapping[str, Any], lang: str) -> str:
    references = config.get("sourceReferences")
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, dict) and reference.get("language") == lang and reference.get("text"):
            return str(reference["text"]).removeprefix("Källa: ").removeprefix("Source: ")
    return str(document.get("source") or "")
