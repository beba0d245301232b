"""Rows to Parquet through DuckDB, without another Arrow library."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from foedera.model.errors import UsageError

from .cells import json_text, plain

_LEAST_OBJECT: Final = 16_777_216


def write_parquet(
    rows: Iterable[Mapping[str, Any]], path: Path, columns: Sequence[str] | None, types: Mapping[str, str] | None
) -> int:
    """Write rows to a Parquet file.

    Args:
        rows: The rows.
        path: The file.
        columns: Which columns, in order; None takes all in order of appearance.
        types: DuckDB type by column; columns that it lacks get theirs from their values (text where there are none).

    Returns:
        Number of rows.

    Raises:
        UsageError: There are no columns, or DuckDB cannot write the file.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="foedera-") as folder:
        spool = Path(folder) / "rows.jsonl"
        count, longest, found = _spool(rows, spool, columns)
        types = {**found, **{name: kind for name, kind in (types or {}).items() if name in found or columns is None}}
        names = list(columns) if columns is not None else list(types)
        if not names:
            raise UsageError(
                "there are no rows and no columns", where=str(path), remedy="a Parquet file needs a column"
            )
        wanted = {name: types.get(name, "VARCHAR") for name in names}
        schema = ", ".join(f"{_text(name)}: {_text(kind)}" for name, kind in wanted.items())
        source = (
            f"read_json({_text(str(spool))}, format = 'newline_delimited', columns = {{{schema}}}, "
            f"maximum_object_size = {max(_LEAST_OBJECT, 2 * longest)})"
        )
        try:
            with duckdb.connect(config={"python_enable_replacements": False}) as con:
                con.execute(f"COPY (FROM {source}) TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.Error as error:
            problem = str(error).strip().splitlines()[0]
            raise UsageError(
                f"cannot write Parquet: {problem}", where=str(path), remedy="try --format jsonl"
            ) from error
    return count


def _spool(
    rows: Iterable[Mapping[str, Any]], path: Path, columns: Sequence[str] | None
) -> tuple[int, int, dict[str, str]]:
    """Write rows as JSON lines; their number, the longest line in bytes, and the type of each column."""
    count = longest = 0
    found: dict[str, Any] = {}
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            kept = {str(name): plain(row[name]) for name in (columns or row) if name in row}
            found = _join(found, {name: _kind(value) for name, value in kept.items()})
            line = json_text(kept)
            longest = max(longest, len(line.encode("utf-8")))
            out.write(line + "\n")
            count += 1
    return count, longest, {name: _sql(kind) for name, kind in found.items()}


def _kind(value: Any) -> Any:
    """The type of a value: a name, a list of one type, a dictionary of types, or None where nothing is known."""
    if value is None:
        return None
    if isinstance(value, dict):
        return {name: _kind(item) for name, item in value.items()}
    if isinstance(value, list):
        joined: Any = None
        for item in value:
            joined = _join(joined, _kind(item))
        return [joined]
    return {bool: "BOOLEAN", int: "BIGINT" if _fits(value) else "DOUBLE", float: "DOUBLE"}.get(type(value), "VARCHAR")


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _join(one: Any, other: Any) -> Any:
    """A type that holds values of both."""
    if one is None or other is None or one == other:
        return other if one is None else one
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: _join(one.get(name), other.get(name)) for name in [*one, *(n for n in other if n not in one)]}
    if isinstance(one, list) and isinstance(other, list):
        return [_join(one[0], other[0])]
    if not (isinstance(one, str) and isinstance(other, str)) or "JSON" in (one, other):
        return "JSON"
    return "DOUBLE" if {one, other} == {"BIGINT", "DOUBLE"} else "VARCHAR"


def _sql(kind: Any) -> str:
    if isinstance(kind, list):
        return _sql(kind[0]) + "[]"
    if isinstance(kind, dict) and kind:
        return "STRUCT(" + ", ".join(_name(name) + " " + _sql(item) for name, item in kind.items()) + ")"
    return kind if isinstance(kind, str) else "VARCHAR" if kind is None else "JSON"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
