"""Every kind of problem a file may have: how grave it is, what is said, and what to do about it.

``N_`` marks a text for translation without translating it; this package knows no framework.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the file was imported all the same, or refused."""

    CONTINUE = "continue"
    FATAL = "fatal"


@dataclass(frozen=True)
class Message:
    """A kind of problem."""

    severity: Severity
    text: str
    remedy: str = ""


def N_(text: str) -> str:
    """Mark a text for translation."""
    return text


def _fatal(text: str, remedy: str = "") -> Message:
    return Message(Severity.FATAL, text, remedy)


def _continue(text: str, remedy: str = "") -> Message:
    return Message(Severity.CONTINUE, text, remedy)


_SAVE_AGAIN = N_("Open the file in the program it came from and save it again as CSV (UTF-8).")
_ASK_SOURCE = N_("Download the file again, or ask its source for a correct one.")
_LOOK = N_("Open the file in a spreadsheet and look at that place.")

ANY_FILE = {
    "empty": _fatal(N_("The file is empty."), N_("Choose the file again, or export it anew.")),
    "too_large": _fatal(
        N_("The file is %(size)s MB; at most %(limit)s MB can be imported."),
        N_("Take fewer years, places or columns, and import the file in parts."),
    ),
    "is_office": _fatal(
        N_("This is an Excel, Word or zip file, not %(wanted)s."),
        N_("Open it in its own program and save the sheet with the figures as CSV (UTF-8)."),
    ),
    "is_picture": _fatal(
        N_("This is a picture, not %(wanted)s."), N_("Choose the file with the figures behind the picture.")
    ),
    "is_pdf": _fatal(
        N_("This is a PDF document, not %(wanted)s."),
        N_("Ask whoever made the document for its figures as a table."),
    ),
    "is_compressed": _fatal(
        N_("This is a compressed file, not %(wanted)s."), N_("Unpack it and choose the file inside.")
    ),
    "is_database": _fatal(
        N_("This is a database file, not %(wanted)s."), N_("Save the table in it as CSV (UTF-8).")
    ),
    "is_xml": _fatal(
        N_("This is an XML document, not %(wanted)s."), N_("Ask the source for the table in another form.")
    ),
    "web_page": _fatal(
        N_("This is a web page, not a file of figures: perhaps an error message was saved instead of the table."),
        N_("Open the address in a browser, read what it says, and download the table again."),
    ),
    "binary": _fatal(
        N_("The file holds something else than text."), N_("Save the table as CSV or PC-Axis and try again.")
    ),
    "mixed_encodings": _fatal(
        N_("Part of the file is written in %(one)s and this line in %(other)s, so that å, ä and ö would be lost."),
        _SAVE_AGAIN,
    ),
    "unknown_encoding": _fatal(
        N_("The file has a character that cannot be read in any way of writing letters that we know."),
        _SAVE_AGAIN,
    ),
    "too_many_cells": _fatal(
        N_("The table has %(cells)s cells; at most %(limit)s can be imported."),
        N_("Leave out a column, or take fewer years or places."),
    ),
    "more_of_the_same": _continue(N_("%(count)s more of the same kind are not listed.")),
}

PX = {
    "px_not_px": _fatal(
        N_("This does not look like a PC-Axis file: it has none of that format's keywords."),
        N_("Choose a file that ends in .px, or import it as CSV."),
    ),
    "px_without_data": _fatal(
        N_("The file describes a table but holds no figures: DATA is missing."), _ASK_SOURCE
    ),
    "px_malformed": _fatal(
        N_("%(keyword)s cannot be read: there is a quotation mark too many or too few."), _ASK_SOURCE
    ),
    "px_malformed_left_out": _continue(
        N_("%(keyword)s cannot be read, because of a quotation mark too many or too few. It was left out."),
        N_("The figures are not affected. Read the source's own page for what it says."),
    ),
    "px_missing": _fatal(
        N_("%(keyword)s is missing, and without it the table cannot be understood."), _ASK_SOURCE
    ),
    "px_repeated": _fatal(N_("%(keyword)s is given twice with different content."), _ASK_SOURCE),
    "px_no_dimensions": _fatal(
        N_("The file names no dimensions: both STUB and HEADING are missing."), _ASK_SOURCE
    ),
    "px_dimension_twice": _fatal(N_("The dimension “%(name)s” is named twice."), _ASK_SOURCE),
    "px_values_missing": _fatal(N_("The categories of “%(name)s” are missing."), _ASK_SOURCE),
    "px_codes_count": _continue(
        N_("“%(name)s” has %(values)s categories but %(codes)s codes. The names were used as codes.")
    ),
    "px_code_twice": _fatal(N_("“%(name)s” has two categories with the code “%(category)s”."), _ASK_SOURCE),
    "px_contvariable": _fatal(
        N_("The file says that “%(name)s” tells what is measured, but has no such dimension."), _ASK_SOURCE
    ),
    "px_units": _fatal(N_("The unit of “%(name)s” is missing."), _ASK_SOURCE),
    "px_number": _fatal(N_("%(keyword)s is not a number."), _ASK_SOURCE),
    "px_cell": _fatal(N_("A cell is neither a number nor one of the format's signs."), _ASK_SOURCE),
    "px_cell_count": _fatal(
        N_("The table should have %(expected)s figures but the file holds %(found)s."), _ASK_SOURCE
    ),
    "px_keys": _fatal(
        N_("The rows of figures have keys for some dimensions but not for those that stand before them."),
        _ASK_SOURCE,
    ),
    "px_key_unknown": _fatal(
        N_("A row of figures begins with a category that the file does not describe."), _ASK_SOURCE
    ),
    "px_key_twice": _fatal(N_("The same row of figures is given twice."), _ASK_SOURCE),
    "px_no_end": _continue(
        N_("The file does not end with the usual semicolon. All its figures are there."),
        N_("Compare the last one with the source: it alone may have been cut short."),
    ),
    "px_after_end": _continue(N_("There is something after the end of the figures. It was left out.")),
    "px_unknown_place": _continue(
        N_("%(keyword)s speaks of “%(name)s”, which the table does not have. It was left out.")
    ),
    "px_cell_marks": _continue(
        N_("The source marks %(count)s single cells. The marks were left out."),
        N_("Read the source's own page for what they mean."),
    ),
    "px_showdecimals": _continue(
        N_("SHOWDECIMALS does not say how many decimals to show. The figures are shown with %(decimals)s.")
    ),
    "px_timeval": _continue(
        N_("The points in time listed for “%(name)s” are not as many as its categories. The categories were used.")
    ),
    "px_language": _continue(
        N_("There is text in a language, “%(lang)s”, that the file does not list. It was left out.")
    ),
    "px_translation": _continue(
        N_("The text in “%(lang)s” does not cover “%(name)s”. The main language is shown there.")
    ),
    "px_description": _continue(
        N_("The file asks for its description as title but has none. The title was used.")
    ),
    "px_hierarchy": _continue(N_("The levels of “%(name)s” do not fit its categories. They were left out.")),
    "overlap": _continue(
        N_(
            "The categories of “%(name)s” overlap: together they are more than their total. They are "
            "never added up."
        )
    ),
}

CSV = {
    "csv_no_table": _fatal(
        N_("No table was found: no character parts the lines into columns."),
        N_("Save the sheet as CSV with semicolons between the columns."),
    ),
    "csv_header_only": _fatal(
        N_("The file has headings but no rows of figures."), N_("Export the table again, with its rows.")
    ),
    "csv_no_header": _continue(
        N_("The first row looks like figures, not headings. The columns were numbered."),
        N_("Give each column a name below."),
    ),
    "csv_header_twice": _continue(
        N_("Two columns have the heading “%(name)s”. The later one was given a number."),
        N_("Give the columns names of their own below."),
    ),
    "csv_header_changed": _fatal(
        N_("The columns are not those that were confirmed: “%(expected)s” was expected."),
        N_("Go through the columns again for this file."),
    ),
    "csv_column_new": _fatal(
        N_("The column “%(name)s” was not there when the columns were confirmed."),
        N_("Go through the columns again for this file."),
    ),
    "csv_encoding": _fatal(
        N_("The file is not written in %(encoding)s, as was confirmed."),
        N_("Go through the columns again for this file."),
    ),
    "csv_ragged": _fatal(
        N_("The row has %(found)s columns where the headings have %(expected)s."),
        N_(
            "Look for a separator too many or too few in that row; text that holds one must stand in "
            "quotation marks."
        ),
    ),
    "csv_quote": _fatal(
        N_("A quotation mark opens a text that never ends."),
        N_("Close the text in that row, or take the quotation mark away."),
    ),
    "csv_cell": _fatal(
        N_("The cell in “%(name)s” is neither a number nor one of the signs that were explained."), _LOOK
    ),
    "csv_blank_category": _fatal(N_("The cell in “%(name)s” is empty, so the row belongs nowhere."), _LOOK),
    "csv_time": _fatal(
        N_("The cell in “%(name)s” is no point in time that can be read with certainty."),
        N_("Write years as 2024, months as 2024-03 and days as 2024-03-31."),
    ),
    "csv_place": _fatal(
        N_("The cell in “%(name)s” is no municipality, county or country that we know."),
        N_("Correct the code or the name, or say that such places are to be kept as they are."),
    ),
    "csv_place_kept": _continue(
        N_("The cell in “%(name)s” is no municipality, county or country that we know. It was kept as it is.")
    ),
    "csv_place_contradiction": _fatal(
        N_("The cell in “%(name)s” has the code of one place and the name of another."),
        N_("Correct the code or the name."),
    ),
    "csv_duplicate": _fatal(
        N_("The row is about the same categories as line %(first)s, with another figure."),
        N_("Keep one of the rows, or add the column that tells them apart."),
    ),
    "csv_duplicate_same": _continue(N_("The row repeats line %(first)s, figure and all. It was counted once.")),
    "csv_labels_differ": _continue(
        N_("A code in “%(name)s” has different names in different rows. The first was used.")
    ),
    "csv_no_measure": _fatal(
        N_("No column holds figures."),
        N_("Say which column holds the figures. A file with a row for each person cannot be imported this way."),
    ),
    "csv_no_dimension": _fatal(
        N_("No column says what the figures are about."),
        N_("Say which columns hold categories, places or years."),
    ),
    "csv_mapping": _fatal(
        N_("What was said about the columns does not fit this file."), N_("Go through the columns again.")
    ),
    "csv_person": _fatal(
        N_("“%(name)s” holds what looks like personal identity numbers."),
        N_("Take that column away before the file leaves your computer. Nothing was kept of this file."),
    ),
    "csv_decimal": _continue(
        N_("It cannot be seen whether “%(sign)s” parts thousands or decimals. It was read as a decimal sign."),
        N_("Check the figures in the preview, and change the decimal sign if they are wrong."),
    ),
    "csv_sign": _continue(
        N_("The sign “%(sign)s” stands where a figure should be. Sources mean different things by it."),
        N_("Say what it means here: nil, not available, or something else."),
    ),
    "csv_text_after": _continue(N_("There is text below the table. It was kept as a note.")),
    "csv_unmeasured": _continue(
        N_(
            "Some combinations of categories have no row: %(count)s of %(cells)s cells. They are shown "
            "as not available."
        )
    ),
}

JSONSTAT = {
    "json_invalid": _fatal(N_("This is not JSON: it cannot be read from here on."), _ASK_SOURCE),
    "json_not_dataset": _fatal(
        N_("This is JSON, but not a table in the form JSON-stat 2.0."),
        N_("Ask the source for the table as JSON-stat 2.0."),
    ),
    "json_dataset": _fatal(N_("The table cannot be read. In the reader's own words: %(reason)s"), _ASK_SOURCE),
}

MESSAGES = {**ANY_FILE, **PX, **CSV, **JSONSTAT}
