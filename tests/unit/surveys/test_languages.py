"""What languages are called and which way they run: told once, and the same everywhere."""

import pytest
from django.conf import settings
from django.utils import translation

from surveys.languages import LANGUAGES, RIGHT_TO_LEFT, direction, own_name
from surveys.wording.drafts import language_in_words
from surveys.xlsform.languages import code_of, name_of

MINORITY = ("fi", "fit", "se", "smj", "sma", "rom", "rmn", "rmy", "yi")


def test_no_two_languages_are_called_the_same() -> None:
    for names in zip(*LANGUAGES.values(), strict=True):
        assert len({name.casefold() for name in names}) == len(LANGUAGES)


def test_the_national_minority_languages_have_names_of_their_own() -> None:
    assert all(own_name(code) != code for code in MINORITY)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_known_by_its_own_name_and_has_a_swedish_one(code: str) -> None:
    assert code_of(own_name(code)) == code and code_of(name_of(code)) == code
    with translation.override("sv"):
        assert language_in_words(code) not in ("", code)


def test_a_language_runs_as_its_writing_does_also_where_a_region_is_told() -> None:
    assert {direction(code) for code in ("ar", "ar-SY", "prs", "yi", "ckb")} == {"rtl"}
    assert {direction(code) for code in ("sv", "sv-x-easy", "so", "ti", "kmr", "zz")} == {"ltr"}
    assert set(settings.LANGUAGES_BIDI) == RIGHT_TO_LEFT
