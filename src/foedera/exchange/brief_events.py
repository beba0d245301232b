"""The sections of a brief that tell events: the timeline, and relations at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, groupby, product
from typing import Final

from foedera.knowledge import plover_types

from .brief_draft import Draft, bullet, event_words, focus_words, marks
from .brief_items import Item, Row
from .brief_words import date_words, quoted

_QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_DONE: Final = frozenset({"happened", "ongoing"})


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
    dyads: dict[tuple[str, str], list[Item]] = {}
    for item in draft.sure.get("events", []):
        if item.best["status"] in _DONE and not item.best["alleged"]:
            for pair in sorted(_pairs(item.best)):
                dyads.setdefault(pair, []).append(item)
    if not dyads:
        return []
    rows = [table_row(["dyad", *_QUADS, "evidence"]), table_row(["---", *["---:"] * 4, "---"])]
    types = plover_types()
    for (one, other), found in sorted(dyads.items(), key=lambda dyad: (-len(dyad[1]), dyad[0])):
        quads = [types[item.best["type"]].quad for item in found]
        counts = [str(quads.count(quad)) for quad in (1, 2, 3, 4)]
        rows.append(table_row([f"{quoted(one)}–{quoted(other)}", *counts, draft.cites.cite(*found)]))
    note = (
        "Events that happened or go on, in either direction, near-copies counted once. Planned, hypothetical, denied, "
        "alleged and low-confidence events are left out, and so are events within one country."
    )
    return ["\n".join(rows), note]


def _pairs(row: Row) -> set[tuple[str, str]]:
    source = {actor["code"] for actor in row["source"] if actor["code"]}
    target = {actor["code"] for actor in row["target"] if actor["code"]}
    found = combinations(sorted(source | target), 2) if row["symmetric"] else product(source, target)
    return {(min(a, b), max(a, b)) for a, b in found if a != b}


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(cells) + " |"
