"""What an input is: by its first bytes where they are telling, else by its extension."""

from __future__ import annotations

import codecs
import csv
import json
import re
from typing import Final, Literal

from .options import FieldNames

Kind = Literal[
    "text", "html", "pdf", "docx", "eml", "jsonl", "json", "csv", "tsv",
    "gzip", "bzip2", "xz", "zip", "tar", "binary", "unsupported",
]  # fmt: skip

_BY_EXTENSION: Final[dict[str, Kind]] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".eml": "eml",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "tsv",
    ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".tgz": "gzip", ".tbz2": "bzip2", ".txz": "xz",
    ".zip": "zip", ".tar": "tar",
}  # fmt: skip
_BY_MEDIA: Final[dict[str, Kind]] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text",
    "application/pdf": "pdf", "message/rfc822": "eml", "application/json": "json", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "text/csv": "csv", "text/tab-separated-values": "tsv",
    "application/zip": "zip", "application/gzip": "gzip", "application/x-gzip": "gzip", "application/x-tar": "tar",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
_FOREIGN_MEDIA: Final = ("image/", "audio/", "video/", "font/")
_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x89PNG\r\n", "unsupported"),
    (b"\xff\xd8\xff", "unsupported"),
    (b"GIF8", "unsupported"),
    (b"Rar!\x1a", "unsupported"),
    (b"7z\xbc\xaf\x27\x1c", "unsupported"),
    (b"{\\rtf", "unsupported"),
    (b"\x7fELF", "unsupported"),
    (b"SQLite format 3\x00", "unsupported"),
    (b"PAR1", "unsupported"),
)
_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR_MARK: Final = slice(257, 262)
_EXTENSION: Final = re.compile(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,8}\Z")
_HTML_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER: Final = re.compile(r"^(From|Message-ID|MIME-Version|Received|Return-Path|Delivered-To):", re.I | re.M)
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"
_STRAY: Final = 8
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def extension(name: str) -> str:
    """The extension of a file name in lower case, with its dot; empty without one.

    What follows the last dot of ``Talks in the U.S. capital`` or ``report.2019`` is none.
    """
    found = _EXTENSION.search(name.rsplit("/", 1)[-1].lower().removeprefix("."))
    return found[0] if found else ""


def kind_of(head: bytes, name: str, *, named: bool, media: str | None, fields: FieldNames) -> Kind:
    """Decide what an input is.

    Args:
        head: Its first bytes (up to 64 KiB).
        name: Its file name.
        named: Whether the user named it. Then text with an unknown extension is read; inside a folder or archive it
            may be a style sheet or a program, and is not.
        media: Media type that a server gave. None without one. It outranks the extension.
        fields: Names of the fields that tell a table from prose.

    Returns:
        The kind; ``unsupported`` for what Foedera does not read and ``binary`` for bytes that are no text.
    """
    suffix = extension(name)
    by_name = _BY_MEDIA.get(media or "") or _BY_EXTENSION.get(suffix)
    by_bytes = _by_magic(head, suffix)
    if by_bytes:
        return by_bytes
    if by_name in ("pdf", "docx", "gzip", "bzip2", "xz", "zip", "tar") and not _HTML_START.match(text_of(head)):
        return by_name
    return _textual(head, suffix, by_name, named, media, fields)


def _by_magic(head: bytes, suffix: str) -> Kind | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind if kind != "bzip2" or _BZIP2.match(head) else None
    if suffix == ".pdf" and b"%PDF-" in head[:1024]:
        return "pdf"
    return "tar" if head[_TAR_MARK] == b"ustar" else None


def _textual(
    head: bytes, suffix: str, by_name: Kind | None, named: bool, media: str | None, fields: FieldNames
) -> Kind:
    """Decide among the kinds that are text, or refuse."""
    if by_name is None and (media or "").startswith(_FOREIGN_MEDIA):
        return "unsupported"
    if looks_binary(head) and by_name != "eml":
        return "unsupported" if by_name is None and suffix else "binary"
    text = text_of(head)
    if _HTML_START.match(text) and by_name != "eml":
        return "html"
    if by_name:
        return by_name
    if suffix and not named:
        return "unsupported"
    return _by_content(text, fields)


def _by_content(text: str, fields: FieldNames) -> Kind:
    # Not str.splitlines, which also splits at characters that JSON strings and cells may hold.
    lines = _LINE_END.split(text.lstrip("\ufeff \t\r\n"))
    if not lines[0]:
        return "text"
    if lines[0][0] in "{[":
        return _json_kind(lines)
    found = {m[1].lower() for m in _MAIL_HEADER.finditer(text.replace("\r\n", "\n").split("\n\n", 1)[0])}
    if "from" in found and len(found) > 1:
        return "eml"
    for delimiter, kind in ((",", "csv"), (";", "csv"), ("\t", "tsv")):
        header = [cell.strip() for cell in next(csv.reader([lines[0][:4096]], delimiter=delimiter), [])]
        if len(header) > 1 and (fields.text in header or fields.html in header):
            return "csv" if kind == "csv" else "tsv"
    return "text"


def _json_kind(lines: list[str]) -> Kind:
    """Prose may start with a bracket, so only what parses, or is one long line of an object, counts as JSON."""
    try:
        first = json.loads(lines[0])
    except (ValueError, RecursionError):
        start = "".join(lines).replace(" ", "")[:3]
        return "json" if start[:2] in ('{"', "[{") else "text"
    if isinstance(first, dict):
        return "jsonl"
    return "json" if isinstance(first, list) and first and isinstance(first[0], dict) else "text"


def text_of(head: bytes) -> str:
    """The first bytes as text for a look at them; not a decision on their encoding."""
    if head[:2] in _WIDE:
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def looks_binary(data: bytes) -> bool:
    """Whether bytes hold more control characters, NUL among them, than text in any encoding does."""
    if data[:2] in _WIDE or data[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return False
    zeros = data.count(0)
    if zeros and _unmarked_wide(data):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    # A few stray ones are repaired later, unless the input is so short that they are much of it.
    return 50 * controls > len(data) and (controls > _STRAY or 10 * controls > len(data))


def _unmarked_wide(data: bytes) -> bool:
    """UTF-16 without a mark has NULs in every other byte of Latin text, and in no others."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    return max(even, odd) > 0.3 * len(data) and min(even, odd) < 0.01 * len(data)
