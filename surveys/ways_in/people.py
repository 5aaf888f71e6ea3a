"""Reading whom to invite: mail addresses a line each, or a small CSV file for letters."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST_NAME, MOST_ADDRESS = 120, 200


@dataclass(frozen=True)
class Invited:
    """Somebody to invite: a mail address, or a name and an address for a letter."""

    email: str = ""
    name: str = ""
    address: str = ""


def emails_in(text: str) -> list[Invited]:
    """The mail addresses of a text. Raises ValueError that names the line, not the address, of a wrong one."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        email = line.strip().strip(",;")
        if not email:
            continue
        try:
            validate_email(email)
        except ValidationError:
            raise ValueError(_("Line %(line)s is no mail address.") % {"line": number}) from None
        found.append(Invited(email=email))
    return found


def letters_in(text: str) -> list[Invited]:
    """The people of a CSV file: name, then address. Raises ValueError that names the row of what can't be read."""
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    found = []
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        name, address = cells[0], ", ".join(cell for cell in cells[1:] if cell)
        if not name or not address or len(name) > MOST_NAME or len(address) > MOST_ADDRESS:
            raise ValueError(_("Row %(row)s needs a name and an address.") % {"row": number})
        found.append(Invited(name=name, address=address))
    return found
