"""A field's label, help, error and control belong together, also for someone who hears the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template


class Invitation(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The invitation goes here.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    role = forms.ChoiceField(
        label="Role", choices=[("c", "Coordinator"), ("v", "Viewer")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I have read it")
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


class Page(HTMLParser):
    """Every element of a page with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def first(self, tag: str, **wanted: str) -> dict[str, str | None]:
        return next(a for t, a in self.elements if t == tag and all(a.get(k) == v for k, v in wanted.items()))

    def ids(self) -> set[str | None]:
        return {attributes.get("id") for _, attributes in self.elements}


def render(form: forms.Form, source: str = "") -> Page:
    fields = "".join(f"{{% field form.{name} %}}" for name in form.fields)
    return Page(Template("{% load ui %}" + (source or fields)).render(Context({"form": form})))


def test_a_control_names_its_help_and_its_error() -> None:
    page = render(Invitation({"email": "wrong"}))
    control = page.first("input", name="email")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_email_helptext id_email_error"
    assert {"id_email_helptext", "id_email_error"} <= page.ids()
    assert page.first("label", **{"for": "id_email"})["class"] == "field__label"


def test_a_control_without_help_or_error_names_nothing() -> None:
    assert "aria-describedby" not in render(Invitation()).first("textarea", name="note")


def test_choices_are_a_group_that_names_its_error() -> None:
    page = render(Invitation({"email": "a@b.example"}))
    group = page.first("fieldset")
    assert group["aria-describedby"] == "id_role_error"
    assert sum(tag == "input" and a.get("name") == "role" for tag, a in page.elements) == 2


def test_a_check_box_stands_in_its_label() -> None:
    assert render(Invitation()).first("label", **{"for": "id_agreed"})["class"] == "check"


def test_a_hidden_field_has_no_label() -> None:
    page = render(Invitation(), "{% field form.secret %}")
    assert [tag for tag, _ in page.elements] == ["input"]


@pytest.mark.parametrize("name", ["email", "role", "agreed"])
def test_the_summary_of_errors_links_to_each_field(name: str) -> None:
    page = render(Invitation({}), '{% include "components/form.html" with form=form only %}')
    href = next(str(a["href"]) for tag, a in page.elements if tag == "a" and f"_{name}" in str(a["href"]))
    assert href.removeprefix("#") in page.ids()
    assert page.first("div", role="alert")["tabindex"] == "-1"
