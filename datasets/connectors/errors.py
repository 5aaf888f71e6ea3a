"""What can go wrong with a source, in words for the person who waits for its figures.

As with files: plain English templates with their parameters kept apart, so that whoever shows them translates
the template first. ``passes`` says that asking again later may help by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST_WORDS = 200


def N_(text: str) -> str:
    """Mark a text for translation."""
    return text


@dataclass(frozen=True)
class Trouble:
    """A kind of trouble with a source, and what to do about it."""

    text: str
    remedy: str
    passes: bool = False


_WAIT = N_("Nothing needs to be done: we ask again by ourselves.")
_LOOK = N_("Look the table up at the source, and choose again.")
_TELL = N_("Tell whoever runs Växtkraft: the source may have changed the way it speaks.")

TROUBLES: Mapping[str, Trouble] = {
    "off": Trouble(
        N_("No address of this source is set here."), N_("Ask whoever runs Växtkraft to set it."), passes=True
    ),
    "unreachable": Trouble(N_("The source could not be reached."), _WAIT, passes=True),
    "slow": Trouble(N_("The source had not answered after %(seconds)s seconds."), _WAIT, passes=True),
    "busy": Trouble(N_("The source has had many questions and asks us to wait."), _WAIT, passes=True),
    "broken": Trouble(N_("The source has a fault of its own (answer %(status)s)."), _WAIT, passes=True),
    "cut_off": Trouble(N_("The source's answer broke off half-way."), _WAIT, passes=True),
    "refused": Trouble(N_("The source refused the question (answer %(status)s): %(words)s"), _LOOK),
    "missing": Trouble(N_("The source has nothing called %(id)s."), _LOOK),
    "web_page": Trouble(N_("The source answered with a web page instead of figures."), _TELL),
    "not_json": Trouble(N_("The source's answer is no JSON that can be read: line %(line)s."), _TELL),
    "too_large": Trouble(N_("The source's answer is larger than %(limit)s MB."), N_("Choose fewer categories.")),
    "foreign": Trouble(N_("The source pointed to an address that is not its own. It was not followed."), _TELL),
    "circle": Trouble(N_("The pages of the source's answer lead round in a circle."), _TELL),
    "shape": Trouble(N_("The source's answer does not have the form that it promises: %(part)s"), _TELL),
    "no_dimension": Trouble(N_("The table has no “%(dimension)s”."), _LOOK),
    "no_category": Trouble(N_("“%(dimension)s” has no “%(category)s”."), _LOOK),
    "must_choose": Trouble(N_("Something of “%(dimension)s” must be chosen."), _LOOK),
    "expression": Trouble(N_("“%(expression)s” is no way of choosing that we know."), _LOOK),
    "too_many": Trouble(
        N_("%(cells)s figures were chosen; at most %(limit)s can be fetched."), N_("Choose fewer categories.")
    ),
    "empty": Trouble(N_("The source has no figures for what was chosen."), _LOOK),
    "contradiction": Trouble(N_("The source gives two different figures for the same thing (%(where)s)."), _TELL),
    "rule": Trouble(
        N_("The data set's rule was made stricter, and a source's figures come in only as they are."),
        N_("Stop fetching, and bring the figures in as a file instead."),
    ),
    "cannot_add": Trouble(N_("The source's figures cannot be added over “%(dimension)s”."), _LOOK),
}


class SourceError(Exception):
    """A source could not give what was asked of it; ``wait`` is how long it asked us to wait, in seconds."""

    def __init__(self, code: str, *, wait: float | None = None, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait
        self.params = {name: _short(value) for name, value in params.items()}

    @property
    def passes(self) -> bool:
        """Whether asking again later may help."""
        return TROUBLES[self.code].passes

    def __str__(self) -> str:
        return f"{words_of(self.code, self.params)} {advice_of(self.code)}"


def words_of(code: str, params: Mapping[str, str | int], translate: Callable[[str], str] = str) -> str:
    """What is wrong, in the language that ``translate`` (such as gettext) gives."""
    return translate(TROUBLES[code].text) % params


def advice_of(code: str, translate: Callable[[str], str] = str) -> str:
    """What to do about it."""
    return translate(TROUBLES[code].remedy)


def _short(value: str | int) -> str | int:
    """A source's own words, printable and not too many."""
    if isinstance(value, int):
        return value
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    return plain if len(plain) <= MOST_WORDS else plain[: MOST_WORDS - 1] + "…"
