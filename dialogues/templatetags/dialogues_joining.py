"""The code by which people join, as a picture and in print that is read from the back row."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dialogues.models import Dialogue
from portal.files.qr import qr_svg

register = template.Library()


@register.simple_tag
def join_picture(dialogue: Dialogue) -> SafeString:
    """`{% join_picture dialogue %}`: the link with its code, to be scanned."""
    link = f"{settings.BASE_URL}{reverse('dialogue-join', args=[dialogue.join_code])}"
    # Our own drawing; the link is made of letters and digits that were checked.
    return mark_safe(qr_svg(link, title=_("The way into the dialogue: %(link)s") % {"link": link}).decode())  # noqa: S308


@register.simple_tag
def join_address() -> str:
    """Where the code is typed, as people type it."""
    return f"{settings.BASE_URL}{reverse('dialogue-join')}".partition("://")[2].rstrip("/")


@register.filter
def spaced(code: str) -> str:
    """A code in two halves, as it is read aloud."""
    return f"{code[:4]} {code[4:]}".strip()
