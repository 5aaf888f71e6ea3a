"""Statistics Sweden's tables, both versions, asked of a local server that keeps their limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import prod

import pytest

from datasets.connectors import (
    Asker,
    Connector,
    Definition,
    KeptInMemory,
    Kind,
    PxWebApi,
    PxWebApi2,
    SourceError,
    Wanted,
    differences,
)
from datasets.cubes import Cube, Reason
from tests.shared_data import shared_data
from tests.sources.asking import Clock, of_pxweb, of_pxweb1
from tests.sources.pxweb import PATH, ROOT1, TABLE, PxWebSource, figure
from tests.sources.server import Asked, Reply, SourceServer, serving

CHOICE = {"Region": ("01*",), "Alder": ("15", "16", "17"), "ContentsCode": ("BE0101N1",), "Tid": ("top(5)",)}
BANDS = {"Alder": {"15-17": ("15", "16", "17"), "18-19": ("18", "19")}}


@pytest.fixture
def source() -> PxWebSource:
    return PxWebSource()


@pytest.fixture
def server(source: PxWebSource) -> Iterator[SourceServer]:
    with serving(source) as running:
        yield running


def wanted(kind: Kind = Kind.PXWEBAPI2, **more: tuple[str, ...]) -> Wanted:
    return Wanted(kind, (TABLE if kind is Kind.PXWEBAPI2 else PATH,), CHOICE | more)


def fetch(connector: Connector, what: Wanted, kept: KeptInMemory | None = None) -> Cube:
    return connector.fetch(what, kept or KeptInMemory(), lambda done, of: None).cube


BOTH = pytest.mark.parametrize(
    "make, kind", [(of_pxweb, Kind.PXWEBAPI2), (of_pxweb1, Kind.PXWEBAPI1)], ids=["v2", "v1"]
)
Make = Callable[[SourceServer], Connector]


@BOTH
def test_a_table_comes_whole_however_many_pieces_it_takes(
    source: PxWebSource, server: SourceServer, make: Make, kind: Kind
) -> None:
    source.most_cells = 7
    cube = fetch(make(server), wanted(kind, Kon=("*",)))
    assert cube.shape == (4, 3, 2, 1, 5)
    for cell in cube.cells():
        at = dict(zip([d.code for d in cube.dimensions], cell.codes, strict=True))
        assert cell.value == figure(at)
    sizes = []
    for asked in server.asked:
        if asked.method == "POST":
            parts = asked.body.get("selection") or asked.body["query"]
            sizes.append(prod(len(p.get("valueCodes") or p["selection"]["values"]) for p in parts))
    assert len(sizes) > 17 and max(sizes) <= 7


@BOTH
def test_places_know_their_county_and_are_never_added(server: SourceServer, make: Make, kind: Kind) -> None:
    region = fetch(make(server), wanted(kind, Region=("00", "01*"))).dimension("Region")
    assert region.category("0186").parent == "01" and not region.summable


def test_ages_become_the_bands_that_were_declared(source: PxWebSource, server: SourceServer) -> None:
    what = Wanted(Kind.PXWEBAPI2, (TABLE,), CHOICE | {"Alder": ("15", "16", "17", "18", "19")}, groups=BANDS)
    del source.known["Alder"][1]["tot"]
    source._dimension = without_total(source._dimension)  # type: ignore[method-assign]
    cube = fetch(of_pxweb(server), what)
    assert cube.dimension("Alder").codes == ("15-17", "18-19")
    at = {"Region": "0186", "ContentsCode": "BE0101N1", "Tid": "2024"}
    alone = [figure({**at, "Alder": age}) for age in ("15", "16", "17")]
    assert cube.cell({**at, "Alder": "15-17"}).value == sum(alone)


def without_total(make: Callable[..., dict]) -> Callable[..., dict]:  # type: ignore[type-arg]
    def made(code: str, codes: list[str]) -> dict:  # type: ignore[type-arg]
        found = make(code, codes)
        found["extension"].pop("eliminationValueCode", None)
        return found

    return made


def test_bands_of_a_table_that_must_not_be_added_are_refused(source: PxWebSource, server: SourceServer) -> None:
    kept = source.dataset

    def forbidding(*given: object) -> dict:  # type: ignore[type-arg]
        found = kept(*given)  # type: ignore[arg-type]
        found["extension"]["px"]["aggregallowed"] = False
        return found

    source.dataset = forbidding  # type: ignore[method-assign]
    what = Wanted(Kind.PXWEBAPI2, (TABLE,), CHOICE, groups=BANDS)
    with pytest.raises(SourceError) as caught:
        fetch(of_pxweb(server), what)
    assert caught.value.code == "cannot_add"


@BOTH
def test_signs_keep_their_meaning_across_pieces(
    source: PxWebSource, server: SourceServer, make: Make, kind: Kind
) -> None:
    one = {"Region": "0186", "Alder": "16", "ContentsCode": "BE0101N1", "Tid": "2023"}
    source.missing, source.most_cells = {figure(one): ".."}, 4
    cube = fetch(make(server), wanted(kind))
    assert cube.cell(one).reason is Reason.NOT_AVAILABLE
    sign = cube.cell(one).symbol
    assert sign is not None and sign.symbol == ".."


@pytest.mark.parametrize(
    "expressions, codes",
    [
        (("*",), ("00", "01", "0180", "0186", "0192")),
        (("01??",), ("0180", "0186", "0192")),
        (("[0180]", "top(1)"), ("00", "0180")),
        (("range(01,0186)",), ("01", "0180", "0186")),
        (("FROM(0186)",), ("0186", "0192")),
        (("to(01)",), ("00", "01")),
        (("bottom(2,1)",), ("0180", "0186")),
    ],
)
def test_expressions_choose_as_the_specification_says(
    server: SourceServer, expressions: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    assert fetch(of_pxweb(server), wanted(Region=expressions)).dimension("Region").codes == codes


def test_top_of_time_is_the_latest(server: SourceServer) -> None:
    assert fetch(of_pxweb(server), wanted(Tid=("TOP(2)",))).dimension("Tid").codes == ("2023", "2024")


@BOTH
@pytest.mark.parametrize(
    "more, code",
    [
        ({"Region": ("9999",)}, "no_category"),
        ({"Region": ("***",)}, "expression"),
        ({"Region": ("top(x)",)}, "expression"),
        ({"Region": ("77*",)}, "must_choose"),
        ({"Civilstand": ("*",)}, "no_dimension"),
    ],
)
def test_what_is_not_in_the_table_is_named_before_figures_are_asked_for(
    server: SourceServer, make: Make, kind: Kind, more: dict[str, tuple[str, ...]], code: str
) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(make(server), wanted(kind, **more))
    assert caught.value.code == code
    assert all(asked.method == "GET" for asked in server.asked)


def test_a_variable_that_the_source_does_not_add_up_must_be_chosen_from(server: SourceServer) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(of_pxweb(server), Wanted(Kind.PXWEBAPI2, (TABLE,), {"Tid": ("2024",)}))
    assert caught.value.code == "must_choose"


@pytest.mark.parametrize("name", ["TAB639", "../config", "TAB638/../../x", "a b", "", "TAB638?x=1"])
def test_a_table_that_is_not_there(server: SourceServer, name: str) -> None:
    with pytest.raises(SourceError) as caught:
        of_pxweb(server).describe(Wanted(Kind.PXWEBAPI2, (name,)))
    assert caught.value.code == "missing"


def test_the_sources_own_pace_is_kept(source: PxWebSource, server: SourceServer) -> None:
    source.calls, source.window, source.most_cells = 3, 10, 5
    clock = Clock()
    asker = Asker(server.url + "/api/v2", sleep=clock.sleep, now=clock.now, clock=clock.now)
    fetch(PxWebApi2(asker), wanted())
    questions = len(server.asked) - 1  # /config told the pace
    assert sum(clock.waits) >= 10 * ((questions - 1) // 3)


def test_pieces_that_came_before_a_crash_are_not_asked_for_again(
    source: PxWebSource, server: SourceServer
) -> None:
    source.most_cells, kept = 12, KeptInMemory()
    kept_answer, limit = server.answer, 3

    def dies_after_three(asked: Asked) -> Reply:
        done = sum(1 for one in server.asked if one.method == "POST")
        return Reply({}, status=400) if asked.method == "POST" and done > limit else kept_answer(asked)

    server.answer = dies_after_three
    with pytest.raises(SourceError):
        fetch(of_pxweb(server), wanted(), kept)
    assert len(kept.pieces) == 3
    server.answer = kept_answer
    server.asked.clear()
    cube = fetch(of_pxweb(server), wanted(), kept)
    assert sum(1 for one in server.asked if one.method == "POST") == 5 - 3
    assert cube.equals(fetch(of_pxweb(server), wanted()))


def test_pieces_of_an_older_state_of_the_table_are_not_mixed_in(source: PxWebSource, server: SourceServer) -> None:
    kept = KeptInMemory()
    fetch(of_pxweb(server), wanted(), kept)
    source.updated = "2026-02-20T07:00:00Z"
    server.asked.clear()
    fetch(of_pxweb(server), wanted(), kept)
    assert any(asked.method == "POST" for asked in server.asked)


def test_version_1_without_limits_uses_the_published_ones(source: PxWebSource, server: SourceServer) -> None:
    source.version1_tells, source.most_cells = False, 100_000
    assert fetch(of_pxweb1(server), wanted(Kind.PXWEBAPI1)).size == 60


def test_a_folder_is_no_table(server: SourceServer) -> None:
    with pytest.raises(SourceError) as caught:
        of_pxweb1(server).describe(Wanted(Kind.PXWEBAPI1, ("BE/BE0101",)))
    assert caught.value.code == "shape"


@pytest.mark.parametrize("file", ["MetadataById_tab001_js2.json", "MetadataById_tab003_js2.json"])
def test_real_metadata_is_understood(file: str) -> None:
    document = json.loads(shared_data(f"statistics/jsonstat/pxwebapi/{file}").read_text(encoding="utf-8-sig"))
    config = json.loads(
        shared_data("statistics/jsonstat/pxwebapi/GetApiConfiguration.json").read_text(encoding="utf-8-sig")
    )

    def answer(asked: Asked) -> Reply:
        return Reply(config if asked.path.endswith("config") else document)

    with serving(answer) as server:
        found = of_pxweb(server).describe(Wanted(Kind.PXWEBAPI2, ("TAB001",)))
    assert found.title == document["label"]
    assert [len(axis.categories) for axis in found.axes] == document["size"]
    assert found.source == "SCB" and "cc0" in found.licence


def of_either(server: SourceServer) -> PxWebApi:
    return PxWebApi(of_pxweb(server), of_pxweb1(server))


@pytest.mark.parametrize("lacking", [{"has_version2": False}, {"has_table2": False}], ids=["config", "table"])
def test_where_version_2_lacks_it_version_1_gives_the_same_figures(
    source: PxWebSource, server: SourceServer, lacking: dict[str, bool]
) -> None:
    what = replace(wanted(), older=PATH)
    before, by_newer = of_either(server).describe(what), fetch(of_either(server), what)
    for name, value in lacking.items():
        setattr(source, name, value)
    connector = of_either(server)
    now = connector.describe(what)
    assert (before.interface, now.interface) == ("", "pxwebapi1")
    found = fetch(connector, what)
    assert found.equals(by_newer) or found.values.tolist() == by_newer.values.tolist()
    assert fetch(of_either(server), what).values.tolist() == by_newer.values.tolist(), (
        "also when none described it"
    )
    assert not differences(before, now.without_what_older_lacks(before))
    assert Definition.from_json(now.to_json()) == now and Wanted.from_json(what.to_json()) == what


def test_version_1_is_not_asked_while_version_2_answers(server: SourceServer) -> None:
    fetch(of_either(server), replace(wanted(), older=PATH))
    assert not any(asked.path.startswith(ROOT1) for asked in server.asked)


def test_version_1_is_not_tried_for_trouble_that_passes_or_without_a_path(
    source: PxWebSource, server: SourceServer
) -> None:
    source.has_table2 = False
    with pytest.raises(SourceError) as nowhere:
        of_either(server).describe(wanted())
    assert nowhere.value.code == "missing"
    usual, server.answer = server.answer, lambda asked: Reply({"title": "broken"}, status=500)
    with pytest.raises(SourceError) as broken:
        of_either(server).describe(replace(wanted(), older=PATH))
    assert broken.value.code == "broken" and not any(asked.path.startswith(ROOT1) for asked in server.asked)
    server.answer = usual


def test_a_table_that_neither_has_is_told_by_the_name_that_was_asked_for(
    source: PxWebSource, server: SourceServer
) -> None:
    source.has_version2 = False
    with pytest.raises(SourceError) as missing:
        of_either(server).describe(replace(wanted(), older="BE/none"))
    assert missing.value.code == "missing"


def test_a_path_that_was_asked_for_is_its_own_way_to_version_1(source: PxWebSource, server: SourceServer) -> None:
    assert of_either(server).describe(Wanted(Kind.PXWEBAPI2, (PATH,), CHOICE)).interface == "pxwebapi1"
