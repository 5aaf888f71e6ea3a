"""Nobody works out a hidden figure of a joint round: of four municipalities one is tiny and one is small."""

from __future__ import annotations

import json

import numpy as np
import pytest

from datasets.cubes import Cube, Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.drafting.joint_version import MUNICIPALITY, with_municipalities
from surveys.questionnaire import SPREAD, Questionnaire, encode, read, wellbeing
from surveys.questionnaire.reading import CONTENT
from surveys.results.own_part import part_of
from surveys.results.tabulation import Columns
from tests.attacks.disclosure.attacker import Attacker
from tests.counting import protected_round

RULE = AggregationRule(sensitivity=Sensitivity.INTERNAL, k=5, share_base=10, mean_base=10, tau=5)
SIZES = {"alvik": 170, "bjorkvik": 90, "cedervik": 26, "dalvik": 6}
AREAS = [["alvik"], ["bjorkvik"], ["cedervik"], ["dalvik"]]

Tables = dict[str, dict[str, ProtectedCube]]


def joint_questionnaire() -> Questionnaire:
    definition = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
    return read(with_municipalities(definition, [(slug, slug.title()) for slug in SIZES], code="joint_test"))


@pytest.fixture(scope="module")
def published() -> Tables:
    """Question → table code → what is published of the round."""
    asked = joint_questionnaire()
    people = [
        {**person, MUNICIPALITY: place}
        for seed, (place, number) in enumerate(SIZES.items())
        for person in simulate(wellbeing(), municipality_profile=PROFILES["9902"], n=number, wave=1, seed=seed)
        if person.get("gender") in ("woman", "man")
    ]
    columns = Columns(asked, np.array([encode(asked, one) for one in people], dtype=np.int16), areas=AREAS)
    found = protected_round(columns, [MUNICIPALITY, "age", "gender"], RULE)
    return {code: dict(question.shown) for code, question in found.items()}


def apart(tables: dict[str, ProtectedCube], several: frozenset[str]) -> list[Cube]:
    """A question's tables by groups, as an attacker has them all."""
    return [cube.cube for code, cube in tables.items() if "." in code and code.partition(".")[0] not in several]


def test_no_hidden_count_can_be_worked_out_from_all_tables_together(published: Tables) -> None:
    several = frozenset(question.code for question in wellbeing() if question.kind in SPREAD)
    attacked = by_place = 0
    for tables in published.values():
        cubes = apart(tables, several)
        by_place += any(code.endswith(f".{MUNICIPALITY}") for code in tables)
        if not any((cube.statuses == Reason.SUPPRESSED).any() for cube in cubes):
            continue
        findings = Attacker(cubes).findings()
        attacked += len(findings)
        # A nought is no secret in itself; anything from 1 is.
        assert [found for found in findings if found.is_exact and found.high > 0] == []
    assert by_place > 10, "municipalities must be told apart"
    assert attacked > 20, "the attack must have had something to attack"


def test_the_county_less_the_shown_municipalities_never_leaves_a_hidden_few(published: Tables) -> None:
    """Of each answer either no municipality is hidden, or at least two are, or the whole is too."""
    hidden = 0
    for tables in published.values():
        for code, cube in tables.items():
            if code.count(".") != 1 or not code.endswith(f".{MUNICIPALITY}"):
                continue
            dimension = cube.dimension(MUNICIPALITY)
            axis = cube.axis(MUNICIPALITY)
            leaves = [dimension.position(one) for one in dimension.leaves]
            is_hidden = np.isnan(cube.values)
            parts = np.take(is_hidden, leaves, axis=axis).sum(axis=axis)
            whole = np.take(is_hidden, dimension.position(str(dimension.total)), axis=axis)
            hidden += int((parts > 0).sum())
            assert not ((parts == 1) & ~whole).any(), code
    assert hidden > 10


def test_the_tiny_one_stands_nowhere_alone(published: Tables) -> None:
    codes = {
        category
        for tables in published.values()
        for cube in tables.values()
        for dimension in cube.dimensions
        if dimension.code == MUNICIPALITY
        for category in dimension.codes
    }
    assert "cedervik+dalvik" in codes and not codes & {"dalvik", "cedervik"}


def test_what_the_municipalities_get_together_is_no_more_than_what_the_region_has(published: Tables) -> None:
    for tables in published.values():
        for code, cube in tables.items():
            if not code.endswith(MUNICIPALITY):
                continue
            for place in SIZES:
                own = part_of(cube, place)
                for cell in own.cube.cells():
                    at = dict(zip((d.code for d in own.dimensions), cell.codes, strict=True))
                    there = cube.cube.cell(at)
                    assert (cell.value, cell.reason) == (there.value, there.reason)
