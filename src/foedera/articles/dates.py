"""When an article was published, and how that is known: the first source in a fixed order that gives a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final

from foedera.model.article import Block
from foedera.model.page import Page
from foedera.model.time import UNKNOWN_DATE, Basis, DateValue, bounds

from . import heads

_EARLIEST: Final = dt.date(1990, 1, 1)
_NEIGHBOURS: Final = 4
_TRUSTED_LAG: Final = 4


def publication_date(
    page: Page, text: str, blocks: tuple[Block, ...], *, latest: dt.date, markup: DateValue = UNKNOWN_DATE
) -> DateValue:
    """The publication date with its basis.

    The order is: stated by the user, declared by the file, the markup's metadata, written on the page (a dateline with
    its year, "Published: ...", a date alone beside the headline), inferred from the text. No date after `latest` is
    believed, whatever its source.

    Args:
        page: The page, for what is stated and declared.
        text: The article's text.
        blocks: Its blocks.
        latest: The last day that publication can fall on.
        markup: What HTML metadata says, basis ``metadata``; or a weaker find in the markup, basis ``inferred``.

    Returns:
        The date; `UNKNOWN_DATE`, perhaps with reasons, where nothing is known.
    """
    refused: list[str] = []
    said: tuple[tuple[str | None, Basis, str], ...] = (
        (page.stated.published, "stated", "given by the user"),
        (page.declared.published, "metadata", "declared by the file"),
    )
    for value, basis, reason in said:
        if value and (found := _accepted(value, basis, reason, latest, refused)):
            return found
    if markup.basis == "metadata":
        return markup
    from .publication import infer_publication

    inferred: DateValue | None = None

    def plausible(day: dt.date) -> bool:
        nonlocal inferred
        inferred = inferred or infer_publication(text, blocks, latest=latest)
        low, high = inferred.first, inferred.last
        return low is not None and high is not None and low <= day <= high

    if written := written_date(text, blocks, latest=latest, plausible=plausible):
        return written
    if markup.value is not None:
        return markup
    inferred = inferred or infer_publication(text, blocks, latest=latest)
    if inferred.value is None and refused:
        return DateValue(None, None, inferred.basis, inferred.low, inferred.high, (*inferred.reasons, *refused))
    return inferred


def _accepted(value: str, basis: Basis, reason: str, latest: dt.date, refused: list[str]) -> DateValue | None:
    """A given date, unless it is malformed or lies wholly after `latest`."""
    trimmed = value.strip()
    day = trimmed[:10] if len(trimmed) > 10 and trimmed[10] in "T " else trimmed
    try:
        low = bounds(day)[1]
    except ValueError:
        refused.append(f"{reason}: {value!r} is not a date")
        return None
    if low > latest:
        refused.append(f"{reason}: {value!r} lies after {latest.isoformat()}")
        return None
    return DateValue.of(day, basis, reason)


def written_date(
    text: str, blocks: Sequence[Block], *, latest: dt.date, plausible: Callable[[dt.date], bool] | None = None
) -> DateValue | None:
    """The date that the page itself writes beside its report, basis ``explicit``; None where it writes none.

    A bare date above the headline is often the day on which the page was loaded. It counts only while no dateline
    speaks against it, and either the years of the report lie near it or the report's own hints allow it.

    Args:
        text: The article's text.
        blocks: Its blocks.
        latest: The last day that publication can fall on.
        plausible: Whether the report's own hints allow a day; None asks its years alone.
    """
    head = _head(blocks)
    best: list[tuple[int, int, dt.date, str]] = []
    for index, block in enumerate(blocks):
        if block.kind not in ("dateline", "byline", "furniture") or block.end - block.start > 200:
            continue
        line = text[block.start : block.end]
        day = heads.date_in(line, latest)
        if day is None or day < _EARLIEST:
            continue
        if (rank := _rank(line, block, index, head)) is not None:
            best.append((*rank[:1], index, day, rank[1]))
    for _, index, day, reason in sorted(best):
        if index >= head[0] or _undisputed(day, text, blocks, plausible):
            return DateValue.of(day.isoformat(), "explicit", reason)
    return None


def _head(blocks: Sequence[Block]) -> tuple[int, int]:
    """Index of the headline (or else of the first paragraph) and of the first paragraph."""
    body = next((i for i, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    title = next((i for i, block in enumerate(blocks[:body]) if block.kind == "title"), body)
    return title, body


def _names_outlet(line: str) -> bool:
    """ "Manila Lantern | 12 April 2024", "INTERVIEW, 22 March 2023": a name or section and a full date alone."""
    rest = heads.without_date(line)
    if rest is None:
        return False
    words = re.findall(r"[^\W\d_]+", rest)
    return 1 <= len(words) <= 5 and all(w[0].isupper() for w in words)


def _rank(line: str, block: Block, index: int, head: tuple[int, int]) -> tuple[int, str] | None:
    """How much a dated line is worth (0 is best) and why; None where it says nothing about publication."""
    title, body = head
    alone = heads.is_date_line(line)
    if alone and heads.is_labelled_date(line) and block.kind != "furniture":
        return (3 if heads.is_update(line) else 0), f"the line {line!r}"
    if block.kind == "dateline" and not alone and abs(index - body) <= 2:
        return 1, f"the dateline {line!r}"
    if block.kind == "furniture" and title - 3 <= index < body and _names_outlet(line):
        return (2 if index > title else 4), f"the date beside the outlet in {line!r}"
    if block.kind == "byline" and index <= body:
        return 2, f"the date in the byline {line!r}"
    if alone and block.kind == "dateline" and title - 2 <= index <= max(body, title + _NEIGHBOURS):
        return (2 if index > title else 4), f"the date {line!r} beside the headline"
    return None


def _undisputed(day: dt.date, text: str, blocks: Sequence[Block], plausible: Callable[[dt.date], bool] | None) -> bool:
    """Whether the report itself agrees with a bare date above its headline."""
    years: list[int] = []
    for block in blocks:
        part = text[block.start : block.end]
        if block.kind == "dateline":
            named = heads.day_and_month(part)
            if named and not _close(day, named):
                return False
        if block.kind in ("paragraph", "caption"):
            years += heads.years_in(part, _EARLIEST.year, day.year)
    return not years or day.year - max(years) <= 1 or (plausible is not None and plausible(day))


def _close(day: dt.date, named: tuple[int, int]) -> bool:
    for year in (day.year, day.year - 1):
        try:
            if 0 <= (day - dt.date(year, *named)).days <= _TRUSTED_LAG:
                return True
        except ValueError:
            continue
    return False
