"""How many young people live in a municipality, by age and gender: from the base package of its region."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from accounts.models import Tenant
from datasets.cubes import Dimension, Role
from datasets.disclosure import ProtectedCube
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import cube_of
from surveys.models import SurveyRound
from surveys.results.weighting import NoWeights, Population, Tables, Weighting, weighting_of

SOURCE = "base_package:young_population"
GENDERS = {"1": "man", "2": "woman"}
"""Statistics Sweden's codes."""


def population_of(tenant: Tenant) -> Population:
    """By age band and gender, of the newest year; empty where the tenant can't read such figures of itself."""
    return populations_of([tenant])[tenant.slug]


def populations_of(places: Iterable[Tenant]) -> dict[str, Population]:
    """The same for several municipalities, by slug; from one reading of the base package."""
    dataset = Dataset.objects.filter(origin_ref=SOURCE, withdrawn_at=None).order_by("-created_at").first()
    release = Release.objects.filter(dataset=dataset).order_by("-number").first() if dataset else None
    table = ReleaseTable.objects.filter(release=release).order_by("position").first() if release else None
    cube = cube_of(table) if table else None
    return {place.slug: _by_age_and_gender(cube, place.code) if cube else {} for place in places}


def together(populations: Mapping[str, Population]) -> Population:
    """How many live in all of the municipalities, by age band and gender; empty where one is not known."""
    if not all(populations.values()):
        return {}
    found: dict[tuple[str, str], float] = {}
    for population in populations.values():
        for key, number in population.items():
            found[key] = found.get(key, 0.0) + number
    return found


def weighting_now(survey_round: SurveyRound, tables: Tables) -> Weighting | NoWeights:
    """The weights that a round's published tables and the population give now; its tenant's, or its places'."""
    if not survey_round.is_joint:
        return weighting_of(tables, population_of(survey_round.tenant))
    slugs = [slug for area in survey_round.rule["areas"] for slug in area]
    places = populations_of(Tenant.objects.filter(slug__in=slugs))
    return weighting_of(tables, together(places), places)


def _by_age_and_gender(cube: ProtectedCube, place: str) -> Population:
    geo = _with_role(cube, Role.GEO)
    gender = next((one for one in cube.dimensions if GENDERS.keys() <= one.positions.keys()), None)
    age = next((one for one in cube.dimensions if "15-17" in one.positions), None)
    if geo is None or gender is None or age is None or place not in geo.positions:
        return {}
    time = _with_role(cube, Role.TIME)
    at = {one.code: one.codes[-1] for one in cube.dimensions if one.code not in (geo.code, gender.code, age.code)}
    if time is not None:
        at[time.code] = max(time.codes)
    found = {}
    for band in age.codes:
        for code, name in GENDERS.items():
            value = cube.cube.cell({**at, geo.code: place, age.code: band, gender.code: code}).value
            if value is not None and not math.isnan(value) and band != age.total:
                found[band, name] = float(value)
    return found


def _with_role(cube: ProtectedCube, role: Role) -> Dimension | None:
    return next((one for one in cube.dimensions if one.role is role), None)
