"""The table of rights in words, for the page "who sees what" and for `docs/rights.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset
from datasets.rights import TABLE, Person, Right, Seen, Sensitive

PERSONS: Mapping[Person, Promise] = {
    Person.STEWARD: _("Its own department's stewards, and administrators"),
    Person.OTHER_DEPARTMENT: _("A steward of another department"),
    Person.OFFICIAL: _("An official"),
    Person.VIEWER: _("A viewer"),
    Person.GUEST: _("A guest of one dialogue"),
    Person.REGION: _("The region and other municipalities"),
    Person.PUBLIC: _("Anyone"),
}
SEEN: Mapping[Seen, Promise] = {
    Seen.RAW: _("A file on its way in"),
    Seen.HIDDEN: _("What is hidden in it"),
    Seen.RELEASE: _("What is published"),
}
RIGHTS: Mapping[Right, Promise] = {
    Right.ALWAYS: _("Yes"),
    Right.NEVER: _("No"),
    Right.OPENED: _("When opened to them"),
    Right.INVITED: _("In their dialogue"),
}
MEANINGS: Mapping[Seen, Promise] = {
    Seen.RAW: _("Its preview and its quarantine, before anything is published."),
    Seen.HIDDEN: _("Which cells are hidden, why, and what was tried to find them out."),
    Seen.RELEASE: _("Releases, charts of them and what is downloaded, with small groups hidden."),
}
BESIDE: Mapping[Sensitive, Promise] = {
    Sensitive.OPEN: _("Every figure is shown as it is."),
    Sensitive.INTERNAL: _("Small groups are hidden before anything is published."),
    Sensitive.SENSITIVE: _(
        "Small groups are hidden under a stricter rule, a second person approves each release where there is one, "
        "and after the first release the data stays with its department and is used for nothing more than before."
    ),
}


@dataclass(frozen=True)
class RightsOf:
    """The rows for one sensitivity: for each person what they see of each thing."""

    name: str
    beside: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def rights_in_words() -> tuple[RightsOf, ...]:
    """The whole table, a part for each sensitivity, in the reader's language."""
    return tuple(
        RightsOf(
            name=str(Dataset.Sensitivity(sensitivity).label),
            beside=str(BESIDE[sensitivity]),
            columns=tuple(str(SEEN[seen]) for seen in rows),
            rows=tuple(
                (str(words), tuple(str(RIGHTS[rows[seen][person]]) for seen in rows))
                for person, words in PERSONS.items()
            ),
        )
        for sensitivity, rows in TABLE.items()
    )
