"""Whatever a source answers, it is a cube or a reason in words: nothing else ever comes out of a connector."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from datasets.connectors import KeptInMemory, Kind, Kolada, PxWebApi1, PxWebApi2, SourceError, Wanted
from datasets.connectors.asking import Answer, parsed
from tests.sources import kolada, pxweb
from tests.sources.asking import PLACES, Clock
from tests.sources.server import Asked, Reply

STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 10**400, 1.5, "", "?", "2021", "\u2028", [], [[]], {}, {"a": {}}, [None], "x" * 10_000,
)  # fmt: skip


class Strange:
    """An asker whose answers have one or two things in them replaced or taken away."""

    base = "http://source.example"
    pace = None

    def __init__(self, answer: Callable[[Asked], Reply], root: str, seed: int) -> None:
        self._answer, self._root, self._random = answer, root, random.Random(seed)
        clock = Clock()
        self.clock, self.sleep = clock.now, clock.sleep

    def get(self, path: str, params: dict[str, str] | None = None) -> Answer:
        return self._told(Asked("GET", f"{self._root}/{path}".rstrip("/"), dict(params or {}), None))

    def post(self, path: str, body: object, params: dict[str, str] | None = None) -> Answer:
        return self._told(Asked("POST", f"{self._root}/{path}", dict(params or {}), copy.deepcopy(body)))

    def _told(self, asked: Asked) -> Answer:
        reply = self._answer(asked)
        if reply.status != 200:
            raise SourceError("refused", status=reply.status, words="")
        document = reply.document if reply.raw is None else parsed(reply.raw)
        document = json.loads(json.dumps(document))
        if self._random.random() < 0.7:
            for _ in range(self._random.choice((1, 1, 2))):
                document = self._spoilt(document)
        return Answer(json.dumps(document).encode(), document)

    def _spoilt(self, document: Any) -> Any:
        places: list[tuple[Any, Any]] = []

        def walk(node: Any) -> None:
            for key in (
                list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
            ):
                places.append((node, key))
                walk(node[key])

        walk(document)
        if not places or self._random.random() < 0.02:
            return self._random.choice(STRANGE)
        node, key = self._random.choice(places[: 60 if self._random.random() < 0.7 else None])
        if self._random.random() < 0.3:
            del node[key]
        else:
            node[key] = copy.deepcopy(self._random.choice(STRANGE))
        return document


CHOICE = {"Region": ("01*",), "Alder": ("15", "16"), "ContentsCode": ("BE0101N1",), "Tid": ("top(3)",)}


@pytest.mark.parametrize("seed", range(0, 600, 100))
def test_kolada(seed: int) -> None:
    wanted = Wanted(Kind.KOLADA, ("N02906",), {"municipality": ("00", "01", "0180"), "period": ("from(2019)",)})
    for one in range(seed, seed + 100):
        asker: Any = Strange(kolada.KoladaSource(per_page=7), kolada.ROOT, one)
        comes_out(lambda asker=asker: Kolada(asker, PLACES, today=lambda: date(2025, 6, 1)), wanted)


@pytest.mark.parametrize("seed", range(0, 600, 100))
def test_pxwebapi2(seed: int) -> None:
    for one in range(seed, seed + 100):
        asker: Any = Strange(pxweb.PxWebSource(most_cells=8), pxweb.ROOT2, one)
        comes_out(lambda asker=asker: PxWebApi2(asker), Wanted(Kind.PXWEBAPI2, (pxweb.TABLE,), CHOICE))


@pytest.mark.parametrize("seed", range(0, 600, 100))
def test_pxwebapi1(seed: int) -> None:
    for one in range(seed, seed + 100):
        asker: Any = Strange(pxweb.PxWebSource(most_cells=8), pxweb.ROOT1, one)
        comes_out(lambda asker=asker: PxWebApi1(asker), Wanted(Kind.PXWEBAPI1, (pxweb.PATH,), CHOICE))


def comes_out(connector: Callable[[], Any], wanted: Wanted) -> None:
    made = connector()
    try:
        definition = made.describe(wanted)
        json.dumps(definition.to_json())
        fetched = made.fetch(wanted, KeptInMemory(), lambda done, of: None)
    except SourceError as trouble:
        assert str(trouble)
        return
    assert fetched.cube.size


@pytest.mark.parametrize("text", ['{"a": "\\ud800"}', '{"a": "\\u0000"}'])
def test_letters_that_no_database_keeps_are_refused(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        parsed(text.encode())
    assert caught.value.code == "not_json"


def test_whole_pairs_of_letters_are_kept() -> None:
    assert parsed(b'{"a": "\\ud83c\\udf31"}') == {"a": "\U0001f331"}
