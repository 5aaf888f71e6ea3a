"""What each role may do. Who may is decided here; when it may be done is decided by each object's state.

A permission is `<app>.<verb>_<noun>`. The names are the ones that views and services ask for, and the only
ones: a contract test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

READ = frozenset(
    {
        "accounts.view_start",
        "datasets.view_dataset",
        "dialogues.view_dialogue",
        "surveys.view_round",
        "surveys.view_results",
    }
)
TAKE_PART = READ | {
    "dialogues.log_note",
    "dialogues.update_next_step",
    "dialogues.manage_activity",
    "datasets.save_chart",
    "datasets.register_voice",
    "datasets.manage_offer",
}
LEAD = TAKE_PART | {
    "dialogues.prepare_dialogue",
    "dialogues.hold_dialogue",
}
STEWARD = TAKE_PART | {
    "datasets.register_dataset",
    "datasets.import_file",
    "datasets.publish_release",
    "datasets.review_voice",
}
COORDINATE = (
    LEAD
    | STEWARD
    | {
        "dialogues.manage_plan",
        "dialogues.share_idea",
        "surveys.manage_round",
        "surveys.write_report",
        "datasets.set_comparison",
    }
)
ADMINISTER = COORDINATE | {
    "accounts.manage_people",
    "accounts.view_audit_log",
    "accounts.manage_tenant",
    "accounts.manage_api_tokens",
    "datasets.open_to_public",
    "surveys.publish_report",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.REGIONAL_ADMIN: frozenset(ADMINISTER | {"accounts.onboard_municipality", "datasets.edit_system_map"}),
    Role.MUNICIPALITY_ADMIN: frozenset(ADMINISTER),
    Role.COORDINATOR: frozenset(COORDINATE),
    Role.DATA_STEWARD: frozenset(STEWARD),
    Role.FACILITATOR: frozenset(LEAD),
    Role.OFFICIAL: frozenset(TAKE_PART),
    Role.VIEWER: frozenset(READ),
    Role.GUEST: frozenset(),
}

DESCRIPTIONS: dict[str, StrPromise] = {
    Role.REGIONAL_ADMIN: _(
        "Takes municipalities on board, shares surveys and data, follows how the work spreads."
    ),
    Role.MUNICIPALITY_ADMIN: _("Invites people, decides what is public, reads the log."),
    Role.COORDINATOR: _("Holds the work together: rounds, dialogues, steps and plan."),
    Role.DATA_STEWARD: _("Registers and imports data sets and answers for their rules."),
    Role.FACILITATOR: _("Prepares and leads dialogues."),
    Role.OFFICIAL: _("Takes part in dialogues, logs notes, follows up next steps."),
    Role.VIEWER: _("Reads data sets, results and dialogues."),
    Role.GUEST: _("Sees the one dialogue they were invited to, and its charts."),
}

NEEDS_SECOND_FACTOR: frozenset[str] = frozenset(set(Role.values))
"""Every role sees what is internal to its municipality, a guest the charts of a dialogue: so all of them."""

ALL_PERMISSIONS: frozenset[str] = frozenset().union(*PERMISSIONS.values())
GRANTABLE: frozenset[str] = frozenset({"dialogues.view_dialogue", "dialogues.log_note", "datasets.view_dataset"})
"""What can be granted on a single object to a person without the role."""
