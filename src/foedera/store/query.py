"""DuckDB over a version of the record: views, row queries, and a sandbox for SQL that users write.

DuckDB can write files from inside a SELECT (``WITH x AS (COPY ... TO ...)``, ``json_execute_serialized_sql``), so the
type of a statement says too little: the sandbox also reads the plan, and lets DuckDB open nothing but the files of the
version.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from foedera.model.errors import QueryRefused, UsageError

from .log import Commit
from .schemas import COMMITS, TABLES, TableSchema
from .tables import guarded

MEMORY_LIMIT: Final = "2GB"
THREADS: Final = 4
_FETCH: Final = 1_000
_WRITES: Final = re.compile(r"COPY|INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|EXPORT|ATTACH|EXECUTE|PRAGMA")
_EXPLAIN: Final = re.compile(r"\s*explain\s+(?:analyze\s+)?(?:\(\s*format\s+\w+\s*\)\s+)?(?P<inner>.*)", re.I | re.S)
_REMEDY: Final = "ask with one SELECT, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN over the tables of the store"


def database(root: Path, commit: Commit, log_files: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """A connection with the views of a version: ``T``, ``all_T`` for each table, and ``commits``.

    Raises:
        StoreDamaged: A file of the version is missing or is not Parquet.
    """
    con = duckdb.connect(
        config={
            # Without this, a table name in a query could be a variable of the calling Python program.
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_persistent_secrets": False,
            "memory_limit": MEMORY_LIMIT,
            "threads": max(1, min(THREADS, os.cpu_count() or 1)),
            # The default would be a folder in the current directory.
            "temp_directory": str(Path(tempfile.gettempdir()) / f"foedera-spill-{os.getpid()}"),
        }
    )
    for schema in TABLES.values():
        with guarded(root / "tables" / schema.name, "cannot read the table"):
            scan = _scan(con, schema, version_files(root, commit, schema.name))
            con.execute(f"CREATE VIEW all_{schema.name} AS {scan}")
            con.execute(f"CREATE VIEW {schema.name} AS {_current(schema)}")
    with guarded(root / "commits", "cannot read the log of commits"):
        scan = _scan(con, COMMITS, log_files)
        con.execute(f'CREATE VIEW commits AS SELECT * FROM ({scan}) WHERE "version" <= {commit.version}')
    return con


def version_files(root: Path, commit: Commit, table: str) -> list[str]:
    """Paths of the Parquet files of a table at a version."""
    state = commit.tables.get(table)
    return [str(root / "tables" / table / file.path) for file in state.files] if state else []


def _scan(con: duckdb.DuckDBPyConnection, schema: TableSchema, paths: Sequence[str]) -> str:
    """SQL that reads files; columns that they lack (or all, where there are no files) are NULL of the right type."""
    source, present = "", set[str]()
    if paths:
        source = f" FROM read_parquet([{', '.join(_literal(path) for path in paths)}], union_by_name = true)"
        present = {row[0] for row in con.execute(f"DESCRIBE SELECT *{source}").fetchall()}
    columns = [f'"{c.name}"' if c.name in present else f'NULL::{c.type} AS "{c.name}"' for c in schema.columns]
    return f"SELECT {', '.join(columns)}{source or ' WHERE false'}"


def _current(schema: TableSchema) -> str:
    """SQL of the plain view: without what a later article supersedes."""
    rows = f"SELECT * FROM all_{schema.name}"
    if schema.article is None:
        return rows
    superseded = 'SELECT "supersedes" FROM all_articles WHERE "supersedes" IS NOT NULL'
    return f'{rows} WHERE "{schema.article}" NOT IN ({superseded})'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def select(schema: TableSchema, view: str, where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """SQL and parameters for the rows of a table.

    Args:
        schema: The table.
        view: Its view.
        where: Column to value (equality; None means NULL) or to a list, tuple or set of values (membership).

    Raises:
        UsageError: An unknown column, a column of lists or structures, or a value of such a type.
    """
    conditions, values = ["true"], list[Any]()
    for name, wanted in where.items():
        kind = schema.types.get(name)
        if kind is None or kind.endswith((")", "]")):
            plain = [c.name for c in schema.columns if not c.type.endswith((")", "]"))]
            raise UsageError(f"cannot select by column {name!r}", where=schema.name,
                             remedy=f"choose from {', '.join(plain)}")  # fmt: skip
        condition, value = _condition(schema.name, f'"{name}"', kind, wanted)
        conditions.append(condition)
        values += value
    order = ", ".join(f'"{column}"' for column in schema.order)
    return f"SELECT * FROM {view} WHERE {' AND '.join(conditions)} ORDER BY {order}", values


def _condition(table: str, column: str, kind: str, wanted: Any) -> tuple[str, list[Any]]:
    several = isinstance(wanted, list | tuple | set | frozenset)
    values = list(wanted) if several else [wanted]
    if wrong := [v for v in values if not isinstance(v, str | int | float | None)]:
        raise UsageError(f"cannot compare {column} with {wrong[0]!r}", where=table, remedy="give text or a number")
    if not several:
        return (f"{column} IS NULL", []) if wanted is None else (f"{column} = ?::{kind}", [wanted])
    given = [value for value in values if value is not None]
    member = f"{column} IN (SELECT unnest(?::{kind}[]))"
    return (f"({member} OR {column} IS NULL)" if len(given) < len(values) else member), [given]


def fetch(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any], where: Path) -> Iterator[dict[str, Any]]:
    """Rows of a query of our own, as dictionaries, a batch at a time.

    Raises:
        StoreDamaged: A file cannot be read.
    """
    with guarded(where, "cannot read the table"):
        cursor = con.cursor().execute(query, values)
        names = [column[0] for column in cursor.description or ()]
        while batch := cursor.fetchmany(_FETCH):
            yield from (dict(zip(names, row, strict=True)) for row in batch)


def seal(con: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> None:
    """Let a connection read these files and nothing else, for good."""
    con.execute(f"SET allowed_paths = [{', '.join(_literal(path) for path in paths)}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def ask(
    con: duckdb.DuckDBPyConnection, query: str, limit: int | None = None, timeout: float | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Answer a user's query on a sealed connection.

    Args:
        con: A sealed connection.
        query: One statement that only reads.
        limit: Rows to fetch at most; None means all.
        timeout: Seconds after which the query is given up; None means never.

    Returns:
        Names of the columns, and the rows.

    Raises:
        QueryRefused: The query writes, leaves the store, is malformed, fails, or takes too long.
    """
    cursor = con.cursor()
    timer = threading.Timer(timeout, cursor.interrupt) if timeout is not None else None
    try:
        statement = _checked(cursor, query)
        if timer:
            timer.daemon = True
            timer.start()
        cursor.execute(statement)
        names = [column[0] for column in cursor.description or ()]
        return names, cursor.fetchall() if limit is None else cursor.fetchmany(limit)
    except duckdb.InterruptException as error:
        raise _refused(f"the query took longer than {timeout} s", query, "narrow it down or allow more time") from error
    except duckdb.OutOfMemoryException as error:
        raise _refused(f"the query needs more than {MEMORY_LIMIT} of memory", query, "select fewer columns") from error
    except duckdb.PermissionException as error:
        raise _refused("the query leaves the store", query, "a query reads only the tables of the store") from error
    except duckdb.Error as error:
        raise _refused(f"DuckDB says: {str(error).strip()}", query,
                       "`SHOW TABLES` lists the tables, `DESCRIBE events` the columns") from error  # fmt: skip
    finally:
        if timer:
            timer.cancel()


def _checked(con: duckdb.DuckDBPyConnection, query: str) -> str:
    """The text of the one statement of a query, if it only reads."""
    statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        raise _refused(f"the query has {len(statements)} statements", query, _REMEDY)
    kind, text = statements[0].type, statements[0].query
    inner = text
    if kind == duckdb.StatementType.EXPLAIN:
        # EXPLAIN ANALYZE runs what it explains, so what it explains must pass the same test.
        found = _EXPLAIN.fullmatch(text)
        if found is None:
            raise _refused("this form of EXPLAIN is not known", query, "write EXPLAIN or EXPLAIN ANALYZE and a query")
        inner = found["inner"]
        kinds = [statement.type for statement in duckdb.extract_statements(inner)]
        kind = kinds[0] if len(kinds) == 1 else duckdb.StatementType.MULTI
    if kind != duckdb.StatementType.SELECT:
        raise _refused(f"a statement of type {kind.name} is not allowed", query, _REMEDY)
    plan = con.execute(f"EXPLAIN (FORMAT json) {inner}").fetchall()
    if found_names := sorted(name for name in set(_operators(json.loads(plan[0][1]))) if _WRITES.search(name)):
        raise _refused(f"the query would run {', '.join(found_names)}", query, _REMEDY)
    return text


def _operators(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        if isinstance(plan.get("name"), str):
            yield plan["name"].upper()
        plan = list(plan.values())
    if isinstance(plan, list):
        for part in plan:
            yield from _operators(part)


def _refused(problem: str, query: str, remedy: str) -> QueryRefused:
    shown = " ".join(query.split())
    return QueryRefused(problem, where=shown if len(shown) <= 200 else shown[:200] + " ...", remedy=remedy)
