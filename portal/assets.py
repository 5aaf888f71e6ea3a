"""Static files: the few that pages take from npm packages, and names that change with the content."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

NPM_FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "vendor/designsystemet": (
        "@digdir/designsystemet-css/dist/src",
        ("base.css", "button.css", "data-size-workaround.css", "input.css"),
    ),
    "vendor/source-sans-3": (
        "@fontsource-variable/source-sans-3/files",
        (
            "source-sans-3-latin-wght-normal.woff2",
            "source-sans-3-latin-ext-wght-normal.woff2",
            "source-sans-3-latin-wght-italic.woff2",
        ),
    ),
    "vendor/chart.js": ("chart.js/dist", ("chart.umd.min.js", "chart.umd.min.js.map")),
    "vendor/chartjs-chart-error-bars": (
        "chartjs-chart-error-bars/build",
        ("index.umd.min.js", "index.umd.min.js.map"),
    ),
    "vendor/blindrsa": (
        "@cloudflare/blindrsa-ts/lib/src",
        ("blindrsa.js", "blindrsa.js.map", "util.js", "util.js.map"),
    ),
    "vendor/blindrsa/sjcl": ("@cloudflare/blindrsa-ts/lib/src/sjcl", ("index.js",)),
    "vendor/htmx": ("htmx.org/dist", ("htmx.min.js",)),
}
"""For each folder under STATIC_URL: the folder of node_modules, and the files of it that a page loads."""


class NpmFinder(BaseFinder):
    """Finds the files of npm packages that pages load, and nothing else of those packages."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.BASE_DIR) / "node_modules"
        super().__init__(*args, **kwargs)

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        """The file that a static path names, as `findstatic` and the development server ask for it."""
        folder, _, name = path.rpartition("/")
        source, names = NPM_FILES.get(folder, ("", ()))
        found = self.root / source / name
        if name not in names or not found.is_file():
            return [] if find_all else None
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file with its storage, for `collectstatic`; a missing package raises FileNotFoundError."""
        for prefix, (source, names) in NPM_FILES.items():
            storage = FileSystemStorage(location=self.root / source)
            storage.prefix = prefix  # type: ignore[attr-defined]  # how Django's own finders pass it on
            for name in names:
                if not storage.exists(name):
                    raise FileNotFoundError(f"{self.root / source / name} is missing: run `npm ci`.")
                if not matches_patterns(name, list(ignore_patterns or [])):
                    yield name, storage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that change with their content, also where one script imports another."""

    support_js_module_import_aggregation = True
