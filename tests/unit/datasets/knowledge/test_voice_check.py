"""What stops words that young people said, what asks, and what is left alone."""

import pytest

from datasets.voice_check import check_words, names_person


@pytest.mark.parametrize(
    "text",
    [
        "Jag heter Erik Lindqvist",
        "ERIKS mamma heter Karin Ek",
        "Säg hej till Svensson",
        "Det var Mohammed Ali som sa det",
        "Vi i 8C tycker att",
        "klass 7 på skolan",
        "i 9 B",
        "Eleverna i TE22",
        "född 090102-1234",
        "20090102 1234",
        "mejla kurator@skola.example",
        "ring 08-123 45 67",
        "hemma på Ekvägen 3",
    ],
)
def test_it_stops(text):
    assert check_words(text).stops


@pytest.mark.parametrize(
    "text", ["Fråga Anna", "Anna var där", "annas syster Anna", "på Björkgymnasiet", "Alviks skola"]
)
def test_it_asks(text):
    found = check_words(text)
    assert not found.stops
    assert found.asks


@pytest.mark.parametrize(
    "text",
    [
        "Det är bäst på gården en fredag klockan 19.30",
        "I åk 9 och gymnasiet är det för mycket läxor",
        "Vi var 12 stycken, och 3 av 4 ville stanna",
        "Jag vill bli sedd. Inte bara mätt.",
        "Sverige borde ha fler bussar än Norge",
        "Efter 2024 har priset gått upp 300 kr",
        "UMO och BUP är bra att ha",
        "Personer som lyssnar. Person som dömer. Dotter eller son spelar ingen roll.",
        "Resonemang är svåra, personalen är bra",
    ],
)
def test_it_lets_be(text):
    found = check_words(text)
    assert (found.stops, found.asks) == ((), ())


def test_texts_that_belong_together_are_looked_at_together():
    assert check_words("Det var bra", "Samtal med Karin Ek").stops


@pytest.mark.parametrize(
    "contact, is_person",
    [
        ("Ungdomsmottagningen, 08-123 45 67", False),
        ("ungdom@alvik.example", False),
        ("Fritidsgårdens ledare", False),
        ("Karin Ek, fältare", True),
        ("Karin på gården", True),
    ],
)
def test_a_contact_is_a_function(contact, is_person):
    assert names_person(contact) is is_person
