"""The sidecar: a table in which the user states what is known about single documents."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from foedera.model import Metadata, bounds
from foedera.model.errors import UsageError

_COLUMNS: Final = tuple(f.name for f in fields(Metadata))


@dataclass(slots=True)
class SidecarTable:
    """Statements by document name.

    A row matches a page whose document name, or that name without its row or member, or whose path, URL or bare file
    name is what the row's ``document`` says, tried in this order; the values of a more exact match outrank the others.

    Attributes:
        path: The file that the table was read from.
        rows: Statements by document name, with ``/`` between folders.
    """

    path: Path
    rows: dict[str, Metadata]
    _used: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, path: str | Path) -> SidecarTable:
        """Read a table from a CSV, TSV or JSONL file in UTF-8.

        Raises:
            UsageError: The file cannot be read, a column is unknown, a date is not one, or a document is named twice.
        """
        path = Path(path)
        rows: dict[str, Metadata] = {}
        places: dict[str, int] = {}
        for number, values in _rows(path):
            document, said = _statement(values, path, number)
            if document in rows:
                raise UsageError(
                    f"document {document!r} is named in rows {places[document]} and {number}",
                    where=str(path),
                    remedy="Keep one of the two.",
                )
            rows[document], places[document] = said, number
        return cls(path, rows)

    def stated(self, document: str, locator: str) -> Metadata:
        """What the table says about a document; empty where it says nothing."""
        said = Metadata()
        whole = document.split("#", 1)[0]
        place = _plain(locator)
        for name in (document, place, whole, place.split("#", 1)[0], whole.rsplit("/", 1)[-1]):
            if name in self.rows:
                self._used.add(name)
                said = said.over(self.rows[name])
        return said

    @property
    def unused(self) -> tuple[str, ...]:
        """Documents of the table that no page has matched so far, in the order of the table."""
        return tuple(name for name in self.rows if name not in self._used)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows as mappings, numbered from 1 without the header (CSV) or by line (JSONL)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the sidecar cannot be read: {error}", where=str(path), remedy="Name a CSV, TSV or JSONL file in UTF-8."
        ) from error
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        yield from _json_rows(text, path)
    else:
        yield from _csv_rows(text, path, "\t" if path.suffix.lower() == ".tsv" else ",")


def _json_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"row {number} is not JSON: {error}", where=str(path)) from error
        if not isinstance(row, dict):
            raise UsageError(f"row {number} is a {type(row).__name__}, not an object", where=str(path))
        _check_columns(list(row), path)
        yield number, row


def _csv_rows(text: str, path: Path, delimiter: str) -> Iterator[tuple[int, dict[str, object]]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_columns(header, path)
        for number, cells in enumerate((row for row in reader if row), 1):
            if len(cells) != len(header):
                raise UsageError(f"row {number} has {len(cells)} columns, the header {len(header)}", where=str(path))
            yield number, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise UsageError(f"line {reader.line_num} cannot be parsed: {error}", where=str(path)) from error


def _check_columns(names: list[str], path: Path) -> None:
    allowed = f"Allowed columns: document, {', '.join(_COLUMNS)}."
    if unknown := [name for name in names if name != "document" and name not in _COLUMNS]:
        raise UsageError(
            f"unknown column{'s' if len(unknown) > 1 else ''} {', '.join(map(repr, unknown))}",
            where=str(path),
            remedy=allowed,
        )
    if "document" not in names:
        raise UsageError("there is no column 'document'", where=str(path), remedy=allowed)
    if len(set(names)) < len(names):
        raise UsageError("a column is named twice", where=str(path), remedy=allowed)


def _statement(values: dict[str, object], path: Path, number: int) -> tuple[str, Metadata]:
    said: dict[str, str] = {}
    for column, value in values.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UsageError(f"{column} {value!r} in row {number} is not text", where=str(path))
        if str(value).strip():
            said[column] = str(value).strip()
    document = _plain(said.pop("document", ""))
    if not document:
        raise UsageError(f"row {number} names no document", where=str(path), remedy="Write the file name.")
    if published := said.get("published"):
        try:
            bounds(published)
        except (ValueError, RecursionError) as error:
            raise UsageError(
                f"published {published!r} in row {number} is not a date",
                where=str(path),
                remedy="Write 2019, 2019-08, 2019-Q3, 2019-08-22, 2010s or an interval A/B.",
            ) from error
    return document, Metadata(**said)


def _plain(name: str) -> str:
    """A name with ``/`` between folders and without a leading ``./``."""
    return name.replace("\\", "/").removeprefix("./")
