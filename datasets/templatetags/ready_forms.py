"""Ready forms in templates."""

from __future__ import annotations

from django import template

from datasets.models import Upload
from datasets.services.recognising import recognised
from datasets.wording import language
from datasets.wording.ready_forms import ReadyFormInWords, ready_form_in_words

register = template.Library()


@register.simple_tag
def ready_forms_of(upload: Upload) -> list[ReadyFormInWords]:
    """The kinds of local data that a file looks like."""
    return [ready_form_in_words(form, language()) for form in recognised(upload.guess)]
