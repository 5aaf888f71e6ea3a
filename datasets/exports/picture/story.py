"""A finding as a tall picture for a phone: few words, large bars, and the way to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import looks
from .drawing import Picture
from .letters import width_of, wrapped
from .pen import Pen

WIDTH, HEIGHT = 540.0, 960.0
"""Half of 1080 × 1920: a PNG is made at twice the size of its drawing."""
MARGIN = 36.0
TOP, FOOT = 132.0, 690.0
"""Above and below lie the buttons of whatever shows the story, so that nothing to be read stands there."""
INSIDE = 26.0
ON_GREEN = "#ffffff"
SIZES = (40.0, 36.0, 32.0, 28.0, 25.0, 22.0, 19.0, 16.0)
MOST_BARS = 5


@dataclass(frozen=True)
class StoryBar:
    """A bar with its label, its figure in words, and a length from 0 to 100; None where it is not shown."""

    label: str
    text: str
    length: float | None


@dataclass(frozen=True)
class Story:
    """The words of one picture, in one language. ``code`` is a QR code as an SVG drawing."""

    place: str
    title: str
    heading: str
    words: str
    bars: Sequence[StoryBar]
    certainty: str
    invitation: str
    link: str
    code: str
    demo: str = ""


def story_picture(story: Story) -> Picture:
    """The picture. Letters shrink until everything has room; a longer text than that is cut at a word."""
    pen = Pen("s-")
    pen.box(0, 0, WIDTH, HEIGHT, fill=looks.SERIES[0])
    room = WIDTH - 2 * MARGIN
    pen.text(MARGIN, 84, story.title, size=30, weight=700, colour=looks.SUN)
    pen.text(MARGIN, 112, _cut(story.place, room, 18), size=18, colour=ON_GREEN)
    pen.box(MARGIN, TOP, room, FOOT - TOP, fill=looks.BACKGROUND, radius=18)
    _fill_card(pen, story, room - 2 * INSIDE)
    _foot(pen, story)
    if story.demo:
        pen.label(WIDTH - MARGIN, 40, story.demo, size=16)
    told = " ".join((story.words, *(f"{bar.label}: {bar.text}." for bar in story.bars)))
    return Picture(pen.drawing(WIDTH, HEIGHT, title=f"{story.title}. {story.heading}", text=told), WIDTH, HEIGHT)


def _fill_card(pen: Pen, story: Story, room: float) -> None:
    x, y = MARGIN + INSIDE, TOP + INSIDE
    if story.heading:
        y = pen.lines(x, y, wrapped(story.heading, room, 18, 600)[:2], size=18, weight=600, colour=looks.SOFT) + 8
    bars = story.bars[:MOST_BARS]
    below = _height_of_bars(bars) + (30.0 if story.certainty else 0.0)
    left = FOOT - INSIDE - below - y
    size = next(
        (size for size in SIZES if len(wrapped(story.words, room, size, 650)) * size * 1.35 <= left), SIZES[-1]
    )
    lines = wrapped(story.words, room, size, 650)
    most = max(1, int(left // (size * 1.35)))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" .,") + " …"]
    pen.lines(x, y, lines, size=size, weight=650)
    y = FOOT - INSIDE - below
    for at, bar in enumerate(bars):
        _draw_bar(pen, bar, x, y, room, at)
        y += _each(bars)
    if story.certainty:
        pen.text(x, FOOT - INSIDE, _cut(story.certainty, room, 14), size=14, colour=looks.SOFT)


def _each(bars: Sequence[StoryBar]) -> float:
    return 66.0 if len(bars) <= 3 else 50.0


def _height_of_bars(bars: Sequence[StoryBar]) -> float:
    return len(bars) * _each(bars)


def _draw_bar(pen: Pen, bar: StoryBar, x: float, y: float, room: float, at: int) -> None:
    """Label and figure on a line, the bar below; the first in our green, the others lighter."""
    figure = width_of(bar.text, 19, 700)
    pen.text(x, y + 18, _cut(bar.label, room - figure - 12, 17), size=17)
    pen.text(x + room, y + 18, bar.text, size=19, weight=700, anchor="end")
    pen.box(x, y + 26, room, 16, fill=looks.GRID, radius=8)
    if bar.length:
        fill = looks.SERIES[0] if at == 0 else looks.SERIES[4]
        pen.box(x, y + 26, max(room * min(bar.length, 100) / 100, 8), 16, fill=fill, radius=8)


def _foot(pen: Pen, story: Story) -> None:
    side, y = 112.0, FOOT + 22
    pen.box(MARGIN, y, side, side, fill=ON_GREEN, radius=10)
    placed = f'<svg x="{MARGIN + 4}" y="{y + 4}" width="{side - 8}" height="{side - 8}" '
    pen.parts.append(story.code[story.code.index("<svg") :].replace("<svg ", placed, 1))
    x, room = MARGIN + side + 20, WIDTH - 2 * MARGIN - side - 20
    end = pen.lines(x, y + 6, wrapped(story.invitation, room, 20, 600)[:2], size=20, weight=600, colour=ON_GREEN)
    pen.lines(x, end + 4, _broken(story.link, room, 17), size=17, colour=looks.SUN)


def _broken(link: str, room: float, size: float) -> list[str]:
    """An address in lines, ended after a slash where one is near."""
    lines = [""]
    for part in link.replace("/", "/ ").split(" "):
        if lines[-1] and width_of(lines[-1] + part, size) > room:
            lines.append("")
        lines[-1] += part
    return lines


def _cut(text: str, room: float, size: float) -> str:
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
