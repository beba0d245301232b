"""Writing to a store: one writer at a time, rows buffered, several tables committed as one version."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import duckdb
from filelock import FileLock, Timeout

from foedera._version import __version__
from foedera.model.errors import StoreDamaged, StoreError, StoreLocked, UsageError

from . import log, tables
from .log import Commit, Log, TableState
from .query import version_files
from .rows import Stamp
from .schemas import COMMITS, TABLES, TableSchema
from .tables import TableFile

LOCK: Final = "writer.lock"
COMPACT_AT: Final = 24
"""Files of a table above which a closing writer compacts it."""

_FLUSH: Final = 4_000_000


@contextmanager
def locked(root: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a store.

    Args:
        root: Folder of the store.
        wait: Seconds to wait for another writer.

    Raises:
        StoreLocked: Another process, or another writer of this one, still holds it.
        StoreError: The folder cannot be written to.
    """
    path = root / LOCK
    lock = FileLock(path, timeout=wait)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreLocked(f"another writer holds the store{_holder(path)}", where=str(root),
                          remedy="wait until it is done, or end that process") from error  # fmt: skip
    except OSError as error:
        raise StoreError(f"cannot lock the store: {error}", where=str(path),
                         remedy="check that the folder is writable") from error  # fmt: skip
    try:
        with suppress(OSError):
            path.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        lock.release()


def _holder(path: Path) -> str:
    with suppress(OSError, ValueError):
        return f" (process {int(path.read_text(encoding='ascii'))})"
    return ""


class Writer:
    """Buffers rows and commits them as versions. Use as a context manager: see `Store.writer`.

    Leaving it by an exception drops what was not committed. Leaving it otherwise with rows that were never committed
    is an error, because they would be lost.

    Args:
        root: Folder of the store.
        stamp: Columns that every row gets unless it has its own.
        wait: Seconds to wait for another writer.
    """

    def __init__(self, root: Path, stamp: Stamp, wait: float) -> None:
        self.root = root
        self._stamp = stamp
        self._lock = locked(root, wait)
        self._con: duckdb.DuckDBPyConnection | None = None
        self._current = Commit(-1, "", "", None, "")
        self._pending: dict[str, list[str]] = {}
        self._typed: set[str] = set()
        self._size = 0

    def __enter__(self) -> Writer:
        self._lock.__enter__()
        try:
            # A query like `SELECT * FROM rows` must never find a variable of this program.
            self._con = duckdb.connect(config={"python_enable_replacements": False})
            self._recover()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._close()

    def append(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows to the next commit. Rows whose key the table already has will not be written again.

        Args:
            table: A key of `schemas.TABLES`.
            rows: Dictionaries with every column of the table; stamp columns may be left out.

        Raises:
            UsageError: An unknown table or column, a missing column, or a value that the column cannot hold.
        """
        if table not in TABLES:
            raise UsageError(f"no table {table!r}", where="append", remedy=f"choose from {', '.join(TABLES)}")
        encoded = tables.encode(TABLES[table], rows, self._stamp.row())
        self._pending.setdefault(table, []).extend(encoded)
        self._size += sum(map(len, encoded))
        if self._size > _FLUSH:
            self._flush()

    def commit(self, kind: str = "read", run: str | None = None, counts: Mapping[str, Any] | None = None) -> int:
        """Write what was appended as one version: all of it, or nothing.

        Args:
            kind: What wrote it.
            run: Id of the run; None takes the stamp's.
            counts: What to note about it; None notes the rows written by table.

        Returns:
            The version that holds the rows; the current one where all of them were stored already.

        Raises:
            StoreError: Nothing was committed.
        """
        before = self._current
        try:
            self._flush()
            added = {name: n for name in TABLES if (n := self._keep_new(before, TABLES[name]))}
            if not added:
                return before.version
            states = {name: self._write(before, TABLES[name], n) for name, n in added.items()}
            return self._log(before, kind, run or self._stamp.run, states, counts if counts is not None else added)
        except BaseException:
            self._recover()
            raise
        finally:
            self._clear()

    def compact(self, threshold: int = COMPACT_AT) -> int:
        """Merge small files of tables that have more than `threshold` of them. Contents and old versions stay.

        Returns:
            The current version: a new one of kind ``compact`` where files were merged.
        """
        before, states = self._current, {}
        try:
            for name, state in before.tables.items():
                if len(state.files) > threshold:
                    path = self._path(name)
                    version, names = tables.compact(path, TABLES[name], state.rows)
                    if version != state.delta_version:
                        states[name] = TableState(name, version, state.rows, self._described(path, names, state))
            return self._log(before, "compact", self._stamp.run, states, {}) if states else before.version
        except BaseException:
            self._recover()
            raise

    def _finish(self) -> None:
        if waiting := sorted(name for name in TABLES if self._pending.get(name) or self._count(TABLES[name])):
            raise UsageError(f"rows of {', '.join(waiting)} were appended and never committed", where=str(self.root),
                             remedy="call commit() before leaving the writer")  # fmt: skip
        self.compact(COMPACT_AT)
        path = self.root / log.FOLDER
        found = tables.files(path)
        if found and len(found[1]) > COMPACT_AT:
            tables.compact(path, COMMITS, self._current.version + 1)

    def _close(self) -> None:
        if self._con is not None:
            self._con.close()
            self._con = None
        self._lock.__exit__(None, None, None)

    @property
    def _buffers(self) -> duckdb.DuckDBPyConnection:
        if self._con is None:
            raise UsageError("the writer is closed", where=str(self.root), remedy="use it inside `with store.writer()`")
        return self._con

    def _path(self, table: str) -> Path:
        return self.root / "tables" / table

    def _clear(self) -> None:
        self._pending, self._size = {}, 0
        while self._typed:
            self._buffers.execute(f"DROP TABLE {self._typed.pop()}")

    def _flush(self) -> None:
        """Type the pending rows; only then is their JSON known to fit the columns."""
        pending, self._pending, self._size = self._pending, {}, 0
        for name, encoded in pending.items():
            if not encoded:
                continue
            if name not in self._typed:
                columns = ", ".join(f'"{c.name}" {c.type}' for c in TABLES[name].columns)
                self._buffers.execute(f"CREATE TABLE {name} ({columns})")
                self._typed.add(name)
            try:
                tables.typed(self._buffers, TABLES[name], f"[{','.join(encoded)}]").insert_into(name)
            except duckdb.Error as error:
                raise UsageError(f"a row does not fit its columns: {error}", where=name,
                                 remedy="see the types in the reference of tables") from error  # fmt: skip

    def _count(self, schema: TableSchema) -> int:
        if schema.name not in self._typed:
            return 0
        return int(self._buffers.execute(f"SELECT count(*) FROM {schema.name}").fetchall()[0][0])

    def _keep_new(self, before: Commit, schema: TableSchema) -> int:
        """Drop buffered rows whose key is stored or comes twice; the number of those that stay."""
        if not self._count(schema):
            return 0
        key = ", ".join(f'"{name}"' for name in schema.key)
        drop = f"DELETE FROM {schema.name} WHERE"
        with tables.guarded(self._path(schema.name), "cannot compare with the stored rows"):
            self._buffers.execute(f"{drop} rowid NOT IN (SELECT min(rowid) FROM {schema.name} GROUP BY {key})")
            if stored := version_files(self.root, before, schema.name):
                self._buffers.execute(f"{drop} ({key}) IN (SELECT ({key}) FROM read_parquet(?))", [stored])
        return self._count(schema)

    def _write(self, before: Commit, schema: TableSchema, count: int) -> TableState:
        path = self._path(schema.name)
        tables.create(path, schema, self._buffers)
        # Sorted, so that the files do not depend on the order in which workers deliver.
        order = ", ".join(f'"{name}"' for name in schema.order)
        relation = self._buffers.sql(f"SELECT * FROM {schema.name} ORDER BY {order}")
        version, names = tables.append(path, schema, relation, count)
        old = before.tables.get(schema.name)
        files = self._described(path, names, old)
        return TableState(schema.name, version, count + (old.rows if old else 0), files)

    def _described(self, path: Path, names: Iterable[str], old: TableState | None) -> tuple[TableFile, ...]:
        """Files with their hashes; those of an older state are not hashed again."""
        known = {file.path: file for file in old.files} if old else {}
        return tuple(known.get(name) or tables.described(path, name) for name in names)

    def _log(
        self, before: Commit, kind: str, run: str | None, states: Mapping[str, TableState], counts: Mapping[str, Any]
    ) -> int:
        """The one step that makes a new version."""
        after = Commit(before.version + 1, log.moment_after(before.at), kind, run, __version__,
                       {**before.tables, **states}, counts)  # fmt: skip
        log.write(self.root, after, self._buffers)
        self._current = after
        return after.version

    def _recover(self) -> None:
        """Roll back what a writer appended and never committed; also called when a commit of our own fails."""
        tables.set_torn_log_aside(self.root / log.FOLDER, 0)
        self._current = Log(self.root).newest()
        for name in TABLES:
            state = self._current.tables.get(name)
            path, version = self._path(name), state.delta_version if state else 0
            tables.set_torn_log_aside(path, version if state else -1)
            found = tables.files(path)
            if found is None:
                if state:
                    raise StoreDamaged("a table of the record is missing", where=str(path),
                                       remedy="restore its folder from a backup")  # fmt: skip
                continue
            if found[1] != [file.path for file in (state.files if state else ())]:
                tables.restore(path, version)
