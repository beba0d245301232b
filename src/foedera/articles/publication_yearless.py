"""What days and months without their year tell about when a text was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from foedera.times import Tense, TimeExpression

from . import publication_curves as curves
from .publication_curves import Timeline
from .publication_passages import LEAD, Hint, Passage, tense_of

KnownDays = Mapping[tuple[int, int], dt.date | None]

_MOST: Final = 6
_HISTORY: Final = 15


def yearless_hints(
    line: Timeline, read: Sequence[Passage], known: Mapping[tuple[int, int], dt.date | None]
) -> Iterator[Hint]:
    """Hints from days and months whose year the text leaves out, past and future apart."""
    days: dict[tuple[object, ...], Hint] = {}
    months: dict[tuple[object, ...], Hint] = {}
    dated = False
    fresh = _is_daily_news(read)
    recent = max((e.year for p in read for e in p.times if e.year is not None), default=0) - _HISTORY
    for passage in read:
        # A year of long ago ("from 1910 to 1945") is history, and no month beside it belongs to it.
        here = any((e.year is not None and e.year >= recent) or e.form == "back" for e in passage.times)
        for e in passage.times if passage.kind != "caption" else ():
            if e.form not in ("day", "month") or e.year is not None or e.month is None:
                continue
            event = known.get((e.month, e.day or 0), dt.date.min)
            if event is None:
                continue
            tense = _month_tense(passage, e)
            key, kept = (e.month, e.day, tense), days if e.form == "day" else months
            if key not in kept and len(kept) < _MOST:
                hint = (
                    _yearless_day(line, passage, e, tense, event, fresh=fresh)
                    if e.day
                    else _yearless_month(line, passage, e, tense)
                )
                # Beside a year told as past, a bare month may belong to that year and not to publication.
                kept[key] = Hint(hint.reason, hint.weights * (0.4 if (here or dated) and e.weekday is None else 1.0))
        dated = here
    for what, kept in (("days", days), ("months", months)):
        # What is past and what is to come bound publication from two sides, so they count separately.
        for future in (False, True):
            group = [hint for key, hint in kept.items() if (key[2] == "future") is future]
            yield from _joined(f"{what} without their year", group)


def _month_tense(passage: Passage, e: TimeExpression) -> Tense:
    if e.shift is not None:
        return ("past", "present", "future")[e.shift + 1]
    return tense_of(passage, e)


def _is_daily_news(read: Sequence[Passage]) -> bool:
    """Several bare weekdays ("on Friday", "Monday"): a report of the week, whose other days are near as well."""
    days = {
        e.weekday for p in read if p.kind == "paragraph" for e in p.times if e.form == "weekday" and e.shift is None
    }
    return len(days) >= 2


def _yearless_day(
    line: Timeline, passage: Passage, e: TimeExpression, tense: Tense, event: dt.date, *, fresh: bool
) -> Hint:
    days = days_like(e, line.first.year - 7, line.day(-1).year + 2) if event == dt.date.min else [event]
    if tense == "future":
        return Hint(f"{passage.quote(e)} lies ahead", curves.before_yearless_days(line, days))
    lead = e.start < LEAD or fresh
    return Hint(f"{passage.quote(e)} is not long past", curves.after_yearless_days(line, days, lead=lead))


def days_like(e: TimeExpression, first: int, last: int) -> list[dt.date]:
    """The days of some years that a day of a month without its year may be, its weekday heeded where it has one."""
    found: list[dt.date] = []
    for year in range(max(first, 1), min(last, 9999) + 1):
        try:
            day = dt.date(year, e.month or 1, e.day or 1)
        except ValueError:
            continue
        if e.weekday is None or day.weekday() == e.weekday:
            found.append(day)
    return found or [dt.date(1, 1, 1)]


def _yearless_month(line: Timeline, passage: Passage, e: TimeExpression, tense: Tense) -> Hint:
    month, quoted = e.month or 1, passage.quote(e)
    if tense == "future":
        return Hint(f"{quoted} lies ahead", curves.before_month(line, month))
    if tense == "past":
        return Hint(f"{quoted} is not long past", curves.after_month(line, month, since=e.preposition == "since"))
    return Hint(f"{quoted} is not far off", curves.around_month(line, month))


def _joined(what: str, hints: list[Hint]) -> Iterator[Hint]:
    """Several dates of one story are no independent witnesses: the best of each day counts in full, the rest little."""
    if not hints:
        return
    if len(hints) == 1:
        yield hints[0]
        return
    rows = np.stack([h.weights for h in hints])
    best = rows.max(axis=0)
    yield Hint(f"{what}: {'; '.join(h.reason for h in hints)}", best + 0.35 * (rows.sum(axis=0) - best))
