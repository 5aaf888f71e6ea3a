"""What is chosen in a plain form becomes the view that was meant."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from datasets.charts import Kind, Selection, ShareOf
from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import ProtectedCube, pass_through
from datasets.forms.selecting import selection_form
from datasets.forms.selection_reading import read_selection

AGES = tuple(str(age) for age in range(10, 40))


def people() -> ProtectedCube:
    """People by place (country, county, two municipalities), age and year."""
    places = (
        Category("00", {"sv": "Riket"}),
        Category("01", {"sv": "Länet"}, parent="00"),
        Category("0186", {"sv": "Lidingö"}, parent="01"),
        Category("0192", {"sv": "Nynäshamn"}, parent="01"),
    )
    dimensions = [
        Dimension("plats", {"sv": "plats"}, places, Role.GEO, total="00"),
        Dimension("ålder", {"sv": "ålder"}, tuple(Category(a, {"sv": a}) for a in AGES), summable=True),
        Dimension("år", {"sv": "år"}, (Category("2022", {}), Category("2023", {})), Role.TIME),
    ]
    return pass_through(Cube.of_values(dimensions, [100] * (4 * len(AGES) * 2)))


def chosen(query: str, place: str = "") -> Selection:
    return read_selection(QueryDict(query), people(), place)


def test_ages_are_chosen_from_one_to_another_and_counted_together_as_the_part() -> None:
    view = chosen("f-kind=line&f-x=år&f-series=plats&f-0=0192&f-share=ålder&f-1-from=15&f-1-to=29")
    assert view.share == ShareOf("ålder", AGES[5:20])
    assert view.series_only == ("0192",)


def test_the_ends_may_be_named_either_way_round() -> None:
    there, back = chosen("f-x=år&f-1-from=15&f-1-to=17"), chosen("f-x=år&f-1-from=17&f-1-to=15")
    assert there == back
    assert there.fixed == {"ålder": ("15", "16", "17")}


def test_one_end_alone_says_nothing() -> None:
    assert chosen("f-x=år&f-1-from=15").fixed == {}


def test_the_whole_of_a_share_can_be_chosen_too() -> None:
    view = chosen("f-x=år&f-share=ålder&f-1=15&f-1-whole=15&f-1-whole=16")
    assert view.share == ShareOf("ålder", ("15",), ("15", "16"))


def test_all_ticked_is_none_ticked() -> None:
    assert chosen("f-x=år&f-2=2022&f-2=2023").x_only == ()


def test_ones_own_place_comes_first_then_the_finer() -> None:
    several = "f-x=år&f-series=plats&f-0=00&f-0=01&f-0=0186&f-0=0192"
    assert chosen(several, place="0192").series_only == ()
    three = "f-x=år&f-series=plats&f-0=00&f-0=01&f-0=0192"
    assert chosen(three).series_only == ("0192", "01", "00")
    assert chosen(three, place="01").series_only == ("01", "0192", "00")


def test_a_kind_that_is_none_is_a_line() -> None:
    assert chosen("f-x=år&f-kind=pie").kind is Kind.LINE


def test_the_form_reopens_as_it_was_filled_in() -> None:
    view = chosen("f-kind=bar&f-x=år&f-share=ålder&f-1-from=15&f-1-to=29&f-0=0192")
    form = selection_form(people(), view, "sv")
    place, age, _year = form.dimensions
    assert (age.first, age.last, age.chosen) == ("15", "29", "15 – 29")
    assert not any(option.is_chosen for option in age.options), "a run is shown by its ends"
    country, county = place.options
    assert [option.code for option in county.inside] == ["0186", "0192"]
    assert county.is_open and not country.is_chosen
    assert place.chosen == "Nynäshamn"


def test_what_may_not_be_added_is_said_so() -> None:
    form = selection_form(people(), Selection("år"), "sv")
    place, age, _year = form.dimensions
    assert place.hint != age.hint
    assert [option.code for option in form.shares] == ["", "plats", "ålder"]


def test_the_axis_is_no_series_as_well() -> None:
    assert chosen("f-x=år&f-series=år").series is None


def test_several_places_become_the_series_where_there_is_none() -> None:
    view = chosen("f-x=år&f-0=0192&f-0=0186", place="0192")
    assert (view.series, view.series_only, view.fixed) == ("plats", ("0192", "0186"), {})
    assert chosen("f-x=år&f-series=ålder&f-0=0192&f-0=0186").fixed["plats"] == ("0192", "0186")


def test_of_more_than_six_series_six_are_shown_and_the_form_says_so() -> None:
    view = chosen("f-x=år&f-series=ålder")
    assert len(view.series_only) == 6
    (age,) = (field for field in selection_form(people(), view, "sv").dimensions if field.name == "f-1")
    assert "6" in age.hint and "30" in age.hint


def test_years_are_put_together_only_along_an_axis_of_time() -> None:
    assert chosen("f-x=år&f-pool=3").pool == 3
    assert chosen("f-x=plats&f-pool=3").pool == 0
    assert chosen("f-x=år&f-pool=99").pool == 0


def test_a_kind_that_does_not_fit_says_why_in_the_form() -> None:
    kinds = {kind.code: kind for kind in selection_form(people(), chosen("f-x=år&f-kind=dots"), "sv").kinds}
    assert kinds["line"].is_chosen and kinds["line"].is_proposed
    assert kinds["dots"].problem and not kinds["dots"].is_chosen


def test_the_form_remembers_pooled_years_and_why_places_were_chosen() -> None:
    view = replace(chosen("f-x=år&f-series=plats&f-0=0192&f-0=0186", place="0192"), is_like=True, pool=2)
    form = selection_form(people(), view, "sv")
    assert (form.pool, form.like) == (2, "0192|0186")
    places = "f-x=år&f-series=plats&f-0=0192&f-0=0186"
    assert chosen(f"{places}&f-like={form.like}&f-pool=2", place="0192") == view
    assert not chosen(f"{places}&f-0=01&f-like={form.like}").is_like, "another place was ticked"
