"""A reviewer hides words and never writes any."""

from __future__ import annotations

import pytest

from surveys.results.hiding import is_hiding, tidy

TEXT = "Jag pratar med Anna på skolan, och hon lyssnar."


@pytest.mark.parametrize(
    "shown",
    [
        TEXT,
        "Jag pratar med […] på skolan, och hon lyssnar.",
        "[…] och hon lyssnar.",
        "Jag pratar med […]",
        "Jag pratar med [...] på […], och hon lyssnar.",
        "  Jag pratar med Anna på skolan,\r\noch hon lyssnar. ",
    ],
)
def test_what_only_hides_is_taken(shown: str) -> None:
    assert is_hiding(TEXT, shown)


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "[…]",
        "Jag pratar inte med Anna på skolan, och hon lyssnar.",
        "Jag pratar med Eva på skolan, och hon lyssnar.",
        "Jag pratar med […] på jobbet, och hon lyssnar.",
        "hon lyssnar. […] Jag pratar",
        "Jag pratar med Anna på skolan",
        "Jag pratar med Anna på skolan, och […] och hon lyssnar.",
    ],
)
def test_what_says_anything_else_or_nothing_is_not(shown: str) -> None:
    assert not is_hiding(TEXT, shown)


def test_marks_beside_each_other_are_one() -> None:
    assert tidy(" Ja, [...] […]\r\n[ … ] nej ") == "Ja, […] nej"
