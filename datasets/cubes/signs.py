"""What a sign means at its source: (source, sign) to reason, and the words by which a source explains one.

The same sign means opposite things at different sources, so no sign has a meaning of its own. What a file
itself says about a sign comes before this table, and the source's own words are always kept beside the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from .reasons import Reason


class Source(StrEnum):
    """A source whose signs are known."""

    PXWEB = "pxweb"
    SCB = "scb"
    SSB = "ssb"
    EUROSTAT = "eurostat"
    KOLADA = "kolada"


_STANDS = dict.fromkeys(("b", "d", "e", "f", "i", "n", "p", "r", "s", "u"), Reason.NONE)
_PXWEB = {"-": Reason.NIL, ".": Reason.NOT_APPLICABLE, "..": Reason.NOT_AVAILABLE}

SIGNS: Mapping[Source, Mapping[str, Reason]] = {
    Source.PXWEB: _PXWEB,
    Source.SCB: _PXWEB,
    Source.SSB: {**_PXWEB, ":": Reason.CONFIDENTIAL},
    Source.EUROSTAT: {":": Reason.NOT_AVAILABLE, "c": Reason.CONFIDENTIAL, "z": Reason.NOT_APPLICABLE, **_STANDS},
    Source.KOLADA: {"-": Reason.DROPPED_OUT, ".": Reason.NOT_APPLICABLE, "..": Reason.CONFIDENTIAL},
}
"""Source and sign to reason. NONE stands for a remark beside a figure that stands, such as "e" for estimated."""

_NAMES = (
    (Source.KOLADA, r"\bkolada\b"),
    (Source.EUROSTAT, r"\beurostat\b"),
    (Source.SSB, r"\bssb\b|statistics norway|statistisk sentralbyr"),
    (Source.SCB, r"\bscb\b|statistics sweden|statistiska centralbyr"),
)
_WORDS = (
    (r"tillgänglig|available|n\.?a\.?$|saknas|missing", Reason.NOT_AVAILABLE),
    (r"sekretess|secret|confidential|classified|hemlig|hidden", Reason.CONFIDENTIAL),
    (r"osäker|uncertain|unreliable", Reason.TOO_UNCERTAIN),
    (r"tillämplig|applicable|inte förekomma|ej förekomma|not relevant", Reason.NOT_APPLICABLE),
    (r"bortfall|non-?response|dropped", Reason.DROPPED_OUT),
    (r"ännu|not yet", Reason.NOT_YET_PUBLISHED),
)


def source_named(text: str) -> Source | None:
    """The known source that a text such as "Källa: SCB" or an address names, or None."""
    return next((source for source, name in _NAMES if re.search(name, text, re.IGNORECASE)), None)


def reason_told(words: str) -> Reason | None:
    """The reason that a source's own words for a sign give, or None where they give none that we know."""
    found = (reason for pattern, reason in _WORDS if re.search(pattern, words, re.IGNORECASE))
    return next(found, None)
