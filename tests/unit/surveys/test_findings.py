"""The strongest findings: certain, few, each about something else, and from what is shown alone."""

import json

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension
from datasets.disclosure import AggregationRule, Sensitivity, pass_through
from surveys.questionnaire import read
from surveys.questionnaire.reading import CONTENT
from surveys.results.findings import findings_of

WELLBEING = read(json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8")))
HIDES_NOTHING = AggregationRule.default(Sensitivity.OPEN)
SCALES = [question.code for question in WELLBEING if WELLBEING.scale_of(question) and not question.is_background]


def dimension(code, codes, total):
    return Dimension(code, {"sv": code}, tuple(Category(each, {"sv": each}) for each in codes), total=total)


def table(code, groups=None, *, by="gender"):
    """High and other answers of a question; `groups` maps a group to (high, answered), None to everyone."""
    answers = dimension(code, ("low", "high", "answered"), "answered")
    if isinstance(groups, tuple):
        high, whole = groups
        return protected(Cube.of_values((answers,), [whole - high, high, whole]))
    names = [*groups, "everyone"]
    counts = np.array([*groups.values(), np.sum(list(groups.values()), axis=0)], dtype=float)
    high, whole = counts[:, 0], counts[:, 1]
    return protected(Cube.of_values((answers, dimension(by, names, "everyone")), [whole - high, high, whole]))


def protected(cube):
    return pass_through(cube, HIDES_NOTHING)


def found(tables, earlier=None, base=10):
    return findings_of(WELLBEING, tables, earlier or {}, base=base)


def test_a_large_difference_is_found_once_with_its_shares():
    result = found({"joy.gender": table("joy", {"woman": (40, 100), "man": (80, 100)})})
    (finding,) = result.found
    assert finding.group.code == "woman"
    assert (finding.now, finding.earlier) == (0.4, 0.8)
    assert finding.low < -0.25 and finding.high > -0.55
    assert finding.table == "joy.gender"
    assert (result.compared, result.certain) == (1, 1)


def test_a_small_difference_is_not_certain():
    result = found({"joy.gender": table("joy", {"woman": (40, 100), "man": (45, 100)})})
    assert result.found == ()
    assert result.compared == 1


def test_equal_groups_give_nothing_however_many_are_compared():
    rng = np.random.default_rng(1)
    tables = {
        f"{code}.gender": table(code, {each: (int(rng.binomial(80, 0.5)), 80) for each in ("a", "b", "c")})
        for code in SCALES
    }
    result = found(tables)
    assert result.compared == 3 * len(SCALES)
    assert result.found == ()


def test_groups_below_the_base_are_not_compared():
    tables = {"joy.gender": table("joy", {"woman": (0, 9), "man": (100, 100)})}
    assert found(tables).compared == 0
    assert found(tables, base=9).compared == 1


def test_a_hidden_figure_is_no_finding():
    answers = dimension("joy", ("low", "high", "answered"), "answered")
    groups = dimension("gender", ("woman", "man", "everyone"), "everyone")
    values = np.array([[60, 20, np.nan], [40, 80, np.nan], [100, 100, 200]], dtype=float)
    statuses = np.where(np.isnan(values), 8, 0)
    hidden = protected(Cube((answers, groups), values, statuses.astype(np.uint8)))
    assert found({"joy.gender": hidden}).compared == 0


def test_a_change_since_the_round_before_is_found():
    result = found({"leisure": table("leisure", (160, 200))}, {"leisure": table("leisure", (100, 200))})
    (finding,) = result.found
    assert finding.group is None
    assert finding.difference == pytest.approx(0.3)


def test_another_scale_than_before_is_not_compared():
    before = protected(Cube.of_values((dimension("leisure", ("high", "answered"), "answered"),), [100, 200]))
    assert found({"leisure": table("leisure", (160, 200))}, {"leisure": before}).compared == 0


def test_no_question_twice_no_group_thrice_and_at_most_five():
    tables = {
        f"{code}.{by}": table(code, {"first": (20, 200), "second": (180 - place, 200)}, by=by)
        for place, code in enumerate(SCALES[:8])
        for by in ("age", "gender", "occupation")
    }
    result = found(tables)
    codes = [finding.question.code for finding in result.found]
    groups = [finding.by.code for finding in result.found]
    assert len(codes) == len(set(codes)) == 5
    assert max(groups.count(by) for by in groups) <= 2
    assert result.certain == 24
    sizes = [abs(finding.difference) for finding in result.found]
    assert sizes == sorted(sizes, reverse=True)


def test_background_questions_and_choices_are_not_compared():
    people = protected(
        Cube.of_values((dimension("gender", ("woman", "man", "everyone"), "everyone"),), [60, 40, 100])
    )
    assert found({"gender": people, "age.gender": people}).compared == 0
