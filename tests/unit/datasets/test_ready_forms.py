"""Ready forms: each is whole, easy to read, lawful to register, and found by its file's headings."""

from __future__ import annotations

import pytest

from datasets.breaks import demands_of
from datasets.content import find_factor, find_theme
from datasets.content.ready_forms import ReadyForm, find_ready_form, forms_for_columns, ready_forms
from datasets.disclosure import AggregationRule, Sensitivity
from datasets.importers import sniff_csv
from datasets.rules import suggested_rule
from tests.lix import lix_of

WANTED = {
    "absence", "concern_reports", "bup_referrals", "degrading_treatment", "health_dialogue", "school_survey",
    "kaa", "youth_centre_visits", "music_culture_school", "libraries", "sports_grants", "stockholmsenkaten",
    "liv_och_halsa_ung", "lupp",
}  # fmt: skip
SURVEYS = {"school_survey", "stockholmsenkaten", "liv_och_halsa_ung", "lupp"}
EACH = pytest.mark.parametrize("form", ready_forms(), ids=lambda form: form.key)


def test_all_that_municipalities_asked_for_are_there() -> None:
    assert {form.key for form in ready_forms()} == WANTED


@EACH
def test_it_says_everything_in_both_languages(form: ReadyForm) -> None:
    texts = (
        form.title, form.what, form.owner, form.source, form.unit, form.definition, form.how_to_read,
        form.does_not_say, form.framing, form.rule.why, *(column.meaning for column in form.columns),
        *(item.text for item in form.items),
    )  # fmt: skip
    assert all(text["sv"] and text["en"] for text in texts)
    assert form.factors and all(find_factor(key) for key in form.factors)
    assert form.themes and all(find_theme(key) for key in form.themes)


@EACH
def test_its_swedish_is_easy(form: ReadyForm) -> None:
    texts = (form.what, form.definition, form.how_to_read, form.does_not_say, form.framing, form.rule.why)
    assert lix_of(text["sv"] for text in texts) <= 45


@EACH
def test_it_can_be_registered_as_it_stands(form: ReadyForm) -> None:
    registration = form.registration()
    assert not demands_of(registration)
    assert set(form.fit_for) <= {1, 2, 3}
    rule = suggested_rule(form, form.sensitivity)
    assert rule.stricter_or_equal(AggregationRule.default(Sensitivity[form.sensitivity.upper()]))
    assert rule.hides_nothing == (form.sensitivity == "open")


@EACH
def test_a_file_like_its_example_is_read_and_recognised(form: ReadyForm) -> None:
    headings = [column.name for column in form.columns]
    lines = [";".join(row) for row in (headings, *form.rows)]
    guess = sniff_csv("\r\n".join(lines).encode(), {"0199": "Exempelkommun"})
    assert guess.mapping is not None, guess.problems
    measures = [column.heading for column in guess.mapping.columns if column.role == "measure"]
    assert measures == [column.name for column in form.columns if column.role == "measure"]
    assert form in forms_for_columns(headings)
    assert form in forms_for_columns([heading.upper() for heading in headings])


def test_surveys_share_their_columns_and_others_do_not() -> None:
    for form in ready_forms():
        found = {other.key for other in forms_for_columns(column.name for column in form.columns)}
        assert found == (SURVEYS if form.key in SURVEYS else {form.key})


def test_a_file_of_another_kind_is_no_form() -> None:
    assert forms_for_columns([]) == ()
    assert forms_for_columns(["region", "år", "ålder", "folkmängd"]) == ()
    assert forms_for_columns(["skola", "ålder", "år", "antal"]) == (), "columns that any file has"


def test_surveys_name_their_questions_and_say_what_is_unchecked() -> None:
    for key in SURVEYS:
        form = find_ready_form(key)
        assert form is not None and len(form.items) >= 4
        assert not any(item.is_verified for item in form.items)


def test_sensitive_forms_ask_for_more_people() -> None:
    assert suggested_rule(_form("concern_reports"), "sensitive").k == 10
    assert _form("concern_reports").sensitivity == "sensitive"


def _form(key: str) -> ReadyForm:
    found = find_ready_form(key)
    assert found is not None
    return found
