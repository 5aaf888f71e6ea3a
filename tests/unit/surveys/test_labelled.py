"""A round's tables for SPSS: every published figure, nothing hidden, each with its words."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.questionnaire import encode, wellbeing, with_scores
from surveys.results.labelled import labelled_file
from surveys.results.tabulation import Columns
from tests.counting import protected_round

pyreadstat = pytest.importorskip("pyreadstat")
RULE = AggregationRule(Sensitivity.INTERNAL, tau=5)


def test_every_published_figure_is_there_and_what_is_hidden_is_missing(tmp_path: Path) -> None:
    asked = wellbeing()
    people = simulate(asked, municipality_profile=PROFILES["9903"], n=120, wave=1, seed=3)
    columns = Columns(asked, np.array([encode(asked, person) for person in people], dtype=np.int16))
    found = protected_round(columns, ["age", "occupation"], RULE, with_means=True)
    tables = {code: cube for question in found.values() for code, cube in question.shown.items()}
    file = tmp_path / "round.sav"
    file.write_bytes(labelled_file(with_scores(asked), tables, title="Höst", lang="sv"))
    frame, about = pyreadstat.read_sav(str(file))
    words = about.variable_value_labels
    questions = {words["QUESTION"][number] for number in frame["QUESTION"].unique()}
    assert asked.question("hope").text["sv"] in questions and len(questions) > 15
    hope = frame[frame["QUESTION"].map(words["QUESTION"]) == asked.question("hope").text["sv"]]
    alone = hope[hope["BY"].isna()]
    cube = tables["hope"]
    answers = [code for code in cube.dimension("hope").codes if code != "answered"]
    expected = [cube.cube.cell({"hope": code}).value for code in answers]
    (mean,) = frame[frame["MEAN"].notna()].to_dict("records")
    shown = tables["belonging_index:mean"].values.ravel()
    assert words["QUESTION"][mean["QUESTION"]] == "Samhörighet, vårt eget index"
    assert [mean[name] for name in ("MEAN", "MEANLOW", "MEANHIGH", "BASE")] == list(shown)
    assert [None if math.isnan(n) else n for n in alone["N"]] == expected
    hidden = sum(
        int((cube.statuses == Reason.SUPPRESSED).any()) for code, cube in tables.items() if code.count(".") < 2
    )
    assert hidden and frame["N"].isna().any()
    counts = frame["N"].dropna()
    assert not ((counts > 0) & (counts < RULE.k)).any()
    assert not frame[frame["N"].isna()]["SHARE"].notna().any()
    labels = {words["BY"][number] for number in frame["BY"].dropna().unique()}
    assert labels == {asked.question(code).label["sv"] for code in ("age", "occupation")}
