"""Exploring: asking in one's own words, what is lacking, and the stages of life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from datasets.cubes import Cube, Role
from datasets.disclosure import AggregationRule, pass_through
from datasets.models import Dataset
from datasets.services.releases import release_publish
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.tables import dimension, make_dataset, publish
from tests.world import World

Visit = Callable[..., Any]


def by_age(world: World, title: str, *ages: str, **given: Any) -> Dataset:
    """A data set whose newest figures are told apart by age."""
    dataset = make_dataset(world.alvik, title, **given)
    age, year = dimension("Ålder", [f"{one} år" for one in ages]), dimension("År", ["2024"], Role.TIME)
    publish(dataset, Cube.of_values([age, year], [[80]] * len(ages), title={"sv": title}))
    return dataset


def page(visit: Visit, name: str, question: str = "", who: str = "alma") -> BeautifulSoup:
    query = f"?{urlencode({'q': question})}" if question else ""
    response = visit(name, who, slug="alvik", query=query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def test_every_example_question_is_one_that_can_be_asked(world: World, visit: Visit) -> None:
    asked = [link["href"] for link in page(visit, "explore").select("main a[href^='?q=']")]
    assert len(asked) > 3
    for address in asked:
        assert visit("explore", slug="alvik", query=address).status_code == 200


def test_an_answer_says_which_part_of_the_question_it_tells_of(world: World, visit: Visit) -> None:
    by_age(world, "Tid på fritidsgården", "16–19", factors=["leisure"])
    found = page(visit, "explore", "Vad gör unga på fritiden?")
    assert "Tid på fritidsgården" in words(found.main)
    assert "fritiden" in words(found.select_one("article.card"))


def test_an_empty_answer_leads_on(world: World, visit: Visit) -> None:
    by_age(world, "Boklån på biblioteket", "16–19")
    found = page(visit, "explore", "bibliotkeet")
    assert found.select_one("main a[href*='biblioteket']") is not None, "the near word can be followed"
    assert found.select_one("main a[href$='/utforska/saknas/']") is not None


def test_a_question_is_shown_as_text_and_never_as_markup(world: World, visit: Visit) -> None:
    found = visit("explore", slug="alvik", query="?q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in found


def test_a_data_set_of_another_municipality_is_in_no_answer_gap_or_stage(world: World, visit: Visit) -> None:
    dataset = make_dataset(world.bjorkvik, "Hemliga placeringar", themes=["wellbeing"], factors=["meaning"])
    age, year = dimension("Ålder", ["16–19 år"]), dimension("År", ["2024"], Role.TIME)
    publish(dataset, Cube.of_values([age, year], [[80]], title={"sv": "Hemligt"}))
    before = [words(page(visit, name).main) for name in ("data-gaps", "life-stages")]
    assert "Hemliga" not in words(page(visit, "explore", "hemliga placeringar").main)
    assert not any("Hemliga" in text for text in before)
    table = page(visit, "data-gaps").select("tbody td")
    assert not any(cell.select_one("a") for cell in table)


def test_gaps_name_the_groups_that_nothing_tells_of(world: World, visit: Visit) -> None:
    by_age(world, "Nöjd med fritiden", "15–17", "18–19", themes=["leisure"])
    found = page(visit, "data-gaps")
    heads = [words(head) for head in found.select("thead th")]
    assert {"15–19 år, utanför skolan", "20–24 år", "25–29 år"} <= set(heads)
    leisure = next(row for row in found.select("tbody tr") if words(row.th) == "Fritid")
    cells = [words(cell) for cell in leisure.select("td")]
    assert cells[0].startswith("1") and cells[1].startswith("1")
    assert cells[2:5] == ["inget"] * 3
    listed = leisure.select_one("td a")
    assert "Nöjd med fritiden" in words(BeautifulSoup(visit(listed["href"]).content, "html.parser").main)


def test_each_stage_of_life_has_its_data_wellbeing_first(world: World, visit: Visit) -> None:
    by_age(world, "Anmälningar", "18–19", measures="risk")
    by_age(world, "Trivsel", "18–19", measures="wellbeing")
    by_age(world, "Hela gruppen", "15–29")
    found = page(visit, "life-stages")
    stage = found.select("main section.card")[1]
    assert [words(link) for link in stage.select("li > a")] == ["Trivsel", "Anmälningar"]
    assert "Hela gruppen" not in words(found.main)


@pytest.mark.parametrize("who", ["olle", "vera"])
def test_everybody_of_the_municipality_may_explore(world: World, visit: Visit, who: str) -> None:
    for name in ("explore", "data-gaps", "life-stages"):
        page(visit, name, who=who)


def test_a_stage_leads_to_the_chart_of_that_age_alone(world: World, visit: Visit) -> None:
    dataset = make_dataset(world.alvik, "Trivsel", factors=["joy"])
    age = dimension("Ålder", ["15–17 år", "18–19 år", "20–24 år"])
    year = dimension("År", ["2023", "2024"], Role.TIME)
    publish(dataset, Cube.of_values([age, year], [[81, 82], [91, 92], [71, 72]], title={"sv": "Trivsel"}))
    link = page(visit, "life-stages").select("main section.card")[1].select_one("li > a")
    shown = BeautifulSoup(visit(link["href"]).content, "html.parser")
    table = words(shown.select_one("table"))
    assert "92" in table
    assert not {"82", "72"} & set(table.split())


def test_a_surveys_data_set_leads_on_to_the_question_that_answers(world: World, visit: Visit) -> None:
    given = {"origin": Dataset.Origin.SURVEY, "origin_ref": "1", "sensitivity": "open"}
    dataset = make_dataset(world.alvik, "Fritid: Ungas röst 2024", **given)
    on_the_bus = "Hur trygg är du på bussen?"
    asked = {"q1": on_the_bus, "q1.kon": f"{on_the_bus} (efter kön)", "q2": "Hur sover du?"}
    year = dimension("År", ["2024"], Role.TIME)
    rule = AggregationRule.from_json(dataset.rule)
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        tables = [
            (code, {"sv": title}, pass_through(Cube.of_values([year], [80], title={"sv": title}), rule))
            for code, title in asked.items()
        ]
        release_publish(dataset=dataset, tables=tables, rule=rule, by=None)
    found = page(visit, "explore", "trygga bussar").select_one("article.card")
    links = {link["href"].partition("?")[2]: words(link) for link in found.select("a[href*='table=']")}
    assert links == {"table=q1": asked["q1"], "table=q1.kon": asked["q1.kon"]}
    assert visit("chart-view", "alma", slug="alvik", dataset_id=dataset.pk, query="?table=q1").status_code == 200


def test_a_file_is_not_led_into(world: World, visit: Visit) -> None:
    by_age(world, "Trygghet på bussen", "16–19")
    assert not page(visit, "explore", "trygghet").select("article.card a[href*='table=']")
