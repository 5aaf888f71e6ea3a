"""Slides that are no charts: shown everywhere the deck is, and safe to show."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pptx import Presentation

from datasets.models import Dataset, Voice
from dialogues.models import Dialogue, Slide, SlidePicture
from dialogues.services.deck import slide_add
from dialogues.services.holding import dialogue_finish
from dialogues.services.slides import slide_make
from tests.conftest import client_of
from tests.dialogues import FINDING, add_slide, at_work, make_chart, make_dataset, make_dialogue
from tests.world import World

CAMERA = "Storgatan 1, camera 7"


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world)


def address(name: str, dialogue: Dialogue) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk})


def photograph(form: str = "JPEG", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A picture in which the camera wrote where it was."""
    picture = Image.new("RGB", size, "teal")
    words = picture.getexif()
    words[0x010E] = CAMERA
    out = io.BytesIO()
    picture.save(out, form, exif=words)
    return out.getvalue()


def send(world: World, dialogue: Dialogue, kind: str, **sent: Any) -> Any:
    return client_of(world, "fia").post(f"{address('slide-make', dialogue)}?slag={kind}", sent)


def a_picture(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "heading": "Fritidsgården",
        "source": "Egen bild, 2026",
        "alternative": "Unga spelar biljard",
        "is_safe": "on",
        "picture": SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg"),
        **more,
    }


def test_a_picture_loses_what_the_camera_wrote_and_is_shown_everywhere(world: World, dialogue: Dialogue) -> None:
    content = photograph()
    assert CAMERA.encode() in content
    assert send(world, dialogue, "picture", **a_picture(content)).status_code == 302
    with at_work(world):
        kept = SlidePicture.objects.get()
        drawn = Image.open(io.BytesIO(bytes(kept.content)))
        assert drawn.size == (1600, 800)
        assert not dict(drawn.getexif())
        assert CAMERA.encode() not in bytes(kept.content)
    client = client_of(world, "vera")
    for name in ("dialogue-present", "dialogue-wall", "dialogue-summary"):
        page = client.get(address(name, dialogue)).content.decode()
        assert 'alt="Unga spelar biljard"' in page
        assert "Källa: Egen bild, 2026" in page
        assert "data:image/" in page
    deck = client_of(world, "fia").get(address("deck-file", dialogue)).content
    (slide,) = Presentation(io.BytesIO(deck)).slides
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Unga spelar biljard"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"0" * 100,
        b"GIF89a" + b"0" * 100,
        photograph()[:500],
    ],
)
def test_what_is_no_picture_is_sent_back_with_words(world: World, dialogue: Dialogue, content: bytes) -> None:
    answer = send(world, dialogue, "picture", **a_picture(content))
    assert answer.status_code == 422
    assert "JPEG, PNG och WebP fungerar" in answer.content.decode()
    with at_work(world):
        assert not Slide.objects.exists()


def test_a_small_file_that_claims_to_be_enormous_is_never_unpacked(world: World, dialogue: Dialogue) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    answer = send(world, dialogue, "picture", **a_picture(out.getvalue()))
    assert answer.status_code == 422
    assert "för stor" in answer.content.decode()


def test_nobody_puts_a_picture_in_without_looking_for_small_groups(world: World, dialogue: Dialogue) -> None:
    sent = a_picture(photograph())
    del sent["is_safe"]
    assert send(world, dialogue, "picture", **sent).status_code == 422
    for missing in ("source", "alternative"):
        assert send(world, dialogue, "picture", **a_picture(photograph(), **{missing: ""})).status_code == 422
    assert send(world, dialogue, "text", heading="A", text="B", source="C").status_code == 422
    with at_work(world):
        assert not Slide.objects.exists()


def test_a_link_leads_to_the_web_and_nowhere_else(world: World, dialogue: Dialogue) -> None:
    sent = {"heading": "Läs", "source": "Myndigheten", "is_safe": "on"}
    assert send(world, dialogue, "link", url="javascript:alert(1)", **sent).status_code == 422
    assert send(world, dialogue, "link", url="https://example.org/unga", **sent).status_code == 302
    page = client_of(world, "vera").get(address("dialogue-present", dialogue)).content.decode()
    assert 'href="https://example.org/unga"' in page


def test_a_gap_and_words_are_shown_escaped_and_notes_can_be_about_them(world: World, dialogue: Dialogue) -> None:
    send(world, dialogue, "gap", heading="Unga utanför skolan", text="<b>Vi gissar</b>")
    page = client_of(world, "vera").get(address("dialogue-present", dialogue)).content.decode()
    assert "Unga utanför skolan" in page
    assert "&lt;b&gt;Vi gissar" in page
    assert "En lucka här" in page
    assert "Unga utanför skolan" in client_of(world, "fia").get(address("dialogue-log", dialogue)).content.decode()


def test_a_voice_that_is_withdrawn_leaves_the_deck_without_its_words(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        voice = Voice.objects.create(
            text="Det är skönt att få vara i fred",
            kind="quote",
            year=2026,
            method="workshop",
            state="published",
            sent_at=timezone.now(),
            reviewed_at=timezone.now(),
        )
        slide_make(dialogue=dialogue, kind=Slide.Kind.VOICE, heading="En röst", voice=voice, by=world.alma)
    client = client_of(world, "vera")
    assert "få vara i fred" in client.get(address("dialogue-present", dialogue)).content.decode()
    with at_work(world):
        Voice.objects.filter(pk=voice.pk).update(state="withdrawn", text="", source="")
    page = client.get(address("dialogue-present", dialogue)).content.decode()
    assert "används inte längre" in page


def test_a_held_dialogue_keeps_its_figures_when_the_data_is_withdrawn(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
        slide = add_slide(dialogue, world)
        dialogue_finish(dialogue=dialogue, by=world.alma)
        assert slide.chart is not None
        Dataset.objects.filter(pk=slide.chart.dataset_id).update(withdrawn_at=timezone.now())
        later = make_dialogue(world, title="Nästa")
        slide_add(dialogue=later, chart=slide.chart, by=world.alma)
    client = client_of(world, "vera")
    page = client.get(address("dialogue-summary", dialogue)).content.decode()
    assert FINDING in page
    assert "har dragits tillbaka" in page
    assert FINDING not in client.get(address("dialogue-summary", later)).content.decode()


def test_the_pages_of_a_deck_of_every_kind_ask_no_more_questions_of_the_database(
    world: World, dialogue: Dialogue, django_assert_max_num_queries: Any
) -> None:
    with at_work(world):
        dataset = make_dataset()
        for number in range(3):
            slide_add(dialogue=dialogue, chart=make_chart(dataset, f"Bild {number}"), by=world.alma)
            slide_make(dialogue=dialogue, kind=Slide.Kind.GAP, heading=f"Lucka {number}", by=world.alma)
    client = client_of(world, "vera")
    client.get(address("dialogue-summary", dialogue))
    with django_assert_max_num_queries(26):
        client.get(address("dialogue-summary", dialogue))
