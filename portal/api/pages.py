"""Long lists, a page at a time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.api.problems import Problem

SIZE, MOST = 50, 200


def whole_number(text: str, name: str, *, least: int = 1, most: int = 1_000_000) -> int:
    """A number from an address; a Problem that names the parameter for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and least <= int(text) <= most):
        raise Problem(
            400,
            _("Not a number"),
            _("%(name)s takes a whole number from %(least)s to %(most)s.")
            % {"name": name, "least": least, "most": most},
        )
    return int(text)


def page_of(found: Any, query: Any, *, size: int = SIZE) -> tuple[list[Any], dict[str, int]]:
    """One page of a query set, and where in the whole it stands. `?page=` and `?page_size=`."""
    number = whole_number(query.get("page", "1"), "page")
    size = whole_number(query.get("page_size", str(size)), "page_size", most=MOST)
    total = found.count()
    begin = (number - 1) * size
    pages = max(1, -(-total // size))
    if number > pages:
        raise Problem(404, _("No such page"), _("The last page is %(last)s.") % {"last": pages})
    return list(found[begin : begin + size]), {"number": number, "size": size, "pages": pages, "total": total}
