"""The chain from resources to the overall goal (målkedjan), as boxes to draw and as words to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from dialogues.models import Activity

GAP, LINE = 34, 22


@dataclass(frozen=True)
class Shape:
    """How large a box is, and how much is written in it."""

    width: int
    height: int
    letters: int
    most_lines: int


ACROSS, DOWN = Shape(176, 226, 19, 7), Shape(320, 156, 36, 4)
"""Beside one another they fit a column of a wide page, below one another a phone."""


@dataclass(frozen=True)
class Link:
    """One link of the chain: its name and what is said of it, with a label where it is only part of it."""

    title: str
    said: tuple[tuple[str, str], ...]

    @property
    def in_short(self) -> str:
        """What fits in a box."""
        return " ".join(
            text if text.rstrip().endswith((".", "!", "?")) else f"{text}." for _label, text in self.said
        )


@dataclass(frozen=True)
class Box:
    """A link as it is drawn: where it lies, and its lines of text with their heights."""

    title: str
    x: int
    y: int
    lines: tuple[tuple[int, str], ...]
    is_empty: bool


@dataclass(frozen=True)
class Picture:
    """The chain drawn across or down; `arrows` are paths between the boxes."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    shape: Shape


def links_of(activity: Activity) -> tuple[Link, ...]:
    """The four links, also those of which nothing is said yet."""
    return (
        _link(
            _("Resources"), (_("How much"), activity.resources_volume),
            (_("Of what kind"), activity.resources_quality),
        ),
        _link(
            _("Activities"), ("", activity.what_is_done), (_("Differs from ordinary work"), activity.what_differs)
        ),
        _link(
            _("Effects"), ("", activity.effect), (_("Where"), activity.effect_where),
            (_("When"), activity.effect_when), (_("Signs"), activity.signs),
        ),
        _link(_("Overall goal"), ("", activity.overall_goal)),
    )  # fmt: skip


def _link(title: str, *said: tuple[str, str]) -> Link:
    return Link(title, tuple((label, text) for label, text in said if text.strip()))


def pictures_of(links: Sequence[Link]) -> dict[str, Picture]:
    """The chain drawn across, for wide screens and paper, and down, for a phone."""
    return {"across": _drawn(links, ACROSS), "down": _drawn(links, DOWN)}


def _drawn(links: Sequence[Link], shape: Shape) -> Picture:
    is_down = shape is DOWN
    step_x, step_y = (0, shape.height + GAP) if is_down else (shape.width + GAP, 0)
    boxes = tuple(_box(link, 4 + n * step_x, 4 + n * step_y, shape) for n, link in enumerate(links))
    arrows = tuple(
        f"M{box.x + shape.width // 2} {box.y + shape.height + 4}v{GAP - 14}"
        if is_down
        else f"M{box.x + shape.width + 4} {box.y + shape.height // 2}h{GAP - 14}"
        for box in boxes[:-1]
    )
    last = boxes[-1]
    return Picture(last.x + shape.width + 4, last.y + shape.height + 4, boxes, arrows, shape)


def _within(word: str, letters: int) -> str:
    """A word that is longer than a line, with a hyphen where it is cut."""
    parts = [word[at : at + letters - 1] for at in range(0, len(word), letters - 1)]
    return "- ".join(parts) if len(word) > letters else word


def _box(link: Link, x: int, y: int, shape: Shape) -> Box:
    text = " ".join(_within(word, shape.letters) for word in link.in_short.split())
    lines = (
        wrap(text, shape.letters, max_lines=shape.most_lines, placeholder=" …") if text else [_("Not said yet")]
    )
    return Box(link.title, x, y, tuple((y + 58 + n * LINE, line) for n, line in enumerate(lines)), not text)
