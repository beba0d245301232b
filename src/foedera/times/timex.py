"""A time expression in TimeML's notation (TIMEX3: Pustejovsky et al. 2003), for comparison with annotated texts."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from foedera.model import DateValue

from .expression import TimeExpression

TIMEX_TYPES: Final = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
_UNITS: Final = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE",
                 "century": "CE"}  # fmt: skip
_CLOCK: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(a|p)?", re.IGNORECASE)
_VAGUE: Final = (
    ("PRESENT_REF", re.compile(r"\b(?:now|current\w*|present\w*|today|moment|nowadays)\b", re.IGNORECASE)),
    ("FUTURE_REF", re.compile(r"\b(?:soon|future|shortly|upcoming|coming|eventual\w*)\b", re.IGNORECASE)),
)


def timex_value(expression: TimeExpression, date: DateValue) -> str:
    """The TIMEX3 value of an expression whose date is known; "" where TIMEX3 has none for it."""
    if expression.kind in ("duration", "set"):
        return _period(expression)
    if expression.form == "vague":
        return next((name for name, words in _VAGUE if words.search(expression.text)), "PAST_REF")
    if expression.kind == "time":
        return _clock(expression, date)
    if date.value is None:
        return ""
    if expression.unit == "week" and date.low and date.granularity != "day":
        year, week, _ = dt.date.fromisoformat(date.low).isocalendar()
        return f"{year:04d}-W{week:02d}"
    return "" if "/" in date.value else date.value.removesuffix("0s")


def _period(e: TimeExpression) -> str:
    unit = _UNITS.get(e.unit or "", "")
    amount = e.amount if e.amount is not None else 1 if e.kind == "set" else "X"
    return f"P{amount}{unit}" if unit else ""


def _clock(e: TimeExpression, date: DateValue) -> str:
    found = _CLOCK.search(e.text)
    day = date.value if date.value and date.granularity == "day" else (date.low or "")[:10]
    if not found:
        return day
    hour = int(found[1]) % 12 + 12 * (found[3].lower() == "p") if found[3] else int(found[1])
    return f"{day}T{hour:02d}:{found[2] or '00'}"
