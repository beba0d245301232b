"""The sections of a brief that tell events: the timeline, and relations at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from foedera.relations import QUADS, dyad_counts

from .brief_draft import Draft, bullet, event_words, focus_words, marks
from .brief_items import Item
from .brief_words import date_words, quoted


def _event_line(draft: Draft, item: Item) -> str:
    row = item.best
    return bullet(draft, item, f"{date_words(row['date'])}: {event_words(row)}", focus_words(row), marks(row))


def _year(item: Item) -> str:
    date = item.best["date"]
    if date["value"] is None:
        return "Undated"
    return str(date["low"][:4]) if date["granularity"] != "decade" else f"The {date['value']}"


def timeline(draft: Draft) -> list[str]:
    """Events by date under the years, undated ones last."""
    found = draft.sure.get("events", [])
    dated = [item for item in found if item.best["date"]["value"] is not None]
    undated = [item for item in found if item.best["date"]["value"] is None]
    lines: list[str] = []
    for year, group in groupby([*dated, *undated], key=_year):
        lines += [f"### {year}", "\n".join(_event_line(draft, item) for item in group)]
    return lines


def relations(draft: Draft) -> list[str]:
    """Per dyad: how many events of each quad class."""
    items = draft.sure.get("events", [])
    counted = dyad_counts([item.best for item in items])
    if not counted:
        return []
    rows = [table_row(["dyad", *QUADS, "evidence"]), table_row(["---", *["---:"] * 4, "---"])]
    for dyad in counted:
        one, other = dyad.parties
        evidence = draft.cites.cite(*(items[position] for position in dyad.events))
        rows.append(table_row([f"{quoted(one)}–{quoted(other)}", *map(str, dyad.quads), evidence]))
    note = (
        "Events that happened or go on, in either direction, near-copies counted once. Planned, hypothetical, denied, "
        "alleged and low-confidence events are left out, and so are events within one country."
    )
    return ["\n".join(rows), note]


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(cells) + " |"
