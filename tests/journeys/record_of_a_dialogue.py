"""The end of a dialogue on its journey: three questions, a record that goes round, and its files looked into."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
from django.core import mail
from django.test import Client
from django.urls import reverse
from pptx import Presentation

from tests.journeys.pressing import follow, press
from tests.pdf_ua import check_reads_aloud, tags_of

ANSWERS = {"said": "5", "learnt": "4", "believes": "3"}
FORMS = {"pdf": "PDF att läsa", "docx": "^Word", "pptx": "^PowerPoint"}


def answer_three_questions(phone: Any, home: str, code: str) -> None:
    """The phone of the room answers in its browser, four other devices beside it."""
    phone.goto(f"{phone.url.partition('?')[0]}fragor/")
    for name, value in ANSWERS.items():
        phone.locator(f"input[name={name}][value='{value}']").check()
    press(phone, "Skicka")
    assert "Tack! Dina svar är räknade" in phone.locator("main").inner_text()
    follow(phone, "Tillbaka till rummet")
    path = home.partition("/dialoger/")[2]
    for _device in range(4):
        other = Client()
        assert other.post(reverse("dialogue-join", args=[code])).status_code == 302
        answer = other.post(reverse("room-evaluate", args=["alvik", path.strip("/")]), ANSWERS)
        assert answer.status_code == 200


def answers_are_read(presenter: Any, home: str) -> None:
    """Five have answered and the dialogue is closed: means are shown."""
    presenter.goto(f"{home}avslut/")
    said = presenter.locator("main").inner_text()
    assert all(mean in said for mean in ("5,0", "4,0", "3,0")), said


def make_the_record(presenter: Any, guest: Any, home: str, run_jobs: Callable[[], list[str]]) -> dict[str, bytes]:
    """A draft, commented on from the mail by who was invited, made final, mailed once more; give its files.

    What cannot be taken back is asked about first.
    """
    record = f"{home}protokoll/"
    presenter.on("dialog", lambda question: question.accept())
    presenter.goto(record)
    presenter.locator("textarea[name=summary]").fill("Vi såg samma sak, och börjar på söndagar.")
    press(presenter, "Gör ett utkast av loggen")
    run_jobs()
    presenter.goto(record)
    assert "Fler trivs än förr" in presenter.locator("article").first.inner_text()
    link = mailed(presenter, "Mejla utkastet till de inbjudna", run_jobs)
    guest.goto(link)
    guest.locator("textarea[name=text]").fill("Biblioteket var också med")
    press(guest, "Skicka kommentaren")
    assert "Din kommentar sparas utan ditt namn" in guest.locator("main").inner_text()
    presenter.goto(record)
    assert "Biblioteket var också med" in presenter.locator("main").inner_text()
    press(presenter, "Gör protokollet färdigt")
    run_jobs()
    guest.goto(link)
    assert "Fler trivs" not in guest.locator("body").inner_text(), "the draft is gone"
    presenter.goto(record)
    guest.goto(mailed(presenter, "Mejla protokollet till de inbjudna", run_jobs))
    assert "Fler trivs än förr" in guest.locator("article").inner_text()
    presenter.goto(record)
    return {form: downloaded(presenter, words) for form, words in FORMS.items()}


def mailed(presenter: Any, button: str, run_jobs: Callable[[], list[str]]) -> str:
    """One press: the address in the mail that came, with the record as an attachment."""
    mail.outbox.clear()
    press(presenter, button)
    run_jobs()
    (letter,) = mail.outbox
    (file,) = letter.attachments
    assert file.mimetype == "application/pdf" and bytes(file.content).startswith(b"%PDF")
    found = re.search(r"https?://[^/\s]+(/protokoll/\S+)", str(letter.body))
    assert found is not None, letter.body
    return found[1]


def downloaded(page: Any, words: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(words)).first.click()
    return bytes(download.value.path().read_bytes())


def files_are_whole(files: dict[str, bytes], *, title: str, charts: int, said: tuple[str, ...]) -> None:
    """The PDF says what a reader needs to be told, and the office files open in what reads them."""
    pdf = check_reads_aloud(files["pdf"], title=title)
    assert "/StructTreeRoot" in pdf.Root
    alternatives = [tag.alternative for tag in tags_of(pdf) if tag.name == "/Figure"]
    assert len(alternatives) == charts and all(alternatives)

    word = docx.Document(io.BytesIO(files["docx"]))
    written = "\n".join(paragraph.text for paragraph in word.paragraphs)
    written += "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert len(word.inline_shapes) == charts
    slides = list(Presentation(io.BytesIO(files["pptx"])).slides)
    with_chart = [slide for slide in slides if any(shape.has_chart for shape in slide.shapes)]
    assert len(with_chart) == charts
    for slide in with_chart:
        assert "Källa" in slide.notes_slide.notes_text_frame.text
        assert any("Källa: " in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    shown = "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    for text in said:
        assert text in written, f"{text} in the Word file"
        assert text in shown, f"{text} on the slides"
