"""The log of commits: which versions of which tables make a version of the record.

A commit of several tables is one row here, written last. Readers look at nothing that this row does not name, so that
a writer that dies half way leaves the record as it was.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from foedera.model.errors import StoreDamaged, StoreError, UsageError

from . import tables
from .schemas import COMMITS
from .tables import TableFile

FOLDER: Final = "commits"


@dataclass(frozen=True, slots=True)
class TableState:
    """A table at a version of the record.

    Attributes:
        table: Its name.
        delta_version: Its Delta version.
        rows: Number of rows.
        files: Its Parquet files, sorted by name.
    """

    table: str
    delta_version: int
    rows: int
    files: tuple[TableFile, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """A version of the record.

    Attributes:
        version: Counted from 0.
        at: When it was written, ISO 8601 in UTC.
        kind: ``create``, ``read``, ``compact`` or what else wrote it.
        run: Id of the run, None outside a run.
        software: Version of Foedera.
        tables: State of every table that exists, by name.
        counts: What the commit added.
    """

    version: int
    at: str
    kind: str
    run: str | None
    software: str
    tables: Mapping[str, TableState] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)


class Log:
    """The commits of a store, as they were when it was opened.

    Args:
        root: Folder of the store.

    Raises:
        StoreDamaged: There is no log, it has no rows, or its newest two entries cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER
        self.files: list[str] = []
        self.heads: list[tuple[int, str]] = []
        self._con = duckdb.connect()
        self._load()

    def _load(self) -> None:
        # The newest entry may be torn where a machine lost power; the one before it then still stands.
        newest = max(tables.log_versions(self.path), default=0)
        try:
            self._load_version(None)
        except StoreDamaged:
            if newest == 0:
                raise
            self._load_version(newest - 1)
        if not self.heads:
            raise StoreDamaged("the log of commits is empty", where=str(self.path),
                               remedy="restore the folder from a backup")  # fmt: skip

    def _load_version(self, version: int | None) -> None:
        found = tables.files(self.path, version)
        if found is None:
            raise StoreDamaged("the log of commits is missing", where=str(self.path),
                               remedy="restore the folder from a backup")  # fmt: skip
        self.files = [str(self.path / name) for name in found[1]]
        self.heads = sorted((row["version"], row["at"]) for row in self._rows('"version", "at"'))

    def _rows(self, columns: str, where: str = "true", values: list[Any] | None = None) -> Iterator[dict[str, Any]]:
        if not self.files:
            return
        query = f'SELECT {columns} FROM read_parquet(?) WHERE {where} ORDER BY "version"'
        with tables.guarded(self.path, "cannot read the log of commits"):
            cursor = self._con.cursor().execute(query, [self.files, *(values or [])])
            names = [column[0] for column in cursor.description or ()]
            yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())

    def all(self) -> list[Commit]:
        """Every commit, oldest first."""
        return [_commit(row) for row in self._rows("*")]

    def commit(self, version: int) -> Commit:
        """One commit.

        Raises:
            StoreDamaged: The log has no row for it, or two.
        """
        found = [_commit(row) for row in self._rows("*", '"version" = ?', [version])]
        if len(found) != 1:
            raise StoreDamaged(f"the log of commits has {len(found)} rows for version {version}", where=str(self.path),
                               remedy="restore the folder from a backup")  # fmt: skip
        return found[0]

    def newest(self) -> Commit:
        """The newest commit."""
        return self.commit(self.heads[-1][0])

    def as_of(self, moment: int | str) -> Commit:
        """The newest commit at or before a moment.

        Args:
            moment: A version (a number, or text of digits), an ISO day (its end, in UTC) or an ISO date and time.

        Raises:
            UsageError: It is neither a version nor a time.
            StoreError: The record has no such version, or is younger.
        """
        (first, began), (last, ended) = self.heads[0], self.heads[-1]
        if isinstance(moment, int) or moment.isdigit():
            if not first <= int(moment) <= last:
                raise StoreError(f"the record has no version {moment}", where=str(self.path.parent),
                                 remedy=f"choose a version from {first} to {last}")  # fmt: skip
            return self.commit(int(moment))
        until = parse_moment(moment)
        before = [version for version, at in self.heads if dt.datetime.fromisoformat(at) <= until]
        if not before:
            raise StoreError(f"the record did not exist on {moment}", where=str(self.path.parent),
                             remedy=f"choose a time from {began} on; the newest version is of {ended}")  # fmt: skip
        return self.commit(before[-1])


def parse_moment(text: str) -> dt.datetime:
    """A day (its last moment) or a date and time, in UTC where no zone is given.

    Raises:
        UsageError: It is not of either form.
    """
    try:
        if len(text) == len("2026-01-01"):
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max, dt.UTC)
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"not a version or a time: {text!r}",
            where="as_of",
            remedy="write a version (7), a day (2026-11-03) or a time (2026-11-03T12:00)",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def moment_after(at: str | None) -> str:
    """Now, in ISO 8601 and UTC; not earlier than a moment, because clocks are set back."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    return max(now, at) if at else now


def write(root: Path, commit: Commit, con: duckdb.DuckDBPyConnection) -> None:
    """Append a commit. From here on it is the newest version of the record.

    Args:
        root: Folder of the store.
        commit: The commit.
        con: Any connection.
    """
    states = [
        {
            "table": state.table,
            "delta_version": state.delta_version,
            "rows": state.rows,
            "files": [{"path": f.path, "bytes": f.bytes, "sha256": f.sha256} for f in state.files],
        }
        for _, state in sorted(commit.tables.items())
    ]
    row = {
        "version": commit.version,
        "at": commit.at,
        "kind": commit.kind,
        "run": commit.run,
        "software": commit.software,
        "tables": states,
        "counts": json.dumps(dict(commit.counts), sort_keys=True),
    }
    path = root / FOLDER
    with tables.guarded(path, "cannot write the commit", writes=True):
        payload = f"[{tables.encode(COMMITS, [row], {})[0]}]"
        tables.append(path, COMMITS, tables.typed(con, COMMITS, payload), 1)


def _commit(row: Mapping[str, Any]) -> Commit:
    states = (
        TableState(s["table"], s["delta_version"], s["rows"], tuple(TableFile(**file) for file in s["files"]))
        for s in row["tables"]
    )
    return Commit(row["version"], row["at"], row["kind"], row["run"], row["software"],
                  {state.table: state for state in states}, json.loads(row["counts"]))  # fmt: skip
