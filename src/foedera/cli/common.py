"""Options that commands share, and how they put out rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from .main import HELP, set_debug

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])
Row = Mapping[str, Any]

FORMATS: Final = ("table", "json", "jsonl", "csv", "parquet")


class Command(click.Command):
    """A command that also takes ``--debug`` behind its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", HELP)
        super().__init__(*args, **kwargs)
        option = click.Option(
            ["--debug"], is_flag=True, expose_value=False, callback=set_debug, help="Show the traceback of an error."
        )
        self.params.append(option)


store_option = click.option(
    "--store", metavar="DIR", envvar="FOEDERA_STORE", default="foedera-record", show_default=True, show_envvar=True,
    type=click.Path(path_type=Path), help="Folder of the record.",
)  # fmt: skip
as_of_option = click.option(
    "--as-of", metavar="VERSION|TIME",
    help="Read the record as it was: a version, a day (2026-11-22) or a time in UTC (2026-11-22T08:00).",
)  # fmt: skip
output_option = click.option(
    "--output", "-o", metavar="FILE", type=click.Path(path_type=Path),
    help="Write to a file, which is replaced when all is written.",
)  # fmt: skip
limit_option = click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), help="At most so many rows; default: all."
)


def format_option(*formats: str) -> Callable[[Wrapped], Wrapped]:
    """The option ``--format``; without arguments all formats of rows."""
    choices = click.Choice(formats or FORMATS)
    return click.option(
        "--format", "fmt", type=choices, default="table", show_default=True, help="Format of the output."
    )


def put_rows(
    rows: Iterable[Row],
    fmt: str,
    output: Path | None,
    *,
    columns: Sequence[str] | None = None,
    types: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> int:
    """Write rows to standard output or a file, with a note on standard error on what a table leaves out.

    Args:
        rows: The rows.
        fmt: One of `FORMATS`.
        output: File, or None for standard output.
        columns: What a table shows, and the other formats too where there are no `types`; None takes the columns of
            the first row.
        types: Every column of the other formats with its DuckDB type.
        limit: Rows at most; None means all.

    Returns:
        Number of rows written.
    """
    from foedera import api

    wanted = columns if fmt == "table" or types is None else list(types)
    kept = rows if limit is None else islice(rows, limit)
    written = api.write_rows(kept, output or sys.stdout, fmt, columns=wanted, types=types)
    counted = _count(written.rows, "row")
    if fmt == "table":
        hidden = f", {_count(written.shortened, 'cell')} shortened" if written.shortened else ""
        fewer = hidden or (types is not None and len(types) > len(wanted or ()))
        more = "; every column in full: --format jsonl, csv or parquet" if fewer else ""
        note(f"{counted}{hidden}{more}")
    elif output:
        note(f"{counted} written to {output}")
    return written.rows


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def put_text(text: str, output: Path | None) -> None:
    """Write text to standard output or a file.

    Raises:
        UsageError: The file cannot be written.
    """
    from foedera.model.errors import UsageError

    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}", where="output",
                         remedy="check the folder and its permissions") from error  # fmt: skip
    note(f"written to {output}")


def put_json(value: Any) -> None:
    """Write one JSON object to standard output."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True)
