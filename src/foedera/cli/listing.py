"""Commands that list rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from .common import Command, as_of_option, format_option, limit_option, output_option, put_rows, store_option

_SOURCE: Final[dict[str, str]] = {
    "events": "Who acts: a code such as JPN or NATO. Joint events match either way.",
    "statements": "The side that speaks.",
    "agreements": "Who acts, or any party where the text names nobody.",
    "meetings": "A participant.",
    "incidents": "A party.",
    "figures": "The country.",
    "policies": "The country.",
    "capabilities": "The country.",
}
_TARGET: Final[dict[str, str]] = {
    "events": "Whom it is done to.",
    "statements": "Whom the stance is toward.",
    "agreements": "A party.",
    "meetings": "Another participant.",
    "incidents": "Another party.",
    "capabilities": "A partner.",
}
_TYPE: Final[dict[str, str]] = {
    "events": "PLOVER type, such as SANCTION; see `foedera explain`.",
    "statements": "Stance: supportive, cautious, neutral, ambivalent, concerned, critical or hostile.",
    "agreements": "Stage, such as signed or notice_given; see `foedera explain`.",
    "meetings": "Kind: meeting, summit, visit, call or exercise.",
    "incidents": "Kind, as the record names it.",
    "figures": "Measure, as the record names it.",
    "policies": "Change, as the record names it.",
    "capabilities": "Change, as the record names it.",
    "rejects": "Reason, such as empty or not_english; see `foedera explain`.",
}
_STATUS: Final = "What the text says of it: happened, ongoing, planned, hypothetical or denied."
_STATUSES: Final[dict[str, str]] = {"meetings": "held, scheduled or absent."}

_MANY: Final = " May be given several times."


def _listing(kind: str, doc: str, example: str, *, dated: bool = True) -> click.Command:
    """A command that lists one kind of row."""

    def run(store: Path, as_of: str | None, fmt: str, output: Path | None, limit: int | None, **asked: Any) -> None:
        from foedera import api

        record = api.open(store, as_of)
        given = {name: value for name, value in asked.items() if value not in (None, ())}
        rows = getattr(record, kind)(**given)
        put_rows(rows, fmt, output, columns=api.TABLE_COLUMNS[kind], types=api.column_types(kind), limit=limit)

    wrap: list[Callable[[Any], Any]] = [store_option, as_of_option]
    for name, texts in (("source", _SOURCE), ("target", _TARGET), ("type", _TYPE)):
        if kind in texts:
            metavar = "CODE" if name != "type" else "NAME"
            wrap.append(click.option(f"--{name}", metavar=metavar, multiple=True, help=texts[kind] + _MANY))
    if dated:
        what = "published" if kind == "articles" else "dated"
        since = f"Only what may be {what} on or after 2019, 2019-08 or 2019-08-22; leaves undated rows out."
        until = f"Only what may be {what} on or before that date; leaves undated rows out."
        wrap += [
            click.option("--since", metavar="DATE", help=since),
            click.option("--until", metavar="DATE", help=until),
        ]
    wrap.append(click.option("--document", metavar="NAME", multiple=True, help="Only this document." + _MANY))
    if kind in _SOURCE:
        wrap.append(click.option("--status", metavar="NAME", multiple=True, help=_STATUSES.get(kind, _STATUS) + _MANY))
    wrap += [limit_option, format_option(), output_option]
    for option in reversed(wrap):
        run = option(run)
    text = f"{doc}\n\n\b\nExample:\n  {example}"
    return click.command(kind, cls=Command, help=text)(run)


events_command = _listing(
    "events",
    "List who did what to whom, in PLOVER terms, each with the sentence that it rests on.",
    "foedera events --source JPN --target KOR --since 2019 --format csv",
)
statements_command = _listing(
    "statements",
    "List who said what, and where they stand.",
    "foedera statements --source CHN --type critical",
)
agreements_command = _listing(
    "agreements",
    "List steps in the lives of agreements.",
    "foedera agreements --source KOR --type notice_given --format jsonl",
)
meetings_command = _listing(
    "meetings",
    "List meetings, visits, calls and joint exercises: held, scheduled, or reported as absent.",
    "foedera meetings --source JPN --target USA --status held",
)
incidents_command = _listing(
    "incidents",
    "List what one side holds against the other.",
    "foedera incidents --source KOR --until 2020",
)
figures_command = _listing(
    "figures",
    "List amounts that reports give, in units of their currency or unit.",
    "foedera figures --source JPN --format csv --output figures.csv",
)
policies_command = _listing(
    "policies",
    "List changes in what states do.",
    "foedera policies --source CHN --since 2023-08",
)
capabilities_command = _listing(
    "capabilities",
    "List what states have, build or plan.",
    "foedera capabilities --source JPN --target USA",
)
articles_command = _listing(
    "articles",
    "List the articles: publication dates with their basis, and the lines that are no part of the report.",
    "foedera articles --since 2023 --format jsonl",
)
rejects_command = _listing(
    "rejects",
    "List inputs that were not read, or not wholly, and why.",
    "foedera rejects --type not_english",
    dated=False,
)
