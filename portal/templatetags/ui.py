"""The template tags of the interface: fields whose label, help, error and control belong together."""

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, autofocus: bool = False) -> dict[str, object]:
    """A form's field as the interface shows it; `{% field form.email %}`.

    The control names its help and its error in `aria-describedby`. Radio buttons and check boxes become a
    `fieldset` that does. Give the form's field a `label`; `required=False` is said in words.
    """
    kind = _kind(bound)
    attrs: dict[str, str | bool] = {} if kind in {"hidden", "check", "group"} else {"class": "ds-input"}
    described_by = " ".join(_notes(bound))
    if described_by and kind != "group":
        attrs["aria-describedby"] = described_by
    if autofocus:
        attrs["autofocus"] = True
    return {
        "field": bound,
        "kind": kind,
        "control": "" if kind == "group" else bound.as_widget(attrs=attrs),
        "described_by": described_by,
    }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "control"


def _notes(bound: BoundField) -> list[str]:
    notes = [str(bound.field.widget.attrs.get("aria-describedby", ""))]
    if bound.help_text:
        notes.append(f"{bound.auto_id}_helptext")
    if bound.errors:
        notes.append(f"{bound.auto_id}_error")
    return [note for note in notes if note]
