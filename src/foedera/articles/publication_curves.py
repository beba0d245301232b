"""How likely each day is as the day of publication, given one hint: log weights over a row of days.

News keeps close to what it tells of, so every curve falls with the distance between publication and reference. The
scales are orders of magnitude taken from how news is written, not fitted to a corpus: a dated day is told within days
or weeks, a month without its year within months, the latest year named within a few years.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]
FIRST_DAY: Final = dt.date(1990, 1, 1)
_YEAR: Final = 365.25
_TINY: Final = 1e-12
# News names the year of what lies in another calendar year more often than not.
_OTHER_YEAR: Final = 0.4
# A day of another calendar year is hardly ever told without its year.
_DAY_OF_OTHER_YEAR: Final = 0.1
_STATED_YEAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which a text may have been published.

    Attributes:
        first: The first of them.
        days: Their proleptic ordinals (`datetime.date.toordinal`), ascending without gaps.
        years: The calendar year of each.
        months: The month of each, 1 to 12.
    """

    first: dt.date
    days: NDArray[np.int64]
    years: NDArray[np.int64]
    months: NDArray[np.int64]

    @classmethod
    def until(cls, latest: dt.date) -> Timeline:
        """All days from `FIRST_DAY` to a day, which is the only one where it comes before `FIRST_DAY`."""
        first = min(FIRST_DAY, latest)
        stamps = np.arange(np.datetime64(first), np.datetime64(latest) + 1)
        years = stamps.astype("datetime64[Y]").astype(np.int64) + 1970
        months = stamps.astype("datetime64[M]").astype(np.int64) % 12 + 1
        return cls(first, np.arange(first.toordinal(), latest.toordinal() + 1), years, months)

    def day(self, index: int) -> dt.date:
        """The day at an index."""
        return dt.date.fromordinal(int(self.days[index]))

    def since(self, day: dt.date) -> Weights:
        """Days from a day to each day of the line; negative before it."""
        return (self.days - day.toordinal()).astype(np.float64)


def _log(weights: Weights, doubt: float) -> Weights:
    """Log of a curve scaled to mass 1, with the share of doubt spread over all days: a hint may mislead."""
    total = float(weights.sum())
    even = 1.0 / len(weights)
    mass = weights / total if total > _TINY else np.full(len(weights), even)
    logs: Weights = np.log((1 - doubt) * mass + doubt * even)
    return logs


def _decay(gap: Weights, scale: float) -> Weights:
    return np.exp(-np.maximum(gap, 0.0) / scale)


def _mix(gap: Weights, share: float, near: float, far: float) -> Weights:
    """A share of the mass falls off fast and the rest slowly; 1 on the day itself."""
    fast, slow = share / near, (1 - share) / far
    return (fast * _decay(gap, near) + slow * _decay(gap, far)) / (fast + slow)


def latest_year(line: Timeline, year: int) -> Weights:
    """The latest year that is told as past: oftenest published in the year after it.

    The curve is log-concave in whole years and bears next to no doubt, so a later year never shifts mass to earlier
    days.
    """
    lag = (line.years - year).astype(np.float64)
    weights = np.where(lag == 0, 0.6, np.exp(-0.35 * np.maximum(lag - 1, 0.0)))
    return _log(np.where(lag < 0, 0.0, weights), 1e-9)


def not_before(line: Timeline, day: dt.date, doubt: float = 0.03) -> Weights:
    """Published on or after a day."""
    return _log(np.where(line.since(day) >= 0, 1.0, 0.0), doubt)


def not_after(line: Timeline, day: dt.date, doubt: float = 0.02) -> Weights:
    """Published on or before a day."""
    return _log(np.where(line.since(day) <= 0, 1.0, 0.0), doubt)


def labelled_year(line: Timeline, year: int) -> Weights:
    """A year that labels something ("the 2022 summit"), which may lie ahead or behind."""
    lag = (line.years - year).astype(np.float64)
    return _log(np.where(lag < 0, np.exp(1.3 * lag), np.where(lag <= 1, 1.0, np.exp(-0.45 * (lag - 1)))), 0.1)


def coming_year(line: Timeline, year: int, *, deadline: bool) -> Weights:
    """The nearest year that is told as future; deadlines are set longer ahead than events."""
    ahead = -line.since(dt.date(year, 1, 1))
    weights = _decay(ahead, (5.0 if deadline else 1.2) * _YEAR)
    weights = np.where(ahead <= 0, 0.6 if deadline else 0.4, weights)
    return _log(np.where(line.years > year, 0.0, weights), 0.05)


def after_day(line: Timeline, first: dt.date, last: dt.date, *, lead: bool) -> Weights:
    """Something dated in full is past. In the lead it is the news itself; further down it may be background."""
    gap = line.since(last)
    if first.month == last.month and first.year == last.year and first != last:
        share, near = (0.6, 45.0) if lead else (0.4, 150.0)
    else:
        share, near = (0.85, 8.0) if lead else (0.45, 45.0)
    weights = _mix(gap, share, near, 1.5 * _YEAR)
    if not lead:
        weights = np.where(line.years == last.year, _STATED_YEAR * weights, weights)
    weights = np.where(gap < 0, 0.5, weights)
    return _log(np.where(line.since(first) < 0, 0.0, weights), 0.03)


def before_day(line: Timeline, first: dt.date, last: dt.date) -> Weights:
    """Something dated in full lies ahead."""
    ahead = -line.since(first)
    weights = _mix(ahead, 0.6, 60.0, _YEAR)
    weights = np.where(ahead < 0, 0.4, weights)
    return _log(np.where(line.since(last) > 0, 0.0, weights), 0.06)


def after_yearless_days(line: Timeline, days: list[dt.date], *, lead: bool) -> Weights:
    """A day of a month without its year is past: news leaves the year out for days not long gone.

    Args:
        days: Every day that it may be, ascending, one before the timeline starts included where there is one.
        lead: It stands in the lead.
    """
    starts = np.array([d.toordinal() for d in days])
    index = np.searchsorted(starts, line.days, side="right") - 1
    gap = np.where(index >= 0, line.days - starts[index], 10_000).astype(np.float64)
    same = np.array([d.year for d in days])[index] == line.years
    share, near = (0.85, 6.0) if lead else (0.65, 16.0)
    weights = _mix(gap, share, near, 70.0)
    return _log(weights * np.where(same | (gap < 20), 1.0, _DAY_OF_OTHER_YEAR), 0.04)


def before_yearless_days(line: Timeline, days: list[dt.date]) -> Weights:
    """A day of a month without its year lies ahead."""
    starts = np.array([d.toordinal() for d in days])
    index = np.minimum(np.searchsorted(starts, line.days, side="left"), len(starts) - 1)
    ahead = np.where(starts[index] >= line.days, starts[index] - line.days, 10_000).astype(np.float64)
    return _log(_mix(ahead, 0.6, 20.0, 75.0), 0.1)


def after_month(line: Timeline, month: int, *, since: bool) -> Weights:
    """A month without its year is past. Inside the month itself one would rather say "this month"."""
    lag = (line.months - month) % 12
    falling = 0.8 * np.exp(-lag / (4.0 if since else 2.0)) + 0.2 * np.exp(-lag / 8.0)
    falling = falling * np.where((lag < line.months) | (lag < 2), 1.0, _OTHER_YEAR)
    return _log(np.where(lag == 0, 0.35, falling), 0.1)


def before_month(line: Timeline, month: int) -> Weights:
    """A month without its year lies ahead."""
    ahead = (month - line.months) % 12
    return _log(np.where(ahead == 0, 0.3, np.exp(-(ahead - 1.0) / 2.0)), 0.12)


def around_month(line: Timeline, month: int) -> Weights:
    """A month without its year and without a tense."""
    return np.maximum(after_month(line, month, since=False), before_month(line, month) - 0.3)


def after_event(
    line: Timeline, start: dt.date, end: dt.date | None, months: float, *, lasting: bool, background: float
) -> Weights:
    """The latest known event that is mentioned: in the news for some months, then in the background for years.

    Args:
        line: The days in question.
        start: First day of the event.
        end: Its last day, None while it lasts.
        months: How long it is in the news.
        lasting: It goes on between both days.
        background: Share of the mentions of what happened once that come long after it.
    """
    gap = line.since(start)
    near = max(months, 0.25) * 30.4
    if lasting:
        over = np.zeros_like(gap) if end is None else line.since(end)
        weights = (0.35 * _decay(gap, near) + 0.65) * _decay(over, 180.0) + 0.1 * _decay(gap, 4.0 * _YEAR)
    else:
        weights = _mix(gap, 1 - background, near, 3.0 * _YEAR)
    return _log(np.where(gap < 0, 0.0, weights), 0.04)


def offset_from(line: Timeline, day: dt.date, low: float, high: float) -> Weights:
    """Published a told time after a day, between so many days; some slack on either side."""
    gap = line.since(day)
    slack = max(7.0, 0.25 * (high - low))
    outside = np.maximum(np.maximum(low - gap, gap - high), 0.0)
    return _log(np.exp(-0.5 * (outside / slack) ** 2), 0.12)


def same_year(line: Timeline, year: int) -> Weights:
    """Published in a year, as far as "this year" and "last year" beside a known event tell."""
    return _log(np.where(line.years == year, 1.0, 0.0), 0.3)


def same_month(line: Timeline, year: int, month: int) -> Weights:
    """Published in a month, as far as "this month" and "last month" beside a known event tell."""
    return _log(np.where((line.years == year) & (line.months == month), 1.0, 0.0), 0.3)


def around_budget(line: Timeline, first: dt.date, last: dt.date) -> Weights:
    """Spending is planned for a budget year: told in the months before it, or while it runs."""
    ahead, over = -line.since(first), line.since(last)
    weights = np.where(ahead > 0, _decay(ahead - 270, 150.0), np.where(over > 0, 0.0, 0.5))
    return _log(weights, 0.08)


def in_office(line: Timeline, terms: list[tuple[dt.date, dt.date | None]]) -> Weights:
    """Somebody holds an office: within a term, or weeks around it."""
    best = np.full(len(line.days), 1e9)
    for start, end in terms:
        late = np.zeros(len(line.days)) if end is None else line.since(end)
        best = np.minimum(best, np.maximum(np.maximum(-line.since(start), late), 0.0))
    return _log(np.exp(-best / 20.0), 0.04)


def out_of_office(line: Timeline, terms: list[tuple[dt.date, dt.date | None]]) -> Weights:
    """Somebody held an office: after a term, and in none."""
    weights = np.zeros(len(line.days))
    for _, end in terms:
        if end is not None:
            weights = np.where(line.since(end) > 0, 1.0, weights)
    for start, end in terms:
        inside = (line.since(start) >= 0) & (line.since(end or dt.date.max) <= 0)
        weights = np.where(inside, 0.0, weights)
    return _log(weights, 0.05)
