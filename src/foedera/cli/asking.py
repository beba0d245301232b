"""Commands that ask a record, and the codebook."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from .common import (
    Command,
    as_of_option,
    format_option,
    limit_option,
    output_option,
    put_json,
    put_rows,
    put_text,
    store_option,
)

if TYPE_CHECKING:
    from foedera.api import Shown


@click.command("show", cls=Command)
@click.argument("id", metavar="ID")
@store_option
@as_of_option
@format_option("table", "json")
def show_command(id: str, store: Path, as_of: str | None, fmt: str) -> None:
    """Show one claim: what was coded, the sentence with its context, the reason, and what made it.

    ID is the id of a claim, or enough of its start to name it.

    \b
    Example:
      foedera show evt_603def9f
    """
    from foedera import api

    shown = api.open(store, as_of).show(id)
    if fmt == "json":
        put_json(shown.as_dict())
    else:
        click.echo(_shown_text(shown))


_SET_APART: Final = frozenset({
    "id", "document", "evidence", "start", "end", "article", "published", "outlet", "url", "language", "focus_start",
    "focus_end", "reason", "software", "codebook", "knowledge", "reader", "run", "date", "source", "target",
})  # fmt: skip
"""Keys of a claim that are not listed among its fields, because they have a place of their own."""


def _shown_text(shown: Shown) -> str:
    """A claim as text; `click.echo` takes the colours out where no terminal looks on."""
    from foedera.api import printable

    claim, article, date = shown.claim, shown.article, shown.claim["date"]
    published = article["published"]
    lines = [click.style(f"{claim['id']}  {shown.kind}", bold=True)]
    if shown.superseded:
        lines.append("superseded: a later reading of the document has taken its place")
    fields: list[tuple[str, str]] = [(side, _actors(claim[side])) for side in ("source", "target") if side in claim]
    fields += [(name, _value(value)) for name, value in claim.items() if name not in _SET_APART]
    bounds = f", {date['low']} to {date['high']}" if date["granularity"] not in (None, "day") else ""
    why = f": {'; '.join(date['reasons'])}" if date["reasons"] else ""
    fields.append(("date", f"{date['value'] or 'unknown'} ({date['basis']}{bounds}){why}"))
    lines += [f"  {name:<12}{printable(text)}" for name, text in fields if text]
    copy = f", near-copy of {article['copy_of']}" if article["copy_of"] else ""
    source = (
        f"{article['outlet'] or 'outlet unknown'}, published {published['value'] or 'unknown'} ({published['basis']})"
    )
    lines += ["", click.style(printable(article["title"] or "(no title)"), bold=True),
              printable(f"{article['document']}: {source}{copy}"), ""]  # fmt: skip
    first, last = shown.focus
    evidence = shown.evidence
    marked = (
        _plain(evidence[:first]) + click.style(f"«{_plain(evidence[first:last])}»", bold=True) + _plain(evidence[last:])
    )
    lines += [click.style(_plain(shown.before), dim=True)] if shown.before else []
    lines += [f"▶ {marked}"]
    lines += [click.style(_plain(shown.after), dim=True)] if shown.after else []
    stamps = ", ".join(f"{name} {value}" for name, value in shown.stamps.items() if value)
    lines += ["", f"why   {printable(shown.reason)}", f"made  {printable(stamps)}"]
    return "\n".join(lines)


def _plain(text: str) -> str:
    from foedera.api import printable

    return "\n".join(
        (" " if line[:1].isspace() else "") + printable(line) + (" " if line[-1:].isspace() and line.strip() else "")
        for line in text.split("\n")
    )


def _actors(actors: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{a['code'] or 'not identified'}{' ' + a['sector'] if a['sector'] else ''} — “{a['mention']}”"
        f"{', ' + a['name'] if a['name'] else ''}{' (' + a['basis'] + ')' if a['basis'] else ''}"
        for a in actors
    )


def _value(value: Any) -> str:
    if value is None or value == [] or value is False:
        return ""
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{key} {item}" for key, item in value.items() if item not in (None, False))
    return "yes" if value is True else str(value)


@click.command("brief", cls=Command)
@click.argument("sides", metavar="[SIDES]...", nargs=-1)
@store_option
@as_of_option
@click.option("--since", metavar="DATE", help="Only what may be dated on or after 2019, 2019-08 or 2019-08-22.")
@click.option("--until", metavar="DATE", help="Only what may be dated on or before that date.")
@click.option("--document", metavar="NAME", multiple=True, help="Only this document. May be given several times.")
@click.option("--low", metavar="NUMBER", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Claims of less confidence stand apart.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="Heading of the brief.")
@output_option
def brief_command(
    sides: tuple[str, ...], store: Path, as_of: str | None, document: tuple[str, ...], output: Path | None, **asked: Any
) -> None:
    """Write a brief in Markdown: timeline, relations, agreements, meetings, statements, figures, incidents.

    SIDES are codes such as JPN KOR: none takes everything, one whatever involves it, several what lies between them.
    Every line is cited, near-copies are counted once, and claims of low confidence stand apart.

    \b
    Example:
      foedera brief JPN KOR --since 2019 --output japan-korea.md
    """
    from foedera import api

    put_text(api.open(store, as_of).brief(*sides, document=document or None, **asked), output)


@click.command("sql", cls=Command)
@click.argument("query", metavar="QUERY")
@store_option
@as_of_option
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), help="Give up after this time."
)
@limit_option
@format_option()
@output_option
def sql_command(
    query: str, store: Path, as_of: str | None, timeout: float | None, limit: int | None, fmt: str, output: Path | None
) -> None:
    """Ask the record in SQL (DuckDB's dialect). A query can only read, and only this record.

    QUERY is one statement, or - for standard input. `SHOW TABLES` lists the tables.

    \b
    Example:
      foedera sql "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC"
    """
    from foedera import api

    text = sys.stdin.read() if query == "-" else query
    names, rows = api.open(store, as_of).sql(text, limit, timeout)
    columns = _distinct(names)
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    put_rows(found, fmt, output, columns=columns)


def _distinct(names: list[str]) -> list[str]:
    """Names of columns, those that come twice with a number."""
    out: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in out:
            number += 1
            candidate = f"{name}_{number}"
        out.append(candidate)
    return out


@click.command("explain", cls=Command)
@click.argument("label", metavar="[LABEL]", required=False)
@format_option("table", "json")
def explain_command(label: str | None, fmt: str) -> None:
    """Say what a label means: type, mode, context, sector, status, stage, stance, basis, reason. Without LABEL: all.

    \b
    Example:
      foedera explain SANCTION
    """
    from foedera import api

    entries = api.explain(label)
    if fmt == "json":
        put_json([asdict(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{click.style(entry.label, bold=True)} ({entry.kind}): {entry.text}")
