"""Dates that say how precise they are and where they come from."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Literal

Granularity = Literal["day", "month", "quarter", "year", "decade", "interval"]
Basis = Literal["stated", "metadata", "explicit", "relative", "inferred", "document", "none"]

BASES: Final[dict[str, str]] = {
    "stated": "given by the user, which outranks everything inferred",
    "metadata": "declared by the file or page itself (HTML metadata, mail header, table column)",
    "explicit": "written in the sentence in full",
    "relative": "written relative to the publication date or another date ('on Tuesday', 'last year')",
    "inferred": "concluded from several hints, each listed in the reasons",
    "document": "not in the sentence: the publication date stands in",
    "none": "unknown",
}

_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z"),
    "month": re.compile(r"(\d{4})-(\d{2})\Z"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])\Z"),
    "decade": re.compile(r"(\d{3})0s\Z"),
    "year": re.compile(r"(\d{4})\Z"),
}


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as the record keeps it.

    Attributes:
        value: ISO text at the given granularity: ``2019-08-22``, ``2019-08``, ``2019-Q3``, ``2019``, ``2010s`` or
            ``1910/1945``. None means unknown.
        granularity: How precise the value is. None exactly when the value is.
        basis: Where it comes from, a key of `BASES`.
        low: First day that it may be, ISO. None means unbounded.
        high: Last day that it may be, ISO, inclusive. None means unbounded.
        reasons: Why, in words, one line per hint.
    """

    value: str | None = None
    granularity: Granularity | None = None
    basis: Basis = "none"
    low: str | None = None
    high: str | None = None
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: str, basis: Basis, *reasons: str) -> DateValue:
        """Build from ISO text; the granularity and the bounds follow from its form.

        Raises:
            ValueError: The text is none of the forms of `value`, or not a day of the calendar.
        """
        granularity, low, high = bounds(value)
        return cls(value, granularity, basis, low.isoformat(), high.isoformat(), reasons)

    @property
    def first(self) -> dt.date | None:
        """The first day that it may be."""
        return dt.date.fromisoformat(self.low) if self.low else None

    @property
    def last(self) -> dt.date | None:
        """The last day that it may be, inclusive."""
        return dt.date.fromisoformat(self.high) if self.high else None


UNKNOWN_DATE: Final = DateValue()


def bounds(value: str) -> tuple[Granularity, dt.date, dt.date]:
    """Granularity, first and last day of an ISO value.

    Raises:
        ValueError: The text is not a date of a known form.
    """
    if "/" in value:
        start, end = value.split("/", 1)
        low, high = bounds(start)[1], bounds(end)[2]
        if high < low:
            raise ValueError(f"interval {value!r} ends before it starts")
        return "interval", low, high
    if m := _PATTERNS["day"].match(value):
        day = dt.date(int(m[1]), int(m[2]), int(m[3]))
        return "day", day, day
    if m := _PATTERNS["month"].match(value):
        return "month", dt.date(int(m[1]), int(m[2]), 1), month_end(int(m[1]), int(m[2]))
    if m := _PATTERNS["quarter"].match(value):
        first = 3 * int(m[2]) - 2
        return "quarter", dt.date(int(m[1]), first, 1), month_end(int(m[1]), first + 2)
    if m := _PATTERNS["decade"].match(value):
        return "decade", dt.date(int(m[1]) * 10, 1, 1), dt.date(int(m[1]) * 10 + 9, 12, 31)
    if m := _PATTERNS["year"].match(value):
        return "year", dt.date(int(m[1]), 1, 1), dt.date(int(m[1]), 12, 31)
    raise ValueError(f"not a date: {value!r} (write 2019, 2019-08, 2019-Q3, 2019-08-22, 2010s or A/B)")


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
