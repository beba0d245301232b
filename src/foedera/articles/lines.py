"""Cuts a page's text into units: one line each, or several where a paragraph was broken by hard line ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .cues import cue_of
from .heads import is_date_line

_SPACE: Final = re.compile(r"\s+")
_ENDED: Final = re.compile(r"[.!?:;…。][\"'”’»)\]]*$")
# A line that stops on one of these words goes on in the next, whatever the next begins with.
_OPEN_END: Final = re.compile(
    r"\b(?:the|an?|of|to|and|or|with|in|on|at|by|for|from|its|their|his|her|that|which|as|between|under|into|than)$",
    re.I,
)
_CLOSES: Final = re.compile(r"[,;.)”’](?:\s|$)")
_LIST_MARK: Final = re.compile(r"^(?:[-*•·▪■●○◆▶▲►–—]|\(?\d{1,2}[.)]|[a-z][.)])\s")
_NARROWEST, _WIDEST, _SLACK = 50, 100, 18
_FEWEST_LINES: Final = 4
_LONG_ENOUGH: Final = 30
_RECENT: Final = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or a joined run of lines.

    Attributes:
        start: Offset of its first character that is not white space.
        end: Offset after its last one.
        text: Its characters with every run of white space as one blank.
        gap: Whether a blank line stands before it.
    """

    start: int
    end: int
    text: str
    gap: bool


def units_of(text: str) -> list[Unit]:
    """Non-blank lines of a text, with hard-wrapped paragraphs joined into one unit each."""
    lines = _lines(text)
    width = _wrap_width(lines)
    joined: list[list[Unit]] = []
    for line in lines:
        if joined and not line.gap and _continues(joined[-1], line.text, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_merge(group) for group in joined]


def squash(text: str) -> str:
    """Text with every run of white space as one blank, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def _lines(text: str) -> list[Unit]:
    found: list[Unit] = []
    at, gap = 0, False
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            start = at + raw.index(bare[0])
            found.append(Unit(start, start + len(bare), squash(bare), gap))
        gap = not bare
        at += len(raw) + 1
    return found


def _wrap_width(lines: list[Unit]) -> int | None:
    """The column at which the text was wrapped, or None where each line is whole.

    Wrapped text shows in lines of nearly one length that mostly stop in mid-sentence.
    """
    inner = [len(line.text) for line, after in pairwise(lines) if not after.gap and len(line.text) >= _LONG_ENOUGH]
    if len(inner) < _FEWEST_LINES:
        return None
    width = sorted(inner)[int(0.97 * (len(inner) - 1))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    near = sum(1 for length in inner if width - _SLACK <= length <= width)
    open_ended = sum(
        1
        for line, after in pairwise(lines)
        if not after.gap and width - _SLACK <= len(line.text) <= width and not _ENDED.search(line.text)
    )
    return width if near >= 0.6 * len(inner) and open_ended >= 0.5 * near else None


def _continues(group: list[Unit], line: str, width: int | None) -> bool:
    """Whether a line goes on with the sentence or paragraph of the lines directly above it."""
    previous = group[-1].text
    if _LIST_MARK.match(line):
        return False
    if width is not None and len(previous) + 1 + len(line.split(" ", 1)[0]) > width >= len(previous):
        return True
    if _ENDED.search(previous) or is_date_line(previous):
        return False
    joined = sum(len(part.text) for part in group[-_RECENT:])
    if _OPEN_END.search(previous) and joined >= _LONG_ENOUGH // 2:
        return not line.isupper() and cue_of(line) is None
    return (line[0].islower() or _CLOSES.match(line) is not None) and joined >= _LONG_ENOUGH


def _merge(group: list[Unit]) -> Unit:
    if len(group) == 1:
        return group[0]
    return Unit(group[0].start, group[-1].end, " ".join(line.text for line in group), group[0].gap)
