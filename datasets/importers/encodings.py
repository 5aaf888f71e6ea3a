"""How a file's letters are written, found from the whole of it: å, ä and ö must come out as themselves."""

from __future__ import annotations

import codecs
import re

from .intake import position
from .problems import Report

_SWEDISH = "åäöÅÄÖéÉ"
_OTHERS = ("cp850", "mac_roman")
_LATIN = {"iso8859-1", "latin-1", "ascii", "cp1252"}
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(rb"[\x80-\x9f]")
_UTF8_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


def decode(data: bytes, report: Report) -> tuple[str, str]:
    """The text of a file and the name of its encoding; refused when it mixes two of them."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise report.refuse("unknown_encoding", *position(data, error.start)) from error
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        _refuse_mixed(data, report)
    encoding = _eight_bit(data)
    try:
        return decoded(data, encoding), encoding
    except UnicodeDecodeError as error:
        raise report.refuse("unknown_encoding", *position(data, error.start)) from error


def decoded(data: bytes, encoding: str) -> str:
    """The text of a file whose encoding is known; UnicodeDecodeError where it is written otherwise."""
    if encoding == "cp1252" and _CONTROLS.search(data) is None:
        # The same text, many times faster.
        return data.decode("latin-1")
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)


def decode_declared(data: bytes, declared: str | None) -> tuple[str, str]:
    """The text of a file that says how it is written, which may be a lie: UTF-8 is believed before it.

    First strict UTF-8, then what the file declares, then cp1252, which "iso-8859-1" means in practice.
    """
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    for name in (declared, "cp1252"):
        try:
            known = codecs.lookup(name or "cp1252").name
            encoding = "cp1252" if known in _LATIN else known
            if encoding.startswith(("utf", "cp", "iso", "mac", "koi")):
                return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1"), "latin-1"


def _refuse_mixed(data: bytes, report: Report) -> None:
    """Refuse a file where some lines are UTF-8 and others an eight-bit encoding; point at the fewer."""
    if _UTF8_LETTER.search(data) is None:
        return
    lines: dict[bool, list[int]] = {True: [], False: []}
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.isascii():
            lines[_is_utf8(line)].append(number)
    in_utf8, in_other = lines[True], lines[False]
    if in_utf8 and in_other:
        odd_one_is_utf8 = len(in_utf8) < len(in_other)
        number = in_utf8[0] if odd_one_is_utf8 else in_other[0]
        names = ("Windows-1252", "UTF-8") if odd_one_is_utf8 else ("UTF-8", "Windows-1252")
        high = _HIGH.search(data.split(b"\n", number)[number - 1])
        column = high.start() + 1 if high else None
        raise report.refuse("mixed_encodings", line=number, column=column, one=names[0], other=names[1])


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(data: bytes) -> str:
    """Windows' encoding unless an older one gives clearly more Swedish letters."""
    letters = {name: _swedish_letters(data, name) for name in ("cp1252", *_OTHERS)}
    best = max(_OTHERS, key=lambda name: letters[name])
    return best if letters[best] > 2 * letters["cp1252"] else "cp1252"


def _swedish_letters(data: bytes, encoding: str) -> int:
    return sum(data.count(letter.encode(encoding)) for letter in _SWEDISH)
