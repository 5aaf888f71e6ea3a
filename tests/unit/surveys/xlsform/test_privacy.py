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
        "note | email_note | Skriv till oss på ung@kommun.example om du vill.",
    ],
)
def test_only_uses_the_words(row):
    survey(HEAD, FIRST, row).sound()


@pytest.mark.parametrize("label", ["I vilket område bor du?", "Vilken skola går du på?", "Bostadsort"])
def test_a_text_on_where_somebody_is_found_is_warned_of(label):
    form = survey(HEAD, FIRST, f"text | x | {label}").sound()
    assert any("areas to choose from" in words for words in form.warnings)
