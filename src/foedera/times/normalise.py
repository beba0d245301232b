"""Gives a time expression a value: from its own words, from the publication date, or from a date told before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from foedera.model import Basis, DateValue, bounds

from .calendars import FISCAL_CALENDARS, add_units, fiscal_bounds, narrow, unit_text
from .expression import TimeExpression
from .relative import Tense, describe, fiscal_year_of, period_text, relative_text

_RANK: Final = {
    "day": 0, "week": 1, "weekend": 1, "interval": 2, "month": 2, "quarter": 3, "year": 4, "decade": 5, "century": 6,
}  # fmt: skip
_PREPOSITIONS: Final = {
    "by": "a deadline: at the latest then", "until": "the end of a period", "till": "the end of a period",
    "since": "the start of a period", "before": "an upper bound", "after": "a lower bound",
    "from": "the start of a period", "starting": "the start of a period", "beginning": "the start of a period",
    "effective": "the start of a period",
}  # fmt: skip
_NO_DATE: Final = {
    "vague": "names no date", "duration": "says how long, not when", "set": "says how often, not when",
    "clock": "is a time of day without its day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Setting:
    reference: DateValue
    tense: Tense
    previous: DateValue | None
    fiscal: str | None


def normalise(
    expression: TimeExpression,
    *,
    reference: DateValue,
    tense: Tense,
    previous: DateValue | None = None,
    fiscal: str | None = None,
) -> DateValue:
    """The date that an expression stands for.

    Args:
        expression: What `find_times` found.
        reference: When the text was published, at any granularity, or unknown with or without bounds.
        tense: Tense of what it dates; None and ``present`` count as past, which news mostly is.
        previous: The date told before in the text, for "a day earlier" and "since then".
        fiscal: ISO 3166-1 alpha-3 code of the country whose budget year is meant.

    Returns:
        A value with its basis and reasons. The value is None where the expression names no date or where what it
        counts from is unknown; bounds are kept where they could be told.
    """
    if expression.preposition == "since":
        tense = "past"
    setting = _Setting(reference, tense, previous, fiscal)
    try:
        return _value(expression, setting)
    except (OverflowError, ValueError) as problem:
        return _unknown(expression, f"is no date of the calendar ({problem})")


def _value(e: TimeExpression, s: _Setting) -> DateValue:
    if e.form in _NO_DATE:
        return _unknown(e, _NO_DATE[e.form])
    if e.form == "century":
        return _century(e)
    if e.form == "fiscal_year":
        return _fiscal_year(e, s)
    if e.form == "back" or (e.form == "offset" and e.anchor == "previous"):
        return _from_previous(e, s.previous)
    if e.form == "offset" and e.anchor == "event":
        return _unknown(e, "counts from an event named beside it")
    text = _explicit_text(e)
    if text is not None:
        return _told(e, text, "explicit", "written out")
    if e.year is not None and e.final != (None, None, None):
        return _ambiguous(e)
    return _from_reference(e, s)


def _phrase(e: TimeExpression) -> str:
    front = f"{e.preposition} " if e.preposition and not e.text.lower().startswith(e.preposition) else ""
    return f"'{front}{' '.join(e.text.split())}'"


def _unknown(e: TimeExpression, why: str, low: dt.date | None = None, high: dt.date | None = None) -> DateValue:
    return DateValue(None, None, "none", _text(low), _text(high), (f"{_phrase(e)} {why}",))


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _told(e: TimeExpression, text: str, basis: Basis, why: str) -> DateValue:
    value = DateValue.of(text, basis, f"{_phrase(e)}, {why}", *_role(e))
    low, high = bounds(text)[1:]
    low, high = narrow(low, high, e.modifier)
    return replace(value, low=low.isoformat(), high=high.isoformat())


def _role(e: TimeExpression) -> tuple[str, ...]:
    role = _PREPOSITIONS.get(e.preposition or "")
    return (f"'{e.preposition}' makes it {role}",) if role else ()


def _explicit_text(e: TimeExpression) -> str | None:
    if e.year is None:
        return None
    if e.form == "range":
        return _explicit_range(e)
    if e.form == "day":
        return None if e.month is None or e.day is None else dt.date(e.year, e.month, e.day).isoformat()
    if e.form == "month":
        return f"{e.year:04d}-{e.month:02d}"
    if e.form in ("season", "quarter", "half"):
        return period_text(e.form, e.index or 1, e.year)
    return f"{e.year // 10:03d}0s" if e.form == "decade" else f"{e.year:04d}"


def _explicit_range(e: TimeExpression) -> str:
    first, last = (e.year, e.month, e.day), e.final
    return f"{_iso(*first)}/{_iso(*last)}"


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    text = f"{year:04d}"
    return text if month is None else f"{text}-{month:02d}" if day is None else f"{text}-{month:02d}-{day:02d}"


def _ambiguous(e: TimeExpression) -> DateValue:
    """A date in digits that could be read day first or month first."""
    year, a, b = e.final
    days = sorted((dt.date(year or 1, a or 1, b or 1), dt.date(year or 1, b or 1, a or 1)))
    return _unknown(e, f"may be {days[0]} or {days[1]}", *days)


def _century(e: TimeExpression) -> DateValue:
    if e.unit == "before our era":
        return _unknown(e, "lies before our era")
    if e.index is None:
        words = {"seven": 17, "eight": 18, "nine": 19, "twentieth": 20, "twenty": 21}
        index = next((n for word, n in words.items() if word in e.text.lower()), None)
    else:
        index = e.index
    if not index or index > 29:
        return _unknown(e, "is no century of the calendar")
    return _told(e, f"{index * 100 - 99:04d}/{index * 100:04d}", "explicit", "written out")


def _fiscal_year(e: TimeExpression, s: _Setting) -> DateValue:
    year, why = e.year, "written out"
    if year is None:
        day = s.reference.last if s.reference.first else None
        if day is None:
            return _unknown(e, "counts from the publication date, which is unknown")
        year, why = (
            fiscal_year_of(day, s.fiscal) + (e.shift or 0),
            f"counted from publication on {s.reference.value or day}",
        )
    low, high = fiscal_bounds(year, s.fiscal, spans=e.final[0] is not None)
    known = s.fiscal in FISCAL_CALENDARS
    span = (
        f"the budget year of {s.fiscal} runs from {low} to {high}"
        if known
        else "budget year taken as the calendar year"
    )
    reasons = (f"{_phrase(e)}, {why}", span, *_role(e))
    basis: Basis = "explicit" if e.year is not None else "relative"
    return DateValue(f"{year:04d}", "year", basis, low.isoformat(), high.isoformat(), reasons)


def _from_previous(e: TimeExpression, previous: DateValue | None) -> DateValue:
    if (
        previous is None
        or previous.value is None
        or not previous.first
        or not previous.last
        or not previous.granularity
    ):
        return _unknown(e, "points to a date told before, which is unknown")
    if e.unit in (None, "time"):
        return replace(previous, basis="relative", reasons=(f"{_phrase(e)}, the date told before", *_role(e)))
    if e.form == "offset" and e.amount is None:
        return _unknown(e, "counts an unknown number of units")
    if e.form == "back" and e.weekday is not None:
        return _unknown(e, "points to a weekday told before")
    count = (e.shift or 0) * (1 if e.amount is None else e.amount)
    moved = add_units(previous.first, e.unit or "day", count)
    if _RANK[e.unit or "day"] >= _RANK[previous.granularity]:
        text = unit_text(moved, e.unit or "day")
    elif previous.granularity == "interval" or count == 0:
        text = previous.value
    else:
        text = unit_text(moved, previous.granularity)
    return _told(e, text, "relative", f"counted from {previous.value}")


def _from_reference(e: TimeExpression, s: _Setting) -> DateValue:
    first, last = s.reference.first, s.reference.last
    if first is None or last is None:
        return _unknown(e, "counts from the publication date, which is unknown", *_one_side(e, s))
    early, late = relative_text(e, first, s.tense), relative_text(e, last, s.tense)
    if early is None or late is None:
        return _unknown(e, "counts an unknown number of units")
    why = f"{describe(e, s.tense)} publication {_when(s.reference)}"
    if early == late:
        return _bounded(e, _told(e, early, "relative", why), first, last)
    return _from_period(e, s, early, late, why)


def _from_period(e: TimeExpression, s: _Setting, early: str, late: str, why: str) -> DateValue:
    """The publication date is a period, and its first and last day give different answers."""
    low, high = bounds(early)[1], bounds(late)[2]
    named = e.month is not None and s.reference.granularity in ("month", "quarter")
    if named and e.shift is None:
        return _told(e, early if s.tense == "future" else late, "relative", why)
    if (
        e.form in ("weekday", "relative")
        and s.reference.value
        and s.reference.granularity in ("month", "quarter", "year")
    ):
        fine = e.form == "weekday" or _RANK[e.unit or "day"] < _RANK[s.reference.granularity]
        if fine:
            return DateValue.of(
                s.reference.value, "relative", f"{_phrase(e)}, no closer than publication {_when(s.reference)}"
            )
    return _unknown(e, f"counts from publication {_when(s.reference)}, which leaves several answers", low, high)


def _one_side(e: TimeExpression, s: _Setting) -> tuple[dt.date | None, dt.date | None]:
    """What happened before publication is bounded by the last day of publication, even where the first is unknown."""
    past = e.form in ("weekday", "day", "month") and s.tense == "past" and e.shift is None
    return (None, s.reference.last) if past else (None, None)


def _bounded(e: TimeExpression, value: DateValue, first: dt.date, last: dt.date) -> DateValue:
    """ "Later this year" starts at publication, "earlier this year" ends there."""
    if e.modifier == "later" and value.low and value.low < first.isoformat() <= (value.high or ""):
        return replace(value, low=first.isoformat())
    if e.modifier == "earlier" and value.high and (value.low or "") <= last.isoformat() < value.high:
        return replace(value, high=last.isoformat())
    return value


def _when(reference: DateValue) -> str:
    if reference.value is None:
        return f"between {reference.low} and {reference.high}"
    return f"{'on' if reference.granularity == 'day' else 'in'} {reference.value}"
