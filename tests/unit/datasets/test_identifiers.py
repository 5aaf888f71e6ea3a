"""What tells who somebody is, in texts and in columns. All numbers are made up, with a right check digit."""

from __future__ import annotations

import pytest

from datasets.identifiers import Kind, column_looks_like, find_identifiers, heading_tells

NUMBER, COORDINATION = Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER


def checked(first_nine: str) -> str:
    """Ten digits: nine, and Luhn's own."""
    total = 0
    for place, digit in enumerate(first_nine):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return first_nine + str(-total % 10)


PERSON, VISITOR = checked("080229238"), checked("080289238")


@pytest.mark.parametrize(
    "written",
    [
        PERSON,
        f"{PERSON[:6]}-{PERSON[6:]}",
        f"{PERSON[:6]}+{PERSON[6:]}",
        f"{PERSON[:6]} {PERSON[6:]}",
        f"20{PERSON}",
        f"20{PERSON[:6]}-{PERSON[6:]}",
        f"2008-02-29-{PERSON[6:]}",
        f"20{PERSON[:6]}–{PERSON[6:]}",
        f"{PERSON[:6]}\u200b-\u200b{PERSON[6:]}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in PERSON),
        f"Eleven ({PERSON[:6]}-{PERSON[6:]}) kom sent.",
        f"nr:20{PERSON},",
        "20080229-TF12",
        "080229-T123",
        "080229-XXXX",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(written: str) -> None:
    assert NUMBER in find_identifiers(written)


def test_a_coordination_number_is_told_from_a_personal_one() -> None:
    assert COORDINATION in find_identifiers(VISITOR)
    assert COORDINATION in find_identifiers(f"20{VISITOR[:6]}-{VISITOR[6:]}")


@pytest.mark.parametrize(
    "text",
    [
        f"{PERSON[:-1]}{(int(PERSON[-1]) + 1) % 10}",
        checked("081329238"),
        checked("080230238")[:9],
        "0186",
        "2024-05-17",
        "1 234 567 890",
        "15–17 år, 2024: 1 200 st",
        "Vi vill ha fler fritidsgårdar som är öppna på kvällen.",
        "Skolan borde börja 09.30 i stället för 08.10.",
        "Det tar 45 minuter med buss 676.",
        "Hälften (52,4 %) trivs.",
        "Stämmer inte, sa Bo.",
    ],
)
def test_ordinary_figures_and_words_are_no_identifiers(text: str) -> None:
    assert find_identifiers(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Skriv till kim.exempel@example.org", Kind.EMAIL),
        ("kim (at) example.org", Kind.EMAIL),
        ("Ring 070-123 45 67!", Kind.PHONE),
        ("+46 70 123 45 67", Kind.PHONE),
        ("0046701234567", Kind.PHONE),
        ("08-123 456 78", Kind.PHONE),
        ("Hon bor på Storgatan 12 B.", Kind.ADDRESS),
        ("Lillvägen 3", Kind.ADDRESS),
        ("149 30 Exempelstad", Kind.ADDRESS),
        ("c/o grannen", Kind.ADDRESS),
        ("Min lärare heter Erik och är snäll.", Kind.NAME),
        ("Familjen Exempelsson flyttade.", Kind.NAME),
        ("Alva Lund", Kind.NAME),
    ],
)
def test_other_ways_to_somebody_are_found_in_a_text(text: str, kind: Kind) -> None:
    assert kind in find_identifiers(text)


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("Personnummer", ["saknas"], NUMBER),
        ("pnr", [], NUMBER),
        ("Kod", ["A", "B", PERSON], NUMBER),
        ("Besöksorsak", [*["oro"] * 50, f"se även {PERSON[:6]}-{PERSON[6:]}"], NUMBER),
        ("Elevens namn", ["A", "B"], Kind.NAME),
        ("ElevNamn", ["A", "B"], Kind.NAME),
        ("Vem", ["Anna Berg", "Exempelsson, Olle", "Fatima", "okänd"], Kind.NAME),
        (
            "Vem",
            [f"{chr(65 + n % 26)}ra{chr(97 + n // 26)} {chr(65 + n % 23)}yo{chr(97 + n % 20)}" for n in range(80)],
            Kind.NAME,
        ),
        ("E-post", ["x"], Kind.EMAIL),
        ("Kontakt", ["", "a@example.org"], Kind.EMAIL),
        ("Mobil", ["1"], Kind.PHONE),
        ("Gatuadress", ["x"], Kind.ADDRESS),
        ("Postnr", ["14930"], Kind.ADDRESS),
        ("Var", ["Norr", "Söder", "Storgatan 5"], Kind.ADDRESS),
        ("Födelsedatum", ["2008-02-29", "2009-01-01"], Kind.BIRTH_DATE),
        ("Född", ["20080229"], Kind.BIRTH_DATE),
        ("Datum", ["2008-02-29", "2007-05-11", "29/2 2008", "12.03.2006"], Kind.BIRTH_DATE),
        ("Kommentar", ["bra"], Kind.FREE_TEXT),
        ("Svar", [f"jag tycker att det är för mycket av nummer {n} här" for n in range(40)], Kind.FREE_TEXT),
    ],
)
def test_a_column_of_identifiers_is_known_by_its_heading_or_its_cells(
    heading: str, values: list[str], kind: Kind
) -> None:
    assert column_looks_like(heading, values) is kind


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Kön", ["flicka", "pojke", "annat"]),
        ("Ålder", [str(age) for age in range(10, 30)]),
        ("Födelseår", ["2006", "2007", "2008"]),
        ("Född", ["2006", "2007"]),
        ("Kommun", ["0186 Lidingö", "0192 Nynäshamn"]),
        ("Kommunnamn", ["Lidingö", "Nynäshamn"]),
        ("Skola", ["Karl Johans skola", "Ekskolan", "Norra gymnasiet"]),
        ("Skolnamn", ["Ekskolan", "Almskolan"]),
        ("Anmälningsdatum", ["2025-01-08", "2025-02-11"]),
        ("Timmar", ["1,5", "0,25", "12"]),
        ("Löpnummer", [f"{n:06}" for n in range(300)]),
        ("Orsak", ["oro för skolgång", "oro för hemmet", "annan orsak till oro i hemmet"] * 40),
        ("Tom", ["", "  "]),
    ],
)
def test_columns_of_groups_and_figures_are_no_identifiers(heading: str, values: list[str]) -> None:
    assert column_looks_like(heading, values) is None


def test_a_row_that_stands_where_headings_should_is_known() -> None:
    assert heading_tells(PERSON) is NUMBER
    assert heading_tells("Anna Berg") is Kind.NAME
    assert heading_tells("Kommun") is None and heading_tells("Årskurs 9") is None
