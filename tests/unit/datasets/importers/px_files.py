"""A small PC-Axis file of made-up figures, to be bent in every way a test needs."""

from datasets.importers import read_px

BASE = {
    "CHARSET": '"ANSI"',
    "AXIS-VERSION": '"2010"',
    "LANGUAGE": '"sv"',
    "MATRIX": '"TEST1"',
    "SUBJECT-CODE": '"TE"',
    "SUBJECT-AREA": '"Exempel"',
    "TITLE": '"Exempeldata efter område, kön och år"',
    "CONTENTS": '"Unga"',
    "UNITS": '"antal"',
    "DECIMALS": "0",
    "STUB": '"område","kön"',
    "HEADING": '"år"',
    'VALUES("område")': '"Norr","Söder"',
    'VALUES("kön")': '"kvinnor","män"',
    'VALUES("år")': '"2023","2024"',
    'TIMEVAL("år")': 'TLIST(A1),"2023","2024"',
    'CODES("område")': '"N","S"',
    'CODES("kön")': '"2","1"',
}
FIGURES = "1 2\n3 4\n5 6\n7 8"


def px(figures: str | None = FIGURES, end: str = ";\n", encoding: str = "utf-8", **changes: str | None) -> bytes:
    """The file with statements added, changed or (None) left out; ``_`` in a keyword stands for ``-``."""
    statements = dict(BASE)
    for keyword, value in changes.items():
        statements[keyword.replace("_", "-")] = value
    lines = [f"{keyword}={value};" for keyword, value in statements.items() if value is not None]
    if figures is not None:
        lines.append(f"DATA=\n{figures}{end}")
    return "\n".join(lines).encode(encoding)


def line_of(data: bytes, text: str) -> int:
    """The number of the first line that holds a text."""
    return next(n for n, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1) if text in line)


def cube_of(data: bytes):
    """The cube of a file that must come in."""
    result = read_px(data)
    assert result.cube is not None, [str(problem) for problem in result.problems]
    return result.cube
