"""The promises of the colours: text and borders that can be seen, light and dark, and a theme without holes."""

from __future__ import annotations

import re
from itertools import combinations, product
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STYLES = ROOT / "frontend" / "static" / "css"
DESIGNSYSTEMET = ROOT / "node_modules" / "@digdir" / "designsystemet-css" / "dist" / "src" / "index.css"
HUES = ("green", "sand", "sun", "clay", "red", "lake")
TEXT, INTERFACE = 4.5, 3.0


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (STYLES / "tokens.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_borders_can_be_seen(scheme: str) -> None:
    palette = schemes()[scheme]
    surfaces = ["paper", "card"] + [f"{hue}-{step}" for hue in HUES for step in ("tint", "wash")]
    pairs = [(text, surface, TEXT) for text, surface in product(("ink", "ink-soft"), surfaces)]
    for hue in HUES:
        own = ["paper", "card", *(f"{hue}-{step}" for step in ("tint", "wash", "press"))]
        pairs += [(f"{hue}-{text}", surface, TEXT) for text, surface in product(("ink", "deep"), own)]
        pairs += [(f"{hue}-on-fill", f"{hue}-{fill}", TEXT) for fill in ("fill", "fill-hover", "fill-active")]
        pairs += [(f"{hue}-line", surface, INTERFACE) for surface in own[:3]]
    weak = [
        f"{one} on {other}: {contrast(palette[one], palette[other]):.2f} < {least}"
        for one, other, least in pairs
        if contrast(palette[one], palette[other]) < least
    ]
    assert not weak


def test_dark_changes_every_colour() -> None:
    both = schemes()
    assert {name for name in both["light"] if both["light"][name] == both["dark"][name]} == set()


def test_designsystemet_gets_every_variable_it_asks_for() -> None:
    vendor, theme = DESIGNSYSTEMET.read_text(), (STYLES / "theme.css").read_text()
    given = set(re.findall(r"(--ds-[\w-]+)\s*:", vendor + theme))
    assert set(re.findall(r"var\((--ds-[\w-]+)[),]", vendor)) - given == set()


def test_every_variable_used_is_given() -> None:
    sheets = {path.name: path.read_text() for path in STYLES.glob("*.css")}
    given = set(re.findall(r"(--[\w-]+)\s*:", "".join(sheets.values()) + DESIGNSYSTEMET.read_text()))
    for name, css in sheets.items():
        assert set(re.findall(r"var\((--[\w-]+)\)", css)) - given == set(), name


@pytest.mark.parametrize("scheme", ["LIGHT", "DARK"])
def test_the_eight_colours_of_charts_can_be_seen_and_told_apart(scheme: str) -> None:
    script = (STYLES.parent / "js" / "chart" / "palette.js").read_text()
    block = script.split(f"const {scheme} = {{")[1].split("};")[0]
    series = re.findall(r"#[0-9a-f]{6}", block.split("background")[0])
    background = re.findall(r'background: "(#[0-9a-f]{6})"', block)[0]
    assert len(series) == 8
    assert min(contrast(colour, background) for colour in series) >= INTERFACE
    closest = min(least_distance(one, other) for one, other in combinations(series, 2))
    assert closest >= 0.09


VISION = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What is left of linear RGB: Machado, Oliveira and Fernandes (2009), severity 1."""


def least_distance(one: str, other: str) -> float:
    """How far apart two colours are in OKLab (Ottosson 2020) for whoever sees the least difference."""
    return min(
        sum((a - b) ** 2 for a, b in zip(seen(one, m), seen(other, m), strict=True)) ** 0.5
        for m in VISION.values()
    )


def seen(colour: str, vision: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    rgb = times(vision, linear)
    cones = ((0.41222, 0.53633, 0.05145), (0.2119, 0.6807, 0.1074), (0.0883, 0.28172, 0.62998))
    roots = [max(value, 0) ** (1 / 3) for value in times(cones, [min(max(value, 0), 1) for value in rgb])]
    lab = ((0.21045, 0.79362, -0.00407), (1.978, -2.42859, 0.45059), (0.0259, 0.78277, -0.80868))
    return times(lab, roots)


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float] | tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(weight * value for weight, value in zip(row, vector, strict=True)) for row in matrix)
