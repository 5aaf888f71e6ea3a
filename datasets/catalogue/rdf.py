"""The catalogue as a graph, and the graph as RDF/XML, a publisher at a time.

A harvester wants one document; building it of thousands of data sets at once would hold a process for seconds and
its memory for good. Each publisher's part is a graph of its own, written when its turn has come, and remembered
until something in it changes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from accounts.reference import places_by_code
from datasets.catalogue.entries import Entry, Publisher, Words, by_publisher
from datasets.catalogue.vocabulary import (
    CC0,
    COUNTIES,
    COUNTRY,
    DCATAP,
    FILE_TYPES,
    FORM_TITLES,
    LANGUAGES,
    LICENCES,
    NON_PUBLIC,
    PUBLIC,
    PUBLISHER_TYPES,
    STABLE,
    data_themes,
)
from datasets.exports import licence_of

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {
    "dcat": str(DCAT), "dcterms": str(DCTERMS), "foaf": str(FOAF), "vcard": str(VCARD), "rdfs": str(RDFS),
    "dcatap": str(DCATAP), "rdf": str(RDF),
}  # fmt: skip
_TITLE: Words = (
    ("sv", "Växtkraft – öppna data om unga 15–29 år"),
    ("en", "Växtkraft – open data on people aged 15–29"),
)
_DESCRIPTION: Words = (
    ("sv", "Skyddade, sammanställda datamängder om ungas välbefinnande och villkor, kommun för kommun."),
    ("en", "Protected, aggregated data sets on the wellbeing and conditions of young people, by municipality."),
)
_MADE_UP = {"sv": "Påhittade siffror. ", "en": "Made-up figures. "}
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Addresses:
    """Where everything is: whole addresses under the site's own, whatever host the call came by."""

    def __init__(self, base_url: str) -> None:
        self.base = base_url
        self.document = f"{base_url}/datasets/dcat"
        self.service = URIRef(f"{self.document}#api")

    def catalogue(self, publisher: Publisher | None) -> URIRef:
        return URIRef(f"{self.document}#catalog" + (f"-{quote(publisher.slug)}" if publisher else ""))

    def publisher(self, publisher: Publisher) -> URIRef:
        return URIRef(f"{self.document}#publisher-{quote(publisher.slug)}")

    def own(self, entry: Entry, part: str = "") -> URIRef:
        return URIRef(f"{self.document}#dataset-{entry.id}" + (f"-{quote(part, safe='')}" if part else ""))

    def place(self, code: str) -> URIRef:
        return COUNTRY if code == "00" else COUNTIES.get(code) or URIRef(f"{self.document}#place-{quote(code)}")

    def page(self, entry: Entry) -> URIRef:
        where = f"/o/{quote(entry.publisher.slug)}/data/"
        return URIRef(self.base + where + (f"{entry.id}/" if entry.is_open else ""))

    def api(self, entry: Entry) -> URIRef:
        return URIRef(f"{self.base}/api/v1/datasets/{entry.id}/")

    def file(self, entry: Entry, code: str, form: str) -> URIRef:
        return URIRef(f"{self.api(entry)}tables/{quote(code, safe='')}/data.{form}")


def rdf_xml(entries: list[Entry], *, base_url: str) -> Iterator[bytes]:
    """The whole catalogue as one document, in pieces. Touches no database."""
    at, parts = Addresses(base_url), by_publisher(entries)
    names = "".join(f'\n   xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items())
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{names}>\n'.encode()
    yield _body(_root(parts, at))
    for publisher, own in parts.items():
        yield zlib.decompress(_packed_part(publisher, tuple(own), base_url))
    yield b"</rdf:RDF>\n"


@lru_cache(maxsize=1000)
def _packed_part(publisher: Publisher, entries: tuple[Entry, ...], base_url: str) -> bytes:
    """One publisher's part as it is written, packed: what has not changed is not made again."""
    return zlib.compress(_body(_part(publisher, entries, Addresses(base_url))))


def _root(parts: dict[Publisher, list[Entry]], at: Addresses) -> Graph:
    """The catalogue that names the others, and the interface by which all of it can be asked for."""
    graph, catalogue = _graph(), at.catalogue(None)
    regions = [publisher for publisher in parts if publisher.kind == "region"]
    agent = at.publisher(regions[0]) if len(regions) == 1 else URIRef(f"{at.document}#publisher")
    if len(regions) != 1:
        graph.add((agent, RDF.type, FOAF.Agent))
        graph.add((agent, FOAF.name, Literal("Växtkraft", lang="sv")))
        graph.add((agent, DCTERMS.type, PUBLISHER_TYPES["region"]))
    _catalogue(graph, catalogue, agent, _TITLE, _DESCRIPTION, at)
    for publisher in parts:
        graph.add((catalogue, DCTERMS.hasPart, at.catalogue(publisher)))
        graph.add((catalogue, DCAT.catalog, at.catalogue(publisher)))
    graph.add((catalogue, DCAT.service, at.service))
    graph.add((at.service, RDF.type, DCAT.DataService))
    graph.add((at.service, DCTERMS.title, Literal("Växtkraft API", lang="sv")))
    graph.add((at.service, DCTERMS.publisher, agent))
    graph.add((at.service, DCTERMS.accessRights, PUBLIC))
    graph.add((at.service, DCTERMS.license, CC0))
    graph.add((at.service, DCAT.endpointURL, URIRef(f"{at.base}/api/v1/")))
    graph.add((at.service, DCAT.endpointDescription, URIRef(f"{at.base}/api/v1/schema/")))
    return graph


def _part(publisher: Publisher, entries: Iterable[Entry], at: Addresses) -> Graph:
    """One publisher with its catalogue and data sets."""
    graph, agent, catalogue = _graph(), at.publisher(publisher), at.catalogue(publisher)
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(_clean(publisher.name), lang="sv")))
    graph.add((agent, DCTERMS.type, PUBLISHER_TYPES[publisher.kind]))
    title = tuple((lang, f"{publisher.name}: {text}") for lang, text in _TITLE)
    _catalogue(graph, catalogue, agent, title, _DESCRIPTION, at)
    for entry in entries:
        graph.add((catalogue, DCAT.dataset, at.own(entry)))
        if entry.is_open:
            graph.add((at.service, DCAT.servesDataset, at.own(entry)))
        _dataset(graph, entry, agent, at)
    return graph


def _catalogue(graph: Graph, node: URIRef, agent: URIRef, title: Words, description: Words, at: Addresses) -> None:
    graph.add((node, RDF.type, DCAT.Catalog))
    _say(graph, node, DCTERMS.title, title)
    _say(graph, node, DCTERMS.description, description)
    graph.add((node, DCTERMS.publisher, agent))
    graph.add((node, DCTERMS.license, CC0))
    graph.add((node, FOAF.homepage, URIRef(f"{at.base}/")))
    for language in LANGUAGES.values():
        graph.add((node, DCTERMS.language, language))


def _dataset(graph: Graph, entry: Entry, agent: URIRef, at: Addresses) -> None:
    node = at.own(entry)
    graph.add((node, RDF.type, DCAT.Dataset))
    _say(graph, node, DCTERMS.title, entry.title)
    made_up = _MADE_UP if entry.is_synthetic else {}
    description = tuple((lang, made_up.get(lang, "") + text) for lang, text in entry.description)
    _say(graph, node, DCTERMS.description, description)
    graph.add((node, DCTERMS.identifier, Literal(str(entry.id))))
    graph.add((node, DCTERMS.publisher, agent))
    graph.add((node, DCTERMS.accessRights, PUBLIC if entry.is_open else NON_PUBLIC))
    graph.add((node, DCTERMS.issued, Literal(entry.issued.date().isoformat(), datatype=XSD.date)))
    graph.add((node, DCTERMS.modified, Literal(entry.modified.date().isoformat(), datatype=XSD.date)))
    graph.add((node, DCAT.landingPage, at.page(entry)))
    for language, _text in entry.title:
        graph.add((node, DCTERMS.language, LANGUAGES[language]))
    for theme in data_themes(entry.themes):
        graph.add((node, DCAT.theme, theme))
    for lang, word in (("sv", "unga"), ("en", "young people")):
        graph.add((node, DCAT.keyword, Literal(word, lang=lang)))
    _cover(graph, entry, node, at)
    _contact(graph, entry, node, at)
    for form, address, title in _ways(entry, at):
        _distribution(graph, entry, node, at.own(entry, f"{title}-{form}"), form, address, title, at)


def _cover(graph: Graph, entry: Entry, dataset: URIRef, at: Addresses) -> None:
    """Which places and years the figures are of: the country and counties by Europe's names for them."""
    names = places_by_code()
    for code in (code for code in entry.cover.places if code in names):
        place = at.place(code)
        graph.add((dataset, DCTERMS.spatial, place))
        graph.add((place, RDF.type, DCTERMS.Location))
        graph.add((place, RDFS.label, Literal("Sverige" if code == "00" else names[code], lang="sv")))
    if entry.cover.years is not None:
        period = at.own(entry, "period")
        graph.add((dataset, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        for about, year in zip((DCAT.startDate, DCAT.endDate), entry.cover.years, strict=True):
            graph.add((period, about, Literal(str(year), datatype=XSD.gYear)))


def _ways(entry: Entry, at: Addresses) -> Iterator[tuple[str, URIRef, str]]:
    """Form, address and table of each way to the figures; of a closed data set the page that says whom to ask."""
    if not entry.is_open:
        yield "html", at.page(entry), ""
    elif not entry.tables:
        yield "json", at.api(entry), ""
    else:
        for code, _title in entry.tables:
            for form in ("csv", "json", "px"):
                yield form, at.file(entry, code, form), code


def _distribution(
    graph: Graph, entry: Entry, dataset: URIRef, node: URIRef, form: str, address: URIRef, code: str, at: Addresses
) -> None:
    graph.add((dataset, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    named = dict(entry.tables).get(code, "")
    title = FORM_TITLES[form] if len(entry.tables) < 2 else f"{named}, {FORM_TITLES[form]}"
    graph.add((node, DCTERMS.title, Literal(_clean(title), lang="sv")))
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCTERMS["format"], FILE_TYPES[form]))
    graph.add((node, DCATAP.availability, STABLE))
    if entry.is_open:
        if code:
            graph.add((node, DCAT.downloadURL, address))
        graph.add((node, DCAT.accessService, at.service))
    licence = licence_of(entry.licence)
    known = LICENCES.get(licence.name) if licence else None
    if known is not None:
        graph.add((node, DCTERMS.license, known))
    elif licence is not None or not entry.is_open:
        rights = at.own(entry, "rights")
        words = licence.name if licence else "Uppgifterna lämnas inte ut öppet. Fråga den som ansvarar för dem."
        graph.add((node, DCTERMS.rights, rights))
        graph.add((rights, RDF.type, DCTERMS.RightsStatement))
        graph.add((rights, RDFS.label, Literal(_clean(words), lang="sv")))


def _contact(graph: Graph, entry: Entry, dataset: URIRef, at: Addresses) -> None:
    """Whom to ask, where an address of e-mail is given: the organisation by name, never a person."""
    found = _EMAIL.search(entry.contact)
    if found is None:
        return
    node = at.own(entry, "contact")
    graph.add((dataset, DCAT.contactPoint, node))
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, VCARD.fn, Literal(_clean(entry.publisher.name))))
    graph.add((node, VCARD.hasEmail, URIRef(f"mailto:{found[0]}")))


def _say(graph: Graph, node: URIRef, about: URIRef, text: Words) -> None:
    for lang, words in text:
        if cleaned := _clean(words):
            graph.add((node, about, Literal(cleaned, lang=lang)))


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, address in PREFIXES.items():
        graph.bind(prefix, address)
    return graph


def _body(graph: Graph) -> bytes:
    """What stands between the document's first and last tag: every part names its prefixes alike."""
    text = graph.serialize(format="xml")
    return text[text.index(">", text.index("<rdf:RDF")) + 1 : text.rindex("</rdf:RDF>")].encode()


def _clean(text: str) -> str:
    """A text without what XML cannot hold, such as control characters and halves of pairs."""
    return _NOT_IN_XML.sub(" ", text).strip()
