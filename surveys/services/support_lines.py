"""A municipality's own support lines: added, mended, put in order, taken away. Each shows within seconds."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.errors import SurveysError
from surveys.models import LocalSupportLine
from surveys.models.local_support_line import MOST_LINES


@transaction.atomic
def support_line_add(*, by: User, name: str, hours: str, phone: str = "", url: str = "", whom: str = "") -> None:
    """Add a line, last in order. Raises SurveysError where there are as many as a page can bear."""
    last = LocalSupportLine.objects.own().aggregate(last=Max("position"))["last"] or 0
    if LocalSupportLine.objects.own().count() >= MOST_LINES:
        raise SurveysError(
            _("There are %(most)s lines already. Take one away first: a long list is not read.")
            % {"most": MOST_LINES}
        )
    line = LocalSupportLine.objects.create(
        audience_id=PUBLIC_AUDIENCE,
        position=last + 1,
        name=name,
        phone=phone,
        url=url,
        whom=whom,
        hours=hours,
        checked_on=timezone.localdate(),
    )
    record("support_line.added", target=line, by=by, line=name)


@transaction.atomic
def support_line_change(
    *, line: LocalSupportLine, by: User, name: str, hours: str, phone: str = "", url: str = "", whom: str = ""
) -> None:
    """Mend a line; saving it says that somebody looked at it today. Raises SurveysError where it is gone."""
    changed = LocalSupportLine.objects.own().filter(pk=line.pk)
    if not changed.update(
        name=name, phone=phone, url=url, whom=whom, hours=hours, checked_on=timezone.localdate()
    ):
        raise SurveysError(_("This line has been taken away meanwhile."))
    record("support_line.changed", target=line, by=by, line=name)


@transaction.atomic
def support_line_remove(*, line: LocalSupportLine, by: User) -> None:
    """Take a line away. Taking away what is gone already does nothing."""
    deleted, _models = LocalSupportLine.objects.own().filter(pk=line.pk).delete()
    if deleted:
        record("support_line.removed", target=line, by=by, line=line.name)


@transaction.atomic
def support_line_raise(*, line_id: UUID, by: User) -> None:
    """Put a line one place higher; the first one stays where it is."""
    lines = list(LocalSupportLine.objects.own().select_for_update())
    place = next((at for at, line in enumerate(lines) if line.pk == line_id), 0)
    if place == 0:
        return
    lines.insert(place - 1, lines.pop(place))
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            LocalSupportLine.objects.own().filter(pk=line.pk).update(position=position)
    record("support_line.moved", target=lines[place - 1], by=by)
