"""Files for SPSS: read back by ReadStat, with every word and number, and missing where something is hidden."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from datasets.exports.sav import SavColumn, sav_file

pyreadstat = pytest.importorskip("pyreadstat")


def test_numbers_words_and_what_is_missing_come_back(tmp_path: Path) -> None:
    long = "å" * 200
    file = tmp_path / "a.sav"
    file.write_bytes(
        sav_file(
            [
                SavColumn("FRAGA", "Frågan", [1, 2, None], labels={1: "Hur mår du?", 2: long}),
                SavColumn("SHARE", "Andel", [12.5, None, 99.9], 1),
            ],
            title="Höst 2026",
            document=["36 procent svarade. " * 12, "Källa: Alvik"],
        )
    )
    frame, about = pyreadstat.read_sav(str(file))
    assert about.column_names == ["FRAGA", "SHARE"] and about.column_labels == ["Frågan", "Andel"]
    assert frame["FRAGA"].tolist()[:2] == [1, 2] and math.isnan(frame["FRAGA"][2])
    assert frame["SHARE"].tolist()[0] == 12.5 and math.isnan(frame["SHARE"][1])
    assert about.variable_value_labels["FRAGA"] == {1.0: "Hur mår du?", 2.0: "å" * 60}
    assert about.file_label == "Höst 2026" and about.file_encoding == "UTF-8"
    assert " ".join(" ".join(about.notes).split()) == "36 procent svarade. " * 12 + "Källa: Alvik"


@pytest.mark.parametrize(
    "columns",
    [[], [SavColumn("A", "", [1]), SavColumn("B", "", [1, 2])], [SavColumn("MORETHANEIGHT", "", [1])]],
)
def test_what_is_no_table_is_refused(columns: list[SavColumn]) -> None:
    with pytest.raises(ValueError):
        sav_file(columns)
