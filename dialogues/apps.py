from typing import Any

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dialogues"

    def ready(self) -> None:
        from accounts.signals import invitation_accepted

        invitation_accepted.connect(let_guest_in, dispatch_uid="dialogues.let_guest_in")


def let_guest_in(*, user: Any, role: str, **_: Any) -> None:
    """Who was invited to a dialogue finds it on their start page."""
    from dialogues.services.preparing import guest_arrived

    guest_arrived(user=user)
