"""CSV and TSV: a header row, then a document a row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Final

from foedera.model.errors import InputError

from .entry import Context, Entry, Found
from .options import FieldNames
from .rows import decoded, labelled, lines_of, read_row, utf8_stream
from .sniff import text_of

CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
_CELLS_SHOWN: Final = 12


class _LongRecord(csv.Error):
    """A record, or one of its lines, is longer than the limit."""


@dataclass(slots=True)
class _Lines:
    """Feeds decoded lines to the CSV parser and keeps the bytes of the current record."""

    source: Iterator[tuple[int, bytes, bool]]
    limit: int
    taken: list[tuple[int, bytes, bool]] = field(default_factory=list)
    returned: deque[tuple[int, bytes, bool]] = field(default_factory=deque)
    size: int = 0
    recoded: bool = False

    def start(self) -> None:
        """Begin a new record."""
        self.taken, self.size, self.recoded = [], 0, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.returned.popleft() if self.returned else next(self.source)
        self.taken.append(line)
        self.size += len(line[1])
        if line[2] or self.size > self.limit:
            raise _LongRecord(f"longer than {self.limit} bytes")
        text, recoded = decoded(line[1])
        self.recoded = self.recoded or recoded
        return text

    def keep_first(self) -> None:
        """Give all lines but the first back: one stray quote must not take the rows after it along."""
        self.returned.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]

    @property
    def data(self) -> bytes:
        """The bytes of the current record."""
        return b"".join(line for _, line, _ in self.taken)

    @property
    def place(self) -> str:
        """Where the current record is."""
        if not self.taken:
            return "the end"
        first, last = self.taken[0][0], self.taken[-1][0]
        return f"line {first}" if first == last else f"lines {first} to {last}"


def read_csv(entry: Entry, context: Context) -> Iterator[Found]:
    """A page a record; rows are counted from 1 without the header."""
    yield from _read(entry, context, CSV)


def read_tsv(entry: Entry, context: Context) -> Iterator[Found]:
    """Like CSV with tabs; a row whose quotes do not follow the rules of CSV is split at its tabs alone."""
    yield from _read(entry, context, TSV)


def _read(entry: Entry, context: Context, kind: str) -> Iterator[Found]:
    stream = utf8_stream(entry)
    names = context.options.fields
    delimiter = "\t" if kind == TSV else _delimiter(stream.peek(1), names)
    lines = _Lines(lines_of(stream, context.options.limits.max_line), context.options.limits.max_line)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header = _header(reader, lines, entry, names)
    number = 0
    for cells, problem in _records(reader, lines):
        number += 1
        if problem is None:
            yield from _record(header, cells, number, lines, entry, context, kind)
            continue
        place = lines.place
        lines.keep_first()
        if rescued := _rescued(lines.data, header, kind):
            yield from _record(header, rescued, number, lines, entry, context, kind)
        else:
            reason = "line_too_long" if isinstance(problem, _LongRecord) else "bad_row"
            yield entry.reject_row(number, reason, f"{place}: {problem}", lines.data)
    if not number:
        raise InputError("empty", entry.document, "there is no row under the header")


def _delimiter(head: bytes, names: FieldNames) -> str:
    first = text_of(head).split("\n", 1)[0]
    for delimiter in (",", ";", "\t"):
        cells = [cell.strip(' "\r') for cell in first.split(delimiter)]
        if len(cells) > 1 and (names.text in cells or names.html in cells):
            return delimiter
    return ","


Records = Iterator[tuple[list[str], Exception | None]]


def _records(reader: Iterator[list[str]], lines: _Lines) -> Records:
    """Records, or what is wrong with one; blank lines are passed over."""
    while True:
        lines.start()
        try:
            with _field_limit(lines.limit):
                cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as problem:
            yield [], problem
        else:
            if cells:
                yield cells, None


@contextmanager
def _field_limit(limit: int) -> Iterator[None]:
    """The parser's limit is a setting of the process, so it is ours for the length of one record only."""
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(reader: Iterator[list[str]], lines: _Lines, entry: Entry, names: FieldNames) -> list[str]:
    cells, problem = next(_records(reader, lines), ([], None))
    if problem is not None:
        raise InputError("bad_row", entry.document, f"the header in {lines.place}: {problem}")
    if not cells:
        raise InputError("empty", entry.document, "no line holds anything")
    header = [cell.strip() for cell in cells]
    if names.text not in header and names.html not in header:
        found = ", ".join(repr(cell[:40]) for cell in header[:_CELLS_SHOWN])
        raise InputError("bad_row", entry.document, f"the header has no column {names.text!r}; its columns: {found}")
    for name in (getattr(names, f.name) for f in fields(names)):
        if header.count(name) > 1:
            raise InputError("bad_row", entry.document, f"the header has column {name!r} twice")
    return header


def _record(
    header: list[str], cells: list[str], number: int, lines: _Lines, entry: Entry, context: Context, kind: str
) -> Iterator[Found]:
    data = lines.data
    if b"\x00" in data:
        yield entry.reject_row(number, "bad_row", f"{lines.place}: a NUL byte", data)
    elif len(cells) != len(header):
        detail = f"{lines.place}: {len(cells)} columns where the header has {len(header)}"
        yield entry.reject_row(number, "bad_row", detail, data)
    else:
        row = dict(zip(header, cells, strict=True))
        yield from read_row(row, entry, context, number, labelled(kind, lines.recoded), data)


def _rescued(line: bytes, header: list[str], kind: str) -> list[str]:
    """A row of a TSV that was written without quoting: the line split at its tabs. Empty where that does not fit."""
    if kind != TSV:
        return []
    try:
        cells = decoded(line.rstrip(b"\r\n"))[0].split("\t")
    except UnicodeDecodeError:
        return []
    return cells if len(cells) == len(header) else []
