"""The ground of a chart: where its scale and its steps lie on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.charts.select import Kind
from datasets.charts.spec import ChartSpec

from . import looks
from .letters import width_of
from .pen import Pen


@dataclass(frozen=True)
class Area:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def wide(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def high(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Ground:
    """The part of the paper that figures are drawn on; ``lying`` has its scale along the bottom."""

    spec: ChartSpec
    area: Area
    size: float
    lying: bool

    def along_scale(self, value: float) -> float:
        """Where a value lies on the scale."""
        y = self.spec.y
        part = (min(max(value, y.minimum), y.maximum) - y.minimum) / (y.maximum - y.minimum)
        return self.area.left + part * self.area.wide if self.lying else self.area.bottom - part * self.area.high

    @property
    def base(self) -> float:
        """Where bars begin: at zero, or at the end of the scale that is nearest to it."""
        return self.along_scale(min(max(0.0, self.spec.y.minimum), self.spec.y.maximum))

    def step(self, place: int) -> float:
        """The middle of a step along the axis."""
        count = len(self.spec.x.places)
        if self.lying:
            return self.area.top + (place + 0.5) * self.area.high / count
        return self.area.left + (place + 0.5) * self.area.wide / count

    @property
    def room(self) -> float:
        """How much room each step has."""
        return (self.area.high if self.lying else self.area.wide) / len(self.spec.x.places)

    def draw_scale(self, pen: Pen) -> None:
        """The lines of the scale with their figures."""
        y = self.spec.y
        last = -1e9
        for place, text in enumerate(y.tick_texts):
            at = self.along_scale(y.minimum + place * y.step)
            if self.lying:
                pen.line(at, self.area.top, at, self.area.bottom, colour=looks.GRID)
                half = width_of(text, self.size) / 2
                if at - half > last:
                    pen.text(
                        at,
                        self.area.bottom + self.size * 1.3,
                        text,
                        size=self.size,
                        colour=looks.SOFT,
                        anchor="middle",
                    )
                    last = at + half + self.size * 0.5
            else:
                pen.line(self.area.left, at, self.area.right, at, colour=looks.GRID)
                pen.text(
                    self.area.left - self.size * 0.5,
                    at + self.size * 0.35,
                    text,
                    size=self.size,
                    colour=looks.SOFT,
                    anchor="end",
                )
        if self.spec.kind is Kind.DOTS:
            return
        if self.lying:
            pen.line(self.base, self.area.top, self.base, self.area.bottom, colour=looks.SOFT)
        else:
            pen.line(self.area.left, self.base, self.area.right, self.base, colour=looks.SOFT)

    def draw_steps(self, pen: Pen) -> None:
        """The names of the steps under an upright chart, as many as there is room for, the last one always."""
        labels = [place.label for place in self.spec.x.places]
        widest = max(width_of(label, self.size) for label in labels) + self.size * 0.7
        every = max(1, -(-int(widest) // max(1, int(self.room))))
        for place in range(len(labels) - 1, -1, -every):
            text, half = labels[place], width_of(labels[place], self.size) / 2
            at = min(
                max(self.step(place), self.area.left + half - self.room / 2),
                self.area.right - half + self.room / 2,
            )
            pen.text(at, self.area.bottom + self.size * 1.4, text, size=self.size, anchor="middle")

    def draw_cuts(self, pen: Pen) -> None:
        """A broken line before each step from which on figures are counted in another way."""
        for cut in self.spec.breaks:
            at = (self.step(cut.place - 1) + self.step(cut.place)) / 2
            pen.line(at, self.area.top, at, self.area.bottom, colour=looks.SOFT, width=1.5, dash="3 4")
