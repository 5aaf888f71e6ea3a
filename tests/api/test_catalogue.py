"""The catalogue of open data, as a harvester reads it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, Graph, Literal, URIRef

from datasets.catalogue import covering
from datasets.models import Dataset
from datasets.services.cataloguing import catalogue_listing_hide, catalogue_listing_show
from datasets.services.registration import dataset_open_to_public
from portal.tenancy.scope import scope
from tests.api.opened import opened_dataset, opened_of, visitors
from tests.shared_data import shared_data
from tests.tables import published_dataset
from tests.world import World

ADDRESS = "/datasets/dcat"
NASTY = 'Kön & "ålder" <15–29> \u202eشباب\u202c \x0b\x1f 😀'


def fetched(**headers: str) -> Any:
    response = Client().get(ADDRESS, headers=headers)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def catalogue() -> Graph:
    return Graph().parse(data=fetched().body, format="xml")


def conforms(graph: Graph) -> tuple[bool, str]:
    from pyshacl import validate

    shapes = shared_data("dcat/shacl-3.0.1/shapes.ttl")
    found, _graph, text = validate(graph, shacl_graph=str(shapes), inference="none")
    return found, text


@pytest.fixture
def filled(world: World) -> World:
    """Open data of a region and a municipality, a closed data set that is told of, and one that is not."""
    opened_dataset(world, "Besök på fritidsgården")
    opened_dataset(world, NASTY[:190], description="Rader\noch \x0c tecken")
    opened_of(world.region, world, "Länets siffror", visitors(), licence="CC BY 4.0", themes=["leisure"])
    world.more["closed"] = published_dataset(world.alvik, "Orosanmälningar", description="Räknas per år.")
    world.more["secret"] = published_dataset(world.alvik, "Hemlig mängd")
    with transaction.atomic(), scope(world.alvik.pk):
        catalogue_listing_show(
            dataset=world.more["closed"], description="Räknas per år.", description_en="",
            contact="Namn Namnsson, statistik@example.org", by=world.adam,
        )  # fmt: skip
    return world


def test_it_conforms_to_the_shapes_of_dcat_ap(filled: World) -> None:
    is_valid, text = conforms(catalogue())
    assert is_valid, text


def strange_addresses(graph: Graph) -> set[str]:
    """The addresses that are none: with spaces, backslashes, or without a scheme."""
    nodes = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    return {node for node in nodes if set(node) & set(' "<>\\^`{|}') or not urlsplit(node).scheme}


def test_the_same_tests_refuse_what_another_product_writes(db: None) -> None:
    """The shapes alone pass it, since it spells its classes so that they apply to nothing."""
    graph = Graph().parse(str(shared_data("dcat/pxweb_dcat-ap_export_example.xml")), format="xml")
    assert not list(graph.subjects(RDF.type, DCAT.Catalog))
    assert len(strange_addresses(graph)) > 20


def test_every_address_is_whole_and_no_node_is_without_a_name(filled: World) -> None:
    graph = catalogue()
    assert list(graph.subjects(RDF.type, DCAT.Catalog))
    assert strange_addresses(graph) == set()
    assert not [s for s in graph.subjects() if not isinstance(s, URIRef)]


def test_every_way_to_figures_really_leads_there(filled: World) -> None:
    graph = catalogue()
    addresses = {str(node) for node in graph.objects(None, DCAT.accessURL)}
    assert len(addresses) > 8
    for address in addresses:
        parts = urlsplit(address)
        assert Client().get(parts.path).status_code == 200, address
    for kind in (DCAT.landingPage, DCAT.endpointURL, DCAT.endpointDescription, FOAF.homepage):
        for node in graph.objects(None, kind):
            assert Client().get(urlsplit(str(node)).path).status_code == 200, node


def test_each_data_set_stands_once_in_its_publishers_catalogue(filled: World) -> None:
    graph = catalogue()
    main = URIRef("http://testserver/datasets/dcat#catalog")
    parts = set(graph.objects(main, DCTERMS.hasPart))
    assert len(parts) == 2
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        (holder,) = graph.subjects(DCAT.dataset, dataset)
        assert holder in parts
        assert len(list(graph.objects(dataset, DCTERMS.publisher))) == 1
    types = {str(t).rsplit("/", 1)[1] for t in graph.objects(None, DCTERMS.type)}
    assert types == {"LocalAuthority", "RegionalAuthority"}
    licences = {str(one) for one in graph.objects(None, DCTERMS.license)}
    assert "http://creativecommons.org/licenses/by/4.0/" in licences


def test_a_closed_data_set_is_told_of_only_where_its_municipality_says_so(filled: World) -> None:
    text = fetched().body.decode()
    assert "Orosanmälningar" in text and "access-right/NON_PUBLIC" in text
    assert "Hemlig mängd" not in text and str(filled.more["secret"].pk) not in text
    assert "statistik@example.org" in text and "Namnsson" not in text
    with transaction.atomic(), scope(filled.alvik.pk):
        catalogue_listing_hide(dataset=filled.more["closed"], by=filled.adam)
    assert "Orosanmälningar" not in fetched().body.decode()


def test_what_is_opened_later_stands_there_once_as_open(filled: World) -> None:
    closed: Dataset = filled.more["closed"]
    with transaction.atomic(), scope(filled.alvik.pk):
        dataset_open_to_public(dataset=closed, by=filled.adam)
    graph = catalogue()
    (node,) = graph.subjects(DCTERMS.identifier, Literal(str(closed.pk)))
    (right,) = graph.objects(node, DCTERMS.accessRights)
    assert str(right).endswith("/PUBLIC")


def test_harvesters_who_have_it_get_nothing_twice(filled: World) -> None:
    first = fetched()
    assert first["Content-Type"].startswith("application/rdf+xml")
    assert "public" in first["Cache-Control"]
    again = fetched(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.body) == (304, b"")
    opened_dataset(filled, "En till")
    assert fetched(**{"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_catalogue_is_still_one(world: World) -> None:
    is_valid, text = conforms(catalogue())
    assert is_valid, text


def test_a_data_set_says_which_places_and_years_it_is_of(filled: World) -> None:
    graph = catalogue()
    spatial = {str(place) for place in graph.objects(None, DCTERMS.spatial)}
    assert spatial and all("#place-" in place or "nuts/code/SE" in place or "SWE" in place for place in spatial)
    for place in graph.subjects(RDF.type, DCTERMS.Location):
        assert list(graph.objects(place, RDFS.label))
    for period in graph.subjects(RDF.type, DCTERMS.PeriodOfTime):
        (start,), (end,) = graph.objects(period, DCAT.startDate), graph.objects(period, DCAT.endDate)
        assert str(start) <= str(end)
    assert list(graph.objects(None, DCTERMS.temporal))


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        (["00", "01", "0180"], ("00",)),
        (["01", "0180", "0980"], ("01", "0980")),
        (["0186", "total"], ("0186",)),
        ([f"01{n}" for n in range(20, 60)], ("01",)),
        ([], ()),
    ],
)
def test_places_within_others_are_not_told_apart(codes: list[str], places: tuple[str, ...]) -> None:
    assert covering._coarsest(codes) == places


@pytest.mark.parametrize(
    ("codes", "years"),
    [(["2020", "2023M05"], (2020, 2023)), (["2021/22", "2022/23"], (2021, 2023)), (["total"], None), ([], None)],
)
def test_years_are_told_from_codes_of_time(codes: list[str], years: tuple[int, int] | None) -> None:
    assert covering._span(codes) == years
