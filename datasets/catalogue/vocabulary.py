"""The words of DCAT-AP-SE 3.0.1 that we use: every one an address, from the vocabularies that it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Namespace, URIRef

EU = "http://publications.europa.eu/resource/authority/"
ADMS = Namespace("http://purl.org/adms/publishertype/")
DCATAP = Namespace("http://data.europa.eu/r5r/")

FILE_TYPES: Mapping[str, URIRef] = {
    "csv": URIRef(EU + "file-type/CSV"),
    "json": URIRef(EU + "file-type/JSON"),
    # The vocabulary has no PC-Axis: it is text, and the title says which.
    "px": URIRef(EU + "file-type/TXT"),
    "html": URIRef(EU + "file-type/HTML"),
}
FORM_TITLES: Mapping[str, str] = {"csv": "CSV", "json": "JSON-stat 2.0", "px": "PC-Axis", "html": "HTML"}

PUBLIC = URIRef(EU + "access-right/PUBLIC")
NON_PUBLIC = URIRef(EU + "access-right/NON_PUBLIC")
LANGUAGES: Mapping[str, URIRef] = {"sv": URIRef(EU + "language/SWE"), "en": URIRef(EU + "language/ENG")}
STABLE = URIRef("http://publications.europa.eu/resource/authority/planned-availability/STABLE")

COUNTRY = URIRef(EU + "country/SWE")
_NUTS = (
    "01:110 03:121 04:122 05:123 06:211 07:212 08:213 09:214 10:221 12:224 13:231 14:232 17:311 18:124 19:125"
    " 20:312 21:313 22:321 23:322 24:331 25:332"
)
COUNTIES: Mapping[str, URIRef] = {
    code: URIRef(f"http://data.europa.eu/nuts/code/SE{nuts}")
    for code, nuts in (p.split(":") for p in _NUTS.split())
}
"""Every county's code at home, and its region of the third level (NUTS) in Europe."""

PUBLISHER_TYPES: Mapping[str, URIRef] = {
    "region": ADMS.RegionalAuthority,
    "municipality": ADMS.LocalAuthority,
    "district": ADMS.LocalAuthority,
}

LICENCES: Mapping[str, URIRef] = {
    "CC0 1.0": URIRef("http://creativecommons.org/publicdomain/zero/1.0/"),
    "CC BY 4.0": URIRef("http://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA 4.0": URIRef("http://creativecommons.org/licenses/by-sa/4.0/"),
}
"""By the name that `datasets.exports.licences` gives, in the exact writing that harvesters compare."""
CC0 = LICENCES["CC0 1.0"]

_THEMES: Mapping[str, tuple[str, ...]] = {
    "wellbeing": ("HEAL", "SOCI"),
    "leisure": ("EDUC", "SOCI"),
    "school_attendance": ("EDUC",),
    "neither_work_nor_study": ("SOCI", "ECON"),
    "together": ("SOCI", "JUST"),
    "leaving_school": ("EDUC", "SOCI"),
}


def data_themes(keys: tuple[str, ...]) -> list[URIRef]:
    """The EU's themes of some of ours: population and society where we say none."""
    found = sorted({name for key in keys for name in _THEMES.get(key, ())}) or ["SOCI"]
    return [URIRef(f"{EU}data-theme/{name}") for name in found]
