"""Words in several languages, as a source gave them."""

from collections.abc import Mapping

LocalText = Mapping[str, str]
"""Language code to text: ``{"sv": "kön", "en": "sex"}``. The first language is the source's own."""


def pick(text: LocalText, lang: str) -> str:
    """The text in the reader's language, else in the source's own, else nothing."""
    if lang in text:
        return text[lang]
    return next(iter(text.values()), "")
