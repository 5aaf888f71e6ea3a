"""A small CSV file of made-up figures, and the steward who reads it as proposed or changes a column."""

from dataclasses import replace

from datasets.importers import CsvMapping, read_csv, sniff_csv

PLACES = {
    "00": "Riket",
    "01": "Stockholms län",
    "0114": "Upplands Väsby",
    "0117": "Österåker",
    "0180": "Stockholm",
    "0186": "Lidingö",
    "0192": "Nynäshamn",
    "09": "Gotlands län",
    "0980": "Gotland",
    "2080": "Falun",
}
LONG = """Kommun;Kön;År;Antal
Lidingö;kvinnor;2023;1 234
Lidingö;män;2023;998
Nynäshamn;kvinnor;2023;12
Nynäshamn;män;2023;9
"""


def read(text: str, confirm=lambda mapping: mapping, places=PLACES):
    """The file read as proposed, with whatever a person changed."""
    guess = sniff_csv(text.encode(), places)
    assert guess.mapping is not None, guess.problems
    return read_csv(text.encode(), confirm(guess.mapping), places)


def cube_of(text: str, confirm=lambda mapping: mapping):
    result = read(text, confirm)
    assert result.cube is not None, [str(problem) for problem in result.problems]
    return result.cube


def refusal(text: str, confirm=lambda mapping: mapping):
    result = read(text, confirm)
    assert result.cube is None
    return result.fatal[0]


def left_out(text: str, confirm=lambda mapping: mapping):
    """The first row that was left out of a file that came in without it."""
    result = read(text, confirm)
    assert result.cube is not None, [str(problem) for problem in result.problems]
    assert "csv_left_out" in {problem.code for problem in result.problems}
    return result.left_out[0].problem


def column(heading: str, **changes):
    """A person's change to one column of the proposal."""

    def confirm(mapping: CsvMapping) -> CsvMapping:
        changed = tuple(replace(c, **changes) if c.heading == heading else c for c in mapping.columns)
        return replace(mapping, columns=changed)

    return confirm
