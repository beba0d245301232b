"""Declared publication dates: the few unambiguous forms that tables and mails carry, as ISO text."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from typing import Final

from foedera.model import bounds

_STAMP: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?\Z", re.A
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\Z", re.A)
_SLASHED: Final = re.compile(r"(\d{4})[/.](\d{2})[/.](\d{2})\Z", re.A)
_LONGEST: Final = 80
_NOT_GIVEN: Final = frozenset({"", "-", "n/a", "na", "nan", "nat", "none", "null", "unknown"})


def iso_published(value: str) -> str | None:
    """ISO text of a declared date, at the granularity that it was given; None where its form is not one of ours.

    Known are the forms of `DateValue`, ISO time stamps, ``20190822``, ``2019/08/22`` and the date of a mail header. A
    time stamp counts for the day in its own zone. Forms that mean different days to different readers (``03/04/2019``)
    are not among them.
    """
    value = value.strip()
    if len(value) > _LONGEST or not value.isascii():
        return None
    if m := _STAMP.match(value):
        value = m[1]
    elif m := _COMPACT.match(value) or _SLASHED.match(value):
        value = f"{m[1]}-{m[2]}-{m[3]}"
    if value.count("/") > 1:
        return None
    try:
        bounds(value)
    except ValueError:
        day = mail_day(value)
        return day.isoformat() if day else None
    return value


def mail_day(value: str) -> dt.date | None:
    """The day of a mail header such as ``Thu, 22 Aug 2019 18:20:00 +0900``, in its own zone. None for other forms."""
    if not re.search(r"[A-Za-z]{3}", value):
        return None
    try:
        return email.utils.parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_given(value: str) -> bool:
    """Whether a table cell says something, rather than that the date is missing."""
    return value.strip().lower() not in _NOT_GIVEN
