"""How a file's letters are written, found from the whole of it: å, ä and ö must come out as themselves."""

from __future__ import annotations

import codecs
import io
import re

from .intake import position
from .problems import Report

_SWEDISH = "åäöÅÄÖéÉ"
_OTHERS = ("cp850", "mac_roman")
_LATIN = {"iso8859-1", "latin-1", "ascii", "cp1252"}
_BLOCK = 1 << 20
_SAMPLE = 4096
_MOSTLY = 0.9
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


def decode(data: bytes, report: Report) -> tuple[str, str]:
    """The text of a file and the name of its encoding; refused when it mixes two of them."""
    encoding = encoding_of(data, report)
    return data.decode(codec_of(data, encoding)), encoding


def encoding_of(data: bytes, report: Report) -> str:
    """The name of a file's encoding, from the whole of it; refused when it mixes two of them."""
    encoding = "utf-16" if wide_codec(data) else "utf-8"
    place = misfit(data, encoding)
    if place is not None and encoding == "utf-8":
        _refuse_mixed(data, report)
        encoding = _eight_bit(data)
        place = misfit(data, encoding)
    if place is not None:
        raise report.refuse("unknown_encoding", *position(data, place))
    return encoding


def misfit(data: bytes, encoding: str) -> int | None:
    """The place of the first byte that an encoding has no letter for; None where all of the file is in it."""
    codec = "utf-8" if encoding == "utf-8" else codec_of(data, encoding)
    # A text of the whole file would take up to four times its size.
    decoder = codecs.getincrementaldecoder(codec)()
    for begin in range(0, len(data), _BLOCK):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(data[begin : begin + _BLOCK], begin + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            return begin - waiting + error.start
    return None


def codec_of(data: bytes, encoding: str) -> str:
    """Python's name for how a file in a known encoding is decoded."""
    if encoding == "utf-16":
        return wide_codec(data) or encoding
    return "utf-8-sig" if encoding == "utf-8" else encoding


def wide_codec(data: bytes) -> str | None:
    """How a file of two bytes a letter is decoded, with a mark that says so or without; None for others."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    for codec, high, low in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if len(high) > 1 and high.count(0) > _MOSTLY * len(high) and not low.count(0) and len(data) % 2 == 0:
            return codec
    return None


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
    for number, line in enumerate(io.BytesIO(data), start=1):
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
