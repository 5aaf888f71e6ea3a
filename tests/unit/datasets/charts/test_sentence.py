"""The finding in one sentence: true, in plain words, and no surer than the figures."""

from dataclasses import replace

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, ShareOf
from datasets.cubes import Category, Cube, Dimension, Reason, Role, Unit
from tests.unit.datasets.charts.drawing import draw

YOUNG = ("15-17", "18-19", "20-24", "25-29")
SAMPLE = About(is_sample=True)
TRUE = ShareOf("answer", ("3",))


def said(cube, selection, lang="sv", about=None):
    return draw(cube, selection, lang=lang, about=about).sentence.replace("\u00a0", " ")


def test_a_line_tells_the_latest_figure_and_its_change(births):
    selection = Selection(x="year", fixed={"region": ("0101",)})
    assert said(births, selection) == "År 2023 var antalet 1 200 i Lilleby, 200 fler än 2021."
    assert said(births, selection, "en") == "In 2023 the number was 1,200 in Lilleby, 200 more than in 2021."


def test_places_are_set_against_the_first(births):
    selection = Selection(x="year", series="region", series_only=("0101", "01", "00"), share=ShareOf("age", YOUNG))
    assert said(births, selection) == (
        "År 2023 var andelen 70,0 % i Lilleby, samma som 2021. "
        "Det är högre än i Testlän (60,0 %) och i Riket (66,0 %)."
    )


def test_a_change_of_shares_is_counted_in_percentage_points():
    cube = line([40.0, 43.25], unit="%")
    assert said(cube, Selection(x="t")) == "År 2022 var andelen 43,25 %, 3,25 procentenheter högre än 2021."
    assert said(line([40.0, 41.0], unit="%"), Selection(x="t")).endswith("41 %, 1 procentenhet högre än 2021.")
    assert said(line([40.0, 41.0], unit="%"), Selection(x="t"), "en").endswith(
        "1 percentage point higher than in 2021."
    )


def test_the_change_agrees_with_the_figures_as_written():
    # 1.25 → 1.3 and 1.34 → 1.3: whoever reads the two sees no change.
    cube = line([1.25, 1.34], unit="poäng", decimals=1)
    assert said(cube, Selection(x="t")) == "År 2022 var värdet 1,3 poäng, samma som 2021."


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sv", "År 2023 var andelen 20 % för killar, 10 procentenheter lägre än 2022. "
               "Det är lägre än för tjejer (75 %)."),
        ("en", "In 2023 the share was 20% for boys, 10 percentage points lower than in 2022. "
               "That is lower than for girls (75%)."),
    ],
)  # fmt: skip
def test_a_certain_change_in_a_survey(survey, lang, words):
    selection = Selection(x="round", series="group", series_only=("m", "w"), share=TRUE)
    assert said(survey, selection, lang, SAMPLE) == words


def test_an_uncertain_change_is_called_so(survey):
    smaller = Cube(survey.dimensions, np.round(survey.values / 10), survey.statuses, unit=survey.unit)
    selection = Selection(x="round", series="group", series_only=("m", "w"), share=TRUE)
    assert said(smaller, selection, about=SAMPLE) == (
        "År 2023 var andelen 20 % för killar, ingen säker skillnad mot 2022 (30 %). "
        "Det är lägre än för tjejer (75 %)."
    )


def test_two_groups_alike_in_a_survey_are_not_told_apart(survey):
    selection = Selection(x="group", kind=Kind.BAR, share=TRUE, fixed={"round": ("2022",)})
    assert said(survey, selection, about=SAMPLE) == "Andelen är densamma för alla: 30 %."
    partly = replace(selection, share=ShareOf("answer", ("2",)))
    assert said(survey, partly, about=SAMPLE) == (
        "Andelen är störst för killar (42 %) och minst för tjejer (40 %), "
        "men det är ingen säker skillnad mellan dem."
    )


def test_figures_of_a_sample_that_read_the_same_are_not_called_the_same(survey):
    equal = np.repeat(survey.values[:, :1, :1], 2, axis=1).repeat(2, axis=2)
    cube = Cube(survey.dimensions, equal, survey.statuses, unit=survey.unit)
    selection = Selection(x="round", series="group", series_only=("m", "w"), share=TRUE)
    assert said(cube, selection, about=SAMPLE) == (
        "År 2023 var andelen 30 % för killar, ingen säker skillnad mot 2022 (30 %). "
        "Ingen säker skillnad mot tjejer (30 %)."
    )
    assert said(cube, selection) == (
        "År 2023 var andelen 30,0 % för killar, samma som 2022. Det är detsamma som för tjejer (30,0 %)."
    )


def test_bars_tell_the_largest_and_the_smallest(births):
    selection = Selection(x="age", kind=Kind.BAR, x_only=YOUNG, fixed={"region": ("00",), "year": ("2023",)})
    assert said(births, selection) == "Antalet är störst för ålder 25–29 (9 600) och minst för ålder 15–17 (480)."


def test_answers_of_several_words_are_quoted(survey):
    selection = Selection(
        x="answer", kind=Kind.BAR, share=ShareOf("answer"), fixed={"group": ("w",), "round": ("2023",)}
    )
    assert said(survey, selection, about=SAMPLE) == (
        "Andelen är störst för ”Stämmer helt” (75 %) och minst för ”Stämmer inte” (5 %)."
    )


def test_groups_of_bars_tell_the_largest_certain_difference(survey):
    selection = Selection(
        x="answer", kind=Kind.BAR, series="group", share=ShareOf("answer"), fixed={"round": ("2023",)}
    )
    assert said(survey, selection, about=SAMPLE) == (
        "Skillnaden är störst för ”Stämmer helt”: tjejer 75 %, killar 20 %. "
        "3 av 3 jämförelser visar en säker skillnad."
    )
    earlier = replace(selection, fixed={"round": ("2022",)})
    assert said(survey, earlier, about=SAMPLE) == "Ingen säker skillnad mellan tjejer och killar."
    assert said(survey, earlier, "en", SAMPLE) == "No certain difference between girls and boys."


def test_material_for_exploring_never_ranks_places(births):
    about = About(fit_for=frozenset({2}))
    bars = Selection(x="region", kind=Kind.BAR, share=ShareOf("age", ("15-17",)), fixed={"year": ("2023",)})
    assert "störst" not in said(births, bars, about=about)
    lines = Selection(x="year", series="region", series_only=("0101", "01"), share=ShareOf("age", YOUNG))
    words = said(births, lines, about=about)
    assert words.endswith("Samtidigt var andelen 60,0 % i Testlän.")
    spec = draw(births, lines, lang="sv", about=about)
    assert "rangordna" in spec.reading.caution
    assert draw(births, lines, lang="sv").reading.caution == ""


def test_a_hidden_latest_figure_gives_way_to_the_latest_shown(births, hide):
    cube = hide(births, {"region": "0101", "year": "2023"})
    assert said(cube, Selection(x="year", fixed={"region": ("0101",)})) == (
        "År 2022 var antalet 1 100 i Lilleby, 100 fler än 2021. 2023 visas inte: för få svar."
    )


def test_several_hidden_figures_are_counted(births, hide):
    cube = hide(births, {"region": "0101", "year": "2023"}, {"region": "0101", "year": "2021"})
    assert said(cube, Selection(x="year", fixed={"region": ("0101",)}), "en") == (
        "In 2022 the number was 1,100 in Lilleby. 2 figures are not shown: too few answers."
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.SUPPRESSED, "Inga värden visas här: för få svar."),
        (Reason.NOT_AVAILABLE, "Det finns inga siffror att visa här."),
    ],
)
def test_nothing_to_show_is_said(births, hide, reason, words):
    cube = hide(births, {}, reason=reason)
    assert said(cube, Selection(x="year", fixed={"region": ("0101",)})) == words


def test_a_language_that_we_lack_gets_english_words_and_its_own_numbers(births):
    words = said(births, Selection(x="year", fixed={"region": ("0101",)}), "de")
    assert words == "In 2023 the number was 1.200 i Lilleby, 200 more than in 2021.".replace(" i ", " in ")


def test_one_series_among_several_places_is_hidden_without_a_word_of_its_size(births, hide):
    cube = hide(births, {"region": "01", "year": "2023"})
    selection = Selection(x="year", series="region", series_only=("0101", "01"), share=ShareOf("age", YOUNG))
    assert said(cube, selection).endswith("2023, Testlän, visas inte: för få svar.")


def line(figures, unit, decimals=None):
    years = tuple(Category(str(2021 + n), {"sv": str(2021 + n)}) for n in range(len(figures)))
    time = Dimension("t", {"sv": "år"}, years, role=Role.TIME)
    return Cube.of_values((time,), figures, unit=Unit({"sv": unit}, decimals))
