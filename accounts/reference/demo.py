"""The fictional county and its three municipalities that the demo lives in. None of them exists.

Their codes lie outside Statistics Sweden's, whose counties end at 25, and :func:`accounts.reference.find`
does not know them. Sizes differ on purpose: in Tallsele small groups must be protected, which is where it hurts.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import County, Municipality


@dataclass(frozen=True)
class DemoMunicipality:
    """A fictional municipality with as many people as its synthetic figures are drawn for."""

    municipality: Municipality
    inhabitants: int
    young: int  # of the inhabitants, those aged 15-29


DEMO_COUNTY = County(code="99", name="Solmarks län", official_name="Region Solmark", valid_from=None)

EKSTAVIK = DemoMunicipality(
    Municipality(
        code="9901", name="Ekstavik", county_code="99", official_name="Ekstaviks kommun", valid_from=None
    ),
    inhabitants=48_000,
    young=8_900,
)
LINDSALA = DemoMunicipality(
    Municipality(code="9902", name="Lindsala", county_code="99", official_name="Lindsala kommun", valid_from=None),
    inhabitants=19_000,
    young=3_200,
)
TALLSELE = DemoMunicipality(
    Municipality(code="9903", name="Tallsele", county_code="99", official_name="Tallsele kommun", valid_from=None),
    inhabitants=6_000,
    young=870,
)

DEMO_MUNICIPALITIES = (EKSTAVIK, LINDSALA, TALLSELE)


def _neighbours(county: str, *places: tuple[str, int, int]) -> tuple[DemoMunicipality, ...]:
    return tuple(
        DemoMunicipality(Municipality(f"{county}{number:02}", name, county, f"{name} kommun", None), people, young)
        for number, (name, people, young) in enumerate(places, start=1)
    )


DEMO_NEIGHBOUR_COUNTIES = (
    County(code="98", name="Havslunda län", official_name="Region Havslunda", valid_from=None),
    County(code="96", name="Åmarks län", official_name="Region Åmark", valid_from=None),
)
DEMO_NEIGHBOURS = _neighbours(
    "98",
    ("Aspelunda", 112_000, 23_500),
    ("Rönnvika", 41_000, 7_100),
    ("Sälgsund", 22_500, 3_700),
    ("Videfors", 15_200, 2_300),
    ("Bokhamra", 9_400, 1_350),
    ("Kornhaga", 5_600, 760),
) + _neighbours(
    "96",
    ("Almeborg", 87_000, 15_900),
    ("Hagtornsele", 33_000, 5_900),
    ("Lärkmora", 18_300, 2_900),
    ("Apelmark", 14_100, 2_050),
    ("Olvonby", 7_900, 1_080),
    ("Granmyra", 4_300, 540),
)
"""Fictional municipalities of two other counties, nobody's tenants: only so that there is somebody to be like."""


@dataclass(frozen=True)
class DemoOfficial:
    """A fictional official: their role's code, their department, and what they are in words."""

    name: str
    role: str
    department: str
    words: str
    place: str

    @property
    def email(self) -> str:
        """An address under the domain that is reserved for examples."""
        return f"{self.name.lower()}@{self.place.lower().replace(' ', '-')}.example"


def _officials(place: str, *people: tuple[str, str, str, str]) -> tuple[DemoOfficial, ...]:
    return tuple(DemoOfficial(*person, place) for person in people)


DEMO_PEOPLE = {
    DEMO_COUNTY.code: _officials(
        "Region Solmark",
        ("Rut", "regional_admin", "", "regional administratör"),
    ),
    EKSTAVIK.municipality.code: _officials(
        "Ekstavik",
        ("Alma", "coordinator", "Kommunledning", "samordnare"),
        ("Idris", "municipality_admin", "Kommunledning", "administratör"),
        ("Dag", "data_steward", "Skola och utbildning", "dataansvarig"),
        ("Fia", "facilitator", "Kultur och fritid", "samtalsledare"),
        ("Omar", "official", "Socialtjänst", "socialsekreterare"),
        ("Vera", "viewer", "Kommunledning", "politiker"),
        ("Gun", "guest", "", "gäst från polisen"),
    ),
    LINDSALA.municipality.code: _officials(
        "Lindsala",
        ("Bo", "coordinator", "Kommunledning", "samordnare"),
    ),
    TALLSELE.municipality.code: _officials(
        "Tallsele",
        ("Tove", "municipality_admin", "Kommunledning", "folkhälsostrateg"),
    ),
}
"""The demo's people by tenant; the first of each does the first things there. Nobody is real."""
