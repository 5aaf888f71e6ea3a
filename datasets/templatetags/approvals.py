"""Approvals in templates: on the start page, the data pages and a file's own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from accounts.models import Membership
from datasets.models import Approval, Upload
from datasets.selectors import PEOPLE
from datasets.services.approvals import approvals_waiting
from datasets.services.sealed import LIFETIME
from datasets.wording import language, title_of

register = template.Library()


@register.simple_tag(takes_context=True)
def approvals_for_me(context: dict[str, Any]) -> list[Approval]:
    """What waits for the word of the person at work; nothing for who may approve nothing."""
    membership: Membership | None = getattr(context["request"], "membership", None)
    if membership is None or not context["request"].user.has_perm(
        "datasets.publish_release", context["request"].tenant
    ):
        return []
    return list(approvals_waiting(membership).exclude(asked_by=membership.user_id)[:10])


@register.simple_tag
def last_approval(upload: Upload) -> Approval | None:
    """What was last asked or decided about a file."""
    return Approval.in_scope().filter(upload=upload).select_related("asked_by", "decided_by").first()


@register.simple_tag
def gone_at(upload: Upload) -> datetime | None:
    """When a file is erased if nobody has approved it by then; None where it may wait for days."""
    return upload.uploaded_at + LIFETIME if upload.format == PEOPLE else None


@register.filter
def release_title(approval: Approval) -> str:
    """What a release that waits is called: its data set's title, the one registered, or the file's name."""
    upload = approval.upload
    if upload.dataset is not None:
        return title_of(upload.dataset, language())
    return str(upload.registration.get("title") or upload.name)
