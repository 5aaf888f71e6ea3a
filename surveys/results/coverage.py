"""How many of those whom a round counted on have answered, and whether its figures are to be read with care."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.cubes import Note

ENOUGH = 60
"""From so many per cent on the figures stand for those who were asked without a word of caution."""


@dataclass(frozen=True)
class Coverage:
    """The share that answered, in whole per cents; more than were counted on is a hundred."""

    percent: int

    @property
    def is_low(self) -> bool:
        """Whether those who did not answer could change what the figures say."""
        return self.percent < ENOUGH


def coverage_of(expected: int | None, answered: int | None) -> Coverage | None:
    """The coverage of a closed round; None where nobody said how many answers were counted on."""
    if not expected or answered is None:
        return None
    return Coverage(min(100, round(100 * answered / expected)))


def coverage_note(expected: int | None, answered: int | None) -> tuple[Note, ...]:
    """What is said beside every chart and table of a round, and in every file of it."""
    found = coverage_of(expected, answered)
    if found is None:
        return ()
    text = {
        "sv": f"{found.percent} procent av dem som omgången räknade med svarade.",
        "en": f"{found.percent} per cent of those whom the round counted on answered.",
    }
    care = {"sv": " Läs siffrorna med försiktighet.", "en": " Read the figures with care."}
    said = {lang: words + (care[lang] if found.is_low else "") for lang, words in text.items()}
    return (Note(said, mandatory=True),)
