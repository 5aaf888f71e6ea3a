"""A link reopens exactly the view it was copied from, and a garbled one says what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.charts import Kind, Selection, SelectionError, ShareOf

codes = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = codes.filter(bool)
lists = st.lists(codes, max_size=5).map(tuple)
selections = st.builds(
    Selection,
    x=names,
    kind=st.sampled_from(Kind),
    series=st.none(),
    x_only=lists,
    fixed=st.dictionaries(names, lists, max_size=3),
    share=st.none() | st.builds(ShareOf, names, lists, lists),
) | st.builds(Selection, x=names, series=names, series_only=lists)


@given(selections)
def test_a_link_reopens_exactly_the_view(selection):
    link = selection.to_query()
    assert Selection.from_query(link) == selection
    assert Selection.from_query("?" + link).to_query() == link


def test_a_link_can_be_read_by_people():
    selection = Selection(
        x="year",
        series="region",
        series_only=("0192", "01", "00"),
        share=ShareOf("age", ("15-17", "18-19"), ("all",)),
        fixed={"sex": ("1", "2"), "area": ("a",)},
    )
    assert selection.to_query() == (
        "kind=line&x=year&series=region:0192,01,00&share=age:15-17,18-19/all&only=area:a&only=sex:1,2"
    )


def test_the_order_in_which_things_were_fixed_does_not_change_the_link():
    one = Selection(x="x", fixed={"a": ("1",), "b": ("2",)})
    other = Selection(x="x", fixed={"b": ("2",), "a": ("1",)})
    assert one.to_query() == other.to_query()


def test_the_pages_own_keys_are_left_alone():
    assert Selection.from_query("lang=en&x=year&kind=bar&utm_source=mail") == Selection(x="year", kind=Kind.BAR)


@pytest.mark.parametrize(
    ("link", "code", "words"),
    [
        ("", "missing_key", "kind"),
        ("kind=line", "missing_key", "“x”"),
        ("kind=pie&x=year", "unknown_kind", "“pie”"),
        ("kind=line&kind=bar&x=year", "repeated_key", "twice"),
        ("kind=line&x=year:2021:2022", "bad_value", "“x”"),
        ("kind=line&x=:2021", "bad_value", "“x”"),
        ("kind=line&x=year/2021", "bad_value", "“x”"),
        ("kind=line&x=year&share=age:15/all/all", "bad_value", "“share”"),
        ("kind=line&x=year~", "bad_value", "“x”"),
        ("kind=line&x=year&only=sex:1&only=sex:2", "dimension_twice", "sex"),
        ("kind=line&x=" + "a" * 7000, "too_long", "too long"),
        ("&".join(f"a{n}=1" for n in range(200)), "too_long", "too long"),
    ],
)
def test_a_garbled_link_says_what_is_wrong_in_both_languages(link, code, words):
    with pytest.raises(SelectionError) as wrong:
        Selection.from_query(link)
    assert wrong.value.code == code
    assert words in str(wrong.value)
    assert wrong.value.text("sv") != str(wrong.value)


@given(st.text(max_size=200))
def test_any_text_is_a_view_or_a_polite_refusal(link):
    try:
        Selection.from_query(link)
    except SelectionError as wrong:
        assert wrong.text("sv")
