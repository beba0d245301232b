"""One Delta table on disk: create, append, roll back, compact, list files. No pyarrow: DuckDB types the rows.

Three traps shape this module. A `WriterProperties` object without a compression turns compression off. Delta tables
forget old versions after 30 days unless told otherwise, and a record is asked about any of its versions. And the Delta
library panics, which is not an `Exception`, where a path has characters that its address parser refuses.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import duckdb
from deltalake import (
    BloomFilterProperties,
    ColumnProperties,
    DeltaTable,
    PostCommitHookProperties,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import DeltaError, TableNotFoundError

from foedera.model.errors import FoederaError, StoreDamaged, StoreError, StoreTooNew, UsageError

from .schemas import TableSchema

ROW_GROUP: Final = 100_000
TARGET_FILE: Final = 256 * 1024 * 1024
_REFUSED: Final = re.compile(r"[\x00-\x1f\x7f\[\]\\^|*?%]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_FOREVER: Final = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    # Statistics repeat texts in the log, and DuckDB reads those of the Parquet files anyway.
    "delta.dataSkippingNumIndexedCols": "1",
}
_HOOK: Final = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A Parquet file of a table.

    Attributes:
        path: Its name inside the table's folder.
        bytes: Its size.
        sha256: Hash of its bytes, as written.
    """

    path: str
    bytes: int
    sha256: str


def check_path(path: Path) -> None:
    """Refuse a path that the Delta library or DuckDB's file patterns would take for something else.

    Raises:
        UsageError: The absolute path holds such a character.
    """
    if found := _REFUSED.search(path.absolute().as_posix()):
        raise UsageError(
            f"a store cannot lie at a path with the character {found.group()!r}",
            where=str(path),
            remedy="choose a path without control characters and without [ ] \\ ^ | * ? %",
        )


@contextmanager
def guarded(path: Path, doing: str, *, writes: bool = False) -> Iterator[None]:
    """Turn every error of the Delta library, DuckDB and the file system into one of the store's own.

    Args:
        path: The file or folder that is worked on.
        doing: What failed if something fails, in words.
        writes: A failure says nothing about the files that are there.

    Raises:
        StoreDamaged: A file cannot be read.
        StoreError: A file cannot be written, the disk is closed to us, or memory ran out.
    """
    try:
        yield
    except FoederaError:
        raise
    except (PermissionError, MemoryError, duckdb.OutOfMemoryException) as error:
        raise StoreError(f"{doing}: {_first_line(error)}", where=str(path),
                         remedy="check permissions and free memory, then try again") from error  # fmt: skip
    except (DeltaError, duckdb.Error, OSError, ValueError) as error:
        raise _failed(path, doing, error, writes) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _failed(path, doing, error, writes) from None


def _failed(path: Path, doing: str, error: BaseException, writes: bool) -> StoreError:
    if writes:
        return StoreError(
            f"{doing}: {_first_line(error)}",
            where=str(path),
            remedy="nothing was committed: check free space and permissions, then try again",
        )
    return StoreDamaged(
        f"{doing}: {_first_line(error)}",
        where=str(path),
        remedy="run `check` on the store; restore the files named there from a backup, or open an earlier version",
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def typed(con: duckdb.DuckDBPyConnection, schema: TableSchema, payload: str) -> duckdb.DuckDBPyRelation:
    """Rows in JSON as a typed relation.

    Args:
        con: Any connection.
        schema: Gives the types; every column must be there, with null where unknown.
        payload: A JSON list of objects.
    """
    query = "SELECT unnest(from_json_strict(?::JSON, ?), max_depth := 2)"
    return con.sql(query, params=[payload, json.dumps([schema.struct])])


def encode(schema: TableSchema, rows: Iterable[Mapping[str, Any]], stamp: Mapping[str, Any]) -> list[str]:
    """Each row as JSON with all columns of the table, in their order.

    Halves of surrogate pairs, which file names can hold and UTF-8 cannot, become U+FFFD, so that offsets stay right.

    Raises:
        UsageError: A row has a column that the table lacks, a column twice or never, or a value that JSON cannot carry.
    """
    known, optional = frozenset(schema.names), frozenset(stamp)
    encoded = []
    for row in rows:
        if wrong := (set(row) - known) | (known - set(row) - optional):
            raise UsageError(f"row {row.get('id')!r}: wrong or missing column {sorted(wrong)}", where=schema.name,
                             remedy=f"the columns are {', '.join(schema.names)}")  # fmt: skip
        try:
            full = {name: row[name] if name in row else stamp[name] for name in schema.names}
            text = json.dumps(full, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise UsageError(f"row {row.get('id')!r} cannot be stored: {error}", where=schema.name,
                             remedy="use text, finite numbers, lists and dictionaries") from error  # fmt: skip
        encoded.append(_SURROGATE.sub("\ufffd", text))
    return encoded


def create(path: Path, schema: TableSchema, con: duckdb.DuckDBPyConnection) -> None:
    """Create an empty table as version 0, unless there is one."""
    with guarded(path, "cannot create a table", writes=True):
        sample = typed(con, schema, "[]")
        if _load(path) is None:
            write_deltalake(path.as_posix(), sample, mode="error", name=schema.name, configuration=dict(_FOREVER),
                            post_commithook_properties=_HOOK)  # fmt: skip


def append(path: Path, schema: TableSchema, rows: duckdb.DuckDBPyRelation, count: int) -> tuple[int, list[str]]:
    """Append rows, and make them durable before returning.

    Args:
        path: Folder of the table, which exists.
        schema: Its schema.
        rows: The rows, typed.
        count: How many they are; sizes the Bloom filter.

    Returns:
        The Delta version that holds them, and the names of all its files.
    """
    with guarded(path, "cannot write", writes=True):
        table = _require(path)
        # A store of an older Foedera lacks the columns that came later.
        lacking = set(schema.names) - {field.name for field in table.schema().fields}
        write_deltalake(table, rows, mode="append", schema_mode="merge" if lacking else None,
                        writer_properties=_properties(schema, count), post_commithook_properties=_HOOK)  # fmt: skip
        return _synced(path, table)


def compact(path: Path, schema: TableSchema, count: int) -> tuple[int, list[str]]:
    """Rewrite many small files as few large ones; the old files stay for older versions.

    Returns:
        The Delta version afterwards, unchanged where there was nothing to do, and the names of its files.
    """
    with guarded(path, "cannot compact", writes=True):
        table = _require(path)
        table.optimize.compact(target_size=TARGET_FILE, writer_properties=_properties(schema, count),
                               post_commithook_properties=_HOOK)  # fmt: skip
        return _synced(path, table)


def restore(path: Path, version: int) -> None:
    """Make the newest version hold what an older one held."""
    with guarded(path, f"cannot roll back to version {version}"):
        _require(path).restore(version, post_commithook_properties=_HOOK)


def files(path: Path, version: int | None = None) -> tuple[int, list[str]] | None:
    """Version and file names of a table, sorted.

    Args:
        path: Folder of the table.
        version: Delta version; None means the newest.

    Returns:
        None where there is no table.

    Raises:
        StoreTooNew: The table needs features that Foedera does not read.
        StoreDamaged: Its log cannot be read.
    """
    with guarded(path, "cannot read the Delta log"):
        table = _load(path, version)
        return None if table is None else (table.version(), sorted(_name(uri) for uri in table.file_uris()))


def described(path: Path, name: str) -> TableFile:
    """Size and hash of a file of a table, as it is now."""
    with (path / name).open("rb") as handle:
        return TableFile(name, os.fstat(handle.fileno()).st_size, hashlib.file_digest(handle, "sha256").hexdigest())


def set_torn_log_aside(path: Path, floor: int) -> None:
    """Rename the newest entry of a Delta log if it cannot be read and is later than a version.

    A killed process leaves no such entry, because Delta renames whole files; a power failure can.
    """
    newest = max(log_versions(path), default=-1)
    if newest <= floor:
        return
    entry = _entry(path, newest)
    with guarded(path, "cannot set a torn log entry aside", writes=True):
        if not _whole(entry):
            entry.replace(entry.with_name(entry.name + ".torn"))


def _whole(entry: Path) -> bool:
    """Whether every line of a log entry is JSON."""
    try:
        # Not splitlines(), which also breaks lines at characters that may stand inside a JSON text.
        for line in entry.read_text(encoding="utf-8").strip("\n").split("\n"):
            json.loads(line)
    except ValueError:
        return False
    return True


def log_versions(path: Path) -> list[int]:
    """Versions that have an entry in the Delta log."""
    names = (entry.name for entry in (path / "_delta_log").glob("*.json"))
    return sorted(int(name[:-5]) for name in names if name[:-5].isdigit())


def _load(path: Path, version: int | None = None) -> DeltaTable | None:
    try:
        table = DeltaTable(path.as_posix(), version=version)
    except TableNotFoundError:
        return None
    except DeltaError:
        if not log_versions(path):
            return None
        raise
    protocol = table.protocol()
    if protocol.min_reader_version > 1 or protocol.reader_features:
        raise StoreTooNew(
            f"the table needs Delta reader version {protocol.min_reader_version}, features {protocol.reader_features}",
            where=str(path),
            remedy="another program changed the table: restore it from a backup, or use a newer Foedera",
        )
    return table


def _require(path: Path) -> DeltaTable:
    if (table := _load(path)) is None:
        raise StoreDamaged("the table is missing", where=str(path), remedy="restore its folder from a backup")
    return table


def _synced(path: Path, table: DeltaTable) -> tuple[int, list[str]]:
    """Version and files of a table that was just written, after they have reached the disk."""
    names = sorted(_name(uri) for uri in table.file_uris())
    for target in (*(path / name for name in names), _entry(path, table.version()), path / "_delta_log", path):
        _sync(target)
    return table.version(), names


def _sync(path: Path) -> None:
    # Windows cannot open folders and some network drives cannot sync: then the operating system's own pace must do.
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _entry(path: Path, version: int) -> Path:
    return path / "_delta_log" / f"{version:020d}.json"


def _name(uri: str) -> str:
    """Name of a file inside its table: the Delta library percent-encodes the folders before it."""
    return unquote(uri.rsplit("/", 1)[-1])


def _properties(schema: TableSchema, count: int) -> WriterProperties:
    bloom = BloomFilterProperties(set_bloom_filter_enabled=True, fpp=0.01, ndv=max(64, min(count, ROW_GROUP)))
    columns = {name: ColumnProperties(bloom_filter_properties=bloom) for name in schema.key if name != "version"}
    return WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROW_GROUP,
                            column_properties=columns)  # fmt: skip
