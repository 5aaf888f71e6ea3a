"""The first look at a file: is it small enough, is it text, and is it what it was said to be?"""

from __future__ import annotations

from .problems import Problem, Report

MEGABYTE = 1_000_000
LARGEST = 200 * MEGABYTE
"""A file of this size or more is refused."""

_SIGNATURES = (
    (b"PK\x03\x04", "is_office"),
    (b"PK\x05\x06", "is_office"),
    (b"\xd0\xcf\x11\xe0", "is_office"),
    (b"{\\rtf", "is_office"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"%PDF", "is_pdf"),
    (b"\x1f\x8b", "is_compressed"),
    (b"7z\xbc\xaf", "is_compressed"),
    (b"BZh", "is_compressed"),
    (b"SQLite format 3", "is_database"),
    (b"PAR1", "is_database"),
)
_WEB_PAGE = (
    *(b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<title", b"<meta", b"<script", b"<style"),
    *(b"<h1", b"<h2", b"<p>", b"<div", b"<center", b"<pre"),
)


def look(data: bytes, wanted: str, report: Report) -> None:
    """Refuse what cannot be a text file of the wanted kind: too large, empty, a picture, a web page."""
    if len(data) >= LARGEST:
        too_large(len(data), report)
        report.stop_if_fatal()
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start and not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise report.refuse("empty")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise report.refuse(kind, wanted=wanted)
    opening = start[:512].lower()
    if b"excel.sheet" in opening or b"urn:schemas-microsoft-com:office:spreadsheet" in opening:
        raise report.refuse("is_xml_sheet")
    if opening.startswith(_WEB_PAGE) or (opening.startswith(b"<?xml") and b"<html" in opening):
        if b"<table" in data[:100_000].lower():
            raise report.refuse("web_table", line=1, column=1)
        raise report.refuse("web_page", line=1, column=1)
    if opening.startswith((b"<?xml", b"<rdf")):
        raise report.refuse("is_xml", wanted=wanted)


def too_large(size: int, report: Report) -> Problem:
    """Note, and give, the problem of a file of so many bytes, which need not be opened to be refused."""
    report.add("too_large", size=size // MEGABYTE, limit=LARGEST // MEGABYTE)
    return report.problems[0]


def refuse_binary(data: bytes, report: Report) -> None:
    """Refuse a file with zero bytes that no text of eight-bit letters has."""
    if (place := data.find(b"\x00")) >= 0:
        line, column = position(data, place)
        raise report.refuse("binary", line=line, column=column)


def position(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a byte; the column in letters, which may be several bytes each."""
    begin = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[begin:offset].decode("utf-8", "replace")) + 1
