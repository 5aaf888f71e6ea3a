"""Kolada's key figures, asked of a local server that keeps Kolada's limits."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import pytest

from datasets.connectors import Fetched, KeptInMemory, Kind, Kolada, SourceError, Wanted
from datasets.cubes import Reason
from tests.shared_data import shared_data
from tests.sources.asking import of_kolada
from tests.sources.kolada import KoladaSource, figure
from tests.sources.server import Reply, SourceServer, serving

NEET = "N02906"


@pytest.fixture
def source() -> KoladaSource:
    return KoladaSource()


@pytest.fixture
def server(source: KoladaSource) -> Iterator[SourceServer]:
    with serving(source) as running:
        yield running


def fetch(kolada: Kolada, *ids: str, **choice: tuple[str, ...]) -> Fetched:
    return kolada.fetch(Wanted(Kind.KOLADA, ids or (NEET,), choice), KeptInMemory(), lambda done, of: None)


def test_places_have_the_codes_of_other_sources(server: SourceServer) -> None:
    cube = fetch(of_kolada(server), municipality=("0000", "0001", "0180"), period=("2020", "2021")).cube
    area = cube.dimension("municipality")
    assert area.codes == ("00", "01", "0180")
    assert area.category("0180").parent == "01" and area.category("01").parent == "00"
    at = {"kpi": NEET, "municipality": "0180", "gender": "K", "period": "2021"}
    assert cube.cell(at).value == pytest.approx(figure(NEET, "0180", 2021, "K"))


def test_a_county_is_the_plain_mean_of_its_municipalities_and_says_so(server: SourceServer) -> None:
    cube = fetch(of_kolada(server), municipality=("01",), period=("2021",)).cube
    at = {"kpi": NEET, "municipality": "01", "gender": "T", "period": "2021"}
    assert cube.cell(at).value == pytest.approx(figure(NEET, "G123041", 2021, "T"))
    assert any(note.mandatory and "ovägt" in note.text["sv"] for note in cube.notes)


def test_a_figure_that_regions_have_too_is_the_regions_own(server: SourceServer) -> None:
    cube = fetch(of_kolada(server), "N31813", municipality=("0001",), period=("2021",)).cube
    at = {"kpi": "N31813", "municipality": "01", "gender": "T", "period": "2021"}
    assert cube.cell(at).value == pytest.approx(figure("N31813", "0001", 2021, "T"))
    assert not any(note.mandatory for note in cube.notes)
    assert cube.dimension("gender").codes == ("T",)


def test_a_group_can_be_asked_for_by_its_own_code(server: SourceServer) -> None:
    cube = fetch(of_kolada(server), municipality=("g33",), period=("2021",)).cube
    assert cube.dimension("municipality").codes == ("G33",)


def test_at_most_25_places_and_years_a_call(source: KoladaSource) -> None:
    source.years = range(1994, 2025)
    places = {"00": "Riket"} | {f"{code:04}": f"Plats {code}" for code in range(1201, 1261)}
    with serving(source) as server:
        kolada = of_kolada(server)
        kolada._places = type(kolada._places)(places)
        cube = fetch(kolada, municipality=("*",), period=("from(1994)",)).cube
        assert cube.shape == (1, 61, 3, 31)
        assert not np_isnan(cube)
        assert len(server.paths("/data/")) == 3 * 2


def np_isnan(cube: object) -> bool:
    return any(math.isnan(value) for value in cube.values.ravel().tolist())  # type: ignore[attr-defined]


def test_every_page_is_followed(source: KoladaSource, server: SourceServer) -> None:
    source.per_page = 4
    cube = fetch(of_kolada(server), municipality=("0180", "0186", "00"), period=("from(2015)",)).cube
    assert cube.size == 3 * 3 * 9 and not np_isnan(cube)
    assert [asked.query.get("page") for asked in server.asked if "/data/" in asked.path][:3] == [None, "2", "3"]


def test_pages_that_lead_in_a_circle_are_not_followed_for_ever(server: SourceServer) -> None:
    def round_and_round(asked: object) -> Reply:
        rows = [{"kpi": NEET, "municipality": "0180", "period": 2020, "values": []}]
        return Reply({"values": rows, "next_url": server.url + "/v3/data/again", "count": 1})

    kept = server.answer
    server.answer = lambda asked: round_and_round(asked) if "/data/" in asked.path else kept(asked)
    with pytest.raises(SourceError) as caught:
        fetch(of_kolada(server), municipality=("0180",), period=("2020",))
    assert caught.value.code == "circle"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.2/v3/data?page=2",
        "//example.org/v3/x",
        "ftp://127.0.0.1/v3/x",
        "/other/place",
        "http://u:p@{host}/v3/x",
    ],
)
def test_a_next_page_elsewhere_is_refused(server: SourceServer, elsewhere: str) -> None:
    following = elsewhere.format(host=server.url.removeprefix("http://"))
    kept = server.answer

    def answer(asked: object) -> Reply:
        reply = kept(asked)  # type: ignore[arg-type]
        reply.document["next_url"] = following
        return reply

    server.answer = answer
    with pytest.raises(SourceError) as caught:
        fetch(of_kolada(server), municipality=("0180",), period=("2020",))
    assert caught.value.code == "foreign"
    assert len(server.asked) == 1


def inner(value: object, status: str = "", **more: object) -> list[dict[str, object]]:
    return [{"gender": "T", "count": 1, "value": value, "status": status, **more}]


@pytest.mark.parametrize(
    "given, reason",
    [
        (inner("-"), Reason.DROPPED_OUT),
        (inner("."), Reason.NOT_APPLICABLE),
        (inner(".."), Reason.CONFIDENTIAL),
        (inner(None, "Missing"), Reason.NOT_AVAILABLE),
        (inner(None, "-"), Reason.DROPPED_OUT),
        (inner(None), Reason.NOT_AVAILABLE),
        (inner(3.5, "Private"), Reason.CONFIDENTIAL),
        (inner(3.5, isdeleted=True), Reason.NOT_AVAILABLE),
        (inner(3.5, is_deleted=1), Reason.NOT_AVAILABLE),
        ([], Reason.NOT_AVAILABLE),
    ],
)
def test_a_missing_figure_is_missing_for_koladas_own_reason(
    source: KoladaSource, server: SourceServer, given: list[dict[str, object]], reason: Reason
) -> None:
    source.special[NEET, "0180", 2021] = given
    cube = fetch(of_kolada(server), municipality=("0180", "0186"), period=("2020", "2021")).cube
    cell = cube.cell({"kpi": NEET, "municipality": "0180", "gender": "T", "period": "2021"})
    assert cell.value is None and cell.reason is reason


def test_the_old_readme_called_men_and_women_otherwise(source: KoladaSource, server: SourceServer) -> None:
    source.special[NEET, "0180", 2021] = [{"gender": "F", "value": 5.0}, {"gender": "M", "value": 6.0}]
    cube = fetch(of_kolada(server), municipality=("0180",), period=("2021",)).cube
    assert cube.dimension("gender").codes == ("K", "M")


@pytest.mark.parametrize(
    "given",
    [inner("five"), inner(True), inner({"a": 1}), inner(1.0, gender="X"), ["?"]],
)
def test_what_is_no_figure_is_not_taken_for_one(source: KoladaSource, server: SourceServer, given: object) -> None:
    source.special[NEET, "0180", 2021] = given  # type: ignore[assignment]
    with pytest.raises(SourceError) as caught:
        fetch(of_kolada(server), municipality=("0180",), period=("2021",))
    assert caught.value.code == "shape"


def test_two_figures_for_the_same_thing_are_refused(source: KoladaSource, server: SourceServer) -> None:
    source.special[NEET, "0180", 2021] = inner(1.0) + inner(2.0)
    with pytest.raises(SourceError) as caught:
        fetch(of_kolada(server), municipality=("0180",), period=("2021",))
    assert caught.value.code == "contradiction"


def test_a_year_not_yet_published_leaves_no_empty_year_behind(server: SourceServer) -> None:
    cube = fetch(of_kolada(server), municipality=("0180",), period=("top(5)",)).cube
    assert cube.dimension("period").codes == ("2021", "2022", "2023")


def test_no_figures_at_all_is_said(server: SourceServer) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(of_kolada(server), municipality=("0180",), period=("1995",))
    assert caught.value.code == "empty"


@pytest.mark.parametrize("kpi", ["N99999", "../kpi", "N1", ""])
def test_a_key_figure_that_is_not_there(server: SourceServer, kpi: str) -> None:
    with pytest.raises(SourceError) as caught:
        of_kolada(server).describe(Wanted(Kind.KOLADA, (kpi,)))
    assert caught.value.code == "missing"


def test_a_key_figure_is_described_with_its_unit_and_producer(server: SourceServer) -> None:
    found = of_kolada(server).describe(Wanted(Kind.KOLADA, (NEET,)))
    assert found.title.startswith("Invånare 17-24 år") and found.units == ((NEET, "%"),)
    assert found.source == "SCB via Kolada" and "delat med" in found.text


def test_real_rows_of_both_versions_are_read() -> None:
    from datasets.connectors.koladacubes import Kpi, cube_of

    kpi = Kpi.read(
        json.loads(shared_data("statistics/kolada/v3_kpi_shape_koladapy.json").read_text())["values"][0]
    )
    rows = json.loads(shared_data("statistics/kolada/v3_data_shape_koladapy.json").read_text())["values"]
    cube = cube_of(rows, [kpi], {"1480": ("1480", "Göteborg")}, ())
    assert cube.shape == (1, 1, 3, 1) and np_sum(cube) == pytest.approx(127.5)
    old = Kpi("N15428", "Behöriga, andel (%)", by_gender=True)
    rows = json.loads(shared_data("statistics/kolada/v2_data_N15428_0138.json").read_text())["values"]
    assert cube_of(rows, [old], {"0138": ("0138", "Tyresö")}, ()).dimension("period").codes == ("2023", "2024")


def np_sum(cube: object) -> float:
    return float(cube.values.sum())  # type: ignore[attr-defined]
