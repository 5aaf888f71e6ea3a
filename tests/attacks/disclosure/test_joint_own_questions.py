"""What a municipality asks of its own young people alone tells nothing that the joint round hides."""

from __future__ import annotations

import json

import numpy as np
import pytest

from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.drafting.joint_version import MUNICIPALITY, with_municipalities
from surveys.drafting.own_questions import OwnPart, own_part_of, with_own_questions
from surveys.questionnaire import encode, read, wellbeing
from surveys.questionnaire.reading import CONTENT
from surveys.results.answer_dimensions import EVERYONE
from surveys.results.tabulation import ANSWERED, Columns
from tests.attacks.disclosure.attacker import Attacker
from tests.counting import protected_round
from tests.joint import own_definition

RULE = AggregationRule(sensitivity=Sensitivity.INTERNAL, k=5, share_base=10, mean_base=10, tau=5)
SIZES = {"alvik": 260, "bjorkvik": 150, "cedervik": 26, "dalvik": 6}
AREAS = [["alvik"], ["bjorkvik"], ["cedervik"], ["dalvik"]]
BREAKDOWNS = [MUNICIPALITY, "age", "gender"]

Tables = dict[str, dict[str, ProtectedCube]]


@pytest.fixture(scope="module")
def published() -> Tables:
    """Question → table code → what is published, of the region's questions and of every municipality's own."""
    definition = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
    composed = with_municipalities(definition, [(slug, slug.title()) for slug in SIZES], code="joint_test")
    part = own_part_of(own_definition(), ["sv", "en"])
    whole, owners = with_own_questions(composed, [OwnPart(slug, slug.title(), part) for slug in SIZES])
    asked = read(whole)
    kept = [*asked.background, asked.question("satisfaction")]
    chance = np.random.default_rng(4)
    people = []
    for seed, (place, number) in enumerate(SIZES.items()):
        for person in simulate(wellbeing(), municipality_profile=PROFILES["9902"], n=number, wave=1, seed=seed):
            if person.get("gender") in ("woman", "man"):
                known = {question.code: person[question.code] for question in kept if question.code in person}
                own = {f"{place}_bus": str(chance.choice(["yes", "no"], p=[0.9, 0.1]))}
                people.append({**known, **own, MUNICIPALITY: place})
    rows = np.array([encode(asked, one) for one in people], dtype=np.int16)
    found = protected_round(Columns(asked, rows, areas=AREAS, own=owners), BREAKDOWNS, RULE)
    return {code: dict(one.shown) for code, one in found.items()}


def test_a_municipality_that_is_shown_alone_has_its_own_answers(published: Tables) -> None:
    assert "alvik_bus" in published["alvik_bus"] and "bjorkvik_bus" in published["bjorkvik_bus"]


def test_one_that_is_joined_has_none_since_they_would_tell_of_its_neighbour(published: Tables) -> None:
    groups = published[MUNICIPALITY][MUNICIPALITY].dimension(MUNICIPALITY).codes
    assert "cedervik+dalvik" in groups
    assert published["cedervik_bus"] == {} and published["dalvik_bus"] == {}


def test_no_table_counts_people_finer_than_the_base_does(published: Tables) -> None:
    """Those who answered a municipality's own question are its people: by age only where the base has that too."""
    base = published[MUNICIPALITY]
    by = 0
    for code, tables in published.items():
        if not code.endswith("_bus"):
            continue
        for table in tables:
            background = table.partition(".")[2]
            by += bool(background)
            crossed = {f"{MUNICIPALITY}.{background}", f"{background}.{MUNICIPALITY}"}
            assert not background or crossed & base.keys()
    assert by or f"{MUNICIPALITY}.age" not in base


def test_no_hidden_count_can_be_worked_out_with_the_base_at_hand(published: Tables) -> None:
    alone = 0
    for code in ("alvik_bus", "bjorkvik_bus"):
        cubes = [cube.cube for cube in published[code].values()]
        findings = Attacker(cubes).findings()
        alone += len(findings)
        assert [found for found in findings if found.is_exact and found.high > 0] == []
    hidden = [cube for code in ("alvik_bus", "bjorkvik_bus") for cube in published[code].values()]
    assert alone == sum(int((cube.statuses == Reason.SUPPRESSED).sum()) for cube in hidden)


def test_all_municipalities_together_never_leave_a_few_of_one_that_is_hidden(published: Tables) -> None:
    """The base less everybody who answered somewhere's own question is at least a group that may be shown."""
    base = published[MUNICIPALITY][MUNICIPALITY].cube
    known = 0
    for place in ("alvik", "bjorkvik"):
        answered = published[f"{place}_bus"][f"{place}_bus"].cube.cell({f"{place}_bus": ANSWERED}).value
        assert answered == base.cell({MUNICIPALITY: place}).value
        known += int(answered)
    assert base.cell({MUNICIPALITY: EVERYONE}).value - known >= RULE.share_base
