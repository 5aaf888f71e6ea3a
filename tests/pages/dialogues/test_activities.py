"""Activities: begun in a line, grown, followed by figures, found again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Membership
from datasets.models import Dataset
from dialogues.activities.indicators import View, first_view, followed
from dialogues.errors import DialogueError
from dialogues.models import Activity, ActivityIndicator
from dialogues.services.activities import activity_move, indicator_add, indicator_aim
from dialogues.services.following_up import next_step_add
from dialogues.services.holding import dialogue_finish
from dialogues.services.notes import note_add
from portal.tenancy.scope import identify
from tests.activities import make_activity, make_indicator
from tests.conftest import client_of
from tests.dialogues import SHELL, at_work, make_chart, make_dataset, make_dialogue, queries
from tests.tables import MEASURABLE, absence, published_dataset
from tests.world import World


def page(world: World, name: str, *args: Any, who: str = "alma", **query: Any) -> str:
    answer = client_of(world, who).get(reverse(name, args=["alvik", *args]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(world: World, name: str, *args: Any, who: str = "alma", **fields: Any) -> Any:
    return client_of(world, who).post(reverse(name, args=["alvik", *args]), fields, follow=True)


def test_a_name_and_who_answers_for_it_are_enough(world: World) -> None:
    shown = post(world, "activity-add", title="Öppet på söndagar", responsible=str(world.olle.pk))
    assert "Öppet på söndagar" in shown.content.decode()
    assert "Olle" in page(world, "activity-list")


def test_an_idea_of_a_held_dialogue_becomes_an_activity(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
        note = note_add(dialogue=dialogue, kind="idea", text="En verkstad för unga", write_key=uuid4()).note
        dialogue_finish(dialogue=dialogue, by=world.alma)
    assert "En verkstad för unga" in page(world, "activity-add")
    form = page(world, "activity-add", anteckning=note.pk)
    assert 'value="En verkstad för unga"' in form
    shown = post(world, "activity-add", title="En verkstad", anteckning=str(note.pk)).content.decode()
    assert dialogue.title in shown
    assert "En verkstad för unga" not in page(world, "activity-add"), "offered once more though it is begun"


def test_a_step_becomes_an_activity_of_the_one_who_promised_it(world: World) -> None:
    with at_work(world):
        step = next_step_add(
            dialogue=make_dialogue(world), text="Pröva öppet", owner=world.olle, owner_name="", due_on=None,
            write_key=uuid4(), by=world.alma,
        )  # fmt: skip
    assert reverse("activity-add", args=["alvik"]) + f"?steg={step.pk}" in page(world, "next-step-update", step.pk)
    form = page(world, "activity-add", steg=step.pk)
    assert 'value="Pröva öppet"' in form
    assert f'value="{world.olle.pk}" selected' in form


def test_anothers_note_is_no_way_in(world: World) -> None:
    with at_work(world, "bjorkvik"):
        identify(world.bo.pk)
        theirs = make_activity_note(world)
    assert "Grannens idé" not in page(world, "activity-add", anteckning=theirs)
    post(world, "activity-add", title="Något", anteckning=str(theirs))
    with at_work(world):
        assert Activity.objects.get(title="Något").note_id is None


def make_activity_note(world: World) -> Any:
    from dialogues.services.preparing import dialogue_create

    dialogue = dialogue_create(title="Grannens", theme="leisure", goal="ideas", by=world.bo)
    return note_add(dialogue=dialogue, kind="idea", text="Grannens idé", write_key=uuid4()).note.pk


def test_the_chain_is_a_picture_and_a_list(world: World) -> None:
    with at_work(world):
        activity = make_activity(
            world, resources_volume="Två kvällar i veckan", what_is_done="Öppna biblioteket",
            effect="Fler har någonstans att vara", effect_where="Närvaro", overall_goal="God psykisk hälsa",
        )  # fmt: skip
    shown = page(world, "activity-detail", activity.pk)
    assert shown.count('<svg class="chain__picture') == 2
    assert 'aria-hidden="true"' in shown.split('<div class="chain"')[1][:40], "read twice by a screen reader"
    listed = shown.split('<ol class="chain__list">')[1]
    places = [listed.index(words) for words in ("Två kvällar", "Öppna biblioteket", "Fler har", "God psykisk")]
    assert places == sorted(places)


def test_the_indicator_shows_the_start_and_says_what_it_cannot_show(world: World) -> None:
    with at_work(world):
        activity = make_activity(world, starts_on=date(2022, 9, 1))
        make_indicator(activity, world)
    shown = page(world, "activity-detail", activity.pk)
    assert "började 1 september 2022" in shown
    assert '"marks": [{"place": 3' in shown
    assert "3 mätningar från före starten" in shown
    assert "2 mätningar från efter den" in shown
    assert "visar inte att det var aktiviteten" in shown


def test_data_that_is_only_for_exploring_follows_nothing(world: World) -> None:
    with at_work(world):
        activity = make_activity(world)
        dataset = make_dataset("Bara utforska")
        Dataset.objects.filter(pk=dataset.pk).update(fit_for=[2])
        chart = make_chart(dataset, "Bara att utforska, över tid")
        dataset.refresh_from_db()
        with pytest.raises(DialogueError):
            indicator_add(activity=activity, dataset=dataset, view=first_view(dataset, ""), by=world.alma)
    assert "Bara att utforska" not in page(world, "activity-indicator-add", activity.pk)
    answer = post(world, "activity-indicator-add", activity.pk, figures=f"chart:{chart.pk}")
    assert answer.status_code == 422


def test_no_aim_is_set_on_what_became_only_explorable(world: World) -> None:
    with at_work(world):
        indicator = make_indicator(make_activity(world), world)
        Dataset.objects.filter(pk=indicator.dataset_id).update(fit_for=[2])
        indicator.dataset.refresh_from_db()
        with pytest.raises(DialogueError):
            indicator_aim(
                indicator=indicator, by=world.alma, line=indicator.line, baseline_period="", target=50.0,
                target_period="2030",
            )  # fmt: skip
        assert ActivityIndicator.objects.get(pk=indicator.pk).target is None


def test_the_aim_and_the_baseline_are_read_from_the_released_figures(world: World) -> None:
    with at_work(world):
        activity = make_activity(world, starts_on=date(2022, 1, 1))
        indicator = make_indicator(activity, world)
    address = reverse("activity-indicator", args=["alvik", activity.pk, indicator.pk])
    sent = {"line": indicator.line, "baseline_period": "2020", "target": "60,5", "target_period": "2028"}
    answer = client_of(world, "alma").post(address, sent, follow=True)
    shown = answer.content.decode()
    assert "Från 2020 till 2024 har det gått från 41,0" in shown
    assert "Målet är 60,5" in shown


def test_figures_that_are_shared_no_more_are_gone_from_the_page(world: World) -> None:
    with at_work(world):
        activity = make_activity(world)
        indicator = make_indicator(activity, world, title="Hemlig rubrik")
        Dataset.objects.filter(pk=indicator.dataset_id).update(withdrawn_at="2025-01-01T00:00Z")
    shown = page(world, "activity-detail", activity.pk)
    assert "41,0" not in shown


def test_it_is_found_by_words_state_kind_and_factor(world: World) -> None:
    with at_work(world):
        make_activity(world, "Simskola", kind="promoting", factors=["leisure"])
        over = make_activity(world, "Gammalt", kind="remedial")
        activity_move(activity=over, to=Activity.State.DROPPED, by=world.alma)
    assert "Gammalt" not in page(world, "activity-list")
    assert "Gammalt" in page(world, "activity-list", lage="all")
    assert "Simskola" in page(world, "activity-list", slag="promoting", faktor="leisure", q="sim")
    assert "Simskola" not in page(world, "activity-list", q="cirkus")
    assert "Simskola" in page(world, "factor-detail", "leisure")


def test_two_people_do_not_overwrite_one_another(world: World) -> None:
    with at_work(world):
        activity = make_activity(world)
        activity_move(activity=activity, to=Activity.State.ONGOING, by=world.alma)
    shown = post(world, "activity-move", activity.pk, to="ongoing").content.decode()
    assert "redan markerad" in shown
    with at_work(world):
        activity.refresh_from_db()
    assert (activity.state, activity.starts_on is None) == ("ongoing", False)


def test_it_cannot_end_before_it_starts(world: World) -> None:
    with at_work(world):
        activity = make_activity(world)
    sent = {"title": "Öppet", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    answer = post(world, "activity-edit", activity.pk, **sent)
    assert answer.status_code == 422
    assert "innan den börjar" in answer.content.decode()


def test_a_page_asks_no_more_however_many_there_are(world: World) -> None:
    with at_work(world):
        make_activity(world)
    address = reverse("activity-list", args=["alvik"])
    few = queries(world, address)
    with at_work(world):
        for n in range(12):
            make_activity(world, f"Nummer {n}", department=world.departments["Skola"])
    assert queries(world, address) == few <= 12 + SHELL


def test_of_a_hidden_figure_nothing_is_said(world: World) -> None:
    dataset = published_dataset(world.alvik, "Frånvaro", absence(), fit_for=[1], **MEASURABLE)
    with at_work(world):
        activity = make_activity(world, starts_on=date(2023, 1, 1))
        view = View("main", "kind=line&x=År&series=Skola")
        indicator = indicator_add(activity=activity, dataset=dataset, view=view, by=world.alma)
        ActivityIndicator.objects.filter(pk=indicator.pk).update(
            line="Skola=Ek", baseline_period="2022", target=10.0, target_period="2025"
        )
        membership = Membership.objects.select_related("tenant").get(user=world.alma)
        (shown,) = followed(activity, membership, "sv")
    assert shown.spec is not None
    (line,) = [one for one in shown.spec["series"] if one["key"] == "Skola=Ek"]
    assert line["values"][0] is None, "the smallest group is shown: this test attacks nothing"
    told = " ".join((*shown.can, *shown.cannot))
    assert "Från 2022 till 2023" not in told and "före starten" in told
    assert not re.search(r"\b2\b", told)
