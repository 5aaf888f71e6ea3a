"""What a person says over the columns of a file becomes how the file is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict

from datasets.cubes import Reason
from datasets.forms.columns import columns_form, looked_at_anew, read_mapping
from datasets.importers import ColumnRole, CsvMapping, MappingError, sniff_csv

FILE = "kod;namn;år;antal;andel\nA1;Ek;2023;40;..\nB2;Alm;2023;31;1,5\n"


@pytest.fixture
def mapping() -> CsvMapping:
    found = sniff_csv(FILE.encode()).mapping
    assert found is not None
    return found


def as_shown(mapping: CsvMapping) -> QueryDict:
    """The form as the page shows it, untouched."""
    form, sent = columns_form(mapping, {}, []), QueryDict(mutable=True)
    for column in form.columns:
        sent[f"{column.name}-role"] = next(role.value for role in column.roles if role.is_chosen)
        sent[f"{column.name}-name"] = column.shown_name
        sent[f"{column.name}-unit"] = column.unit
        if column.summable:
            sent[f"{column.name}-sum"] = "on"
    for sign in form.signs:
        sent[sign.name] = next(meaning.value for meaning in sign.meanings if meaning.is_chosen)
    sent["separator"] = next(sign.value for sign in form.separators if sign.is_chosen)
    sent["decimal"] = next(sign.value for sign in form.decimals if sign.is_chosen)
    return sent


def test_a_form_sent_as_it_was_shown_changes_nothing(mapping: CsvMapping) -> None:
    assert read_mapping(as_shown(mapping), mapping) == mapping


def test_an_empty_form_changes_nothing_either(mapping: CsvMapping) -> None:
    assert read_mapping(QueryDict(), mapping) == mapping


def test_another_separator_or_sheet_is_looked_at_anew(mapping: CsvMapping) -> None:
    assert looked_at_anew(as_shown(mapping), mapping) is None
    assert looked_at_anew(QueryDict("separator=,"), mapping) == {"separator": ","}
    assert looked_at_anew(QueryDict("separator=q"), mapping) is None
    workbook = replace(mapping, sheet="Data", separator="")
    assert looked_at_anew(QueryDict("sheet=Annat&separator=,"), workbook) == {"sheet": "Annat"}
    assert not columns_form(workbook, {}, []).separators


def test_roles_names_units_and_sums_are_taken_over(mapping: CsvMapping) -> None:
    sent = as_shown(mapping)
    sent["c-4-role"], sent["c-4-unit"], sent["c-4-name"] = "measure", "elever", "Elever"
    sent["c-5-role"] = "left_out"
    sent.pop("c-1-sum", None)
    changed = read_mapping(sent, mapping)
    assert changed.columns[3].unit == "elever"
    assert changed.columns[3].shown == "Elever"
    assert changed.columns[4].role is ColumnRole.LEFT_OUT
    assert not changed.columns[0].summable


def test_a_sign_can_mean_another_thing_but_never_that_we_hid_it(mapping: CsvMapping) -> None:
    sent = as_shown(mapping)
    sign = next(field.name for field in columns_form(mapping, {}, []).signs if field.sign == "..")
    sent[sign] = "nil"
    assert read_mapping(sent, mapping).signs[".."] is Reason.NIL
    sent[sign] = "suppressed"
    assert read_mapping(sent, mapping).signs[".."] is mapping.signs[".."]


def test_names_belong_to_the_codes_beside_them(mapping: CsvMapping) -> None:
    sent = as_shown(mapping)
    sent["c-1-role"], sent["c-2-role"] = "dimension", "label"
    assert read_mapping(sent, mapping).columns[1].labels == "kod"
    sent["c-1-role"] = sent["c-3-role"] = "left_out"
    with pytest.raises(MappingError):
        read_mapping(sent, mapping)


def test_a_role_that_is_none_is_left_as_it_was(mapping: CsvMapping) -> None:
    sent = as_shown(mapping)
    sent["c-1-role"] = "person"
    assert read_mapping(sent, mapping).columns[0].role is mapping.columns[0].role


def test_the_decimal_sign_and_the_thousands_sign_never_meet(mapping: CsvMapping) -> None:
    sent = as_shown(mapping)
    sent["decimal"] = "."
    changed = read_mapping(sent, mapping)
    assert changed.decimal == "."
    assert changed.thousands != "."
