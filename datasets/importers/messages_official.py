"""What may be wrong with the statistical offices' own files: PC-Axis and JSON-stat."""

from __future__ import annotations

from .message_kinds import ASK_SOURCE, N_, fatal, go_on

PX = {
    "px_not_px": fatal(
        N_("This does not look like a PC-Axis file: it has none of that format's keywords."),
        N_("Choose a file that ends in .px, or import it as CSV."),
    ),
    "px_grouping": fatal(
        N_("This file only says how the categories of a PC-Axis table may be grouped. It holds no figures."),
        N_("Choose the table itself, which ends in .px."),
    ),
    "px_too_many_texts": fatal(
        N_("What the file says about its table is longer than any table needs: it cannot be read."), ASK_SOURCE
    ),
    "px_too_many_categories": fatal(
        N_("The table has %(count)s categories in all; at most %(limit)s can be imported."),
        N_("Leave out a dimension, or take fewer places."),
    ),
    "px_confidential": go_on(
        N_("The source marks the table as confidential."),
        N_("Choose how sensitive it is before it is published, and ask the source if you are in doubt."),
    ),
    "px_without_data": fatal(N_("The file describes a table but holds no figures: DATA is missing."), ASK_SOURCE),
    "px_malformed": fatal(
        N_("%(keyword)s cannot be read: there is a quotation mark too many or too few."), ASK_SOURCE
    ),
    "px_malformed_left_out": go_on(
        N_("%(keyword)s cannot be read, because of a quotation mark too many or too few. It was left out."),
        N_("The figures are not affected. Read the source's own page for what it says."),
    ),
    "px_missing": fatal(N_("%(keyword)s is missing, and without it the table cannot be understood."), ASK_SOURCE),
    "px_repeated": fatal(N_("%(keyword)s is given twice with different content."), ASK_SOURCE),
    "px_no_dimensions": fatal(N_("The file names no dimensions: both STUB and HEADING are missing."), ASK_SOURCE),
    "px_dimension_twice": fatal(N_("The dimension “%(name)s” is named twice."), ASK_SOURCE),
    "px_values_missing": fatal(N_("The categories of “%(name)s” are missing."), ASK_SOURCE),
    "px_codes_count": go_on(
        N_("“%(name)s” has %(values)s categories but %(codes)s codes. The names were used as codes.")
    ),
    "px_code_twice": fatal(N_("“%(name)s” has two categories with the code “%(category)s”."), ASK_SOURCE),
    "px_contvariable": fatal(
        N_("The file says that “%(name)s” tells what is measured, but has no such dimension."), ASK_SOURCE
    ),
    "px_units": fatal(N_("The unit of “%(name)s” is missing."), ASK_SOURCE),
    "px_number": fatal(N_("%(keyword)s is not a number."), ASK_SOURCE),
    "px_cell": fatal(N_("A cell is neither a number nor one of the format's signs."), ASK_SOURCE),
    "px_cell_count": fatal(
        N_("The table should have %(expected)s figures but the file holds %(found)s."), ASK_SOURCE
    ),
    "px_keys": fatal(
        N_("The rows of figures have keys for some dimensions but not for those that stand before them."),
        ASK_SOURCE,
    ),
    "px_key_unknown": fatal(
        N_("A row of figures begins with a category that the file does not describe."), ASK_SOURCE
    ),
    "px_key_twice": fatal(N_("The same row of figures is given twice."), ASK_SOURCE),
    "px_no_end": go_on(
        N_("The file does not end with the usual semicolon. All its figures are there."),
        N_("Compare the last one with the source: it alone may have been cut short."),
    ),
    "px_after_end": go_on(N_("There is something after the end of the figures. It was left out.")),
    "px_unknown_place": go_on(
        N_("%(keyword)s speaks of “%(name)s”, which the table does not have. It was left out.")
    ),
    "px_cell_marks": go_on(
        N_("The source marks %(count)s single cells. The marks were left out."),
        N_("Read the source's own page for what they mean."),
    ),
    "px_showdecimals": go_on(
        N_("SHOWDECIMALS does not say how many decimals to show. The figures are shown with %(decimals)s.")
    ),
    "px_timeval": go_on(
        N_("The points in time listed for “%(name)s” are not as many as its categories. The categories were used.")
    ),
    "px_language": go_on(
        N_("There is text in a language, “%(lang)s”, that the file does not list. It was left out.")
    ),
    "px_translation": go_on(
        N_("The text in “%(lang)s” does not cover “%(name)s”. The main language is shown there.")
    ),
    "px_description": go_on(N_("The file asks for its description as title but has none. The title was used.")),
    "px_hierarchy": go_on(N_("The levels of “%(name)s” do not fit its categories. They were left out.")),
    "overlap": go_on(
        N_(
            "The categories of “%(name)s” overlap: together they are more than their total. They are "
            "never added up."
        )
    ),
}

JSONSTAT = {
    "json_invalid": fatal(N_("This is not JSON: it cannot be read from here on."), ASK_SOURCE),
    "json_too_many": fatal(
        N_("The file holds more lists, texts or figures than a table that can be imported."),
        N_("Take fewer years or places, and import the table in parts."),
    ),
    "json_not_dataset": fatal(
        N_("This is JSON, but not a table in the form JSON-stat."),
        N_("Ask the source for the table as JSON-stat 2.0."),
    ),
    "json_error": fatal(
        N_("This is an error message from an interface, saved as a file: “%(words)s”."),
        N_("Ask for the table again, for fewer figures at a time if it says that they are too many."),
    ),
    "json_kolada": fatal(
        N_("This is an answer from Kolada, which is not a table in the form JSON-stat."),
        N_("Add the key figure as a source that is fetched from Kolada instead of uploading its answer."),
    ),
    "json_about_tables": fatal(
        N_("This describes tables or an interface of a statistical office, but holds no figures."),
        N_("Download the table itself, as JSON-stat 2.0."),
    ),
    "json_schema": fatal(
        N_("This is a schema: it says what files of a kind look like, and holds no figures."),
        N_("Choose the file with the table."),
    ),
    "json_dimension": fatal(
        N_("This describes a single dimension, with its categories but without figures."),
        N_("Download the table itself, as JSON-stat 2.0."),
    ),
    "json_no_such_table": fatal(
        N_("The file has no table “%(name)s”. It has: %(names)s."), N_("Choose one of them.")
    ),
    "json_dataset": fatal(N_("The table cannot be read. In the reader's own words: %(reason)s"), ASK_SOURCE),
    "json_many": go_on(
        N_("The file holds %(count)s tables: %(names)s. This is “%(name)s”."),
        N_("Import the others one at a time, each from a file of its own."),
    ),
}
