"""Days and periods that a text leaves to its publication date: "on Tuesday", "in August", "last year"."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from .calendars import add_months, add_units, fiscal_bounds, season_text, unit_text
from .expression import TimeExpression
from .words import MONTH_NAMES, WEEKDAY_NAMES

Tense = Literal["past", "future", "present"] | None
_DAY = dt.timedelta(days=1)


def relative_text(e: TimeExpression, day: dt.date, tense: Tense) -> str | None:
    """The ISO value of an expression in a text that was published on a day; None where it cannot be told.

    Raises:
        OverflowError: The result lies outside the calendar.
        ValueError: No such day exists in any near year (February 29 on a wrong weekday).
    """
    if e.form == "weekday" and e.weekday is not None:
        return _weekday(e.weekday, e.shift, day, tense).isoformat()
    if e.form == "day":
        return _year_less_day(e, day, tense).isoformat()
    if e.form == "range":
        return _year_less_range(e, day, tense)
    if e.form == "month" and e.month is not None:
        return _month(e, day, tense)
    if e.form in ("season", "quarter", "half") and e.index is not None:
        return _period(e, day, tense)
    if e.form == "fiscal_year":
        return f"{day.year + (e.shift or 0):04d}"
    if e.form == "relative" and e.unit:
        return unit_text(add_units(day, e.unit, (e.shift or 0) * _steps(e)), e.unit)
    if e.form == "offset" and e.unit:
        return offset_text(e, day)
    return _span(e, day) if e.form == "span" and e.unit else None


def _steps(e: TimeExpression) -> int:
    return 1 if e.amount is None else e.amount


def _weekday(weekday: int, shift: int | None, day: dt.date, tense: Tense) -> dt.date:
    if shift == 0:
        return day + _DAY * (weekday - day.weekday())
    if shift == 1 or (shift is None and tense == "future"):
        start = day + _DAY if shift == 1 else day
        return start + _DAY * ((weekday - start.weekday()) % 7)
    end = day - _DAY if shift == -1 else day
    return end - _DAY * ((end.weekday() - weekday) % 7)


def _year_less_day(e: TimeExpression, day: dt.date, tense: Tense) -> dt.date:
    if e.weekday is not None:
        return _nearest(e, day, tense)
    forward = tense == "future"
    for step in range(9):
        found = _dated(day.year + (step if forward else -step), e.month or 1, e.day or 1)
        if found is not None and (found >= day if forward else found <= day):
            return found
    raise ValueError(f"no year near {day} has {e.text!r}")


def _nearest(e: TimeExpression, day: dt.date, tense: Tense) -> dt.date:
    """A weekday leaves one year in six or so, so the nearest is right whatever the tense."""
    near = (_dated(day.year + step, e.month or 1, e.day or 1) for step in range(-12, 13))
    fitting = [found for found in near if found is not None and found.weekday() == e.weekday]
    if not fitting:
        raise ValueError(f"no year near {day} has {e.text!r}")
    return min(fitting, key=lambda found: (abs(found - day), found > day if tense != "future" else found < day))


def _dated(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _year_less_range(e: TimeExpression, day: dt.date, tense: Tense) -> str | None:
    _, last_month, last_day = e.final
    if e.month is None or last_month is None:
        return None
    # What has ended is placed by its end, what is to come by its start.
    if e.day is None or last_day is None:
        first = _latest_month(e.month, day, tense)
        last = add_months(first, (last_month - e.month) % 12)
        if tense != "future" and last > day:
            first, last = add_months(first, -12), add_months(last, -12)
        return f"{unit_text(first, 'month')}/{unit_text(last, 'month')}"
    for step in range(9):
        year = day.year + (step if tense == "future" else -step)
        start, end = _dated(year, e.month, e.day), _dated(year + (last_month < e.month), last_month, last_day)
        if start and end and start <= end and (end >= day if tense == "future" else start <= day):
            return f"{start}/{end}"
    return None


def _latest_month(month: int, day: dt.date, tense: Tense) -> dt.date:
    first = day.replace(month=month, day=1)
    if tense == "future":
        return first if month >= day.month else first.replace(year=day.year + 1)
    return first if month <= day.month else first.replace(year=day.year - 1)


def _month(e: TimeExpression, day: dt.date, tense: Tense) -> str:
    month = e.month or 1
    if e.unit == "year" or e.shift == 0:
        return f"{day.year + (e.shift or 0):04d}-{month:02d}"
    if e.shift == -1:
        return unit_text(_latest_month(month, day.replace(day=1) - _DAY, "past"), "month")
    if e.shift == 1:
        return unit_text(_latest_month(month, add_months(day.replace(day=1), 1), "future"), "month")
    return unit_text(_latest_month(month, day, tense), "month")


def _period(e: TimeExpression, day: dt.date, tense: Tense) -> str:
    index, shift = e.index or 1, e.shift
    length = {"season": 3, "quarter": 3, "half": 6}[e.form]
    month = {"season": (3, 6, 9, 12)[index - 1] if e.form == "season" else 1}.get(e.form, length * (index - 1) + 1)
    year = day.year
    if e.unit == "year":
        year += shift or 0
    else:
        start = dt.date(year, month, 1)
        if shift == -1:
            year -= add_months(start, length) > day
        elif shift == 1 or (shift is None and tense == "future"):
            year += (start if shift == 1 else add_months(start, length) - _DAY) < day
        elif shift is None:
            year -= start > day
    return period_text(e.form, index, year)


def period_text(form: str, index: int, year: int) -> str:
    """The ISO value of a season, quarter or half of a year."""
    if form == "season":
        return season_text(year, index)
    return f"{year:04d}-Q{index}" if form == "quarter" else f"{year:04d}-{'01' if index == 1 else '07'}/" \
        f"{year:04d}-{'06' if index == 1 else '12'}"  # fmt: skip


def offset_text(e: TimeExpression, day: dt.date) -> str | None:
    """The unit that lies some units before or after a day; "over a year ago" may reach half as far again.

    Raises:
        OverflowError: The result lies outside the calendar.
    """
    if e.amount is None or e.unit is None:
        return None
    count = e.amount * (e.shift or 0)
    near = add_units(day, e.unit, count)
    if e.modifier != "over":
        return unit_text(near, e.unit)
    far = near + (near - day) / 2 if e.amount <= 2 else add_units(near, e.unit, e.shift or 0)
    first, last = sorted((unit_text(near, e.unit), unit_text(far, e.unit)))
    return first if first == last or "/" in first or "s" in first else f"{first}/{last}"


def _span(e: TimeExpression, day: dt.date) -> str | None:
    if e.amount is None or e.unit is None:
        return None
    unit = {"decade": "year", "century": "year", "quarter": "month", "week": "day", "weekend": "day"}.get(
        e.unit, e.unit
    )
    if unit not in ("day", "month", "year"):
        return None
    first, last = sorted((day, add_units(day, e.unit, e.amount * (e.shift or 0))))
    return f"{unit_text(first, unit)}/{unit_text(last, unit)}"


def describe(e: TimeExpression, tense: Tense) -> str:
    """What was looked for, in words: "the last Tuesday on or before"."""
    if e.form == "weekday" and e.weekday is not None:
        name = WEEKDAY_NAMES[e.weekday]
        if e.shift is not None:
            return f"the {name} {('before', 'in the week of', 'after')[e.shift + 1]}"
        return f"the next {name} on or after" if tense == "future" else f"the last {name} on or before"
    if e.form in ("day", "range") and e.month:
        if e.weekday is not None:
            return "the nearest one on that weekday to"
        return f"the {'next' if tense == 'future' else 'latest'} one with respect to"
    if e.form == "month" and e.month and e.shift is None:
        name = MONTH_NAMES[e.month - 1]
        return f"the {f'next {name} that follows' if tense == 'future' else f'latest {name} that precedes'} or holds"
    return "counted from"


def fiscal_year_of(day: dt.date, country: str | None) -> int:
    """The name of the budget year that holds a day."""
    return next(
        y for y in (day.year - 1, day.year, day.year + 1) if _holds(day, fiscal_bounds(y, country, spans=False))
    )


def _holds(day: dt.date, bounds: tuple[dt.date, dt.date]) -> bool:
    return bounds[0] <= day <= bounds[1]
