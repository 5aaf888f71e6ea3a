"""How many young people live in the municipality, by age and gender: from the base package of its region."""

from __future__ import annotations

import math

from accounts.models import Tenant
from datasets.cubes import Dimension, Role
from datasets.disclosure import ProtectedCube
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import cube_of
from surveys.results.weighting import Population

SOURCE = "base_package:young_population"
GENDERS = {"1": "man", "2": "woman"}
"""Statistics Sweden's codes."""


def population_of(tenant: Tenant) -> Population:
    """By age band and gender, of the newest year; empty where the tenant can't read such figures of itself."""
    dataset = Dataset.objects.filter(origin_ref=SOURCE, withdrawn_at=None).order_by("-created_at").first()
    release = Release.objects.filter(dataset=dataset).order_by("-number").first() if dataset else None
    table = ReleaseTable.objects.filter(release=release).order_by("position").first() if release else None
    return _by_age_and_gender(cube_of(table), tenant.code) if table else {}


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
