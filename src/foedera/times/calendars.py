"""Calendar arithmetic on days, and the ISO text of the unit that a day lies in."""

from __future__ import annotations

import datetime as dt
from typing import Final

from foedera.model import month_end

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999

# Country -> (month its budget year starts, whether the year is named after the calendar year in which it ends).
FISCAL_CALENDARS: Final[dict[str, tuple[int, bool]]] = {
    "AUS": (7, True), "BGD": (7, True), "CAN": (4, False), "EGY": (7, True), "GBR": (4, False), "IND": (4, True),
    "JPN": (4, False), "NZL": (7, True), "PAK": (7, True), "SGP": (4, False), "THA": (10, True), "USA": (10, True),
}  # fmt: skip

_SEASON_MONTHS: Final = {1: 3, 2: 6, 3: 9, 4: 12}


def add_months(day: dt.date, count: int) -> dt.date:
    """The day some months on, or the last of its month where that month is shorter.

    Raises:
        OverflowError: The result lies outside the calendar.
    """
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is outside the calendar")
    return day.replace(year=year, month=month + 1, day=min(day.day, month_end(year, month + 1).day))


def add_units(day: dt.date, unit: str, count: int) -> dt.date:
    """The day some units on.

    Args:
        unit: ``day``, ``week``, ``weekend``, ``month``, ``quarter``, ``year``, ``decade`` or ``century``.

    Raises:
        OverflowError: The result lies outside the calendar.
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months:
        return add_months(day, months * count)
    return day + dt.timedelta(days=count * (7 if unit in ("week", "weekend") else 1))


def unit_text(day: dt.date, unit: str) -> str:
    """The ISO value of the unit that holds a day: ``2023-03``, ``2023-Q1``, ``2023-03-13/2023-03-19`` for a week."""
    if unit == "year":
        return f"{day.year:04d}"
    if unit == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "decade":
        return f"{day.year // 10:03d}0s"
    if unit == "century":
        return f"{day.year // 100 * 100:04d}/{day.year // 100 * 100 + 99:04d}"
    monday = day - dt.timedelta(days=day.weekday())
    if unit == "week":
        return f"{monday}/{monday + dt.timedelta(days=6)}"
    if unit == "weekend":
        return f"{monday + dt.timedelta(days=5)}/{monday + dt.timedelta(days=6)}"
    return day.isoformat()


def season_text(year: int, season: int) -> str:
    """The three months of a season of the northern half of the earth; winter is named after the year it starts in."""
    first = dt.date(year, _SEASON_MONTHS[season], 1)
    return f"{unit_text(first, 'month')}/{unit_text(add_months(first, 2), 'month')}"


def fiscal_bounds(year: int, country: str | None, *, spans: bool) -> tuple[dt.date, dt.date]:
    """First and last day of a budget year.

    Args:
        year: The year as written; the first of two where both are.
        country: ISO 3166-1 alpha-3 code; the calendar year where it is None or not in `FISCAL_CALENDARS`.
        spans: Both years are written ("2023-24"), so the first of them starts it.
    """
    month, named_by_end = FISCAL_CALENDARS.get(country or "", (1, False))
    start = dt.date(year - 1 if named_by_end and not spans else year, month, 1)
    return start, add_months(start, 12) - dt.timedelta(days=1)


def narrow(low: dt.date, high: dt.date, modifier: str | None) -> tuple[dt.date, dt.date]:
    """The days of a period that a modifier leaves: thirds for early, mid and late, quarters for its start and end."""
    cuts = {"early": (0, 1, 3), "mid": (1, 2, 3), "late": (2, 3, 3), "start": (0, 1, 4), "end": (3, 4, 4)}
    days = (high - low).days + 1
    if modifier not in cuts or days < 3:
        return low, high
    first, last, parts = cuts[modifier]
    months = (high.year - low.year) * 12 + high.month - low.month + 1
    if months >= parts and low.day == 1:
        start, end = add_months(low, months * first // parts), add_months(low, months * last // parts)
        return start, end - dt.timedelta(days=1)
    return low + dt.timedelta(days=days * first // parts), low + dt.timedelta(days=days * last // parts - 1)
