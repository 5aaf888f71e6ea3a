"""What happens in a room of the demo: devices join, notes come and are grouped, questions are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from accounts.models import User
from dialogues.models import Device, Dialogue, Note, Slide
from dialogues.services.clusters import cluster_make, notes_group
from dialogues.services.evaluating import closing_answer
from dialogues.services.joining import device_join, device_named_in, joining_begin
from dialogues.services.notes import note_add, note_agree
from dialogues.services.talking import talk_set

NAMESPACE = UUID("c2f7bb1e-6d1b-4f0d-8a53-1d7a2a2f8a10")
Kind = Note.Kind


@dataclass(frozen=True)
class Said:
    """A note: its kind and words, how many agree, which group it ended up in, and what the writer told of itself.

    `chart` is the place in the deck of what it was said of, from 1; 0 for nothing in particular.
    """

    kind: Kind
    text: str
    agreed: int = 0
    group: str = ""
    voice: str = ""
    chart: int = 0


def key_of(dialogue: Dialogue, text: str) -> UUID:
    """The number by which something written is stored once."""
    return uuid5(NAMESPACE, f"{dialogue.title}/{text}")


def talk(dialogue: Dialogue, notes: Sequence[Said], questions: Sequence[tuple[int | None, ...]], by: User) -> None:
    """Let as many devices join as answer the questions; write alone, in pairs and together, group, and answer."""
    grants = _join(dialogue, len(questions), by)
    known = Device.in_scope().in_bulk([device_named_in(grant, dialogue.pk) for grant in grants])
    devices = list(known.values())
    slides = list(Slide.in_scope().filter(dialogue=dialogue).order_by("position"))
    ways = (Dialogue.Talk.ALONE, Dialogue.Talk.PAIRS, Dialogue.Talk.ALL)
    share = -(-len(notes) // len(ways))
    written = []
    for number, said in enumerate(notes):
        if number % share == 0:
            talk_set(dialogue=dialogue, talk=ways[number // share].value)
        written.append(_write(dialogue, said, devices, number, slides))
    for title in dict.fromkeys(said.group for said in notes if said.group):
        cluster = cluster_make(dialogue=dialogue, title=title, by=by)
        ours = [note.pk for note, said in zip(written, notes, strict=True) if said.group == title]
        notes_group(dialogue=dialogue, note_ids=ours, cluster=cluster)
    for grant, answers in zip(grants, questions, strict=True):
        closing_answer(dialogue=dialogue, grant=grant, answers=answers)


def _join(dialogue: Dialogue, count: int, by: User) -> list[str]:
    joining_begin(dialogue=dialogue, by=by)
    return [device_join(dialogue=dialogue) for _device in range(count)]


def _write(
    dialogue: Dialogue, said: Said, devices: Sequence[Device], number: int, slides: Sequence[Slide]
) -> Note:
    note = note_add(
        dialogue=dialogue,
        kind=said.kind,
        text=said.text,
        slide=slides[said.chart - 1] if 0 < said.chart <= len(slides) else None,
        write_key=key_of(dialogue, said.text),
        device=devices[number % len(devices)],
        voice=said.voice,
    ).note
    for device in devices[: said.agreed]:
        note_agree(note=note, device=device, agrees=True)
    return note
