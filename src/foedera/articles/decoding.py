"""Bytes to text: which encoding a page is in, and what to do when it is in two at once."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from foedera.model.errors import InputError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{2,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{2,40})", re.IGNORECASE)
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE: Final = 65_536
_GUESS_SAMPLE: Final = 131_072
# Above this share of control bytes no known text encoding explains the page; stray ones are repaired later.
_MOST_CONTROLS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page before any repair.

    Attributes:
        text: The decoded characters; a byte order mark is not part of them.
        encoding: Python's name of the encoding, or ``mixed utf-8 and cp1252``.
        notes: What was unusual, in words; empty for plain UTF-8.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, document: str, *, html: bool = False) -> Decoded:
    """Decode the bytes of a page.

    The order is: byte order mark, UTF-8 where it is valid, the charset that the markup declares, UTF-8 with some lines
    in Windows-1252, and at last a statistical guess. Valid UTF-8 with multi-byte characters outranks a declaration,
    since other encodings do not form it by chance and wrong declarations are common.

    Args:
        data: The bytes.
        document: Name of the page, for the error.
        html: Whether to look for a charset in the markup.

    Raises:
        InputError: ``empty`` (no bytes or white space alone) or ``binary`` (no text in any known encoding).
    """
    if not data.strip(b" \t\r\n\f\v\x00"):
        raise InputError("empty", document, f"{len(data)} bytes of nothing but white space")
    for bom, name in _BOMS:
        if data.startswith(bom):
            if not data[len(bom) :].strip(b" \t\r\n\f\v\x00"):
                raise InputError("empty", document, f"{len(data)} bytes: a byte order mark and nothing behind it")
            return _with_bom(data[len(bom) :], name, document)
    if (wide := _unmarked_utf16(data)) is not None:
        return wide
    _refuse_binary(data, document)
    declared = _declared(data) if html else None
    if (text := _strict(data, "utf-8")) is not None and not _seven_bit_escape(declared):
        return Decoded(text, "utf-8")
    if declared and declared != "utf-8" and (text := _strict(data, declared)) is not None:
        return Decoded(text, declared, (f"decoded as {declared}, which the page declares",))
    return _mixed(data) or _guess(data, document)


def _with_bom(data: bytes, name: str, document: str) -> Decoded:
    text = _strict(data, name)
    if text is not None:
        return Decoded(text, name, () if name == "utf-8" else (f"decoded as {name} by its byte order mark",))
    if name == "utf-8":
        return _mixed(data) or _guess(data, document)
    return Decoded(data.decode(name, "replace"), name, (f"some bytes are not valid {name} and were replaced",))


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows as NUL in every other byte of Latin text."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 4 or b"\x00" not in sample:
        return None
    for name, zeros, letters in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if zeros.count(0) > 0.6 * half and letters.count(0) < 0.02 * half:
            text = _strict(data[: len(data) // 2 * 2], name)
            if text is not None:
                return Decoded(text, name, (f"decoded as {name} without a byte order mark",))
    return None


def _refuse_binary(data: bytes, document: str) -> None:
    sample = data[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > max(_MOST_CONTROLS * len(sample), 8):
        first = _CONTROL.search(sample)
        place = first.start() if first else 0
        raise InputError("binary", document, f"{controls} control bytes in the first {len(sample)}, first at {place}")


def _declared(data: bytes) -> str | None:
    """The codec that the markup names, with Latin-1 read as its superset the way browsers do."""
    found = _META.search(data[:4096]) or _XML.match(data[:400])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _seven_bit_escape(declared: str | None) -> bool:
    """Encodings made of ASCII bytes look like valid UTF-8, so their declaration has to be believed."""
    return declared is not None and (declared.startswith("iso2022") or declared == "hz")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with foreign lines, or English with a few Windows-1252 bytes; None where neither explains the bytes."""
    lines = data.splitlines(keepends=True)
    texts = [_strict(line, "utf-8") for line in lines]
    bad = [line for line, text in zip(lines, texts, strict=True) if text is None]
    good = sum(1 for line, text in zip(lines, texts, strict=True) if text is not None and not line.isascii())
    if good < len(bad) and not all(_looks_western(line) for line in bad[:200]):
        return None
    parts = [
        line_text if line_text is not None else _salvage(line) for line, line_text in zip(lines, texts, strict=True)
    ]
    if not good and not any(_has_utf8(line) for line in bad):
        return Decoded("".join(parts), "cp1252", ("decoded as cp1252",))
    note = f"{len(bad)} line{'s' if len(bad) > 1 else ''} with bytes that are not UTF-8 read as cp1252"
    return Decoded("".join(parts), "mixed utf-8 and cp1252", (note,))


def _looks_western(line: bytes) -> bool:
    """Whether the high bytes stand alone between ASCII, as they do in Windows-1252 and not in East Asian encodings."""
    runs = [m[0] for m in _HIGH_RUN.finditer(line)]
    alone = sum(1 for run in runs if len(run) == 1 or _has_utf8(run) or (len(run) == 2 and run[0] in b"\x91\x93\x85"))
    return alone >= 0.7 * len(runs) and sum(map(len, runs)) <= 0.25 * len(line) + 2


def _has_utf8(line: bytes) -> bool:
    return any(not run.isascii() for run in line.decode("utf-8", "ignore").split())


def _salvage(line: bytes) -> str:
    """Decode a line byte by byte: valid UTF-8 sequences as such, any other byte as Windows-1252."""
    pieces: list[str] = []
    rest = line
    while rest:
        try:
            pieces.append(rest.decode("utf-8"))
            break
        except UnicodeDecodeError as broken:
            pieces.append(rest[: broken.start].decode("utf-8"))
            pieces.append("".join(_western(byte) for byte in rest[broken.start : broken.end]))
            rest = rest[broken.end :]
    return "".join(pieces)


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _guess(data: bytes, document: str) -> Decoded:
    best = from_bytes(data[:_GUESS_SAMPLE]).best()
    if best is None:
        raise InputError("binary", document, "no encoding explains the bytes", remedy="Convert the file to UTF-8.")
    text = data.decode(best.encoding, "replace")
    return Decoded(text, best.encoding, (f"encoding guessed as {best.encoding}",))
