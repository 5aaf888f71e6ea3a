"""What may become of an upload, of a voice, and of what is fetched from a source."""

from __future__ import annotations

from django.utils.translation import gettext as _

from datasets.errors import InvalidTransition
from datasets.models import Approval, SourceSubscription, Upload, Voice

State = Upload.State

TRANSITIONS: dict[State, set[State]] = {
    State.RECEIVED: {State.READ, State.REFUSED, State.WITHDRAWN},
    # Whoever changes what the columns mean has the file read again.
    State.READ: {State.RECEIVED, State.WAITING, State.CONFIRMED, State.REFUSED, State.WITHDRAWN},
    # Sensitive data waits for a second person, who approves or sends it back.
    State.WAITING: {State.READ, State.CONFIRMED, State.WITHDRAWN},
    State.CONFIRMED: {State.IMPORTING, State.WITHDRAWN},
    # Back to confirmed when the machine stopped in the middle: nothing of the import was kept.
    State.IMPORTING: {State.IMPORTED, State.REFUSED, State.CONFIRMED},
    State.IMPORTED: set(),
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
}

APPROVAL_TRANSITIONS: dict[Approval.State, set[Approval.State]] = {
    Approval.State.WAITING: {Approval.State.APPROVED, Approval.State.SENT_BACK, Approval.State.TAKEN_BACK},
    Approval.State.APPROVED: set(),
    Approval.State.SENT_BACK: set(),
    Approval.State.TAKEN_BACK: set(),
    Approval.State.NOT_NEEDED: set(),
}

_DECIDED = {
    Approval.State.WAITING: lambda: _("This waits for a second person already."),
    Approval.State.APPROVED: lambda: _("Somebody has approved this meanwhile. There is nothing more to do."),
    Approval.State.SENT_BACK: lambda: _("Somebody has sent this back meanwhile. There is nothing more to do."),
    Approval.State.TAKEN_BACK: lambda: _("This was taken back meanwhile. There is nothing more to do."),
    Approval.State.NOT_NEEDED: lambda: _("This needed no approval. There is nothing more to do."),
}


def approval_already(state: Approval.State) -> str:
    """What has happened to an approval that cannot be decided any more."""
    return _DECIDED[state]()


FINAL: frozenset[State] = frozenset(state for state, following in TRANSITIONS.items() if not following)
"""States in which nothing of the file is kept."""


def upload_move(upload: Upload, to: State, **changes: object) -> Upload:
    """Take an upload to another state by one conditional update: of two who try, one succeeds.

    Raises InvalidTransition, saying what has happened to the file meanwhile.
    """
    allowed = [state for state, following in TRANSITIONS.items() if to in following]
    if to in FINAL:
        changes |= {"content": b"", "quarantine": []}
    return _update(upload, allowed, {"state": to, **changes})


def upload_change(upload: Upload, state: State, **changes: object) -> Upload:
    """Change an upload that is in a state and stays in it; raises InvalidTransition when it no longer is."""
    return _update(upload, [state], changes)


def _update(upload: Upload, allowed: list[State], changes: dict[str, object]) -> Upload:
    if not Upload.objects.filter(pk=upload.pk, state__in=allowed).update(**changes):
        state = Upload.objects.values_list("state", flat=True).get(pk=upload.pk)
        raise InvalidTransition(_ALREADY[State(state)]())
    for name, value in changes.items():
        setattr(upload, name, value)
    return upload


_ALREADY = {
    State.RECEIVED: lambda: _("The file is being read. Wait a moment and look again."),
    State.READ: lambda: _("The file has changed in another window. Look at the page again before you go on."),
    State.WAITING: lambda: _("The file waits for a second person. Take it back first if you want to change it."),
    State.CONFIRMED: lambda: _("This file is already on its way in. There is nothing more to do."),
    State.IMPORTING: lambda: _("This file is being brought in right now. There is nothing more to do."),
    State.IMPORTED: lambda: _("This file is already in. There is nothing more to do."),
    State.REFUSED: lambda: _("This file could not be used and has been erased. Bring in a corrected one."),
    State.WITHDRAWN: lambda: _("This file has been withdrawn and erased. Bring it in again to use it."),
}

VOICE_TRANSITIONS: dict[Voice.State, set[Voice.State]] = {
    Voice.State.DRAFT: {Voice.State.WAITING, Voice.State.WITHDRAWN},
    # Back to draft when its author takes it back before anybody has reviewed it.
    Voice.State.WAITING: {
        Voice.State.PUBLISHED, Voice.State.SENT_BACK, Voice.State.DRAFT, Voice.State.WITHDRAWN
    },
    Voice.State.SENT_BACK: {Voice.State.WAITING, Voice.State.WITHDRAWN},
    Voice.State.PUBLISHED: {Voice.State.SENT_BACK, Voice.State.WITHDRAWN},
    Voice.State.WITHDRAWN: set(),
}  # fmt: skip


def voice_move(voice: Voice, to: Voice.State, **changes: object) -> Voice:
    """Take a voice to another state by one conditional update: of two who try, one succeeds.

    Out of use it is its own municipality's again. Raises InvalidTransition, saying what has happened to it
    meanwhile.
    """
    if to is not Voice.State.PUBLISHED:
        changes["audience_id"] = voice.tenant_id
    if to is Voice.State.WITHDRAWN:
        changes |= {"text": "", "source": "", "remark": ""}
    changes = {"state": to, **changes}
    allowed = [state for state, following in VOICE_TRANSITIONS.items() if to in following]
    if not Voice.objects.own().filter(pk=voice.pk, state__in=allowed).update(**changes):
        state = Voice.objects.own().values_list("state", flat=True).get(pk=voice.pk)
        raise InvalidTransition(_VOICE_ALREADY[Voice.State(state)]())
    for name, value in changes.items():
        setattr(voice, name, value)
    return voice


_VOICE_ALREADY = {
    Voice.State.DRAFT: lambda: _("Somebody has taken this voice back to change it. Nothing more to do here."),
    Voice.State.WAITING: lambda: _("This voice is already waiting for review."),
    Voice.State.PUBLISHED: lambda: _("Somebody has reviewed this voice meanwhile, and it is in use."),
    Voice.State.SENT_BACK: lambda: _("Somebody has sent this voice back meanwhile. Read the remark."),
    Voice.State.WITHDRAWN: lambda: _("This voice has been withdrawn, and its words are erased."),
}

Subscription = SourceSubscription.State

SUBSCRIPTION_TRANSITIONS: dict[Subscription, set[Subscription]] = {
    Subscription.LOOKING: {Subscription.FOUND, Subscription.STOPPED},
    Subscription.FOUND: {Subscription.ACTIVE, Subscription.STOPPED},
    # Held when the source means something else by it than before, until a person has looked.
    Subscription.ACTIVE: {Subscription.HELD, Subscription.STOPPED},
    Subscription.HELD: {Subscription.ACTIVE, Subscription.STOPPED},
    Subscription.STOPPED: {Subscription.ACTIVE},
}


def subscription_move(subscription: SourceSubscription, to: Subscription, **changes: object) -> SourceSubscription:
    """Take a subscription to another state by one conditional update: of two who try, one succeeds.

    Raises InvalidTransition, saying what has happened to it meanwhile.
    """
    allowed = [state for state, following in SUBSCRIPTION_TRANSITIONS.items() if to in following]
    changes = {"state": to, "held_at": None, **changes}
    if not SourceSubscription.objects.own().filter(pk=subscription.pk, state__in=allowed).update(**changes):
        state = SourceSubscription.objects.own().values_list("state", flat=True).get(pk=subscription.pk)
        raise InvalidTransition(_SUBSCRIPTION_ALREADY[Subscription(state)]())
    for name, value in changes.items():
        setattr(subscription, name, value)
    return subscription


_SUBSCRIPTION_ALREADY = {
    Subscription.LOOKING: lambda: _("It is still being looked up. Wait a moment and look again."),
    Subscription.FOUND: lambda: _("Choose first what of it you want."),
    Subscription.ACTIVE: lambda: _("It is already being fetched. There is nothing more to do."),
    Subscription.HELD: lambda: _("The source has changed it meanwhile. Look at what is new first."),
    Subscription.STOPPED: lambda: _("Somebody has stopped it meanwhile."),
}
