"""The tables that pages work out of published ones tell nothing in any file that the published ones hide."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from datasets.disclosure import AggregationRule, Sensitivity
from datasets.exports import Imprint
from surveys.questionnaire import encode, read
from surveys.questionnaire.reading import CONTENT
from surveys.results.outcome import Outcome
from surveys.results.tabulation import Columns
from surveys.results.weighting import Weighting, weighting_of
from surveys.selectors import Published
from surveys.views.worked_out import FORMS, GROUPS, SINCE, WEIGHTED, files_worked_out
from tests.attacks.disclosure.ways_out.planting import CHOICES, QUESTION, Planted, planting
from tests.counting import protected_round

RULE = AggregationRule.default(Sensitivity.SENSITIVE)
OLDER = 400
"""How many of those who gave an answer are of the older age."""

ABOUT = Imprint(lang="sv", title="Våren", sentence="", unit="", source="Alvik", link="https://example.org/")


def asked() -> Any:
    """The built-in questionnaire with age, gender and one question on a scale."""
    found = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
    kept = [one for one in found["questions"] if one["code"] in ("age", "gender", QUESTION)]
    sections = [one for one in found["sections"] if one["code"] in {q["section"] for q in kept}]
    return read({**found, "code": "short", "questions": kept, "sections": sections, "scores": []})


def outcome(planted: Planted) -> tuple[Outcome, Weighting]:
    """What is told of a round with these answers beside one with the very same, and its weights.

    The choice that few women made is the one whose share is told of groups and of changes.
    """
    questionnaire = asked()
    # Whom the planting moves about is of the same age as those they change places with.
    coded = [
        encode(questionnaire, {"age": "20-24" if person < older else "18-19", "gender": gender, QUESTION: choice})
        for gender, counts in planted.answers.items()
        for choice, count in zip(reversed(CHOICES), counts, strict=True)
        for older in (OLDER if count > OLDER else 0,)
        for person in range(count)
    ]
    columns = Columns(questionnaire, np.array(coded, dtype=np.int16))
    made = protected_round(columns, ["age", "gender"], RULE)
    tables = {
        code: Published(cast(Any, None), cast(Any, None), cube)
        for one in made.values()
        for code, cube in one.shown.items()
    }
    before = SimpleNamespace(told=questionnaire, rule={"base": 10})
    found = Outcome(questionnaire, tables, base=10, earlier=tables, before=cast(Any, before))
    lives = {(age, gender): 900.0 for age in ("18-19", "20-24") for gender in planted.answers}
    weights = weighting_of(found.cubes, lives)
    assert isinstance(weights, Weighting)
    return found, weights


def files(planted: Planted, form: str) -> dict[str, bytes]:
    found, weights = outcome(planted)
    return dict(files_worked_out(found, weights, ABOUT, form))


@pytest.mark.parametrize("form", FORMS)
def test_two_rounds_that_differ_in_what_is_hidden_leave_the_same_files(form: str) -> None:
    made, other = (files(planting(shift), form) for shift in (0, 1))
    assert [name.partition(".")[0] for name in made] == [WEIGHTED, SINCE, GROUPS]
    assert made == other


def test_a_hidden_cell_keeps_its_sign_and_leaves_no_figure() -> None:
    planted = planting()
    told = {name: content.decode("utf-8-sig") for name, content in files(planted, "csv").items()}
    assert not [secret for secret in planted.secrets if any(str(secret) in text for text in told.values())]
    for name, text in told.items():
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        hidden = [row for row in rows if row["Status (kod)"] == "suppressed"]
        shown = [row for row in rows if row["Status (kod)"] == "ok"]
        assert hidden and {row["Status"] for row in hidden} == {"visas inte: för få svar"}, name
        figures = (
            ("Viktat", "Oviktat") if name.startswith(WEIGHTED) else ("Skillnad", "Skillnad, nedre gräns (95 %)")
        )
        assert not any(row[figure] for row in hidden for figure in figures)
        assert shown or name.startswith(GROUPS)
        assert all(row["Källa"] == "Alvik" and row["Länk"] for row in rows), "a row cut out says whose it is"
