"""Links in mails name a municipality and an object: neither is taken for another, even if signed as ours are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client
from django.utils import timezone

from dialogues.models import Participant, RecordComment, SelfEvaluation
from dialogues.services import evaluating, inviting, record_mail, reminding
from dialogues.services.recording import draft_make
from tests.dialogues import at_work, invite_gun, make_dialogue
from tests.records import SEEN, held_dialogue
from tests.world import World


@dataclass(frozen=True)
class Link:
    """One kind of link: where it leads, with what it is signed, and what it holds."""

    place: str
    salt: str
    grant: str

    def opened(self, grant: str) -> tuple[int, str]:
        """What somebody meets: the status and every word."""
        response = Client().get(f"/{self.place}/{grant}/")
        return response.status_code, BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)

    def for_another(self, tenant: UUID, number: UUID | None = None) -> str:
        """The same link, signed as ours are, for another municipality or another object."""
        _tenant, own, *mark = signing.loads(self.grant, salt=self.salt)
        return signing.dumps([tenant.hex, number.hex if number else own, *mark], salt=self.salt)


@pytest.fixture
def links(world: World) -> list[Link]:
    with at_work(world):
        dialogue = held_dialogue(world)
        draft_make(dialogue=dialogue, lang="sv", by=world.alma)
        coming = make_dialogue(world, starts_at=timezone.now())
        guest = invite_gun(coming, world)
        evaluation = evaluating.self_evaluation_open(title="Nu", members=6, by=world.alma)
        return [
            Link("protokoll", record_mail._SALT, record_mail.grant_of(dialogue, 1, is_draft=True)),
            Link("steg", reminding._SALT, reminding.grant_of(dialogue.next_steps.get())),
            Link("kom", inviting._SALT, inviting.grant_of(guest)),
            Link("sjalvvardering", evaluating._SALT, evaluating.grant_of(evaluation)),
        ]


def test_each_opens_its_own_page_and_no_other(links: list[Link]) -> None:
    for one in links:
        assert one.opened(one.grant)[0] == 200, one.place
        for other in links:
            if other is not one:
                assert other.opened(one.grant) == other.opened("x"), (one.place, other.place)


def test_what_is_signed_for_next_door_opens_nothing_of_ours(world: World, links: list[Link]) -> None:
    for one in links:
        nobodys = one.opened(one.for_another(world.alvik.pk, uuid4()))
        assert nobodys[0] == 404
        for tenant in (world.bjorkvik.pk, world.region.pk, uuid4()):
            assert one.opened(one.for_another(tenant)) == nobodys, one.place
        assert SEEN not in nobodys[1]


def test_nothing_is_written_by_a_link_for_next_door(world: World, links: list[Link]) -> None:
    sent: dict[str, Any] = {
        "text": "Inifrån nästa kommun", "write_key": str(uuid4()), "to": "done", "answer": "yes", "said": "5",
        "trust": "5", "line": "Inifrån nästa kommun",
    }  # fmt: skip
    for one in links:
        grant = one.for_another(world.bjorkvik.pk)
        assert Client().post(f"/{one.place}/{grant}/", sent).status_code == 404
    with at_work(world):
        assert not RecordComment.in_scope().exists()
        assert {one.answer for one in Participant.in_scope()} == {Participant.Answer.NONE}
        assert SelfEvaluation.in_scope().get().answers == 0
