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
    Municipality(
        code="9902", name="Lindsala", county_code="99", official_name="Lindsala kommun", valid_from=None
    ),
    inhabitants=19_000,
    young=3_200,
)
TALLSELE = DemoMunicipality(
    Municipality(
        code="9903", name="Tallsele", county_code="99", official_name="Tallsele kommun", valid_from=None
    ),
    inhabitants=6_000,
    young=870,
)

DEMO_MUNICIPALITIES = (EKSTAVIK, LINDSALA, TALLSELE)
