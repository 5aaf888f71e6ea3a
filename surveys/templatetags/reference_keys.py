"""A key for each of several forms on one page of a reference group: each comment is stored once."""

from __future__ import annotations

from django import template

from surveys.answering.form_key import FormKey, new_key
from surveys.models import ReferenceGroup
from surveys.services.reference_groups import keyring_of

register = template.Library()


@register.simple_tag
def fresh_key(group: ReferenceGroup) -> FormKey:
    """`{% fresh_key group as key %}`: another one each time."""
    return new_key(keyring_of(group))
