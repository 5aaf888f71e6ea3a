"""Finding data sets: the best answer first, and never a word about what is another's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import transaction

from datasets.cubes import Cube, Role
from datasets.exploring.finding import did_you_mean, told_by
from datasets.models import Dataset
from datasets.selectors import DatasetSearch, datasets_for
from datasets.services.registration import dataset_describe
from portal.tenancy.scope import scope
from tests.tables import dimension, make_dataset, publish
from tests.world import World

pytestmark = pytest.mark.django_db


def found(world: World, words: str, **given: Any) -> list[str]:
    with transaction.atomic(), scope(world.alvik.pk):
        return [dataset.title for dataset in datasets_for(DatasetSearch(words=words, **given))]


def survey(world: World) -> Dataset:
    dataset = make_dataset(world.alvik, "Livet som helhet", themes=["wellbeing"], factors=["meaning"])
    work = dimension("sysselsättning", ["studerar", "varken arbetar eller studerar"])
    cube = Cube.of_values(
        [work, dimension("År", ["2024"], Role.TIME)], [[400], [60]], title={"sv": "Nöjd med livet"}
    )
    publish(dataset, cube)
    return dataset


def test_a_question_finds_what_answers_all_of_it_before_what_answers_some(world: World) -> None:
    make_dataset(world.alvik, "Invånare efter ålder")
    make_dataset(world.alvik, "Inskrivna arbetslösa", themes=["neither_work_nor_study"])
    survey(world)
    question = "Hur mår unga som varken arbetar eller studerar?"
    assert found(world, question) == ["Livet som helhet", "Inskrivna arbetslösa"]
    with transaction.atomic(), scope(world.alvik.pk):
        first = datasets_for(DatasetSearch(words=question)).first()
        assert first is not None
        assert told_by([first], question)[first.pk] == ["mår", "varken arbetar eller studerar"]


@pytest.mark.parametrize("words", ["frånvaron", "FRÅNVARO", "skolfrånvaro", "ogiltig frånvaro per skola"])
def test_forms_of_a_word_and_words_written_together_are_found(world: World, words: str) -> None:
    make_dataset(world.alvik, "Ogiltig frånvaro i gymnasieskolan")
    assert found(world, words) == ["Ogiltig frånvaro i gymnasieskolan"]


def test_a_part_of_a_longer_word_is_found_and_so_is_a_category(world: World) -> None:
    publish(make_dataset(world.alvik, "Musikskoleelever"))
    assert found(world, "elever") == ["Musikskoleelever"]
    assert found(world, "Lind") == ["Musikskoleelever"], "a school's name is a category of the table"


def test_a_misspelt_word_is_asked_back(world: World) -> None:
    make_dataset(world.alvik, "Boklån på biblioteket")
    with transaction.atomic(), scope(world.alvik.pk):
        assert did_you_mean(Dataset.objects.all(), "bibliotkeet") == "biblioteket"
        assert did_you_mean(Dataset.objects.all(), "biblioteket") == ""


def test_nothing_of_another_municipality_is_found_counted_or_suggested(world: World) -> None:
    make_dataset(world.bjorkvik, "Hemliga placeringar", themes=["wellbeing"])
    assert found(world, "hemliga placeringar") == []
    with transaction.atomic(), scope(world.alvik.pk):
        assert did_you_mean(Dataset.objects.all(), "placeringr") == ""


def test_the_order_says_nothing_of_what_another_has(world: World) -> None:
    for title in ("Fritid i siffror", "Fritid och rörelse"):
        make_dataset(world.alvik, title, themes=["leisure"])
    before = found(world, "fritid rörelse")
    for number in range(5):
        make_dataset(world.bjorkvik, f"Fritid och rörelse {number}", themes=["leisure"])
    assert found(world, "fritid rörelse") == before


def test_a_changed_title_is_found_by_its_new_words_only(world: World) -> None:
    dataset = make_dataset(world.alvik, "Besök i simhallen")
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_describe(dataset=dataset, by=world.alma, title="Besök på ishallen")
    assert found(world, "simhallen") == []
    assert found(world, "ishall") == ["Besök på ishallen"]


@pytest.mark.parametrize("words", ["'", "a & b | !c", "\\", "%", "_", "<script>", "😀", "x" * 100, ":*"])
def test_no_sign_breaks_the_search(world: World, visit: Callable[..., Any], words: str) -> None:
    make_dataset(world.alvik)
    page = visit("dataset-list", slug="alvik", query=f"?{urlencode({'q': words})}")
    assert page.status_code == 200


def test_what_was_registered_before_there_was_an_index_is_found_once_it_is_made(
    world: World, as_role: Callable[[str], AbstractContextManager[None]], capsys: pytest.CaptureFixture[str]
) -> None:
    for tenant in (world.alvik, world.bjorkvik):
        dataset = make_dataset(tenant, "Läsåret i siffror", factors=["school_attendance"])
        with transaction.atomic(), scope(tenant.pk):
            Dataset.objects.filter(pk=dataset.pk).update(search_words="", ideas=[], coverage={})
    assert found(world, "frånvaro") == []
    with as_role("worker"):
        call_command("datasets_index")
    assert "Indexed 2" in capsys.readouterr().out
    assert found(world, "frånvaro") == ["Läsåret i siffror"]
