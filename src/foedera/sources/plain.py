"""Text and HTML files: their bytes as they are, since decoding and repair are for later."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final

from foedera.model.errors import InputError

from .entry import Context, Entry, Found
from .sniff import extension, looks_binary

_BLANK: Final = b" \t\r\n\f\v\x00"
_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(entry: Entry, context: Context) -> Iterator[Found]:
    """A text file as one page."""
    data = _checked(entry, context)
    kind = "text/markdown" if extension(entry.name) in (".md", ".markdown") else "text/plain"
    yield context.page(entry, entry.media or kind, data)


def read_html(entry: Entry, context: Context) -> Iterator[Found]:
    """An HTML file as one page."""
    data = _checked(entry, context)
    kind = "application/xhtml+xml" if extension(entry.name) == ".xhtml" else "text/html"
    yield context.page(entry, entry.media or kind, data, html=True)


def _checked(entry: Entry, context: Context) -> bytes:
    limits = context.options.limits
    data = entry.read_whole(limits.max_bytes)
    if is_blank(data):
        raise InputError("empty", entry.document, f"{len(data)} bytes of nothing but white space")
    if looks_binary(data):
        raise InputError("binary", entry.document, f"{len(data)} bytes with too many control characters for a text")
    if (start := long_line(data, limits.max_line)) is not None:
        raise InputError(
            "line_too_long", entry.document, f"the line at byte {start} is longer than {limits.max_line} bytes"
        )
    return data


def is_blank(data: bytes) -> bool:
    """Whether there is nothing but white space and a byte order mark."""
    for bom in _BOMS:
        if data.startswith(bom):
            data = data[len(bom) :]
            break
    return not data.strip(_BLANK)


def long_line(data: bytes, limit: int) -> int | None:
    """Where the first line of more than `limit` bytes starts. None where there is none.

    It leaps from the last line end within reach to the next, so the time does not grow with the number of lines.
    """
    start = 0
    while len(data) - start > limit:
        reach = start + limit + 1
        end = max(data.rfind(b"\n", start, reach), data.rfind(b"\r", start, reach))
        if end < 0:
            return start
        start = end + 1
    return None
