"""The tests run with pytest only: Django's own runner would create databases as a role that may not."""

from __future__ import annotations

from typing import Any


class PytestOnly:
    """Refuses `manage.py test` with the way to go."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise SystemExit("Run the tests with `make test`, or `pytest` in the virtual environment.")
