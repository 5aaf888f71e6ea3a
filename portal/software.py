"""Which version of this software is at work, for what is kept about how figures were made."""

VERSION = "0.1.0"
"""As in pyproject.toml, which an installed image does not hold."""


def software_version() -> str:
    """The program's name and version."""
    return f"vaxtkraft {VERSION}"
