"""A view of a data set: the page, its link, its file, and the views that people save."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction

from datasets.disclosure import AlteredRelease
from datasets.models import Chart
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, publish, published_dataset, saved_chart
from tests.texts import without_keys
from tests.world import World

SECRET = 3
"""A count too small to be shown; it stands nowhere on any page."""


@pytest.fixture
def shown(world: World, visit: Any) -> Any:
    dataset = published_dataset(
        world.alvik, "Frånvaro", cube=absence(SECRET), department=world.departments["Skola"]
    )

    def look(query: str = "", name: str = "chart-view", who: str = "vera") -> Any:
        return visit(name, who, slug="alvik", dataset_id=dataset.pk, query=query)

    look.dataset = dataset  # type: ignore[attr-defined]
    return look


def test_without_script_the_sentence_and_the_table_are_there(shown: Any) -> None:
    page = text_of(shown())
    assert "<table" in page
    assert "visas inte: för få svar" in page
    assert 'class="chart__sentence"' in page


def test_a_hidden_figure_stands_nowhere(shown: Any) -> None:
    """Not on the page, in the chart's data or the file; nor any figure that it could be worked out from."""
    everything = "?" + urlencode({"kind": "bar", "x": "Skola", "only": "År:2022"})
    rows = list(csv.reader(io.StringIO(shown(everything, "chart-csv").content.decode("utf-8-sig")), delimiter=";"))
    value = rows[0].index("Värde")
    assert {row[0]: row[value] for row in rows[1:]}["Ek"] == ""
    page = without_keys(text_of(shown(everything)))
    assert ">3<" not in page
    assert "158" not in page, "the total less the other schools would tell it"
    for year, seen in (("2022", False), ("2023", True)):
        by_year = without_keys(text_of(shown("?" + urlencode({"kind": "bar", "x": f"År:{year}"}))))
        assert ("191" in by_year) is seen
        assert ("visas inte" in by_year) is not seen


def test_a_view_has_a_link_that_reopens_it(shown: Any, visit: Any) -> None:
    sent = shown("?" + urlencode({"f-kind": "bar", "f-x": "Skola", "f-series": "År", "f-share": "", "f-0": "Bok"}))
    assert sent.status_code == 302
    page = visit(sent["Location"], "vera")
    assert page.status_code == 200
    assert "?kind=bar&amp;x=Skola:Bok&amp;series=" in page.content.decode()
    data = page.content.decode().partition('type="application/json">')[2].partition("</script>")[0]
    assert data in visit(sent["Location"], "vera").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?kind=bar",
        "?kind=pie&x=Skola",
        "?kind=bar&x=Hemkommun",
        "?kind=bar&x=Skola:Ek,Okänd",
        "?kind=bar&x=Skola&x=År",
        "?kind=bar&x=Skola&share=Skola:Ek/Alm",
        "?kind=bar&x=" + "x" * 7000,
        "?f-x=",
    ],
)
def test_a_link_that_cannot_be_followed_says_why_and_shows_a_first_view(shown: Any, query: str) -> None:
    page = shown(query)
    assert page.status_code == 400
    assert told("Another view is shown") in text_of(page)
    assert "<table" in text_of(page)
    assert shown(query, "chart-csv").status_code == 302


def test_choices_that_cannot_be_shown_stay_in_the_form(shown: Any) -> None:
    """Years are no whole that a share can be taken of: the schools that were ticked are ticked still."""
    sent = {"f-kind": "bar", "f-x": "Skola", "f-share": "År", "f-0": ["Ek", "Lind"], "f-1": "2022"}
    page = shown("?" + urlencode(sent, doseq=True))
    assert page.status_code == 400
    assert 'name="f-0" value="Ek" checked' in text_of(page)
    assert 'name="f-0" value="Lind" checked' in text_of(page)
    assert 'name="f-0" value="Bok" checked' not in text_of(page)


@pytest.mark.parametrize("query", ["?table=annan", "?utgava=7", "?utgava=x", "?utgava=-1"])
def test_a_table_or_release_that_is_not_there_is_not_found(shown: Any, query: str) -> None:
    assert shown(query).status_code == 404


def test_an_older_release_can_still_be_seen_and_says_so(world: World, shown: Any) -> None:
    publish(shown.dataset, absence(400), changes="Rättat")
    assert told("There are newer ones.").split(".")[0][:5] in text_of(shown("?utgava=1")) or "utgava" in text_of(
        shown("?utgava=1")
    )
    assert 'name="utgava" value="1"' in text_of(shown("?utgava=1"))
    assert 'name="utgava"' not in text_of(shown())


def test_the_file_carries_source_and_status_in_words(shown: Any) -> None:
    answer = shown(name="chart-csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.content.decode("utf-8-sig")
    assert "Skolans system" in text
    assert "visas inte: för få svar" in text


def test_the_form_offers_only_sums_that_are_lawful(world: World, shown: Any) -> None:
    page = text_of(shown())
    assert told("A line or a bar for each: six at most.") in page
    assert shown("?" + urlencode({"kind": "bar", "x": "Skola", "only": "År:2022,2023"})).status_code == 400


def save(visit: Any, dataset: Any, who: str = "olle", **given: str) -> Any:
    data = {"title": "Per skola", "note": "", "query": "kind=bar&x=Skola&only=År:2022", "table": "main", **given}
    return visit("chart-save", who, data=data, slug="alvik", dataset_id=dataset.pk)


def test_a_saved_chart_follows_the_data_until_it_is_frozen(world: World, shown: Any, visit: Any) -> None:
    answer = save(visit, shown.dataset, note="Här ser vi var det ökar.")
    assert answer.status_code == 302
    page = text_of(visit(answer["Location"], "vera"))
    assert "Här ser vi var det ökar." in page

    with transaction.atomic(), scope(world.alvik.pk):
        chart = Chart.objects.get()
    visit("chart-freeze", "olle", data={}, slug="alvik", chart_id=chart.pk)
    publish(shown.dataset, absence(SECRET, last=900))
    assert "900" not in without_keys(text_of(visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk)))
    following = save(visit, shown.dataset, title="Följer", query="kind=bar&x=Skola&only=År:2023")
    assert "900" in text_of(visit(following["Location"], "vera"))


def test_a_chart_is_saved_frozen_when_asked(world: World, shown: Any, visit: Any) -> None:
    save(visit, shown.dataset, is_frozen="on")
    with transaction.atomic(), scope(world.alvik.pk):
        chart = Chart.objects.get()
        assert chart.release is not None
        assert chart.release.number == 1


@pytest.mark.parametrize(
    "given", [{"title": ""}, {"title": "t" * 10_000}, {"query": "kind=bar&x=Okänd"}, {"query": "nonsense"}]
)
def test_a_chart_that_makes_no_sense_is_not_saved(
    world: World, shown: Any, visit: Any, given: dict[str, str]
) -> None:
    assert save(visit, shown.dataset, **given).status_code == 422
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Chart.objects.exists()


def test_a_saved_chart_is_removed_by_its_own_tenant(world: World, shown: Any, visit: Any) -> None:
    chart = saved_chart(world, shown.dataset)
    assert visit("chart-remove", "bo", data={}, slug="bjorkvik", chart_id=chart.pk).status_code == 404
    assert visit("chart-remove", "vera", data={}, slug="alvik", chart_id=chart.pk).status_code == 404
    assert visit("chart-remove", "olle", data={}, slug="alvik", chart_id=chart.pk).status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Chart.objects.exists()


def test_a_release_that_was_tampered_with_is_not_shown(world: World, shown: Any, visit: Any) -> None:
    """Whoever got past trigger and rights changed a figure: the hash tells, and nothing is shown."""
    with working_as("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE datasets_releasetable DISABLE TRIGGER release_is_final")
        with transaction.atomic(), scope(world.alvik.pk):
            cursor.execute("UPDATE datasets_releasetable SET values[2] = 32")
        cursor.execute("ALTER TABLE datasets_releasetable ENABLE TRIGGER release_is_final")
    with pytest.raises(AlteredRelease):
        shown()


def test_public_pages_show_only_what_was_opened(world: World, shown: Any, visit: Any) -> None:
    other = published_dataset(world.alvik, "Bara vårt", sensitivity="open")
    visit("dataset-open", "adam", data={}, slug="alvik", dataset_id=shown.dataset.pk)
    page = text_of(visit("public-dataset-detail", None, slug="alvik", dataset_id=shown.dataset.pk))
    assert "visas inte: för få svar" in page
    assert told("For you who answer for it") not in page
    assert "Bara vårt" not in text_of(visit("public-dataset-list", None, slug="alvik"))
    assert visit("public-dataset-detail", None, slug="alvik", dataset_id=other.pk).status_code == 404
    # One municipality's data set is not found at another's address.
    assert visit("public-dataset-detail", None, slug="bjorkvik", dataset_id=shown.dataset.pk).status_code == 404
    file = visit("public-dataset-csv", None, slug="alvik", dataset_id=shown.dataset.pk)
    assert "visas inte" in file.content.decode("utf-8-sig")
