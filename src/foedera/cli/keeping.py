"""Commands that look after a record and the installation."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from .common import Command, as_of_option, format_option, note, output_option, put_json, put_rows, store_option

_MARKS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command("check", cls=Command)
@store_option
@as_of_option
@format_option("table", "json")
def check_command(store: Path, as_of: str | None, fmt: str) -> None:
    """Check a record: files against the log, hashes against bytes, evidence against texts. Exit code 1 on a problem.

    \b
    Example:
      foedera check --store demo-record
    """
    from foedera import api

    record = api.open(store, as_of)
    problems = record.check()
    if fmt == "json":
        put_json({"version": record.version, "problems": [asdict(problem) for problem in problems]})
    elif problems:
        put_rows((asdict(problem) for problem in problems), fmt, None, columns=("table", "id", "problem"))
    else:
        click.echo(f"Version {record.version} of {store} holds what it says.")
    if problems:
        raise click.exceptions.Exit(1)


@click.command("versions", cls=Command)
@store_option
@as_of_option
@format_option()
@output_option
def versions_command(store: Path, as_of: str | None, fmt: str, output: Path | None) -> None:
    """List the versions of a record. Any of them can be read with --as-of.

    \b
    Example:
      foedera versions --format jsonl
    """
    from foedera import api

    put_rows(api.open(store, as_of).versions(), fmt, output,
             columns=("version", "at", "kind", "software", "added") if fmt == "table" else None)  # fmt: skip


@click.command("compact", cls=Command)
@store_option
def compact_command(store: Path) -> None:
    """Merge the small files of a record, which makes it faster to ask. No version is lost.

    \b
    Example:
      foedera compact --store demo-record
    """
    from foedera import api

    click.echo(f"version {api.compact(store)}")


@click.command("doctor", cls=Command)
@store_option
@format_option("table", "json")
def doctor_command(store: Path, fmt: str) -> None:
    """Check Python, packages, reference tables, disk and record. Exit code 1 when something fails.

    \b
    Example:
      foedera doctor
    """
    from foedera import api

    checks = api.doctor(store)
    if fmt == "json":
        put_json([asdict(check) for check in checks])
    else:
        for check in checks:
            click.echo(f"{click.style(f'{check.status:<5}', fg=_MARKS[check.status])}{check.name}: {check.detail}")
            if check.remedy:
                click.echo(f"     → {check.remedy}")
    failed = [check.name for check in checks if check.status == "fail"]
    if failed:
        note(f"foedera: {', '.join(failed)} must be mended first")
        raise click.exceptions.Exit(1)
