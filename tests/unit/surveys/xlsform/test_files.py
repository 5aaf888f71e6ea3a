"""Whatever file somebody brings: it is read, or named and refused with what to do; nothing hangs or breaks."""

import io
import time
import zipfile

import openpyxl
import pytest

from surveys.xlsform import read_xlsform
from surveys.xlsform.telling import OutOfTime, Report

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SURVEY = [["type", "name", "label"], ["select_one yn", "a", "Mår du bra?"], ["geopoint", "g", "Var är du?"]]
CHOICES = [["list_name", "name", "label"], ["yn", 1, "Ja"], ["yn", 2, "Nej"]]


def workbook(survey=SURVEY, choices=CHOICES):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in survey:
        sheet.append(row)
    sheet = book.create_sheet("choices")
    for row in choices:
        sheet.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def swollen():
    """A workbook one of whose sheets unpacks to 200 MB."""
    parts = parts_of(workbook())
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-12] + b" " * 200_000_000
    return zipped(parts)


def far_away():
    """A workbook with a cell in the last corner of a sheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["survey"].cell(1_048_576, 16_384, "x")
    return saved(book)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<html><body><table>", "a web page"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?><h:html>", "an XML file"),
        (b'{"type": "FeatureCollection"}', "a JSON file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"type,name,label\ntext,a,Hej\ntext,b,Hopp\n", "a single table without sheets"),
        (b"type;name;label\r\ntext;a;Hej\r\n", "a single table without sheets"),
        (b"Hej och h\xe5!", "no form that we can read"),
        (bytes(range(256)) * 10, "no form that we can read"),
        (workbook()[:3000], "damaged"),
        (b"PK\x03\x04" + b"x" * 500, "damaged"),
        (zipped(parts_of(workbook()) | {"xl/vbaProject.bin": b"x"}), "macros"),
        (zipped({"word/document.xml": b"<w/>"}), "a text document"),
        (zipped({"content.xml": b"<office/>"}), "an ODS workbook"),
        (zipped({"a.txt": b"x"}), "a packed folder"),
        (zipped({"xl/workbook.xml": b"<workbook>"}), "damaged"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a password"),
        (OLE + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        (OLE + b"\0" * 6000, "damaged"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (swollen, "unpacks to far more"),
        (far_away, "too long"),
    ],
)
def test_what_is_no_form_is_named(content, words):
    # The large ones are made where they are read, and not by every process that collects.
    reading = read_xlsform(content() if callable(content) else content, "form.xlsx")
    assert reading.definition is None
    assert [words in told.message for told in reading.errors] == [True]
    assert not reading.is_accepted


@pytest.mark.parametrize("above", [0, 1, 3])
def test_rows_and_columns_are_those_that_a_spreadsheet_shows(above):
    rows = [[], *SURVEY[:2], [], *SURVEY[2:]] if above else SURVEY
    book = openpyxl.load_workbook(io.BytesIO(workbook(SURVEY[:0])))
    for number, row in enumerate(rows, start=above + 1):
        for column, cell in enumerate(row, start=3):
            book["survey"].cell(number, column, cell)
    reading = read_xlsform(saved(book))
    row = above + (5 if above else 3)
    assert [(told.place.sheet, told.place.row, told.place.column) for told in reading.errors] == [
        ("survey", row, "C")
    ]


def test_a_sound_workbook_with_blank_rows_above_is_accepted():
    reading = read_xlsform(workbook([[], [], *SURVEY[:2]]))
    assert reading.is_accepted
    assert reading.questions == 1
    assert [choice["code"] for choice in reading.definition["questions"][1]["choices"]] == ["1", "2"]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_that_names_its_sheets_is_read(delimiter, encoding):
    lines = [
        ["survey", "", "", ""],
        ["", "type", "name", "label"],
        ["", "select_one yn", "a", "Mår du bra?"],
        ["", "image", "b", "Ta en bild"],
        ["choices", "", "", ""],
        ["", "list_name", "name", "label"],
        ["", "yn", "y", "Ja"],
        ["", "yn", "n", "Nej"],
    ]
    reading = read_xlsform("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert [(told.place.row, told.place.column) for told in reading.errors] == [(4, "B")]


def test_what_pyxform_alone_refuses_is_told_in_its_words():
    rows = [
        ["type", "name", "label", "repeat_count"],
        ["select_one yn", "a", "Mår du bra?"],
        ["begin group", "a b"],
    ]
    reading = read_xlsform(workbook([*rows, ["select_one yn", "b", "Trivs du?"], ["end group"]]))
    assert [("pyxform" in told.message, told.place.row) for told in reading.errors] == [(True, 3)]


def test_a_form_made_to_hinder_is_given_up():
    report = Report()
    report._until = time.thread_time() - 1
    with pytest.raises(OutOfTime):
        report.check_time()
