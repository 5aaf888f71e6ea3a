"""Telling open pages that something changed: who asks again gets it by an ordinary page.

`announce(topic)` after a write, `event_stream(topic)` as the answer of a view that has let the reader in. Nothing
but "changed" travels: what changed is fetched with the reader's own rights.
"""

from portal.live.announcing import announce
from portal.live.streaming import event_stream

__all__ = ["announce", "event_stream"]
