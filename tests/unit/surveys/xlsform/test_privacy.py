"""Questions that ask who somebody is are refused; questions that only use the same words are not."""

import pytest

from .markdown import survey

HEAD = "type | name | label"
FIRST = "select_one yn | a | Trivs du?"


@pytest.mark.parametrize(
    "row",
    [
        "text | x | Vad heter du?",
        "text | x | Namn",
        "text | x | Ditt fullständiga namn",
        "text | x | För- och efternamn",
        "text | x | **E-post** (valfritt)",
        "text | x | Din e-postadress",
        "text | x | Mejl:",
        "text | epost | Hur når vi dig?",
        "text | x | Ditt mobilnummer",
        "integer | telefon | Telefon",
        "text | x | Personnummer (ÅÅMMDD-XXXX)",
        "integer | x | Ange ditt personnummer",
        "text | x | Vilken adress bor du på?",
        "text | x | Gatuadress",
        "text | x | Ditt användarnamn på Snapchat",
        "text | x | When is your birthday?",
        "text | x | What is your full name?",
        "text | email | E-mail address",
        "text | phone_number | How can we reach you?",
        "text | x | Home address",
        "text | x | Wie heißt du?",
        "text | x | Ihre E-Mail-Adresse",
        "text | x | Telefonnummer",
        "text | x | Geburtsdatum",
        "text | x | Name of child",
        "text | x | Ditt födelsenummer",
        "text | x | Elev-ID",
        "text | x | Tel.nr",
        "text | x | E mail",
        "text | x | Vad heter din lärare?",
        "text | x | Vad är ditt postnummer?",
        "text | x | Vilket datum är du född?",
        "text | x | Ditt Swish-nummer",
        "text | x | Mikä on nimesi?",
        "text | x | Puhelinnumero",
        "text | x | Hva heter du?",
        "text | x | Nom et prénom",
        "text | x | ¿Cómo te llamas?",
        "text | x | Imię i nazwisko",
        "text | x | Ваше имя",
        "text | x | Номер телефона",
        "text | x | ما اسمك؟",
        "text | x | رقم الهاتف",
        "text | x | شماره تلفن",
        "text | x | Magacaaga",
        "text | x | ስምካ",
    ],
)
def test_asks_who_somebody_is(row):
    form = survey(HEAD, FIRST, row)
    assert len(form.errors) == 1
    assert "not anonymous" in form.errors[0]


@pytest.mark.parametrize(
    "row",
    [
        "select_one yn | phone | Har du en egen telefon?",
        "integer | x | Hur många timmar om dagen använder du din telefon?",
        "text | x | Vad ska den nya fritidsgården heta?",
        "text | x | Vad gör du helst på fritiden?",
        "select_one yn | name | Känner du någon på din gata vid namn?",
        "select_one yn | email | Läser du e-post?",
        "text | x | Hur borde skolan använda mejl och sms?",
        "integer | x | Hur många nya vänner har du fått i år?",
        "text | x | Finns det något du saknar där du bor?",
        "text | x | Vad heter sporten du gillar mest?",
        "text | x | Name of the sport you like",
        "text | x | Name one thing that makes you happy",
        "text | x | Vad heter din favoritapp?",
        "text | x | Vad är namnet på fritidsgården du går till?",
        "text | x | Vad borde din klass göra tillsammans?",
        "text | x | Vad tycker du om att skolan mejlar hem?",
        "note | email_note | Skriv till oss på ung@kommun.example om du vill.",
    ],
)
def test_only_uses_the_words(row):
    form = survey(HEAD, FIRST, row).sound()
    assert not any("make people write" in words for words in form.warnings)


@pytest.mark.parametrize("label", ["Vad betyder ditt namn för dig?", "Hur firar du helst din födelsedag?"])
def test_a_name_or_a_day_that_is_talked_about_is_worth_a_second_look(label):
    form = survey(HEAD, FIRST, f"text | x | {label}").sound()
    assert any("make people write" in words for words in form.warnings)


@pytest.mark.parametrize("label", ["Vilken klass går du i?", "Klass:", "Which class are you in?"])
def test_a_class_is_few_enough_to_tell_who(label):
    form = survey(HEAD, FIRST, f"text | x | {label}")
    assert form.places("a class is so few") == [("survey", 3, "C")]


@pytest.mark.parametrize(
    ("pattern", "what"), [("[^@]+@[^@]+", "e-mail"), ("[0-9]{6}-?[0-9]{4}", "identity number")]
)
def test_a_pattern_tells_what_a_vague_label_asks_for(pattern, what):
    form = survey(f"{HEAD} | constraint", f"{FIRST} |", f"text | x | Fyll i | regex(., '{pattern}')")
    assert [what in words for words in form.errors] == [True]


def test_an_age_in_own_words_is_warned_of():
    form = survey(HEAD, FIRST, "text | x | Hur gammal är du?").sound()
    assert any("can't be kept as a band" in words for words in form.warnings)


@pytest.mark.parametrize("label", ["I vilket område bor du?", "Vilken skola går du på?", "Bostadsort"])
def test_a_text_on_where_somebody_is_found_is_warned_of(label):
    form = survey(HEAD, FIRST, f"text | x | {label}").sound()
    assert any("areas to choose from" in words for words in form.warnings)
