"""The cue table: phrases that page furniture, captions and credits are worded with."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from foedera.model.errors import KnowledgeError

KINDS: Final = ("caption", "credit", "list", "end", "section", "furniture")
_MATCHES: Final = ("whole", "start", "part", "tail")
_TABLE: Final = "cues.csv"
_LONGEST: Final = 1_200


@dataclass(frozen=True, slots=True)
class Cue:
    """A hit of the table.

    Attributes:
        kind: ``furniture``, ``list``, ``end``, ``section``, ``caption`` or ``credit``.
        reason: What the line is said to be.
    """

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    match: str
    words: int
    pattern: re.Pattern[str]
    reason: str

    def hits(self, text: str, words: int) -> bool:
        if words > self.words:
            return False
        if self.match == "whole":
            return self.pattern.fullmatch(text) is not None
        if self.match == "start":
            return self.pattern.match(text) is not None
        return self.pattern.search(text[-60:] if self.match == "tail" else text) is not None


def cue_of(text: str) -> Cue | None:
    """The first cue of the table that a unit shows, in the order caption, credit, list, end, section, furniture.

    Args:
        text: One unit with single blanks.
    """
    if len(text) > _LONGEST:
        return None
    words = text.count(" ") + 1
    # Arrows and bars before a phrase say nothing; brackets do, so they stay.
    bare = text.lstrip(" |•·*»>→←«‹›▶►◆■●-–—")
    for row in _rows():
        if row.hits(text, words) or (bare and bare != text and row.hits(bare, words)):
            return Cue(row.kind, row.reason)
    return None


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    """Read the table once.

    Raises:
        KnowledgeError: A row lacks a column, or its pattern is not a regular expression.
    """
    lines = files(__package__).joinpath(_TABLE).read_text("utf-8").splitlines()
    body = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    reader = csv.DictReader(line for _, line in body)
    rows = [_row(record, number) for record, (number, _) in zip(reader, body[1:], strict=True)]
    return tuple(sorted(rows, key=lambda row: KINDS.index(row.kind)))


def _row(record: dict[str, str], number: int) -> _Row:
    try:
        kind, match, words = record["kind"], record["match"], int(record["words"])
        pattern = re.compile(record["pattern"], re.IGNORECASE)
    except (KeyError, ValueError, TypeError, re.error) as broken:
        raise KnowledgeError(f"bad cue {record!r}: {broken}", where=f"{_TABLE}:{number}") from broken
    if kind not in KINDS or match not in _MATCHES or not record["reason"]:
        raise KnowledgeError(f"unknown kind or match in {record!r}", where=f"{_TABLE}:{number}")
    return _Row(kind, match, words, pattern, record["reason"])
