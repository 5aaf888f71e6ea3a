"""From a key to a slide: ``python -m tests.benchmarks.bench_turning URL [--turns 60] [--pause 0.4]``.

Against a running portal with the demo (`make run`). A browser holds a dialogue: one page is the presenter, another
the second screen of the room. The presenter presses an arrow some times; told are p50, p95 and the worst time

- from the key to the presenter's own slide being drawn (the frame after the one that changed it): target 0.2 s,
- from the key to the second screen's slide: the request, the stream's word and the question that follows,

with the machine's load while it was measured. What is made stays in the demo: use one that may be thrown away.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.plugins.chromium import ARGUMENTS, find_chromium

PRESENTER = """() => {
  window.turns = [];
  addEventListener("keydown", (event) => {
    if (!event.key.startsWith("Arrow")) return;
    const pressed = performance.timeOrigin + event.timeStamp;
    // Two frames: the first is asked for before this one is drawn, the second after.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const shown = document.querySelector("section[data-screen]:not([hidden])").dataset.screen;
      turns.push({ shown, pressed, drawn: performance.timeOrigin + performance.now() });
    }));
  });
}"""
WALL = """() => {
  window.turns = [];
  const screens = document.querySelector(".presenter__screens");
  new MutationObserver(() => {
    const shown = screens.querySelector("section[data-screen]:not([hidden])")?.dataset.screen;
    if (!shown || turns.at(-1)?.shown === shown) return;
    const turn = { shown, drawn: 0 };
    turns.push(turn);
    const drawn = () => (turn.drawn = performance.timeOrigin + performance.now());
    requestAnimationFrame(() => requestAnimationFrame(drawn));
  }).observe(screens, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
}"""


def dialogue_of(page: Page, base: str, slug: str) -> str:
    """A new dialogue of the demo's coordinator; its address."""
    page.goto(f"{base}/demo/")
    page.locator("form", has_text=re.compile(r"\bBo\b")).first.get_by_role("button").first.click()
    page.wait_for_url(re.compile(f"/k/{slug}/"))
    page.goto(f"{base}/k/{slug}/dialoger/ny/")
    page.locator("input[name=goal]").first.check()
    page.fill("input[name=title]", "Mätning av bildbyte")
    page.get_by_role("button", name="Skapa dialogen").click()
    page.wait_for_url(re.compile(r"/dialoger/[0-9a-f-]{36}/"))
    found = re.search(rf"/k/{slug}/dialoger/[0-9a-f-]{{36}}/", page.url)
    assert found is not None, page.url
    return base + found[0]


def measure(base: str, slug: str, turns: int, pause: float) -> dict[str, Any]:
    """Turn back and forth, and compare what both pages drew."""
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.program), args=list(ARGUMENTS), env={**os.environ, **chromium.environment}
        )
        # A window each: a page that is not in front draws no frames.
        presenter = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        home = dialogue_of(presenter, base, slug)
        signed_in = presenter.context.storage_state()
        wall = browser.new_context(viewport={"width": 1280, "height": 800}, storage_state=signed_in).new_page()
        presenter.goto(f"{home}visa/")
        with wall.expect_response(re.compile("/handelser/")):
            wall.goto(f"{home}visa/vaggen/")
        wall.evaluate(WALL)
        presenter.evaluate(PRESENTER)
        last = presenter.locator("section[data-screen]").count()
        for number in range(turns):
            is_forward = number // (last - 1) % 2 == 0
            presenter.keyboard.press("ArrowRight" if is_forward else "ArrowLeft")
            presenter.wait_for_timeout(pause * 1000)
        wall.wait_for_timeout(3000)
        own, theirs = presenter.evaluate("turns"), wall.evaluate("turns")
        browser.close()
    seen = [one["drawn"] - one["pressed"] for one in own]
    followed, rest = [], list(theirs)
    for one in own:
        same = (that for that in rest if that["shown"] == one["shown"] and that["drawn"] > one["pressed"])
        found = next(same, None)
        if found is not None:
            followed.append(found["drawn"] - one["pressed"])
            rest = rest[rest.index(found) + 1 :]
    return {
        "own": spread(seen),
        "second_screen": spread(followed),
        "turns": len(seen),
        "followed": len(followed),
        "load": [round(one, 1) for one in os.getloadavg()],
    }


def spread(took: list[float]) -> dict[str, float]:
    """p50, p95 and the worst, in seconds."""
    ordered = sorted(took)
    at = {"p50": len(ordered) // 2, "p95": min(len(ordered) * 95 // 100, len(ordered) - 1), "worst": -1}
    return {name: round(ordered[place] / 1000, 3) for name, place in at.items()} if ordered else {}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("--slug", default="lindsala")
    options.add_argument("--turns", type=int, default=60)
    options.add_argument("--pause", type=float, default=0.4)
    asked = options.parse_args()
    json.dump(measure(asked.url.rstrip("/"), asked.slug, asked.turns, asked.pause), sys.stdout)
    print()


if __name__ == "__main__":
    main()
