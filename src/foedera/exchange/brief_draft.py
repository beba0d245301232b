"""A brief in the making: what it is made of, the evidence cited so far, and how a line is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .brief_items import Citations, Item, Row
from .brief_words import actors_words, quoted

LOW: Final = 0.5
"""Confidence below which a claim is set apart."""


@dataclass(frozen=True, slots=True)
class BriefInput:
    """What a brief is made of.

    Attributes:
        title: Its heading.
        scope: What was asked for, in words.
        claims: Rows of each kind, as `claim_shape` gives them.
        articles: Articles by id, as `article_shape` gives them: at least those of the claims.
        groups: Group of near-copies by article id.
        total: Number of articles in the record.
        software: Version of Foedera.
        version: Version of the record.
        low: Confidence below which a claim is set apart.
    """

    title: str
    scope: str
    claims: Mapping[str, Sequence[Row]]
    articles: Mapping[str, Row]
    groups: Mapping[str, str]
    total: int
    software: str
    version: int
    low: float = LOW


@dataclass(slots=True)
class Draft:
    """The brief as it grows: what is to be told, and the evidence that was cited so far."""

    given: BriefInput
    cites: Citations
    sure: dict[str, list[Item]] = field(default_factory=dict)
    unsure: list[Item] = field(default_factory=list)


def bullet(draft: Draft, item: Item, *words: str) -> str:
    """A line of a list: its words, how many reports carry it, and its evidence."""
    body = "; ".join(word for word in (*words, item.counted) if word)
    return f"- {body} {draft.cites.cite(item)}"


def marks(row: Row) -> str:
    """What stands between a claim and a plain fact."""
    found = [] if row["status"] in ("happened", "held") else [row["status"]]
    found += ["alleged"] if row["alleged"] else []
    found += [f"according to {quoted(row['speaker'])}"] if row["speaker"] else []
    return ", ".join(found)


def focus_words(row: Row) -> str:
    """The words that carry a claim, quoted."""
    words = row["evidence"][row["focus_start"] - row["start"] : row["focus_end"] - row["start"]]
    return f"“{quoted(words)}”" if words.strip() else ""


def event_words(row: Row) -> str:
    """An event in a few words."""
    modes = f" ({quoted(', '.join(row['modes']))})" if row["modes"] else ""
    source, target = actors_words(row["source"]), actors_words(row["target"])
    if row["symmetric"]:
        who = actors_words([*row["source"], *row["target"]])
    else:
        who = f"{source} → {target}" if row["target"] else source
    return f"**{row['type']}**{modes} {who}"
