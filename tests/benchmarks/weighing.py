"""What a page weighs on its way to a browser: itself and all that it loads, compressed as they are sent."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

_LOADED = re.compile(r'<(?:link|script)\b[^>]*?\b(?:href|src)="/static/([^"]+)"')
_WITHIN = {
    ".css": re.compile(r"""url\(["']?([^"')]+)["']?\)"""),
    ".js": re.compile(r"""^import\b[^;]*?["'](\.[^"']+)["']""", re.MULTILINE),
}
_UNUSED = re.compile(r"latin-ext|italic|vietnamese")
"""Parts of the font that a Swedish page has no letters of: a browser leaves them."""
_SENT_AS_THEY_ARE = {".woff2", ".png"}


def weigh(html: bytes) -> dict[str, int]:
    """Bytes of the page itself (under "page") and of each static file that it makes a browser fetch."""
    weights = {"page": len(gzip.compress(html, 9))}
    # A development server names files plainly; the manifest's names differ only in their hash.
    waiting = [re.sub(r"\?.*", "", name) for name in _LOADED.findall(html.decode())]
    while waiting:
        name = waiting.pop()
        found = finders.find(name)
        if name in weights or not isinstance(found, str) or _UNUSED.search(name):
            continue
        path = Path(found)
        data = path.read_bytes()
        weights[name] = len(data) if path.suffix in _SENT_AS_THEY_ARE else len(gzip.compress(data, 9))
        within = _WITHIN.get(path.suffix)
        if within is not None:
            folder = name.rpartition("/")[0]
            named = (one for one in within.findall(data.decode()) if not one.startswith("data:"))
            waiting += [_joined(folder, one) for one in named]
    return weights


def _joined(folder: str, relative: str) -> str:
    parts = folder.split("/")
    for step in relative.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
