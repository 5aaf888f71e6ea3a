"""Every kind of document can be read aloud, whatever somebody wrote in it."""

import io
from base64 import b64encode
from dataclasses import replace

import docx
import pytest
from PIL import Image

from portal.files.document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Item,
    Paragraph,
    Photograph,
    Picture,
    Table,
    document_pdf,
)
from portal.files.docx import document_docx
from portal.files.letters import code_letters
from portal.files.pdf import png_pages
from portal.files.poster import survey_poster
from portal.files.report_poster import ReportPoster, report_poster
from portal.files.slips import CodeSlips, code_slips
from portal.files.typefaces import NO_SHAPE, legible
from tests.pdf_ua import check_reads_aloud, opened, tags_of
from tests.unit.portal.files.test_letters import LETTERS, WORDS
from tests.unit.portal.files.test_poster import POSTER

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 40'><text y='20'>Åtta 😀</text></svg>"
REPORT = ReportPoster(
    lang="sv",
    municipality="Lilleby kommun",
    title="Ni sa – vi gjorde",
    about="240 unga svarade i höstas.",
    said_title="Ni sa",
    said=("Det finns ingenstans att vara på kvällen.", "Bussen går för sällan."),
    done_title="Vi gjorde",
    done=("Biblioteket har öppet till 22.",),
    promise_title="Vi lovar",
    promise="Vi frågar igen i maj.",
    scan="Läs allt:",
    url="https://vaxtkraft.example/r/k7f3",
    short_link="vaxtkraft.example/r/k7f3",
    qr_description="QR-kod som öppnar rapporten",
    support_title="Vill du prata med någon?",
    support=("Exempellinjen: 0000-00 00 00",),
)
SLIPS = CodeSlips(
    lang="sv",
    title="Koder",
    how="Klipp isär och blanda.",
    survey="Hur har du det?",
    scan="Skanna, eller skriv:",
    url="https://vaxtkraft.example/svara/k7f3",
    short_link="vaxtkraft.example/svara/k7f3",
    promise="Ingen vet vilken lapp du drog.",
    qr_description="Vägen till enkäten",
)
EVERY_SCRIPT = "Bra 👍🏽 då! 你好 · مرحبا بالعالم · שלום · ትግርኛ · “så” \x00\ufeff#let x = 1 <b> \\u0000"


def photograph(wide: int = 1600, high: int = 800, form: str = "JPEG") -> str:
    out = io.BytesIO()
    Image.new("RGB", (wide, high), "teal").save(out, form)
    return b64encode(out.getvalue()).decode()


DOCUMENT = Document(
    lang="sv",
    title="En bra fritid",
    above="Alvik · Protokoll",
    mark="Utkast",
    blocks=(
        Facts((("Tema", "Fritid"), ("Hölls", "3 november 2026"))),
        Heading("Vad ser vi"),
        Heading("Grupp 1", level=3),
        Bullets((Item("Flickor trivs", "(3 instämmer)"), Item(EVERY_SCRIPT))),
        Heading("Nästa steg"),
        Table("Nästa steg", ("Vad", "Vem"), (("Ringa", "Fia"), (EVERY_SCRIPT, "–")), (3, 1)),
        Heading("Det här såg vi på"),
        Paragraph("Andelen ökar.", look="strong"),
        Picture(DRAWING, 90, "Trivs på fritiden. Andelen ökar."),
        Paragraph("Källa: Exempelkällan", look="soft"),
        Photograph(photograph(), "Unga spelar biljard"),
        Photograph(photograph(90, 120, "PNG"), "En teckning av en buss"),
    ),
)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (document_pdf(DOCUMENT), DOCUMENT.title),
        (survey_poster(POSTER), f"{POSTER.title} – {POSTER.municipality}"),
        (report_poster(REPORT), f"{REPORT.title} – {REPORT.municipality}"),
        (code_letters(WORDS, LETTERS), WORDS.title),
        (code_slips(SLIPS, ["ABCD-1", "ABCD-2", "ABCD-3"]), SLIPS.title),
    ],
    ids=["document", "poster", "report poster", "letters", "slips"],
)
def test_every_kind_of_document_can_be_read_aloud(content: bytes, title: str) -> None:
    check_reads_aloud(content, title=title)


def test_a_photograph_is_in_the_file_with_its_words_and_no_larger_than_half_a_page() -> None:
    pdf = check_reads_aloud(document_pdf(DOCUMENT), title=DOCUMENT.title)
    figures = [tag.alternative for tag in tags_of(pdf) if tag.name == "/Figure"]
    assert figures == ["Trivs på fritiden. Andelen ökar.", "Unga spelar biljard", "En teckning av en buss"]
    word = docx.Document(io.BytesIO(document_docx(DOCUMENT)))
    drawn = {one._inline.docPr.get("descr"): one for one in word.inline_shapes}
    assert list(drawn) == figures
    assert (drawn[figures[1]].width.mm, drawn[figures[1]].height.mm) == pytest.approx((160, 80), abs=1)
    assert drawn[figures[2]].width.mm == pytest.approx(90 / 110 * 25.4, abs=1)
    wide, high = Photograph(photograph(300, 3000), "").size()
    assert high == pytest.approx(110) and wide == pytest.approx(11)


def test_what_is_said_over_a_picture_stays_with_it_and_pages_are_numbered() -> None:
    lines = tuple(Paragraph(f"Rad {number}") for number in range(36))
    over = (Heading("Sist på sidan"), Paragraph("Fyndet", look="strong"), Paragraph("Det här är"))
    made = replace(DOCUMENT, blocks=(*lines, *over, Picture(DRAWING, 90, "Ett diagram")))
    pages = set()
    for left_out in (8, 12, 16):
        pdf = opened(document_pdf(replace(made, blocks=made.blocks[left_out:])))
        *_lines, heading, finding, looking, figure = (
            tag.element.Pg.objgen for tag in tags_of(pdf) if "/Pg" in tag.element
        )
        assert heading == finding == looking == figure, f"{len(lines) - left_out} lines before"
        pages.add(len(pdf.pages))
    assert pages == {1, 2}, "No page ended near the picture."
    word = docx.Document(io.BytesIO(document_docx(made)))
    kept = [line.text for line in word.paragraphs if line.paragraph_format.keep_with_next]
    assert kept == ["Fyndet", "Det här är"]
    (foot,) = word.sections[0].footer.paragraphs
    assert foot.text.startswith("En bra fritid") and "PAGE" in foot._p.xml


def test_no_sign_costs_a_document_and_what_has_no_shape_is_seen_to_be_missing() -> None:
    assert legible("Bra 👍🏽👍🏽 då") == f"Bra {NO_SHAPE} då"
    assert legible("a\u030ar, مرحبا\ufeff, ‘ja’ – 3 ≤ 4") == "år, مرحبا, ‘ja’ – 3 ≤ 4"
    sly = replace(DOCUMENT, title=EVERY_SCRIPT, above=EVERY_SCRIPT, mark=EVERY_SCRIPT)
    assert png_pages("document", {"lang": "sv", "title": "👍", "above": "", "mark": "", "blocks": []}, ppi=20)
    check_reads_aloud(document_pdf(sly), title=legible(EVERY_SCRIPT))
    assert document_docx(sly).startswith(b"PK")
    check_reads_aloud(survey_poster(replace(POSTER, lead=EVERY_SCRIPT)), title="Hur har du det? – Lilleby kommun")
