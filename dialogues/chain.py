"""The chain from resources to the overall goal (målkedjan), as boxes to draw and as words to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from dialogues.models import Activity

LETTERS, MOST_LINES = 27, 6
WIDTH, HEIGHT, GAP, LINE = 240, 190, 44, 22


@dataclass(frozen=True)
class Link:
    """One link of the chain: its name and what is said of it, with a label where it is only part of it."""

    title: str
    said: tuple[tuple[str, str], ...]

    @property
    def in_short(self) -> str:
        """What fits in a box."""
        return "; ".join(text for _label, text in self.said)


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
    box_width: int = WIDTH
    box_height: int = HEIGHT


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


def pictures_of(links: Sequence[Link]) -> dict[str, Any]:
    """The chain drawn across, for wide screens and paper, and down, for a phone."""
    return {"across": _drawn(links, down=False), "down": _drawn(links, down=True)}


def _drawn(links: Sequence[Link], *, down: bool) -> Picture:
    step_x, step_y = (0, HEIGHT + GAP) if down else (WIDTH + GAP, 0)
    boxes = tuple(_box(link, 4 + n * step_x, 4 + n * step_y) for n, link in enumerate(links))
    arrows = tuple(
        f"M{box.x + WIDTH // 2} {box.y + HEIGHT + 4}v{GAP - 14}" if down
        else f"M{box.x + WIDTH + 4} {box.y + HEIGHT // 2}h{GAP - 14}"
        for box in boxes[:-1]
    )  # fmt: skip
    last = boxes[-1]
    return Picture(last.x + WIDTH + 4, last.y + HEIGHT + 4, boxes, arrows)


def _box(link: Link, x: int, y: int) -> Box:
    text = " ".join(link.in_short.split())
    lines = wrap(text, LETTERS, max_lines=MOST_LINES, placeholder=" …") if text else [_("Not said yet")]
    return Box(link.title, x, y, tuple((y + 58 + n * LINE, line) for n, line in enumerate(lines)), not text)
