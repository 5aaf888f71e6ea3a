"""Filling in a form as a person does: what the page proposes stays, what is said changes."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def submit(client: Client, page: Any, *, with_field: str = "", to: str = "", **filled: Any) -> Any:
    """Send the page's form that has a field or an address: its own proposals, and `filled`."""
    address = page.request["PATH_INFO"]
    soup = BeautifulSoup(page.content, "html.parser")
    for form in soup.find_all("form", attrs={"method": "post"}):
        action = str(form.get("action") or address)
        if (not with_field or form.find(attrs={"name": with_field})) and to in action:
            return client.post(action, proposals(form) | filled, follow=True)
    raise AssertionError(f"No such form on {address}: {[f.get('action') for f in soup.find_all('form')]}")


def proposals(form: Tag) -> dict[str, Any]:
    """What a form would send if nobody touched it, its buttons aside."""
    values: dict[str, Any] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name = control.get("name")
        if not name:
            continue
        if control.name == "textarea":
            values[name] = control.text
        elif control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            values[name] = chosen.get("value", "") if chosen else ""
        elif control.get("type") not in ("radio", "checkbox", "submit") or control.has_attr("checked"):
            values[name] = control.get("value", "")
    return values
