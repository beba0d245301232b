"""The store: a record on disk, opened at a version."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from foedera._version import __version__
from foedera.model.errors import StoreDamaged, StoreError, StoreMissing, StoreTooNew, UsageError

from . import check, log, query, tables
from .log import Commit, Log
from .rows import Stamp
from .schemas import COMMITS, TABLES, TableSchema
from .writer import COMPACT_AT, LOCK, Writer, locked

FORMAT: Final = 1
"""Version of the layout on disk that this software writes, and the highest that it reads."""

WAIT: Final = 5.0
_MARK: Final = "foedera.json"
_OURS: Final = frozenset({_MARK, _MARK + ".part", LOCK, log.FOLDER, "tables"})


class Store:
    """A record at a version. Open it with `Store.open` or `Store.create_or_open`.

    Attributes:
        path: Folder of the store.
        manifest: The commit whose tables are read.
    """

    def __init__(self, path: Path, as_of: int | str | None = None) -> None:
        self.path = path
        self._pinned = as_of is not None
        self._log = Log(path)
        self.manifest: Commit = self._log.newest() if as_of is None else self._log.as_of(as_of)
        self._open: duckdb.DuckDBPyConnection | None = None
        self._sealed: duckdb.DuckDBPyConnection | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str], as_of: int | str | None = None) -> Store:
        """Open a store.

        Args:
            path: Its folder.
            as_of: A version, an ISO day (its end, UTC) or an ISO date and time; None means the newest version. A store
                opened as of a moment cannot be written to.

        Raises:
            StoreMissing: There is no store.
            StoreTooNew: A newer Foedera wrote it.
            StoreDamaged: Its files do not agree.
            StoreError: It has no version as of that moment.
        """
        root = Path(path).absolute()
        _check_mark(root)
        return cls(root, as_of)

    @classmethod
    def create_or_open(cls, path: str | os.PathLike[str]) -> Store:
        """Open a store, or make one in a folder that is empty or does not exist.

        Raises:
            UsageError: The folder holds something else, or its path cannot be used.
            StoreError: As for `open`.
        """
        root = Path(path).absolute()
        tables.check_path(root)
        if not os.path.exists(root / _MARK):
            _create(root)
        return cls.open(root)

    @property
    def version(self) -> int:
        """Version of the record that is read."""
        return self.manifest.version

    def versions(self) -> list[Commit]:
        """Commits up to this version, oldest first."""
        return [commit for commit in self._log.all() if commit.version <= self.version]

    def refresh(self) -> None:
        """Look for versions that were written since; does nothing for a store opened as of a moment."""
        if not self._pinned:
            self._log = Log(self.path)
            self.manifest = self._log.newest()
            self._open = self._sealed = None

    def known(self, table: str, ids: Iterable[str]) -> set[str]:
        """Those of some ids that a table holds, superseded or not.

        Raises:
            UsageError: The table is unknown, or its rows have no id.
        """
        schema = _schema(table)
        if schema.key != ("id",):
            raise UsageError(f"rows of {table} have no id", where="known", remedy="select them by `rows`")
        if table not in self.manifest.tables:
            return set()
        sql = f"SELECT id FROM all_{table} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        return {row["id"] for row in query.fetch(self._views(), sql, [list(ids)], self.path / "tables" / table)}

    def rows(self, table: str, where: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Rows of a table, in an order that depends on their content alone.

        Args:
            table: A table, or ``all_`` and a table for superseded rows as well.
            where: Column to value (equality; None means unknown) or to a list of values (membership).

        Raises:
            UsageError: An unknown table or column.
            StoreDamaged: A file cannot be read.
        """
        schema = _schema(table.removeprefix("all_"))
        sql, values = query.select(schema, table, where or {})
        return query.fetch(self._views(), sql, values, self.path / "tables" / schema.name)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A new DuckDB connection with a view per table; for programs that are trusted, see `sql` for others."""
        return query.database(self.path, self.manifest, self._log.files)

    def sql(
        self, text: str, limit: int | None = None, timeout: float | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Answer one read-only query that can reach nothing but this version of the record.

        Args:
            text: SELECT, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN, in DuckDB's dialect.
            limit: Rows to return at most; None means all.
            timeout: Seconds after which it is given up; None means never.

        Returns:
            Names of the columns, and the rows.

        Raises:
            QueryRefused: The query writes, leaves the store, or fails.
        """
        if self._sealed is None:
            con = self.connect()
            paths = [path for table in TABLES for path in query.version_files(self.path, self.manifest, table)]
            query.seal(con, [*paths, *self._log.files])
            self._sealed = con
        return query.ask(self._sealed, text, limit, timeout)

    @contextmanager
    def writer(self, stamp: Stamp | None = None, wait: float = WAIT) -> Iterator[Writer]:
        """Write to the store; afterwards it stands at the newest version.

        Args:
            stamp: What makes the rows; None stamps the version of the software alone.
            wait: Seconds to wait for another writer.

        Raises:
            UsageError: The store was opened as of a moment.
            StoreLocked: Another writer holds it.
        """
        if self._pinned:
            raise UsageError("a store opened as of a moment cannot be written to", where=str(self.path),
                             remedy="open it without as_of")  # fmt: skip
        tables.check_path(self.path)
        try:
            with Writer(self.path, stamp or Stamp(), wait) as writer:
                yield writer
        finally:
            self.refresh()

    def compact(self, threshold: int = COMPACT_AT) -> int:
        """Merge the small files of tables that have more than `threshold`; the version afterwards."""
        with self.writer() as writer:
            writer.compact(threshold)
        return self.version

    def check(self) -> list[check.Problem]:
        """Everything that is wrong with this version; empty where nothing is."""
        return check.check(self.path, self.manifest, self._log)

    def _views(self) -> duckdb.DuckDBPyConnection:
        if self._open is None:
            self._open = self.connect()
        return self._open


def _schema(table: str) -> TableSchema:
    if table not in TABLES:
        raise UsageError(f"no table {table!r}", where="store", remedy=f"choose from {', '.join(TABLES)}")
    return TABLES[table]


def _check_mark(root: Path) -> None:
    """Read ``foedera.json``."""
    path = root / _MARK
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["format"]
    except FileNotFoundError:
        raise StoreMissing(f"no store at {root}", where=_MARK,
                           remedy="check the path, or make one: `foedera read --store DIR PATH`") from None  # fmt: skip
    except NotADirectoryError:
        raise StoreMissing(f"{root} is a file, and a store is a folder", remedy="check the path") from None
    except OSError as error:
        raise StoreError(f"cannot read the store: {error}", where=str(path), remedy="check permissions") from error
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise StoreDamaged("the mark of the store gives no format version", where=str(path),
                           remedy=f'write {{"format": {FORMAT}}} into the file')  # fmt: skip
    if found > FORMAT:
        raise StoreTooNew(f"the store has format {found}; this Foedera ({__version__}) reads up to {FORMAT}",
                          where=str(path), remedy="install a newer Foedera")  # fmt: skip


def _create(root: Path) -> None:
    """Make a store; ``foedera.json`` comes last, so that a folder without it is not yet one."""
    try:
        if root.exists() and (not root.is_dir() or {entry.name for entry in root.iterdir()} - _OURS):
            raise UsageError(f"{root} is not a store and not an empty folder", where=_MARK,
                             remedy="choose a new or empty folder")  # fmt: skip
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot create the folder: {error}", where=str(root), remedy="check permissions") from error
    with locked(root, WAIT):
        if (root / _MARK).exists():
            return
        _create_log(root)
        part = root / (_MARK + ".part")
        part.write_text(json.dumps({"format": FORMAT, "software": __version__}) + "\n", encoding="utf-8")
        part.replace(root / _MARK)


def _create_log(root: Path) -> None:
    path = root / log.FOLDER
    tables.set_torn_log_aside(path, -1)
    con = duckdb.connect()
    tables.create(path, COMMITS, con)
    found = tables.files(path)
    if found is None or not found[1]:
        log.write(root, Commit(0, log.moment_after(None), "create", None, __version__), con)
    elif Log(root).newest().version > 0:
        raise StoreDamaged(f"{_MARK} is missing from a store that holds versions", where=str(root),
                           remedy=f'write {{"format": {FORMAT}}} into that file')  # fmt: skip
