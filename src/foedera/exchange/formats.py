"""Writes rows in the format that the user asks for. Rows are streamed, and nothing is cut without a word."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from foedera.model.errors import FoederaError, UsageError

from .cells import csv_cell, json_text
from .grid import write_grid
from .parquet import write_parquet

FORMATS: Final = ("table", "json", "jsonl", "csv", "parquet")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        rows: Number of rows.
        shortened: Number of cells that a table shows in part only; 0 in every other format.
    """

    rows: int
    shortened: int = 0


def write_rows(
    rows: Iterable[Row],
    target: TextIO | str | os.PathLike[str],
    fmt: str,
    *,
    columns: Sequence[str] | None = None,
    types: Mapping[str, str] | None = None,
    width: int | None = None,
) -> Written:
    """Write rows.

    Args:
        rows: Rows with the same keys.
        target: A text stream, or the path of a file, which is replaced when all rows are written and not before.
        fmt: ``table`` (aligned, long cells shortened), ``json`` (one array), ``jsonl`` (an object a line), ``csv``
            (UTF-8, nested values as JSON, formulas made harmless by a leading apostrophe) or ``parquet``.
        columns: Which columns, in order; None takes those of the first row.
        types: DuckDB type by column, for Parquet; columns that it lacks get theirs from their values.
        width: Characters a line of a table may have; None asks the terminal.

    Raises:
        UsageError: An unknown format, a file that cannot be written, or Parquet to a terminal.
    """
    if fmt not in FORMATS:
        raise UsageError(f"unknown format {fmt!r}", where="format", remedy=f"choose from {', '.join(FORMATS)}")
    if isinstance(target, str | os.PathLike):
        with _replacing(Path(target)) as part:
            if fmt == "parquet":
                return Written(write_parquet(rows, part, columns, types))
            with part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as out:
                return _write_text(rows, out, fmt, columns, width)
    if fmt == "parquet":
        return _parquet_stream(rows, target, columns, types)
    return _write_text(rows, target, fmt, columns, width)


def _write_text(
    rows: Iterable[Row], out: TextIO, fmt: str, columns: Sequence[str] | None, width: int | None
) -> Written:
    if fmt == "table":
        return Written(*write_grid(rows, out, columns, width))
    writers: dict[str, Callable[[Iterable[Row], TextIO, Sequence[str] | None], int]] = {
        "json": _json, "jsonl": _jsonl, "csv": _csv,
    }  # fmt: skip
    return Written(writers[fmt](rows, out, columns))


def _json(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None) -> int:
    count = 0
    out.write("[")
    for count, row in enumerate(rows, start=1):
        out.write(("\n" if count == 1 else ",\n") + json_text(_picked(row, columns)))
    out.write("\n]\n" if count else "]\n")
    return count


def _jsonl(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the number of rows is what is returned
        out.write(json_text(_picked(row, columns)) + "\n")
    return count


def _csv(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None) -> int:
    names = list(columns) if columns is not None else None
    if names is not None:
        out.write(",".join(map(csv_cell, names)) + "\n")
    count = 0
    for count, row in enumerate(rows, start=1):
        if names is None:
            names = list(row)
            out.write(",".join(map(csv_cell, names)) + "\n")
        if columns is None and (lost := [name for name in row if name not in names]):
            raise UsageError(f"row {count} has columns that the first row lacks: {lost}", where="csv",
                             remedy="name the columns, or use jsonl")  # fmt: skip
        out.write(",".join(csv_cell(row.get(name)) for name in names) + "\n")
    return count


def _picked(row: Row, columns: Sequence[str] | None) -> Row:
    return row if columns is None else {name: row.get(name) for name in columns}


def _parquet_stream(
    rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None, types: Mapping[str, str] | None
) -> Written:
    if out.isatty():
        raise UsageError(
            "Parquet is not for a terminal", where="format", remedy="add --output FILE, or redirect to a file"
        )
    binary = getattr(out, "buffer", None)
    if binary is None:
        raise UsageError("Parquet needs a stream of bytes", where="format", remedy="give the path of a file")
    with tempfile.TemporaryDirectory(prefix="foedera-") as folder:
        path = Path(folder) / "rows.parquet"
        count = write_parquet(rows, path, columns, types)
        out.flush()
        with path.open("rb") as data:
            shutil.copyfileobj(data, binary)
        binary.flush()
    return Written(count)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when all went well, so that a failed run leaves the old one."""
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder", where="output", remedy="name a file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            yield part
            part.replace(path)
        except FoederaError:
            raise
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror or error}", where="output",
                             remedy="check the folder and its permissions") from error  # fmt: skip
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
