"""Voices: noted without identities, read by a second person, shown beside figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, transaction

from accounts.models import Membership
from datasets.models import Voice
from datasets.reach import Reach
from portal.audit.models import AuditEvent
from portal.tenancy.scope import PUBLIC_AUDIENCE, scope
from tests.knowledge import WORDS, make_voice, sent_long_ago, used_voice, waiting_voice
from tests.pages.datasets.conftest import text_of, told
from tests.world import World


def filled_in(**changed: Any) -> dict[str, Any]:
    return {
        "text": WORDS, "kind": "quote", "method": "workshop", "year": "2026", "theme": "leisure",
        "factors": ["belonging"], "deed": "send", **changed,
    }  # fmt: skip


def the_voice(world: World) -> Voice:
    with transaction.atomic(), scope(world.alvik.pk):
        return Voice.objects.get()


def at(voice: Voice, slug: str = "alvik") -> dict[str, Any]:
    return {"slug": slug, "voice_id": voice.pk}


def test_a_voice_goes_from_an_official_by_a_second_person_to_everyone_here(world: World, visit: Any) -> None:
    assert visit("voice-register", "olle", data=filled_in(), slug="alvik").status_code == 302
    voice = the_voice(world)
    assert voice.state == "waiting"
    assert WORDS not in text_of(visit("voice-list", "vera", slug="alvik"))
    assert WORDS in text_of(visit("voice-queue", "alma", slug="alvik"))
    assert visit("voice-publish", "alma", data={"reach": "own"}, **at(voice)).status_code == 302
    assert WORDS in text_of(visit("voice-list", "vera", slug="alvik"))


def test_who_said_it_is_nowhere_and_who_registered_it_is_in_the_log(world: World, visit: Any) -> None:
    visit("voice-register", "olle", data=filled_in(), slug="alvik")
    visit("voice-publish", "alma", data={"reach": "own"}, **at(the_voice(world)))
    assert "Olle" not in text_of(visit("voice-detail", "vera", **at(the_voice(world))))
    with transaction.atomic(), scope(world.alvik.pk):
        verbs = dict(AuditEvent.objects.filter(verb__startswith="voice.").values_list("verb", "actor_id"))
    assert verbs["voice.registered"] == world.olle.pk
    assert verbs["voice.published"] == world.alma.pk


@pytest.mark.parametrize(
    "text",
    [
        "Ring mig på 070-123 45 67 så berättar jag",
        "Skriv till mig@example.org om ni vill veta mer",
        "Mitt nummer är 20090102-2389",
        "Anna Andersson sa att det var bra",
        "Läraren heter Lundström Karlsson",
        "Anna i 9B säger att det är tråkigt",
        "I klassen NA23b är det bäst",
        "Jag bor på Storgatan 12 och där är det lugnt",
    ],
)
def test_words_that_tell_who_somebody_is_are_stopped_and_not_repeated_in_the_log(
    world: World, visit: Any, text: str
) -> None:
    page = visit("voice-register", "olle", data=filled_in(text=text, is_vouched_for="on"), slug="alvik")
    assert page.status_code == 422
    assert "text" in page.context["form"].errors
    assert not any(word in str(page.context["form"].errors) for word in ("070", "Andersson", "9B", "Storgatan"))
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Voice.objects.exists()


@pytest.mark.parametrize("text", ["Anna säger att det är roligt där", "På Ekskolan får man vara med"])
def test_what_may_be_somebody_asks_and_the_reviewer_is_told(world: World, visit: Any, text: str) -> None:
    asked = visit("voice-register", "olle", data=filled_in(text=text), slug="alvik")
    assert asked.status_code == 422
    assert 'name="is_vouched_for"' in text_of(asked)
    visit("voice-register", "olle", data=filled_in(text=text, is_vouched_for="on"), slug="alvik")
    page = text_of(visit("voice-detail", "alma", **at(the_voice(world))))
    vouched = (
        "Something in the words resembles a name or a place. The author says that nobody can be recognised. "
        "Look once more."
    )
    assert told(vouched) in page


def test_ordinary_words_are_not_asked_about(world: World, visit: Any) -> None:
    for text in ("Det är bäst i åk 9", "Klockan 19 stänger allt", "Vi var 8 som ville ha kvar gården"):
        assert visit("voice-register", "olle", data=filled_in(text=text), slug="alvik").status_code == 302


@pytest.mark.parametrize("size, status", [("2", 422), ("", 302), ("12", 302)])
def test_a_small_group_is_not_named_by_its_size(world: World, visit: Any, size: str, status: int) -> None:
    assert visit("voice-register", "olle", data=filled_in(group_size=size), slug="alvik").status_code == status


def test_nobody_reviews_their_own_words_while_somebody_else_can(world: World, visit: Any) -> None:
    voice = waiting_voice(world.alvik, world.alma)
    sent_long_ago(voice)
    page = text_of(visit("voice-detail", "alma", **at(voice)))
    assert told("You wrote this voice, so somebody else reads it before it is used.") in page
    visit("voice-publish", "alma", data={"reach": "own"}, **at(voice))
    assert the_voice(world).state == "waiting"


def test_whoever_changes_the_words_is_their_author(world: World, visit: Any) -> None:
    voice = make_voice(world.alvik, world.olle)
    visit("voice-edit", "alma", data=filled_in(text="Andra ord"), **at(voice))
    visit("voice-send", "olle", data={}, **at(voice))
    visit("voice-publish", "alma", data={"reach": "own"}, **at(voice))
    assert the_voice(world).state != "published"
    visit("voice-send", "alma", data={}, **at(voice))
    visit("voice-publish", "dag", data={"reach": "own"}, **at(voice))
    assert the_voice(world).state == "published"


def test_in_a_municipality_of_one_a_night_must_pass(world: World, visit: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user__in=[world.adam, world.dag]).update(is_active=False)
    voice = waiting_voice(world.alvik, world.alma)
    visit("voice-publish", "alma", data={"reach": "own"}, **at(voice))
    assert the_voice(world).state == "waiting"
    sent_long_ago(voice)
    visit("voice-publish", "alma", data={"reach": "own"}, **at(voice))
    assert the_voice(world).state == "published"
    with transaction.atomic(), scope(world.alvik.pk):
        assert AuditEvent.objects.get(verb="voice.published").details["is_alone"] is True


def test_words_changed_after_they_were_read_are_not_published(world: World, visit: Any) -> None:
    voice = waiting_voice(world.alvik, world.olle)
    shown = visit("voice-detail", "alma", **at(voice)).context["review_form"].initial["sent_at"]
    visit("voice-take-back", "olle", data={}, **at(voice))
    visit("voice-edit", "olle", data=filled_in(text="Något helt annat"), **at(voice))
    visit("voice-send", "olle", data={}, **at(voice))
    visit("voice-publish", "alma", data={"reach": "own", "sent_at": shown}, **at(voice))
    assert the_voice(world).state == "waiting"


def test_a_voice_is_sent_back_with_a_remark_and_comes_again(world: World, visit: Any) -> None:
    voice = waiting_voice(world.alvik, world.olle)
    visit("voice-send-back", "alma", data={"remark": "Säg det utan platsen."}, **at(voice))
    assert "Säg det utan platsen." in text_of(visit("voice-detail", "olle", **at(voice)))
    visit("voice-edit", "olle", data=filled_in(text="Man får vara sig själv"), **at(voice))
    visit("voice-send", "olle", data={}, **at(voice))
    assert the_voice(world).state == "waiting"


def test_what_is_under_way_is_no_page_for_others(world: World, visit: Any) -> None:
    voice = waiting_voice(world.alvik, world.olle)
    for who in ("fia", "vera"):
        assert visit("voice-detail", who, **at(voice)).status_code == 404
        assert WORDS not in text_of(visit("voice-list", who, slug="alvik"))
    assert visit("voice-detail", "bo", **at(voice, "bjorkvik")).status_code == 404
    assert visit("voice-withdraw", "fia", data={}, **at(voice)).status_code == 404
    assert the_voice(world).text == WORDS


def test_only_an_admin_lets_anyone_read_a_voice(world: World, visit: Any) -> None:
    voice = waiting_voice(world.alvik, world.olle)
    visit("voice-publish", "alma", data={"reach": "public"}, **at(voice))
    assert the_voice(world).state == "waiting"
    visit("voice-publish", "adam", data={"reach": "public"}, **at(voice))
    page = text_of(visit("public-voice-list", None, slug="alvik"))
    assert WORDS in page
    assert "Olle" not in page
    assert WORDS not in text_of(visit("public-voice-list", None, slug="bjorkvik"))
    visit("voice-publish", "adam", data={"reach": "own"}, **at(voice))
    assert WORDS not in text_of(visit("public-voice-list", None, slug="alvik"))


def test_a_shared_voice_is_read_in_the_region_and_nowhere_else(world: World, visit: Any) -> None:
    voice = used_voice(world.alvik, world.olle, world.alma, reach=Reach.MEMBERS)
    assert WORDS in text_of(visit("voice-list", "bo", slug="bjorkvik"))
    assert visit("voice-edit", "bo", **at(voice, "bjorkvik")).status_code == 404
    assert WORDS not in text_of(visit("public-voice-list", None, slug="alvik"))


def test_withdrawing_erases_the_words_everywhere(world: World, visit: Any) -> None:
    voice = used_voice(world.alvik, world.olle, world.alma, reach=Reach.MEMBERS, source="En kväll på gården")
    visit("voice-withdraw", "olle", data={}, **at(voice))
    gone = the_voice(world)
    assert (gone.text, gone.source, gone.audience_id) == ("", "", world.alvik.pk)
    assert WORDS not in text_of(visit("voice-list", "bo", slug="bjorkvik"))


def test_the_database_lets_no_unread_voice_out(world: World) -> None:
    voice = waiting_voice(world.alvik, world.olle)
    for changes in ({"audience_id": PUBLIC_AUDIENCE}, {"state": "published"}, {"state": "withdrawn"}):
        with transaction.atomic(), scope(world.alvik.pk), pytest.raises(Error), transaction.atomic():
            Voice.objects.filter(pk=voice.pk).update(**changes)


@pytest.mark.parametrize(
    "query, found",
    [
        ("?tema=leisure", True), ("?tema=wellbeing", False), ("?faktor=belonging", True), ("?faktor=money", False),
        ("?q=gården", True), ("?q=bussen", False), ("?metod=workshop", True), ("?slag=finding", False),
        ("?tema=nonsense", True),
    ],
)  # fmt: skip
def test_conditions_leave_out_the_others(world: World, visit: Any, query: str, found: bool) -> None:
    used_voice(world.alvik, world.olle, world.alma, theme="leisure")
    assert (WORDS in text_of(visit("voice-list", "vera", slug="alvik", query=query))) is found


def test_what_is_typed_is_shown_as_it_is_and_runs_nowhere(world: World, visit: Any) -> None:
    text = "<script>alert(1)</script> säger allt"
    used_voice(world.alvik, world.olle, world.alma, text)
    page = visit("voice-list", "vera", slug="alvik").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
