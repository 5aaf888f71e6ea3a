"""One question of a draft as those who answer will see it, beside the form that changes it."""

from __future__ import annotations

from django.utils import translation
from django.utils.safestring import SafeString

from surveys.answering.rendering import blocks_of, render_block
from surveys.drafting.problems import readable
from surveys.drafting.texts import Definition


def preview_of(definition: Definition, code: str) -> SafeString | str:
    """The question with the rest of its battery, in the draft's first language; empty while it can't be shown."""
    content = readable(definition)
    # One that is not whole yet is left out of what can be shown.
    if content is None or code not in {one.code for one in content if one.is_asked}:
        return ""
    lang = content.languages[0]
    within = content.section(content.question(code).section).questions
    block = next(block for block in blocks_of(within) if code in {one.code for one in block})
    with translation.override(lang):
        return render_block(content, "", block, lang, {}, {})
