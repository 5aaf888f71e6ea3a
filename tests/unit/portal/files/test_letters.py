"""Letters with personal codes: a page each, for screen readers too, and nobody's code in anybody's else."""

from dataclasses import asdict, replace

from portal.files.letters import Addressed, LetterWords, code_letters
from portal.files.pdf import png_pages
from tests.unit.portal.files.test_poster import unpacked

WORDS = LetterWords(
    lang="sv",
    title="Hur har du det?",
    sender="Lilleby kommun",
    body=("Hej!", "Vi frågar dig som är mellan 15 och 29."),
    scan="Skanna koden, eller gå till:",
    short_link="vaxtkraft.example/svara/k7f3",
    code_label="Din kod:",
    after=("Koden gäller för ett svar.",),
    qr_description="Vägen till enkäten",
    support_title="Vill du prata med någon?",
    support=("112",),
)
LETTERS = [
    Addressed(
        (f"Person {n}", "Storgatan 1", "123 45 Lilleby"), f"P-AAAA{n}", f"https://v.example/svara/k7f3/#P-{n}"
    )
    for n in range(3)
]
QR = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"


def pages(words: LetterWords, letters: list[Addressed]) -> int:
    data = {**asdict(words), "letters": [{**asdict(one), "qr": QR} for one in letters]}
    return len(png_pages("letters", data, ppi=20))


def test_every_letter_is_one_page_however_many_words() -> None:
    assert pages(WORDS, LETTERS) == 3
    wordy = replace(WORDS, body=WORDS.body * 4, after=WORDS.after * 6, support=WORDS.support * 3)
    long = [replace(one, lines=("A name of many parts and words " * 3, *one.lines)) for one in LETTERS]
    assert pages(wordy, long) == 3


def test_the_letters_are_tagged_with_title_and_language() -> None:
    document = unpacked(code_letters(WORDS, LETTERS))
    assert document.startswith(b"%PDF-1.7") and b"pdfuaid:part>1<" in document
    assert b"StructTreeRoot" in document and b"<rdf:li>sv</rdf:li>" in document and b"/Alt" in document


def test_nobody_is_named_in_what_describes_the_file() -> None:
    document = unpacked(code_letters(WORDS, LETTERS))
    assert b"Person 1" not in document and b"P-AAAA1" not in document, "Only as drawn letters, on their own page."


def test_the_same_letters_give_the_same_bytes_and_words_are_never_commands() -> None:
    assert code_letters(WORDS, LETTERS) == code_letters(WORDS, LETTERS)
    sly = '#read("/etc/passwd") #image("plant.svg") $x$ *fet* "'
    assert pages(replace(WORDS, title=sly), [Addressed((sly, sly), sly, "https://v.example/")]) == 1
