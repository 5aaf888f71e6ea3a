"""A frozen chart says what has been revised since, shows which, and keeps its address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction

from datasets.exports import revised_figures
from datasets.models import Chart, Release
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, dimension, publish, published_dataset
from tests.texts import without_keys
from tests.world import World

SECRET = 3


@pytest.fixture
def frozen(world: World) -> Chart:
    """A chart of every school and year, at the first release; then the newest figure is put right."""
    dataset = published_dataset(
        world.alvik, "Frånvaro", cube=absence(SECRET), department=world.departments["Skola"]
    )
    with transaction.atomic(), scope(world.alvik.pk):
        chart: Chart = Chart.objects.create(
            dataset=dataset,
            release=Release.objects.get(dataset=dataset, number=1),
            table_code="main",
            query="kind=bar&x=Skola&series=År",
            title="Frånvaro per skola",
        )
    return chart


@pytest.fixture
def look(visit: Any, frozen: Chart) -> Any:
    def open_page(name: str = "chart-detail", who: str = "vera", **more: Any) -> Any:
        return visit(name, who, slug="alvik", chart_id=frozen.pk, **more)

    return open_page


def test_at_the_newest_release_there_is_nothing_to_say(look: Any) -> None:
    assert told("Look at the newest") not in text_of(look())
    assert look("chart-revised").status_code == 302


def test_it_says_how_many_values_have_been_revised_and_shows_which(look: Any, frozen: Chart) -> None:
    publish(frozen.dataset, absence(SECRET, last=900), changes="Rättat för Lind")
    page = look().content.decode()
    assert "1 värde har ändrats sedan dess." in page
    assert f"/k/alvik/data/diagram/{frozen.pk}/andrat/" in page
    assert "900" not in without_keys(page), "the chart itself stays as it was"
    which = text_of(look("chart-revised"))
    for wanted in ("Lind", "2023", "61", "900", "Rättat för Lind"):
        assert wanted in which


def test_the_newest_can_be_looked_at(look: Any, visit: Any, frozen: Chart) -> None:
    publish(frozen.dataset, absence(SECRET, last=900))
    page = look().content.decode()
    at = page.index(f"/k/alvik/data/{frozen.dataset_id}/diagram/?table=main")
    link = page[at : page.index('"', at)].replace("&amp;", "&")
    assert "900" in text_of(visit(link, "vera"))


def test_a_hidden_figure_is_never_told_as_revised(look: Any, frozen: Chart) -> None:
    """The small school grows so that it is shown: nothing is said of what it was."""
    publish(frozen.dataset, absence(40, last=61))
    page = text_of(look("chart-revised")) + text_of(look())
    assert "Ek" not in text_of(look("chart-revised")).partition("<tbody>")[2].partition("</tbody>")[0]
    assert "visas inte: för få svar" in page


def test_a_view_that_is_gone_is_said_to_be(look: Any, frozen: Chart) -> None:
    cube = absence(SECRET)
    publish(frozen.dataset, type(cube).of_values([dimension("Årskurs", ("7", "8"))], [70, 80], title=cube.title))
    assert told("There are newer figures, and this view is no longer among them.") in text_of(look())


def test_files_from_a_frozen_chart_say_the_same(visit: Any, look: Any, frozen: Chart) -> None:
    publish(frozen.dataset, absence(SECRET, last=900))
    page = look().content.decode()
    at = page.index(f"/k/alvik/data/{frozen.dataset_id}/diagram/ladda-ner/")
    link = page[at : page.index('"', at)].replace("&amp;", "&")
    assert "1 värde har ändrats sedan dess." in text_of(visit(link, "vera"))
    svg = visit(link.replace("/ladda-ner/", "/ladda-ner/svg/"), "vera").content.decode()
    svg = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", svg))
    assert "1 värde har ändrats sedan dess." in svg
    assert "Utgåva 1" in svg


def test_a_short_address_leads_to_the_chart(world: World, visit: Any, frozen: Chart) -> None:
    code = frozen.pk.hex[:10]
    answer = visit("chart-short", "vera", slug="alvik", short_code=code)
    assert answer["Location"].endswith(f"/{frozen.pk}/")
    for wrong in (code[:9], code + "a", "zzzzzzzzzz", "0" * 10):
        assert visit("chart-short", "vera", slug="alvik", short_code=wrong).status_code == 404
    assert visit("chart-short", "bo", slug="bjorkvik", short_code=code).status_code == 404


def test_charts_that_cannot_be_compared_have_no_figure_in_common(spec_of: Any) -> None:
    one, other = spec_of(absence(SECRET)), spec_of(absence(SECRET, last=62))
    (found,) = revised_figures(one, other)
    assert (found.step, found.series, found.before, found.after) == ("Lind", "2023", "61", "62")
    assert revised_figures(one, one) == ()


@pytest.fixture
def spec_of() -> Any:
    from datasets.charts import Kind, Selection, build_chart
    from datasets.disclosure import pass_through

    return lambda cube: build_chart(pass_through(cube), Selection("Skola", Kind.BAR, "År"), lang="sv")
