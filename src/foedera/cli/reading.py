"""Commands that read reports into a record."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from .common import Command, format_option, note, put_json, put_rows, store_option

if TYPE_CHECKING:
    from foedera.api import Progress, ReadSummary

_LISTED: Final = 20
_PREVIEW: Final = ("document", "type", "bytes", "outcome", "detail")

quiet_option = click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")


def _fields(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dict[str, str]:
    """``text=body,title=headline`` as a dictionary."""
    if not value:
        return {}
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    if wrong := [key for key, sign, _ in pairs if not sign]:
        raise click.BadParameter(f"{wrong[0]!r} has no '='; write text=body,title=headline")
    return {key.strip(): name.strip() for key, _, name in pairs}


@click.command("read", cls=Command)
@click.argument("paths", metavar="PATHS...", nargs=-1, required=True)
@store_option
@click.option("--published", metavar="DATE", help="Publication date of all inputs: 2019, 2019-08 or 2019-08-22.")
@click.option("--outlet", metavar="NAME", help="Who published them.")
@click.option("--url", metavar="URL", help="Where they were published.")
@click.option("--licence", metavar="TEXT", help="Under which terms.")
@click.option("--sidecar", metavar="FILE", type=click.Path(path_type=Path),
              help="CSV, TSV or JSONL file that states published, outlet, url ... by document.")  # fmt: skip
@click.option("--fields", metavar="PAIRS", callback=_fields,
              help="Names of JSONL and CSV fields, such as text=body,title=headline.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Fetch addresses of this machine and of local networks too.")
@click.option("--no-copies", is_flag=True, help="Do not look for near-copies.")
@click.option("--max-bytes", metavar="N", type=click.IntRange(min=1), help="Largest single document, in bytes.")
@click.option("--dry-run", is_flag=True, help="List what would be read, and write nothing.")
@quiet_option
@format_option("table", "json")
def read_command(
    paths: tuple[str, ...], store: Path, no_copies: bool, dry_run: bool, quiet: bool, fmt: str, **said: Any
) -> None:
    """Read reports into a record, which is made where there is none.

    PATHS are files, folders, archives (zip, tar, gzip), tables (CSV, JSONL), mails, PDF, DOCX, HTML or text files,
    http addresses, or - for standard input. Reading the same again adds nothing. What cannot be read is kept with its
    reason: see `foedera rejects`. Exit code 1 says that some input was rejected.

    \b
    Example:
      foedera read reports/ --outlet "Harbor Gazette"
      foedera read stories.jsonl --fields text=body,title=headline --format json
    """
    from foedera import api

    if dry_run:
        _preview(api.preview(store, paths, **said), fmt)
        return
    with _progress(quiet) as on_progress:
        summary = api.read(store, paths, copies=not no_copies, on_progress=on_progress, **said)
    _finish(summary, store, fmt, quiet)


@click.command("demo", cls=Command)
@store_option
@quiet_option
@format_option("table", "json")
def demo_command(store: Path, quiet: bool, fmt: str) -> None:
    """Read the demo corpus into a record: short invented reports on real relations.

    \b
    Example:
      foedera demo --store demo-record
    """
    from foedera import api

    with _progress(quiet) as on_progress:
        summary = api.demo(store, on_progress=on_progress)
    _finish(summary, store, fmt, quiet)
    if not quiet and fmt == "table":
        note(f"Now try: foedera events --store {store} --source JPN --target KOR")
        note(f"         foedera brief JPN KOR --store {store}")


def _preview(rows: Iterator[dict[str, Any]], fmt: str) -> None:
    rejected = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal rejected
        for row in rows:
            rejected += row["outcome"] not in ("new", "known")
            yield row

    put_rows(counted(), fmt, None, columns=_PREVIEW)
    if rejected:
        raise click.exceptions.Exit(1)


def _finish(summary: ReadSummary, store: Path, fmt: str, quiet: bool) -> None:
    from foedera.api import printable

    if not quiet:
        for reject in summary.rejected[:_LISTED]:
            note(f"rejected: {printable(reject.document)}: {reject.reason}: {printable(reject.detail)}")
        if len(summary.rejected) > _LISTED:
            note(f"... and {len(summary.rejected) - _LISTED} more: foedera rejects --store {store}")
        for document in summary.unused_sidecar:
            note(f"the sidecar names {printable(document)}, which is not among the inputs")
    if fmt == "json":
        put_json({**asdict(summary), "store": str(store)})
    elif not quiet:
        click.echo(_summary(summary, store))
    if summary.rejects:
        raise click.exceptions.Exit(1)


def _summary(summary: ReadSummary, store: Path) -> str:
    copies = f" ({_count(summary.copies, 'near-copy', 'near-copies')})" if summary.copies else ""
    known = f", {summary.known} known already" if summary.known else ""
    rejects = ", ".join(f"{number} {reason}" for reason, number in summary.rejects.items()) or "none"
    claims = ", ".join(f"{kind} {number}" for kind, number in summary.claims.items() if number) or "none"
    return (
        f"read      {_count(summary.pages, 'page', 'pages')}{known}\n"
        f"articles  {summary.articles} added{copies}\n"
        f"claims    {claims}\n"
        f"rejected  {rejects}\n"
        f"record    {store}, version {summary.version}, {summary.seconds:.1f} s"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A line that moves while a terminal looks on, and nothing otherwise."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape

    from foedera.api import printable

    with Console(stderr=True).status("opening ...") as status:

        def show(progress: Progress) -> None:
            counts = f"{progress.pages} pages, {progress.articles} articles, {progress.claims} claims"
            status.update(f"{counts}  [dim]{escape(printable(progress.current)[:60])}[/dim]")

        yield show
