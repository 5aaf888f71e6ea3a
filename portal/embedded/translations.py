"""Compiles catalogues of translations with Babel: ``python -m portal.embedded.translations FILE.po …``."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


def main(paths: list[str]) -> int:
    """Compile each file beside itself; what is fuzzy is left untranslated.

    A translation that lost a ``%(name)s`` of its source would break the page that shows it, so it is refused.
    """
    for name in paths:
        source = Path(name)
        try:
            with source.open("rb") as file:
                catalog = read_po(file, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            print(f"{source}: {error}")
            return 1
        mistakes = [
            f"{source}:{message.lineno}: {error}" for message, errors in catalog.check() for error in errors
        ]
        if mistakes:
            print("\n".join(mistakes))
            return 1
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
