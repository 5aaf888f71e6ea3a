"""A wish for data that goes along while a data set for it is brought in: kept with the sign-in, nowhere else."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from dialogues.forms.choosing import uuid_of
from dialogues.models import Note

_KEY = "wish_in_hand"


def wish_carry(request: HttpRequest, note: Note) -> None:
    """Let the wish go along from here on, in place of another one."""
    request.session[_KEY] = str(note.pk)


def wish_carried(request: HttpRequest) -> UUID | None:
    """The wish that goes along, if one does; it may have been answered or belong to another municipality."""
    key = request.session.get(_KEY)
    return uuid_of(key) if key else None


def wish_lay_down(request: HttpRequest, key: UUID) -> None:
    """Let a wish go along no more; another one that was taken up since does."""
    if request.session.get(_KEY) == str(key):
        del request.session[_KEY]
