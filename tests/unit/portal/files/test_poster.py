"""The poster of a round: one accessible page, whatever the words."""

import re
import zlib
from dataclasses import replace

import pytest

from portal.files import pdf as documents
from portal.files.pdf import DocumentError, pdf, png_pages
from portal.files.poster import SurveyPoster, survey_poster, survey_poster_picture

POSTER = SurveyPoster(
    lang="sv",
    municipality="Lilleby kommun",
    title="Hur har du det?",
    lead="Du som är 15–29 år: berätta vad som får dig att må bra.",
    facts=("Tar ungefär 8 minuter", "Du väljer själv vad du svarar på", "Ingen kan se att det är du"),
    scan="Skanna koden, eller skriv:",
    url="https://vaxtkraft.example/svara/lilleby-host",
    short_link="vaxtkraft.example/s/k7f3",
    qr_description="QR-kod som öppnar enkäten",
    open_until="Öppen till och med 14 december.",
    support_title="Vill du prata med någon?",
    support=("Exempellinjen: 0000-00 00 00, varje dag 9–24", "Vid fara för liv: ring 112"),
)
WORDY = replace(
    POSTER,
    lang="en",
    municipality="A municipality with a very long name and one of its districts",
    title="How are things with you, really, when you think of school, work, friends, home and time off?",
    facts=("Takes about eight minutes on your phone and needs no account at all",) * 3,
    short_link="www.the-long-name-of-a-region.example/s/k7f3kk",
    support=POSTER.support * 3,
)


def unpacked(document):
    """The document with its packed streams opened, for searching in."""
    opened = [document]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            opened.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_the_poster_is_tagged_for_screen_readers_with_title_and_language():
    document = unpacked(survey_poster(POSTER))
    assert document.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part>1<" in document
    assert b"StructTreeRoot" in document
    assert b"<rdf:li>sv</rdf:li>" in document
    assert "Hur har du det? – Lilleby kommun".encode() in document
    assert b"/Alt" in document


@pytest.mark.parametrize("poster", [POSTER, WORDY], ids=["short", "wordy"])
def test_the_poster_is_one_page_however_many_words(poster):
    data = {**vars(poster), "qr": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"}
    assert len(png_pages("poster", data, ppi=20)) == 1
    assert survey_poster(poster).startswith(b"%PDF")


def test_the_same_words_give_the_same_bytes():
    assert survey_poster(POSTER) == survey_poster(POSTER)


def test_an_example_is_marked_on_the_poster():
    plain = survey_poster_picture(POSTER, ppi=40)
    marked = survey_poster_picture(replace(POSTER, demo_mark="Exempeldata"), ppi=40)
    assert plain.startswith(b"\x89PNG")
    assert plain != marked


def test_words_are_words_and_never_commands():
    sly = '#read("/etc/passwd") #image("plant.svg") $x$ *fet* "'
    assert survey_poster(replace(POSTER, title=sly, lead=sly, facts=(sly,) * 3))


def test_a_document_that_cannot_be_set_says_so_without_its_words():
    with pytest.raises(DocumentError, match="'poster' could not be set") as failed:
        pdf("poster", {"title": "hemligt"})
    assert "hemligt" not in str(failed.value)


@pytest.mark.parametrize("source", ['#read("/etc/hostname")', '#read("../pdf.py")'])
def test_templates_reach_no_other_files(tmp_path, monkeypatch, source):
    (tmp_path / "typst").mkdir()
    (tmp_path / "pdf.py").write_text("outside")
    (tmp_path / "typst" / "sly.typ").write_text(source)
    monkeypatch.setattr(documents, "TEMPLATES", tmp_path / "typst")
    with pytest.raises(DocumentError):
        png_pages("sly", {})


def test_no_template_fetches_a_package():
    for template in documents.TEMPLATES.glob("**/*.typ"):
        assert "@" not in template.read_text(), f"{template.name} imports a package, which would be fetched."
