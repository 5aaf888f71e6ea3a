"""A whole dialogue once more, and templates: without names and notes, and only for whom they were shared with."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from dialogues.models import Dialogue, DialogueTemplate, Note, Participant, Slide
from dialogues.services.following_up import next_step_add
from dialogues.services.notes import note_add
from dialogues.services.preparing import participant_add
from dialogues.services.slides import slide_make
from tests.conftest import client_of
from tests.dialogues import add_slide, at_work, make_dialogue
from tests.world import World


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        dialogue = make_dialogue(world, title="Ungas kvällar", begun=True)
        add_slide(dialogue, world)
        slide_make(dialogue=dialogue, kind=Slide.Kind.GAP, heading="Unga över 20", by=world.alma)
        participant_add(
            dialogue=dialogue,
            name="Hemliga Hanna",
            email="hanna@example.org",
            role="Rektor",
            perspective="education",
            by=world.alma,
        )
        note_add(dialogue=dialogue, kind="idea", text="Öppna på söndagar", write_key=uuid4())
        return dialogue


def address(name: str, dialogue: Dialogue) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk})


def test_a_copy_has_the_deck_and_the_roles_but_no_names_and_no_notes(world: World, dialogue: Dialogue) -> None:
    answer = client_of(world, "fia").post(address("dialogue-copy", dialogue), follow=True)
    page = answer.content.decode()
    assert "Ungas kvällar" in page
    assert "Rektor" in page
    assert "Hanna" not in page
    with at_work(world):
        copy = Dialogue.objects.exclude(pk=dialogue.pk).get()
        assert (copy.state, copy.goal, copy.theme) == ("planned", dialogue.goal, dialogue.theme)
        assert [one.kind for one in copy.slides.order_by("position")] == ["chart", "gap"]
        assert not Note.objects.filter(dialogue=copy).exists()
        assert Participant.objects.get(dialogue=copy).email == ""


def test_the_second_talk_of_a_pair_opens_with_what_came_of_the_first(world: World, dialogue: Dialogue) -> None:
    fia = client_of(world, "fia")
    for _press in range(2):
        answer = fia.post(address("dialogue-copy", dialogue), {"deed": "second"}, follow=True)
    assert "Här är det andra samtalet" in answer.content.decode()
    with at_work(world):
        second = Dialogue.objects.get(previous=dialogue)
        assert (second.minutes, second.agenda, second.starts_at, second.slides.count()) == (90, [], None, 2)
        (hanna,) = Participant.objects.filter(dialogue=second)
        assert (hanna.name, hanna.email, hanna.invited_on) == ("Hemliga Hanna", "hanna@example.org", None)
        note_add(dialogue=dialogue, kind="takeaway", text="Vi frågar de unga själva", write_key=uuid4())
        next_step_add(
            dialogue=dialogue,
            text="Ringa biblioteket",
            owner=world.fia,
            owner_name="",
            due_on=None,
            write_key=uuid4(),
            by=world.alma,
        )
    for name in ("dialogue-present", "dialogue-detail"):
        page = fia.get(address(name, second)).content.decode()
        assert "Vi frågar de unga själva" in page and "Ringa biblioteket" in page


def test_a_template_of_ones_own_is_chosen_for_a_new_dialogue(world: World, dialogue: Dialogue) -> None:
    fia = client_of(world, "fia")
    made = fia.post(
        address("dialogue-template-make", dialogue), {"title": "Kvällar, mall", "reach": "own"}, follow=True
    )
    assert "Kvällar, mall" in made.content.decode()
    with at_work(world):
        template = DialogueTemplate.objects.get()
    assert "Hanna" not in str(template.roles)
    use = reverse("dialogue-template-use", args=["alvik", template.pk])
    page = fia.post(use, follow=True).content.decode()
    assert "Rektor" in page
    with at_work(world):
        begun = Dialogue.objects.get(title="Kvällar, mall")
        assert begun.slides.count() == 1


def test_next_door_sees_a_template_only_while_it_is_shared(world: World, dialogue: Dialogue) -> None:
    fia, bo = client_of(world, "fia"), client_of(world, "bo")
    fia.post(address("dialogue-template-make", dialogue), {"title": "Kvällar, mall", "reach": "own"})
    with at_work(world):
        template = DialogueTemplate.objects.get()
    theirs = reverse("dialogue-template-list", args=["bjorkvik"])
    use = reverse("dialogue-template-use", args=["bjorkvik", template.pk])
    assert "Kvällar, mall" not in bo.get(theirs).content.decode()
    assert bo.post(use).status_code == 404
    fia.post(reverse("dialogue-template-share", args=["alvik", template.pk]), {"reach": "members"})
    page = bo.get(theirs).content.decode()
    assert "Kvällar, mall" in page
    assert "Alvik" in page
    for deed in ("share", "remove"):
        assert bo.post(reverse(f"dialogue-template-{deed}", args=["bjorkvik", template.pk])).status_code == 404
    assert bo.post(use).status_code == 302
    with at_work(world, "bjorkvik"):
        begun = Dialogue.objects.get()
        assert begun.slides.count() == 0, "a chart that they may not see is left out"
        assert begun.participants.get().role == "Rektor"
    fia.post(reverse("dialogue-template-share", args=["alvik", template.pk]), {"reach": "own"})
    assert bo.post(use).status_code == 404
    fia.post(reverse("dialogue-template-remove", args=["alvik", template.pk]))
    with at_work(world):
        assert not DialogueTemplate.objects.exists()


def test_the_region_has_a_page_of_its_own_for_what_it_shares(world: World) -> None:
    with at_work(world, "region"):
        regional = make_regional(world)
    rut = client_of(world, "rut")
    slug = world.region.slug
    make = reverse("dialogue-template-make", args=[slug, regional.pk])
    page = rut.post(make, {"title": "Länets mall", "reach": "members"}, follow=True).content.decode()
    assert "Länets mall" in page
    assert (
        "Länets mall"
        in client_of(world, "bo").get(reverse("dialogue-template-list", args=["bjorkvik"])).content.decode()
    )


def make_regional(world: World) -> Dialogue:
    from dialogues.services.preparing import dialogue_create
    from portal.tenancy.scope import identify

    identify(world.rut.pk)
    return dialogue_create(title="Länet", theme="wellbeing", goal="learn", by=world.rut)
