"""JSON Lines and JSON: a document a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from foedera.model.errors import InputError

from .entry import Context, Entry, Found
from .plain import is_blank
from .rows import decoded, labelled, lines_of, read_row, utf8_stream

JSONL: Final = "application/x-ndjson"
JSON: Final = "application/json"


def read_jsonl(entry: Entry, context: Context) -> Iterator[Found]:
    """A page a line; the row of a page is the number of its line, and blank lines are passed over."""
    limit = context.options.limits.max_line
    seen = False
    for number, line, too_long in lines_of(utf8_stream(entry), limit):
        if too_long:
            seen = True
            yield entry.reject_row(number, "line_too_long", f"line {number} is longer than {limit} bytes", line)
        elif line.strip():
            seen = True
            yield from _line(line, number, entry, context)
    if not seen:
        raise InputError("empty", entry.document, "no line holds anything")


def _line(line: bytes, number: int, entry: Entry, context: Context) -> Iterator[Found]:
    line = line.rstrip(b"\r\n")
    try:
        text, recoded = decoded(line)
        row = json.loads(text)
    except UnicodeDecodeError as error:
        detail = f"line {number}: byte {error.start} is not UTF-8 ({error.reason})"
        yield entry.reject_row(number, "bad_row", detail, line)
        return
    except (ValueError, RecursionError) as error:
        yield entry.reject_row(number, "bad_row", f"line {number} is not JSON: {error}", line)
        return
    if not isinstance(row, dict):
        detail = f"line {number} is a JSON {type(row).__name__}, not an object"
        yield entry.reject_row(number, "bad_row", detail, line)
        return
    yield from read_row(row, entry, context, number, labelled(JSONL, recoded), line)


def read_json(entry: Entry, context: Context) -> Iterator[Found]:
    """A page for one object, or for each object of a list; several objects after each other are read as JSON Lines."""
    stream = utf8_stream(entry)
    limit = context.options.limits.max_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError("too_large", entry.document, f"more than {limit} bytes; as JSON Lines it can be of any size")
    entry.whole = data
    if is_blank(data):
        raise InputError("empty", entry.document, f"{len(data)} bytes of nothing but white space")
    try:
        text, recoded = decoded(data.removeprefix(b"\xef\xbb\xbf"))
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from _lines(data, entry, context)
            return
        raise InputError("damaged", entry.document, f"not JSON: {error}") from error
    if not isinstance(found, list):
        yield from _rows([found], entry, context, recoded, numbered=False)
    elif not found:
        raise InputError("empty", entry.document, "the list is empty")
    else:
        yield from _rows(found, entry, context, recoded, numbered=True)


def _lines(data: bytes, entry: Entry, context: Context) -> Iterator[Found]:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield from _line(line, number, entry, context)


def _rows(found: list[object], entry: Entry, context: Context, recoded: bool, *, numbered: bool) -> Iterator[Found]:
    for number, row in enumerate(found, 1):
        raw = json.dumps(row, ensure_ascii=True).encode("ascii")
        if isinstance(row, dict):
            yield from read_row(row, entry, context, number if numbered else None, labelled(JSON, recoded), raw)
        elif numbered:
            detail = f"item {number} is a JSON {type(row).__name__}, not an object"
            yield entry.reject_row(number, "bad_row", detail, raw)
        else:
            yield entry.reject("bad_row", f"a JSON {type(row).__name__}, neither an object nor a list")
