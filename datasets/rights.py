"""The table of rights: who sees what of data of which sensitivity. The only place where that is said.

Selectors, views and services ask it; audiences in the database hold what it says of other tenants and of anyone;
`docs/rights.md` and the page "who sees what" print it; a test walks every cell with real requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from uuid import UUID

from accounts.models import Membership
from accounts.models.membership import Role

ADMINISTRATORS = (Role.MUNICIPALITY_ADMIN, Role.REGIONAL_ADMIN)
STEWARDS = (Role.DATA_STEWARD, Role.COORDINATOR)


class Sensitive(StrEnum):
    """The sensitivities of `Dataset.Sensitivity`, from the least."""

    OPEN = "open"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


class Person(StrEnum):
    """Who somebody is to a data set. `STEWARD` answers for it: its department's stewards, and administrators."""

    STEWARD = "steward"
    OTHER_DEPARTMENT = "other_department"
    OFFICIAL = "official"
    VIEWER = "viewer"
    GUEST = "guest"
    REGION = "region"
    PUBLIC = "public"


class Seen(StrEnum):
    """What there is to see: a file before it is published (its preview, its quarantine), the cells that
    protection hides (the report on a release), and what is released."""

    RAW = "raw"
    HIDDEN = "hidden"
    RELEASE = "release"


class Right(StrEnum):
    """`OPENED`: once an administrator opened it to everyone; a region also shares its own with its municipalities.
    `INVITED`: as charts of a dialogue that they were invited to."""

    NEVER = "never"
    ALWAYS = "always"
    OPENED = "opened"
    INVITED = "invited"


_NOBODY_ELSE: Mapping[Person, Right] = {
    Person.STEWARD: Right.ALWAYS,
    Person.OTHER_DEPARTMENT: Right.NEVER,
    Person.OFFICIAL: Right.NEVER,
    Person.VIEWER: Right.NEVER,
    Person.GUEST: Right.NEVER,
    Person.REGION: Right.NEVER,
    Person.PUBLIC: Right.NEVER,
}
_RELEASED: Mapping[Person, Right] = {
    Person.STEWARD: Right.ALWAYS,
    Person.OTHER_DEPARTMENT: Right.ALWAYS,
    Person.OFFICIAL: Right.ALWAYS,
    Person.VIEWER: Right.ALWAYS,
    Person.GUEST: Right.INVITED,
    Person.REGION: Right.OPENED,
    Person.PUBLIC: Right.OPENED,
}
TABLE: Mapping[Sensitive, Mapping[Seen, Mapping[Person, Right]]] = {
    # Nothing is hidden in open data, but a file may hold more than what is opened of it.
    Sensitive.OPEN: {Seen.RAW: _NOBODY_ELSE, Seen.HIDDEN: _NOBODY_ELSE, Seen.RELEASE: _RELEASED},
    Sensitive.INTERNAL: {Seen.RAW: _NOBODY_ELSE, Seen.HIDDEN: _NOBODY_ELSE, Seen.RELEASE: _RELEASED},
    # The same rows, under a stricter rule, after a second person's word, and never for less than before.
    Sensitive.SENSITIVE: {Seen.RAW: _NOBODY_ELSE, Seen.HIDDEN: _NOBODY_ELSE, Seen.RELEASE: _RELEASED},
}


def right_of(person: Person, seen: Seen, sensitivity: str) -> Right:
    """One cell of the table."""
    return TABLE[Sensitive(sensitivity)][seen][person]


def cells() -> Iterator[tuple[Sensitive, Seen, Person, Right]]:
    """Every cell of the table."""
    for sensitivity, rows in TABLE.items():
        for seen, row in rows.items():
            for person, right in row.items():
                yield sensitivity, seen, person, right


def person_of(membership: Membership | None, tenant_id: UUID, department_id: UUID | None) -> Person:
    """Who somebody is to what a tenant's department owns; every steward answers for what no department owns."""
    if membership is None:
        return Person.PUBLIC
    if membership.tenant_id != tenant_id:
        return Person.REGION
    if membership.role in ADMINISTRATORS:
        return Person.STEWARD
    if membership.role in STEWARDS:
        owns = department_id in (None, membership.department_id)
        return Person.STEWARD if owns else Person.OTHER_DEPARTMENT
    if membership.role == Role.GUEST:
        return Person.GUEST
    return Person.VIEWER if membership.role == Role.VIEWER else Person.OFFICIAL
