"""Fetch figures from a source and tell what came: no database and no server of ours."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from accounts.reference import places_by_code
from datasets.connectors import (
    Asker,
    Connector,
    KeptInMemory,
    Kind,
    Kolada,
    Limits,
    PxWebApi1,
    PxWebApi2,
    SourceError,
    Wanted,
)
from datasets.importers.summary import figures
from datasets.management.json_command import JsonCommand, Refused

logger = logging.getLogger(__name__)
ADDRESSES = {
    Kind.PXWEBAPI2: "VAXTKRAFT_SCB_URL",
    Kind.PXWEBAPI1: "VAXTKRAFT_SCB1_URL",
    Kind.KOLADA: "VAXTKRAFT_KOLADA_URL",
}


class Command(JsonCommand):
    help = "Fetches a table or key figures from a source and prints what came, or why nothing did, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", required=True, choices=[str(kind) for kind in Kind])
        parser.add_argument("--base-url", help="the source's address; left out, the one of the environment")
        parser.add_argument("--kpi", action="append", default=[], help="a key figure (Kolada); again for more")
        parser.add_argument("--area", action="append", default=[], help="0000, 00NN, a municipality or a group")
        parser.add_argument("--year", action="append", default=[], help="a year, or from(2015), top(5)")
        parser.add_argument("--gender", action="append", default=[], help="T, K or M")
        parser.add_argument("--table", help="a table (PxWebApi): its id, or its path in version 1")
        parser.add_argument(
            "--select",
            action="append",
            default=[],
            metavar="VARIABLE=CODES",
            help="codes or expressions; , between",
        )
        parser.add_argument("--codelist", action="append", default=[], metavar="VARIABLE=NAME")
        parser.add_argument("--lang", default="sv")
        parser.add_argument("--tries", type=int, default=Limits.tries, help="how often each question is put")
        parser.add_argument("--timeout", type=float, default=Limits.silence, help="seconds of silence to bear")

    def answer(self, options: dict[str, Any]) -> Mapping[str, Any]:
        try:
            return _fetched(options)
        except SourceError as trouble:
            raise Refused(self.refusal(trouble.code, str(trouble))) from None


def _fetched(options: dict[str, Any]) -> dict[str, Any]:
    wanted = _wanted(options)
    limits = Limits(tries=max(1, options["tries"]), silence=options["timeout"])
    base = options["base_url"] or os.environ.get(ADDRESSES[wanted.kind], "")
    connector = _connector(wanted.kind, Asker(base, limits))
    definition = connector.describe(wanted)
    fetched = connector.fetch(wanted, KeptInMemory(), lambda done, of: logger.info("%s of %s pieces", done, of))
    return {
        "source": str(wanted.kind),
        "title": definition.title,
        "from": fetched.source,
        "licence": fetched.licence,
        "updated": definition.updated,
        **figures(fetched.cube),
    }


def _connector(kind: Kind, asker: Asker) -> Connector:
    if kind is Kind.KOLADA:
        return Kolada(asker, places_by_code())
    return PxWebApi1(asker) if kind is Kind.PXWEBAPI1 else PxWebApi2(asker)


def _wanted(options: dict[str, Any]) -> Wanted:
    kind = Kind(options["source"])
    lang = str(options["lang"])
    if kind is Kind.KOLADA:
        given = {"municipality": options["area"], "period": options["year"], "gender": options["gender"]}
        choice = {name: _listed(values) for name, values in given.items() if values}
        return Wanted(kind, _listed(options["kpi"]), choice, lang=lang)
    choice = {code: _listed([codes]) for code, codes in map(_pair, options["select"])}
    codelists = dict(map(_pair, options["codelist"]))
    return Wanted(kind, (options["table"] or "",), choice, codelists, lang=lang)


def _pair(text: str) -> tuple[str, str]:
    variable, _sign, rest = text.partition("=")
    return variable.strip(), rest.strip()


def _listed(values: list[str]) -> tuple[str, ...]:
    """Codes and expressions with commas between; a comma inside brackets is the expression's own."""
    found: list[str] = []
    for value in values:
        depth, begin = 0, 0
        for place, letter in enumerate(value):
            depth += (letter in "([") - (letter in ")]")
            if letter == "," and depth == 0:
                found.append(value[begin:place])
                begin = place + 1
        found.append(value[begin:])
    return tuple(one.strip() for one in found if one.strip())
