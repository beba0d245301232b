"""Infers when an undated text was published.

Every day from 1990 on is a candidate. Each hint in the text weighs the days (see `publication_curves`), the weights
are multiplied, and the shortest stretch of days that holds four fifths of the mass is the answer, with the hints that
moved it as reasons. The day on which a page was loaded or read is never taken for the day of publication.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from foedera.knowledge import load_table
from foedera.model import UNKNOWN_DATE, Block, DateValue, bounds

from .publication_curves import Timeline, Weights
from .publication_hints import time_hints
from .publication_named import event_hints, find_events, holder_hints, widget_hints
from .publication_passages import Hint, passages

__all__ = ["infer_publication"]

_MASS: Final = 0.8
_MONTH_MASS: Final = 0.7
# A year is told with bounds that are sharper than the year, so they may leave less out.
_YEAR_BOUNDS: Final = 0.9
_WIDEST: Final = 5 * 366
# A hint that moves less than this share of the mass is not worth a line.
_MATTERS: Final = 0.05


def infer_publication(
    text: str,
    blocks: tuple[Block, ...],
    *,
    latest: dt.date,
    events: Sequence[Mapping[str, str]] | None = None,
    holders: Sequence[Mapping[str, str]] | None = None,
) -> DateValue:
    """When a text that bears no date was published, from what it tells.

    Args:
        text: The article's text.
        blocks: Its parts; empty means that all of it is body.
        latest: The last day that it may be, such as the day on which the page was fetched.
        events: Rows of ``dated_events.csv``; None means the table of the package.
        holders: Rows of ``holders.csv``; None means the table of the package.

    Returns:
        A date with basis ``inferred``: a day, month or year where enough of the mass lies in one, else no value but
        the bounds of the window where that is at most five years wide, else an unknown date. Bounds enclose a value
        that is a day or a month; around a year they hold nine tenths of the mass. They never pass `latest`.

    Raises:
        KnowledgeError: A table is missing or has a malformed date.
    """
    line = Timeline.until(latest)
    read = passages(text, blocks)
    found = find_events(line, read, load_table("dated_events") if events is None else events)
    known = {(e.start.month, e.start.day): None if e.called_by_day else e.start for e, _ in found}
    hints = [
        *time_hints(line, read, known),
        *event_hints(line, found),
        *holder_hints(line, read, load_table("holders") if holders is None else holders),
        *widget_hints(line, text, blocks),
    ]
    if not hints:
        return UNKNOWN_DATE
    mass = _posterior([h.weights for h in hints])
    return _answer(line, mass, _reasons(mass, hints))


def _posterior(weights: Sequence[Weights]) -> Weights:
    total = np.sum(np.stack(weights), axis=0)
    mass: Weights = np.exp(total - total.max())
    mass /= mass.sum()
    return mass


def _window(mass: Weights, share: float) -> tuple[int, int]:
    """First and last index of the shortest stretch with a share of the mass; the earliest of several."""
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    ends = np.searchsorted(sums, sums[:-1] + share - 1e-9)
    open_ended = ends >= len(sums)
    lengths = np.where(open_ended, len(sums) + 1, ends - np.arange(len(mass)))
    start = int(np.argmin(lengths))
    return start, int(min(ends[start], len(mass))) - 1


def _answer(line: Timeline, mass: Weights, reasons: tuple[str, ...]) -> DateValue:
    start, end = _window(mass, _MASS)
    low, high = line.day(start), line.day(end)
    value = _value(line, mass, low, high)
    if value is None:
        if (high - low).days > _WIDEST:
            return UNKNOWN_DATE
        return DateValue(None, None, "inferred", low.isoformat(), high.isoformat(), reasons)
    granularity, first, last = bounds(value)
    if granularity == "year":
        low, high = (line.day(i) for i in _window(mass, _YEAR_BOUNDS))
    else:
        low, high = min(low, first), max(high, min(last, line.day(-1)))
    return DateValue(value, granularity, "inferred", low.isoformat(), high.isoformat(), reasons)


def _value(line: Timeline, mass: Weights, low: dt.date, high: dt.date) -> str | None:
    if low == high:
        return low.isoformat()
    for keys, need, shape in (
        (line.years * 12 + line.months - 1, _MONTH_MASS, "month"),
        (line.years, _MASS, "year"),
    ):
        offset = int(keys[0])
        sums = np.bincount(keys - offset, weights=mass)
        best = int(np.argmax(sums))
        if sums[best] >= need:
            key = best + offset
            return f"{key // 12:04d}-{key % 12 + 1:02d}" if shape == "month" else f"{key:04d}"
    return None


def _reasons(mass: Weights, hints: Sequence[Hint]) -> tuple[str, ...]:
    """The hints without which the mass would lie elsewhere, the weightiest first."""
    if len(hints) == 1:
        return (hints[0].reason,)
    total = np.sum(np.stack([h.weights for h in hints]), axis=0)
    moved: list[tuple[float, int]] = []
    for i, hint in enumerate(hints):
        rest = total - hint.weights
        without = np.exp(rest - rest.max())
        moved.append((round(float(0.5 * np.abs(without / without.sum() - mass).sum()), 6), i))
    ranked = sorted(moved, key=lambda pair: (-pair[0], pair[1]))
    kept = [i for share, i in ranked if share >= _MATTERS] or [ranked[0][1]]
    return tuple(hints[i].reason for i in kept)
