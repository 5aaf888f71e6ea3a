"""What formats and encodings are called."""

from __future__ import annotations

from collections.abc import Mapping

from .any_file import Format

FORMAT_NAMES: Mapping[Format, str] = {
    Format.CSV: "CSV",
    Format.PX: "PC-Axis",
    Format.JSONSTAT: "JSON-stat",
    Format.XLSX: "Excel (XLSX)",
    Format.ODS: "OpenDocument (ODS)",
    Format.XLS: "Excel (XLS)",
}
ENCODING_NAMES: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "mac_roman": "Mac",
    "cp850": "DOS",
}
