"""Swedish first: no message of code or templates lacks it."""

import re
from pathlib import Path

from django.conf import settings

from portal.translations import KEYWORDS, ROOTS, missing

IMPORTED = re.compile(r"^\s*from django\.utils\.translation import (\w*gettext\w*)(?: as (\w+))?", re.MULTILINE)


def test_every_message_has_its_swedish() -> None:
    assert missing("sv") == []


def test_every_name_that_translates_is_collected() -> None:
    names = {
        alias or name
        for root in ROOTS
        for path in (Path(settings.BASE_DIR) / root).rglob("*.py")
        for name, alias in IMPORTED.findall(path.read_text(encoding="utf-8"))
    }
    assert {"_", "_now"} <= names
    assert names <= KEYWORDS.keys()
