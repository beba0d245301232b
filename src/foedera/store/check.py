"""Does the record hold what it says? Files against the log, hashes against bytes, evidence against texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from foedera.model import CLAIM_KINDS, sha256
from foedera.model.errors import StoreError

from . import query, tables
from .log import Commit, Log, TableState
from .rows import page_data
from .schemas import TABLES


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a store.

    Attributes:
        table: Where.
        id: Id of the row, or name of the file; None where it is the table as a whole.
        problem: What is wrong, in words.
    """

    table: str
    id: str | None
    problem: str


_IN_TEXT: Final = {
    "its article is not in the record": "a.id IS NULL",
    "its evidence lies outside the article": 'a.id IS NOT NULL AND NOT (0 <= c.start AND c.start <= c."end" '
    'AND c."end" <= length(a.text))',
    "its evidence is not the article's text at its offsets": 'c.start BETWEEN 0 AND c."end" '
    'AND c."end" <= length(a.text) AND substring(a.text, c.start + 1, c."end" - c.start) IS DISTINCT FROM c.evidence',
    "its focus lies outside its evidence": "NOT (c.start <= c.focus_start AND c.focus_start <= c.focus_end "
    'AND c.focus_end <= c."end")',
}
"""What can be wrong with a claim ``c`` of article ``a``. DuckDB counts characters as Python does."""


def check(root: Path, commit: Commit, log: Log) -> list[Problem]:
    """Look for everything that is wrong with a version of a record.

    Args:
        root: Folder of the store.
        commit: The version.
        log: The log of commits.

    Returns:
        Problems, by table; empty where there are none.
    """
    problems = [*_log(log), *(p for name in commit.tables for p in _files(root, commit.tables[name]))]
    try:
        con = query.database(root, commit, log.files)
    except StoreError as error:
        return [*problems, Problem("commits", None, f"the tables cannot be opened: {error.problem}")]
    with con:
        for table in TABLES:
            checks: list[Callable[[duckdb.DuckDBPyConnection], Iterator[Problem]]] = [_keys(table, commit)]
            checks += [_pages] if table == "pages" else [_articles] if table == "articles" else []
            checks += [_claims(table)] if table in CLAIM_KINDS else []
            for one in checks:
                try:
                    problems += one(con)
                except (duckdb.Error, StoreError) as error:
                    problems.append(Problem(table, None, f"cannot be read: {str(error).strip().splitlines()[0]}"))
    return problems


def _log(log: Log) -> Iterator[Problem]:
    versions = [version for version, _ in log.heads]
    if versions != list(range(len(versions))):
        yield Problem("commits", None, f"versions are not counted from 0 without gaps: {versions}")
    times = [at for _, at in log.heads]
    if times != sorted(times):
        yield Problem("commits", None, "a version is dated before the one that it follows")


def _files(root: Path, state: TableState) -> Iterator[Problem]:
    """The files are there, unchanged, and those of the Delta version."""
    path = root / "tables" / state.table
    for file in state.files:
        try:
            found = tables.described(path, file.path)
        except OSError as error:
            yield Problem(state.table, file.path, f"the file cannot be read: {error.strerror}")
            continue
        if found != file:
            yield Problem(state.table, file.path, "the file has changed since it was written")
    try:
        listed = tables.files(path, state.delta_version)
    except StoreError as error:
        yield Problem(state.table, None, f"Delta version {state.delta_version} cannot be read: {error.problem}")
        return
    if listed is None or listed[1] != [file.path for file in state.files]:
        yield Problem(state.table, None, f"Delta version {state.delta_version} does not have the files of the record")


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    cursor = con.cursor().execute(sql)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(500):
        yield from (dict(zip(names, row, strict=True)) for row in batch)


def _keys(table: str, commit: Commit) -> Callable[[duckdb.DuckDBPyConnection], Iterator[Problem]]:
    schema = TABLES[table]
    key = ", ".join(f'"{name}"' for name in schema.key)
    missing = " OR ".join(f'"{name}" IS NULL' for name in schema.key)

    def run(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
        twice = f"SELECT {key}, count(*) AS n FROM all_{table} GROUP BY {key} HAVING n > 1 ORDER BY {key}"
        for row in _rows(con, twice):
            yield Problem(table, " ".join(str(row[name]) for name in schema.key), f"the key comes {row['n']} times")
        found = next(_rows(con, f"SELECT count(*) AS n, count(*) FILTER ({missing}) AS none FROM all_{table}"))
        if found["none"]:
            yield Problem(table, None, f"{found['none']} rows have no {' or '.join(schema.key)}")
        expected = commit.tables[table].rows if table in commit.tables else 0
        if found["n"] != expected:
            yield Problem(table, None, f"it has {found['n']} rows, and the log says {expected}")

    return run


def _pages(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    for row in _rows(con, 'SELECT id, sha256, "bytes", data FROM all_pages WHERE data IS NOT NULL ORDER BY id'):
        try:
            data = page_data(row) or b""
        except StoreError as error:
            yield Problem("pages", row["id"], error.problem)
            continue
        if sha256(data) != row["sha256"] or len(data) != row["bytes"]:
            yield Problem("pages", row["id"], "its bytes do not have its hash or length")


def _articles(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    for name, target in (("page", "all_pages"), ("supersedes", "all_articles")):
        lost = f'"{name}" IS NOT NULL AND "{name}" NOT IN (SELECT id FROM {target})'
        for row in _rows(con, f'SELECT id, "{name}" AS other FROM all_articles WHERE {lost} ORDER BY id'):
            yield Problem("articles", row["id"], f"{name} {row['other']} is not in the record")
    for row in _rows(con, "SELECT id, length(text) AS size, blocks FROM all_articles ORDER BY id"):
        position = 0
        for block in row["blocks"]:
            if not position <= block["start"] <= block["end"] <= row["size"]:
                place = f"{block['start']}-{block['end']}"
                yield Problem("articles", row["id"], f"block {place} overlaps another, or lies outside the text")
                break
            position = block["end"]


def _claims(table: str) -> Callable[[duckdb.DuckDBPyConnection], Iterator[Problem]]:
    def run(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
        wrong = ", ".join(f"({condition}) AS w{i}" for i, condition in enumerate(_IN_TEXT.values()))
        joined = f"SELECT c.id, {wrong} FROM all_{table} c LEFT JOIN all_articles a ON c.article = a.id"
        columns = [f"w{i}" for i in range(len(_IN_TEXT))]
        for row in _rows(con, f"FROM ({joined}) WHERE {' OR '.join(columns)} ORDER BY id"):
            yield from (Problem(table, row["id"], p) for p, c in zip(_IN_TEXT, columns, strict=True) if row[c])

    return run
