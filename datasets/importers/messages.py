"""Every kind of problem a file may have: how grave it is, what is said, and what to do about it."""

from __future__ import annotations

from .message_kinds import N_, Message, Severity, fatal, go_on
from .messages_official import JSONSTAT, PX

__all__ = ["MESSAGES", "Message", "Severity"]

_SAVE_AGAIN = N_("Open the file in the program it came from and save it again as CSV (UTF-8).")
_LOOK = N_("Open the file in a spreadsheet and look at that place.")

ANY_FILE = {
    "empty": fatal(N_("The file is empty."), N_("Choose the file again, or export it anew.")),
    "too_large": fatal(
        N_("The file is %(size)s MB; at most %(limit)s MB can be imported."),
        N_("Take fewer years, places or columns, and import the file in parts."),
    ),
    "is_office": fatal(
        N_("This is a Word document, a presentation or a zip file, not %(wanted)s."),
        N_("Copy the table into a spreadsheet, save it as XLSX, ODS or CSV, and choose that file."),
    ),
    "is_picture": fatal(
        N_("This is a picture, not %(wanted)s."), N_("Choose the file with the figures behind the picture.")
    ),
    "is_pdf": fatal(
        N_("This is a PDF document, not %(wanted)s."),
        N_("Ask whoever made the document for its figures as a table."),
    ),
    "is_compressed": fatal(
        N_("This is a compressed file, not %(wanted)s."), N_("Unpack it and choose the file inside.")
    ),
    "is_database": fatal(
        N_("This is a database file, not %(wanted)s."), N_("Save the table in it as CSV (UTF-8).")
    ),
    "web_table": fatal(
        N_("This is a web page with a table in it, whatever its name says: some systems save so for Excel."),
        N_("Open it in a spreadsheet program, save it as XLSX, ODS or CSV, and choose the new file."),
    ),
    "is_xml_sheet": fatal(
        N_("This is a spreadsheet in the old form XML Spreadsheet 2003."),
        N_("Open it in a spreadsheet program, save it as XLSX, ODS or CSV, and choose the new file."),
    ),
    "is_xml": fatal(
        N_("This is an XML document, not %(wanted)s."), N_("Ask the source for the table in another form.")
    ),
    "web_page": fatal(
        N_("This is a web page, not a file of figures: perhaps an error message was saved instead of the table."),
        N_("Open the address in a browser, read what it says, and download the table again."),
    ),
    "binary": fatal(
        N_("The file holds something else than text."), N_("Save the table as CSV or PC-Axis and try again.")
    ),
    "mixed_encodings": fatal(
        N_("Part of the file is written in %(one)s and this line in %(other)s, so that å, ä and ö would be lost."),
        _SAVE_AGAIN,
    ),
    "unknown_encoding": fatal(
        N_("The file has a character that cannot be read in any way of writing letters that we know."),
        _SAVE_AGAIN,
    ),
    "too_many_cells": fatal(
        N_("The table has %(cells)s cells; at most %(limit)s can be imported."),
        N_("Leave out a column, or take fewer years or places."),
    ),
    "more_of_the_same": go_on(N_("%(count)s more of the same kind are not listed.")),
}

CSV = {
    "csv_no_table": fatal(
        N_("No table was found: no character parts the lines into columns."),
        N_("Save the sheet as CSV with semicolons between the columns."),
    ),
    "csv_separator_nowhere": go_on(
        N_("The sign that was chosen between columns is nowhere in the file. The one that was found was kept.")
    ),
    "csv_header_only": fatal(
        N_("The file has headings but no rows of figures."), N_("Export the table again, with its rows.")
    ),
    "csv_no_header": go_on(
        N_("The first row looks like figures, not headings. The columns were numbered."),
        N_("Give each column a name below."),
    ),
    "csv_header_twice": go_on(
        N_("Two columns have the heading “%(name)s”. The later one was given a number."),
        N_("Give the columns names of their own below."),
    ),
    "csv_header_changed": fatal(
        N_("The columns are not those that were confirmed: “%(expected)s” was expected."),
        N_("Go through the columns again for this file."),
    ),
    "csv_column_new": fatal(
        N_("The column “%(name)s” was not there when the columns were confirmed."),
        N_("Go through the columns again for this file."),
    ),
    "csv_not_remembered": go_on(
        N_("The columns are not those of the last file, so what was said of them then does not hold."),
        N_("Look at each column before you go on."),
    ),
    "csv_encoding": fatal(
        N_("The file is not written in %(encoding)s, as was confirmed."),
        N_("Go through the columns again for this file."),
    ),
    "csv_ragged": fatal(
        N_("The row has %(found)s columns where the headings have %(expected)s."),
        N_(
            "Look for a separator too many or too few in that row; text that holds one must stand in "
            "quotation marks."
        ),
    ),
    "csv_quote": fatal(
        N_("A quotation mark opens a text that never ends."),
        N_("Close the text in that row, or take the quotation mark away."),
    ),
    "csv_cell": fatal(
        N_("The cell in “%(name)s” is neither a number nor one of the signs that were explained."), _LOOK
    ),
    "csv_cell_power": fatal(
        N_("The figure in “%(name)s” is shortened with an E, so that its last digits may be lost."),
        N_("Show the column as whole numbers in the spreadsheet, and save the file again."),
    ),
    "csv_cell_unit": fatal(
        N_("The figure in “%(name)s” has a word or a sign of money after it."),
        N_("Leave the figure alone in its cell; what it counts can be said above the columns."),
    ),
    "csv_unit_after": go_on(
        N_("Every figure in “%(name)s” has “%(unit)s” after it, which was taken for its unit."),
        N_("Look at the column below, and change it if it is something else."),
    ),
    "csv_blank_category": fatal(N_("The cell in “%(name)s” is empty, so the row belongs nowhere."), _LOOK),
    "csv_time": fatal(
        N_("The cell in “%(name)s” is no point in time that can be read with certainty."),
        N_("Write years as 2024, months as 2024-03 and days as 2024-03-31."),
    ),
    "csv_place": fatal(
        N_("The cell in “%(name)s” is no municipality, county or country that we know."),
        N_("Correct the code or the name, or say that such places are to be kept as they are."),
    ),
    "csv_place_kept": go_on(
        N_("The cell in “%(name)s” is no municipality, county or country that we know. It was kept as it is.")
    ),
    "csv_place_former": go_on(
        N_("A code in “%(name)s” is one that the municipality has given up. It was read as its present code.")
    ),
    "csv_place_not_yet": go_on(
        N_("A municipality in “%(name)s” was formed in %(since)s, and there are figures for it before that year."),
        N_("Ask the source whether they were worked out afterwards."),
    ),
    "csv_place_not_then": fatal(
        N_("The code in “%(name)s” was not in use that year."), N_("Correct the code or the year.")
    ),
    "csv_place_contradiction": fatal(
        N_("The cell in “%(name)s” has the code of one place and the name of another."),
        N_("Correct the code or the name."),
    ),
    "csv_duplicate": fatal(
        N_("The row is about the same categories as line %(first)s, with another figure."),
        N_("Keep one of the rows, or add the column that tells them apart."),
    ),
    "csv_duplicate_same": go_on(N_("The row repeats line %(first)s, figure and all. It was counted once.")),
    "csv_no_figures": go_on(N_("The row holds a heading and no figures. It was passed over.")),
    "csv_left_out": go_on(
        N_(
            "%(count)s of %(rows)s rows do not fit and are left out. They lie in quarantine, each with its reason."
        ),
        N_("Mend them in the file and bring it in again, or go on without them."),
    ),
    "csv_too_many_left_out": fatal(
        N_("%(count)s of %(rows)s rows do not fit, which is too many to leave out."),
        N_("Go through the columns again, or mend the rows that are listed."),
    ),
    "csv_labels_differ": go_on(
        N_("A code in “%(name)s” has different names in different rows. The first was used.")
    ),
    "csv_no_measure": fatal(
        N_("No column holds figures."),
        N_("Say which column holds the figures. A file with a row for each person cannot be imported this way."),
    ),
    "csv_code_list": fatal(
        N_("This looks like a list of codes and names: no column counts or measures anything."),
        N_("Choose the file with the figures. The codes of municipalities and counties are known here already."),
    ),
    "csv_no_dimension": fatal(
        N_("No column says what the figures are about."),
        N_("Say which columns hold categories, places or years."),
    ),
    "csv_mapping": fatal(
        N_("What was said about the columns does not fit this file."), N_("Go through the columns again.")
    ),
    "csv_person": fatal(
        N_("“%(name)s” holds what looks like personal identity numbers."),
        N_("Take that column away before the file leaves your computer. Nothing was kept of this file."),
    ),
    "csv_decimal": go_on(
        N_("It cannot be seen whether “%(sign)s” parts thousands or decimals. It was read as a decimal sign."),
        N_("Check the figures in the preview, and change the decimal sign if they are wrong."),
    ),
    "csv_sign": go_on(
        N_("The sign “%(sign)s” stands where a figure should be. Sources mean different things by it."),
        N_("Say what it means here: nil, not available, or something else."),
    ),
    "csv_text_after": go_on(N_("There is text below the table. It was kept as a note.")),
    "csv_unmeasured": go_on(
        N_(
            "Some combinations of categories have no row: %(count)s of %(cells)s cells. They are shown "
            "as not available."
        )
    ),
}

SHEETS = {
    "sheet_password": fatal(
        N_("The workbook is locked with a password."),
        N_("Open it, save a copy without a password, and choose the copy."),
    ),
    "sheet_broken": fatal(
        N_("The workbook is damaged or was not saved to its end, and cannot be opened."),
        N_("Open it in a spreadsheet program, save it again as XLSX or ODS, and choose the new file."),
    ),
    "sheet_too_large": fatal(
        N_("The workbook is so large when it is unpacked that it cannot be read."),
        N_("Save the sheet with the figures as CSV, or take fewer rows."),
    ),
    "sheet_none": fatal(
        N_("The workbook has no sheet with cells, only diagrams."), N_("Choose the file that holds the figures.")
    ),
    "sheet_gone": fatal(
        N_("The workbook has no sheet called “%(name)s”."), N_("Go through the columns again for this file.")
    ),
    "sheet_empty": fatal(
        N_("The sheet “%(name)s” is empty."), N_("Choose another sheet, or the file that holds the figures.")
    ),
    "sheet_form": fatal(
        N_("This is a questionnaire (XLSForm), not a table of figures."), N_("Bring it in under Surveys.")
    ),
    "sheet_formula": fatal(
        N_("The cell holds a formula, and the file does not hold its result."),
        N_("Open the file in a spreadsheet program, save it there, and choose it again."),
    ),
    "sheet_failed": go_on(
        N_("The formula in the cell came to an error instead of a figure. It was read as not available."),
        N_("Correct the formula if there should be a figure."),
    ),
    "sheet_taken": go_on(
        N_("The workbook has %(count)s sheets. “%(name)s” holds most figures and was read."),
        N_("Choose another sheet if that is the wrong one."),
    ),
    "sheet_hidden": go_on(
        N_("The workbook has a hidden sheet, “%(name)s”. It was not read."),
        N_("See that it holds nothing that you do not want to hand on."),
    ),
}

MESSAGES = {**ANY_FILE, **PX, **CSV, **SHEETS, **JSONSTAT}
