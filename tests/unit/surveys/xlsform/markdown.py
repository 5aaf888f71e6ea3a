"""Forms in a few lines of Markdown, read without the process that opens files."""

from surveys.questionnaire import read
from surveys.xlsform.plain_text import markdown_sheets
from surveys.xlsform.reading import build
from surveys.xlsform.telling import Report

YES_NO = """
| choices |
| | list_name | name | label |
| | yn | yes | Ja |
| | yn | no | Nej |
| settings |
| | form_title | form_id | default_language |
| | Enkät om fritid | fritid | Svenska (sv) |
"""


class Form:
    """A form that was read: its definition, and the messages of each kind."""

    def __init__(self, text):
        self.report = Report()
        built = build(markdown_sheets(text), self.report)
        self.definition = built.definition if built else None

    @property
    def errors(self):
        return [told.message for told in self.report.errors]

    @property
    def warnings(self):
        return [told.message for told in self.report.warnings]

    @property
    def stripped(self):
        return [told.message for told in self.report.stripped]

    def question(self, code):
        return next(question for question in self.definition["questions"] if question["code"] == code)

    def sound(self):
        """The form, once it is certain that nothing is wrong with it."""
        assert self.errors == []
        read(self.definition)
        return self

    def places(self, words):
        """Where the errors stand that hold these words: sheet, row and column."""
        return [
            (told.place.sheet, told.place.row, told.place.column)
            for told in self.report.errors
            if words in told.message
        ]


def survey(*rows, rest=YES_NO):
    """A form with these rows in its survey sheet, the first of them the headings."""
    return Form("| survey |\n" + "\n".join(f"| | {row} |" for row in rows) + rest)
