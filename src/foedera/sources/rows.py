"""One row of JSON or CSV as a page, and the lines that rows come in."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from typing import Final

from foedera.model import Metadata

from .dates import is_given, iso_published
from .entry import HEAD, Context, Entry, Found, cleaned

_META: Final = ("title", "published", "outlet", "url", "licence", "byline", "language")
_KEPT: Final = 4096


def read_row(
    row: Mapping[str, object], entry: Entry, context: Context, number: int | None, kind: str, raw: bytes
) -> Iterator[Found]:
    """A page for a row, or the reject that says why there is none.

    A declared date of an unknown form costs the date and not the page: both the page and a reject are yielded.

    Args:
        row: Field names and values.
        entry: The file that the row is in.
        context: What holds for all inputs.
        number: Row, counted from 1. None where the file is one row.
        kind: Media type of the file.
        raw: The bytes of the row, for the reject.
    """
    content, html, problem = _content(row, context)
    if problem:
        yield _reject(entry, number, "empty" if problem == "empty" else "bad_row", _WORDS.get(problem, problem), raw)
        return
    data = cleaned(content)
    if len(data) > context.options.limits.max_bytes:
        yield _reject(entry, number, "too_large", f"{len(data)} bytes of text", raw)
        return
    declared, odd_date = _metadata(row, context)
    yield context.page(entry, kind, data, row=number, html=html, declared=declared)
    if odd_date is not None:
        detail = f"{context.options.fields.published} {odd_date[:100]!r} is not a date; the text was read without it"
        yield _reject(entry, number, "bad_row", detail, raw)


_WORDS: Final = {"empty": "the text is empty or white space"}


def _reject(entry: Entry, number: int | None, reason: str, detail: str, raw: bytes) -> Found:
    if number is None:
        return entry.reject(reason, detail, raw)
    return entry.reject_row(number, reason, detail, raw)


def _content(row: Mapping[str, object], context: Context) -> tuple[str, bool, str | None]:
    """The text, whether it is HTML, and the problem where there is one."""
    names = context.options.fields
    text, html = row.get(names.text), row.get(names.html)
    if isinstance(html, str) and html.strip() and (text is None or (isinstance(text, str) and not text.strip())):
        return html, True, None
    if text is None:
        found = ", ".join(repr(str(name)[:40]) for name in list(row)[:12]) or "none"
        return "", False, f"has no field {names.text!r}; its fields: {found}"
    if not isinstance(text, str):
        return "", False, f"field {names.text!r} is a {type(text).__name__}, not a string"
    return text, False, None if text.strip("\ufeff\x00 \t\r\n\f\v") else "empty"


def _metadata(row: Mapping[str, object], context: Context) -> tuple[Metadata, str | None]:
    """The declared metadata, and the date where it is of no known form."""
    said = {name: _words(row.get(getattr(context.options.fields, name))) for name in _META}
    published, odd_date = said["published"], None
    if published is not None:
        said["published"] = iso_published(published)
        if said["published"] is None and is_given(published):
            odd_date = published
    return Metadata(**said), odd_date


def _words(value: object) -> str | None:
    """A field as text; None where it holds nothing, or something that is no text (a nested object, a truth value)."""
    if isinstance(value, list):
        value = ", ".join(item.strip() for item in value if isinstance(item, str) and item.strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return cleaned(value.strip()).decode("utf-8") or None


def lines_of(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes, bool]]:
    """Lines with their numbers from 1, and whether one was too long; of such a line only the start is kept."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        whole = line.endswith(b"\n")
        if len(line) <= limit or whole:
            yield number, line, False
            continue
        while not whole and (rest := stream.readline(HEAD)):
            whole = rest.endswith(b"\n")
        yield number, line[:_KEPT], True


def utf8_stream(entry: Entry) -> io.BufferedReader:
    """The stream of an entry; one that starts with a UTF-16 mark (spreadsheets, Windows shells) recoded as UTF-8."""
    mark = entry.stream.peek(2)[:2]
    if mark not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return entry.stream
    return io.BufferedReader(_Recoded(entry.stream), HEAD)


class _Recoded(io.RawIOBase):
    """UTF-16 with a mark as UTF-8."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            data = self._source.read(HEAD)
            self._rest = self._decoder.decode(data, not data).encode("utf-8")
            if not data:
                break
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def decoded(line: bytes) -> tuple[str, bool]:
    """A line as text, and whether some bytes had to be read as Windows-1252.

    Raises:
        UnicodeDecodeError: So many bytes are not UTF-8 that Windows-1252 would be no better than chance, or a byte is
            in neither.
    """
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError as error:
        high = len(line) - len(line.decode("ascii", "ignore"))
        if 10 * high > len(line):
            raise error
    return line.decode("utf-8", "foedera.western"), True


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("foedera.western", _western)


def labelled(kind: str, recoded: bool) -> str:
    """The media type of a file, with the charset that some bytes of the row were taken for."""
    return f"{kind}; charset=windows-1252" if recoded else kind
