"""The few files of npm packages that pages load."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.assets import NPM_FILES, NpmFinder


def test_every_named_file_is_found_and_listed() -> None:
    finder = NpmFinder()
    named = {f"{folder}/{name}" for folder, (_, names) in NPM_FILES.items() for name in names}
    assert {f"{storage.prefix}/{name}" for name, storage in finder.list(None)} == named
    assert all(Path(str(finder.find(path))).is_file() for path in named)


@pytest.mark.parametrize(
    "path", ["vendor/chart.js/chart.js", "vendor/htmx/../../package.json", "vendor/unknown/x.js", "css/tokens.css"]
)
def test_nothing_else_of_the_packages_is_served(path: str) -> None:
    assert NpmFinder().find(path) is None
    assert NpmFinder().find(path, find_all=True) == []


def test_a_missing_package_says_what_to_do(settings: object, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(FileNotFoundError, match="npm ci"):
        list(NpmFinder().list(None))
