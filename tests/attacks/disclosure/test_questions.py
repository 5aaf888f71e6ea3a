"""The base and all questions of a survey in one hand: nothing that any of them hides may come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension
from datasets.disclosure import AggregationRule, CountTable, RefusedToPublish, Sensitivity
from datasets.disclosure.questions import asking
from datasets.disclosure.questions.asking import ProtectedBase, protect_base, protect_question
from tests.attacks.disclosure.attacker import Attacker, Finding
from tests.unit.datasets.disclosure.making import counted, dimension

RULE = AggregationRule(Sensitivity.INTERNAL, k=4, share_base=0)
SEEDS = range(12)


class Survey:
    """A few people in a few municipalities, asked a few questions; some gave no answer."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        number = int(random.integers(25, 90))
        self.geo = dimension("geo", ["m1", "m2", "m3"])
        self.age = dimension("age", ["young", "middle", "old"])
        homes = random.choice(3, number, p=random.dirichlet(np.full(3, 2.0)))
        ages = random.choice(3, number, p=random.dirichlet(np.full(3, 2.0)))
        self.base = [CountTable(counted([self.geo, self.age], [homes, ages]))]
        self.questions: list[list[CountTable]] = []
        for at in range(2):
            answers = random.choice(2, number, p=random.dirichlet(np.full(2, 2.0)))
            gave = random.random(number) > random.choice([0.0, 0.05, 0.2])
            over = dimension(f"q{at}", ["yes", "no"], total="answered")
            cube = counted([over, self.geo, self.age], [answers[gave], homes[gave], ages[gave]])
            self.questions.append([CountTable(cube, over=over.code)])


def publish(survey: Survey) -> tuple[ProtectedBase, list[Cube]] | None:
    """What is published of a survey; nothing where the base or a question is refused."""
    try:
        base = protect_base(survey.base, RULE)
    except RefusedToPublish:
        return None
    shown = []
    for tables in survey.questions:
        try:
            shown += [cube.cube for cube in protect_question(base, tables, RULE)]
        except RefusedToPublish:
            continue
    return base, shown


def seen(cube: Cube, over: str) -> Cube:
    """A question's table as an attacker thinks of it: beside who answered there are those who did not."""
    dimension = cube.dimension(over)
    inner = [replace(c, parent="answered") if c.code != "answered" else c for c in dimension.categories]
    whole = Dimension(over, dimension.label, (*inner, Category("rest", {}), Category("all", {})), total="all")
    axis = cube.axis(over)
    unknown = np.full([2 if at == axis else size for at, size in enumerate(cube.shape)], np.nan)
    made = tuple(whole if d.code == over else d for d in cube.dimensions)
    return Cube.of_values(made, np.concatenate([cube.values, unknown], axis=axis))


def found(survey: Survey, base: ProtectedBase, shown: Sequence[Cube]) -> list[Finding]:
    """Small counts, of the base or of a question, that somebody with everything published has exactly."""
    cubes = [seen(cube, cube.dimensions[0].code) for cube in shown]
    attacker = Attacker([*(cube.cube for cube in base.cubes), *cubes])
    truth = [table.cube for tables in (survey.base, *survey.questions) for table in tables]
    secret = {
        place for cube in truth for place in attacker.cells_of(cube, (cube.values > 0) & (cube.values < RULE.k))
    }
    return [finding for finding in attacker.findings(sorted(secret & set(attacker.hidden))) if finding.is_exact]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_question_undoes_the_base_or_another(seed: int):
    survey = Survey(seed)
    published = publish(survey)
    if published is None:
        pytest.skip("So few people that nothing is published.")
    assert found(survey, *published) == []


def test_most_of_these_surveys_publish_something_and_hide_something():
    published = [made for seed in SEEDS if (made := publish(Survey(seed))) is not None]
    assert len(published) > len(SEEDS) / 2
    assert sum(any(cube.report.hidden for cube in base.cubes) for base, _ in published) > len(SEEDS) / 3
    assert sum(bool(np.isnan(cube.values).any()) for _, shown in published for cube in shown) > len(SEEDS) / 2


def test_without_the_base_s_second_tables_some_survey_is_undone(monkeypatch: pytest.MonkeyPatch):
    """The counter-proof: what keeps them possible is what keeps the base."""
    monkeypatch.setattr(asking, "leave_possible", lambda system, hidden, *about: hidden)
    published = ((survey, publish(survey)) for survey in map(Survey, range(60)))
    assert any(shown and found(survey, *shown) for survey, shown in published)


def test_a_base_comes_back_from_storage_as_it_was():
    base = protect_base(Survey(3).base, RULE)
    again = ProtectedBase.from_json(base.to_json())
    assert again.cubes == base.cubes
    assert again.witnesses == base.witnesses
    one, two = (protect_question(b, Survey(3).questions[0], RULE) for b in (base, again))
    assert one == two
