"""Which claims belong to a brief on some countries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Row = Mapping[str, Any]

_SHARED: Final = frozenset({"events", "meetings", "incidents", "agreements"})
"""Kinds that lie between parties; the others belong to one."""


def parties(kind: str, row: Row) -> frozenset[str]:
    """Codes of all who have a part in a claim."""
    if kind == "events":
        return frozenset(actor["code"] for actor in (*row["source"], *row["target"]) if actor["code"])
    if kind == "statements":
        return frozenset([*row["side"], *(s["target"] for s in row["stance"] if s["target"])])
    if kind == "agreements":
        return frozenset([*row["parties"], *filter(None, [row["actor"]])])
    if kind == "meetings":
        return frozenset(row["participants"])
    if kind == "incidents":
        return frozenset(row["parties"])
    return frozenset(filter(None, [row["country"], *(row["partners"] if kind == "capabilities" else [])]))


def keep(kind: str, row: Row, sides: frozenset[str]) -> bool:
    """Whether a claim belongs to a brief on these sides.

    No sides: every claim. One: every claim that it has a part in. Several: what lies between parties must involve two
    of them (an agreement of which the text names only one party: that one); the rest must involve one.
    """
    if not sides:
        return True
    found = parties(kind, row)
    needed = min(2, len(sides)) if kind in _SHARED else 1
    if kind == "agreements":
        needed = min(needed, max(1, len(found)))
    return len(found & sides) >= needed
