"""Print who sees what: the table of rights that the code asks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from datasets.wording.rights import MEANINGS, SEEN, RightsOf, rights_in_words

PREFACE = """# Who sees what

By a data set's sensitivity. Made of the table in `datasets/rights.py` by `manage.py rights_print`; a test holds
the two together, and another walks every cell with real requests (`tests/rules/test_rights_table.py`). After
changing the table:

    .venv/bin/python manage.py rights_print > docs/rights.md

Selectors and views ask the table. What other tenants and anyone may read is held by the rows' audiences in the
database as well. What a data set may be *used* for is `datasets/uses.py`.
"""


class Command(BaseCommand):
    help = "Prints the table of rights as Markdown: the content of docs/rights.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            told = [f"- **{SEEN[seen]}**: {meaning}" for seen, meaning in MEANINGS.items()]
            self.stdout.write("\n".join([PREFACE, *told, "", *map(section, rights_in_words())]), ending="")


def section(part: RightsOf) -> str:
    """The rows for one sensitivity."""
    return "\n".join(
        [
            f"## {part.name}",
            "",
            part.beside,
            "",
            f"| | {' | '.join(part.columns)} |",
            f"|---|{'---|' * len(part.columns)}",
            *(f"| {who} | {' | '.join(cells)} |" for who, cells in part.rows),
            "",
        ]
    )
