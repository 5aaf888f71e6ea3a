"""Whatever way a table is written as CSV, its figures come back where they were."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from datasets.importers import ColumnRole, CsvColumn, CsvMapping, read_csv

words = st.text(st.characters(codec="cp1252", exclude_categories=("Cc",)), min_size=1, max_size=8)
names = words.map(str.strip).filter(bool)


@st.composite
def tables(draw):
    rows = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    columns = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    figure = st.none() | st.decimals(-(10**7), 10**7, places=2)
    return {(row, column): draw(figure) for row in rows for column in columns}


@given(
    tables(),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from([(",", " "), (".", " "), (",", "."), (".", ",")]),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
    st.randoms(use_true_random=False),
)
def test_figures_come_back_from_every_way_of_writing_them(table, separator, signs, encoding, random):
    decimal, thousands = signs
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["rad", "kolumn", "antal"])
    cells = list(table.items())
    random.shuffle(cells)
    for (row, column), figure in cells:
        text = "" if figure is None else f"{figure:,.2f}"
        swapped = text.translate(str.maketrans({",": thousands, ".": decimal}))
        writer.writerow([row, column, swapped])
    mapping = CsvMapping(
        encoding,
        separator,
        1,
        (
            CsvColumn("rad", ColumnRole.DIMENSION),
            CsvColumn("kolumn", ColumnRole.DIMENSION),
            CsvColumn("antal", ColumnRole.MEASURE),
        ),
        decimal,
        thousands,
        signs={"": 3},
    )
    result = read_csv(out.getvalue().encode(encoding), mapping)
    assert result.cube is not None, [str(problem) for problem in result.problems]
    for (row, column), figure in table.items():
        value = result.cube.cell({"rad": row, "kolumn": column}).value
        assert value == (None if figure is None else float(figure))
