"""A chart in the browser: drawn from its specification, readable without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.plugins.browser import axe

pytestmark = pytest.mark.browser
Show = Callable[..., Any]

SOURCE = """{% extends "base_public.html" %}{% load static %}
{% block title %}Chart{% endblock %}{% block heading %}Chart{% endblock %}
{% block more_styles %}<link rel="stylesheet" href="{% static 'css/chart.css' %}">{% endblock %}
{% block content %}
{% include "components/chart.html" with spec=spec table=table id="c" only %}
{% endblock %}
{% block scripts %}{% include "components/chart_scripts.html" only %}{% endblock %}"""
HIDDEN = "visas inte: för få svar"


def chart(
    kind: str, *, intervals: bool = False, names: tuple[str, ...] = ("Våren 2024", "Våren 2025")
) -> dict[str, Any]:
    """Context for a chart whose last series hides its second figure."""
    places = ["15–17 år", "18–19 år", "20–24 år"]
    series = []
    for slot, name in enumerate(names):
        values: list[float | None] = [40.0 + slot * 9, 50.0 + slot * 9, 60.0 + slot * 9]
        if slot == len(names) - 1:
            values[1] = None
        series.append(
            {
                "key": name,
                "label": name,
                "slot": slot,
                "values": values,
                "texts": [HIDDEN if value is None else f"{value:.0f} %" for value in values],
                "statuses": ["suppressed" if value is None else "ok" for value in values],
                "low": [value and value - 4 for value in values] if intervals else None,
                "high": [value and value + 4 for value in values] if intervals else None,
            }
        )
    spec = {
        "kind": kind,
        "title": "Har någon att prata med",
        "subtitle": "",
        "sentence": "De yngsta har oftare någon att prata med.",
        "is_demo": True,
        "demo_label": "Exempeldata",
        "x": {
            "label": "Ålder",
            "is_time": kind == "line",
            "categories": [{"code": p, "label": p} for p in places],
        },
        "y": {"label": "Procent", "min": 0, "max": 100, "step": 50, "tick_texts": ["0 %", "50 %", "100 %"]},
        "series": series,
        "breaks": [{"place": 2, "text": "Ny fråga"}] if kind == "line" else [],
        "trends": [],
        "marked": ["18–19 år"],
        "lines": [{"key": "l", "label": "Länet", "value": 44.0, "text": "44 %"}] if kind == "dots" else [],
        "quartiles": {end: {"value": at, "text": ""} for end, at in {"low": 45, "middle": 50, "high": 55}.items()},
        "pooled": "",
        "has_intervals": intervals,
        "interval_text": "",
        "missing": [{"status": "suppressed", "text": HIDDEN, "count": 1}],
        "reading": {
            "how": ["Varje stapel är en grupp."],
            "not": ["Den säger inte varför."],
            "framing": "",
            "caution": "",
        },
        "source": "Påhittade byrån",
        "notes": [],
        "updated_text": "1 maj 2025",
    }
    rows = [
        {"header": place, "cells": [{"text": s["texts"][n], "status": s["statuses"][n]} for s in series]}
        for n, place in enumerate(places)
    ]
    return {"spec": spec, "table": {"caption": spec["title"], "corner": "Ålder", "columns": names, "rows": rows}}


def is_drawn(page: Any) -> bool:
    """Whether the canvas has more colours than a background and a frame would give."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector("[data-chart-picture] canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          return seen.size > 20;
        }"""
    )


@pytest.mark.parametrize("kind", ["line", "bar", "stacked", "dots"])
@pytest.mark.parametrize("intervals", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_chart_is_drawn_without_complaint(show: Show, kind: str, intervals: bool, width: int) -> None:
    page = show(SOURCE, chart(kind, intervals=intervals), width=width)
    page.wait_for_selector("[data-chart-picture]:not([hidden])")
    page.wait_for_selector("[data-chart-picture] canvas[style*='height']")
    assert page.evaluate("document.querySelector('[data-chart-picture] canvas').height > 200")
    assert is_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_the_series_are_named_beside_lines_on_a_wide_screen_and_above_them_on_a_phone(show: Show) -> None:
    wide = show(SOURCE, chart("line"))
    wide.wait_for_selector("[data-chart-picture]:not([hidden])")
    assert wide.locator("[data-chart-legend] li").count() == 0
    phone = show(SOURCE, chart("line"), width=390)
    phone.wait_for_selector("[data-chart-legend]:not([hidden])")
    assert phone.locator("[data-chart-legend] li").all_inner_texts() == ["Våren 2024", "Våren 2025"]


def test_without_script_sentence_and_table_are_there(show: Show) -> None:
    page = show(SOURCE, chart("bar"), java_script_enabled=False)
    assert page.locator(".chart__sentence").inner_text() == "De yngsta har oftare någon att prata med."
    assert not page.locator("[data-chart-picture]").is_visible()
    page.click("summary:has-text('tabell'), summary:has-text('table')")
    assert page.locator("td.is-hatched").inner_text() == HIDDEN
