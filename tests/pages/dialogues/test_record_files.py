"""The record as page, PDF, Word file and slides: everything is there, and a screen reader finds its way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.urls import reverse
from pptx import Presentation

from dialogues.models import Slide
from dialogues.services.slides import slide_make
from portal.files.photo import photo_of
from tests.conftest import client_of
from tests.dialogues import FINDING, at_work, make_dialogue
from tests.pages.dialogues.test_other_slides import CAMERA, photograph
from tests.pdf_ua import check_reads_aloud, tags_of
from tests.records import SEEN, TAKEN, WISH, held_dialogue
from tests.world import World

SHOWS = "Unga spelar biljard"


def address(name: str, dialogue: Any, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


@pytest.fixture
def held(world: World) -> Any:
    with at_work(world):
        dialogue = held_dialogue(world)
        slide_make(
            dialogue=dialogue, kind=Slide.Kind.PICTURE, heading="Fritidsgården", by=world.alma,
            picture=photo_of(photograph()), alternative=SHOWS, source="Egen bild, 2026",
        )  # fmt: skip
        return dialogue


@pytest.fixture
def files(world: World, held: Any, run_jobs: Callable[[], list[str]]) -> dict[str, bytes]:
    """The files of the first final version, as somebody who may view fetches them."""
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": "Det var ett gott samtal."})
    alma.post(address("record-finish", held))
    run_jobs()
    vera = client_of(world, "vera")
    return {
        form: vera.get(address("record-file", held, number=1, form=form)).content
        for form in ("pdf", "docx", "pptx")
    }


def test_the_page_has_what_was_shown_said_and_promised(world: World, held: Any, files: dict[str, bytes]) -> None:
    page = client_of(world, "vera").get(address("record-version", held, number=1)).content.decode()
    for wanted in (
        SEEN,
        WISH,
        TAKEN,
        "Trivsel",
        "Ringa biblioteket",
        FINDING,
        "Det var ett gott samtal.",
        "Polisen",
    ):
        assert wanted in page
    assert f'alt="{SHOWS}"' in page
    assert "Områdespolis" in page and ">Gun<" not in page


def test_the_pdf_is_tagged_named_and_speaks_its_language(files: dict[str, bytes]) -> None:
    tags = list(tags_of(check_reads_aloud(files["pdf"], title="En bra fritid")))
    names = [tag.name for tag in tags]
    assert names.count("/H1") == 1 and {"/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD"} <= set(names)
    chart, picture = (tag.alternative for tag in tags if tag.name == "/Figure")
    assert FINDING in chart and picture == SHOWS


def test_the_word_file_has_headings_a_header_row_and_pictures_with_words(files: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(files["docx"]))
    styles = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert styles["En bra fritid"] == "Heading 1" and styles["Nästa steg"] == "Heading 2"
    assert any(text.startswith(SEEN) and style == "List Bullet" for text, style in styles.items())
    (table,) = word.tables
    assert table.rows[1].cells[0].text == "Ringa biblioteket"
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    chart, picture = (drawn._inline.docPr.get("descr") for drawn in word.inline_shapes)
    assert FINDING in chart and picture == SHOWS
    packed = zipfile.ZipFile(io.BytesIO(files["docx"]))
    pictures = [packed.read(name) for name in packed.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2 and not any(CAMERA.encode() in content for content in pictures)


def test_the_slides_have_native_charts_notes_and_sources(files: dict[str, bytes]) -> None:
    slides = list(Presentation(io.BytesIO(files["pptx"])).slides)
    (picture,) = (shape for slide in slides for shape in slide.shapes if shape.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == SHOWS
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    words = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert len(charts) == 1 and charts[0].plots[0].series[0].values[-1] == 45.0
    assert "Källa: Exempelkällan" in words[1] and "Källa" in slides[1].notes_slide.notes_text_frame.text
    assert any(SEEN in text and "Fritid" in text for text in words)
    assert "Ringa biblioteket" in words[-1]


def test_an_open_dialogue_has_no_record_and_says_why(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
    answer = client_of(world, "alma").post(address("record-draft", dialogue), {"summary": ""})
    assert answer.status_code == 422 and "Avsluta dialogen först" in answer.content.decode()
