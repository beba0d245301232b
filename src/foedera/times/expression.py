"""A time expression as it stands in a text, taken apart but not yet tied to a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

TimeKind = Literal["date", "duration", "set", "time"]
TimeForm = Literal["day", "weekday", "month", "season", "quarter", "half", "year", "decade", "century", "fiscal_year",
                   "range", "relative", "offset", "span", "back", "vague", "duration", "set", "clock"]  # fmt: skip
Anchor = Literal["reference", "previous", "event"]
Part = tuple[int | None, int | None, int | None]

TIME_FORMS: Final[dict[str, str]] = {
    "day": "a day of a month, with or without its year or weekday ('Tuesday, March 14', '2024-03-12')",
    "weekday": "a day of the week ('on Tuesday', 'last Friday evening')",
    "month": "a month, with or without its year ('in August', 'Sept 2018', 'last April')",
    "season": "a season ('spring 2024', 'last summer')",
    "quarter": "a quarter of a calendar year ('the first quarter of 2023', 'Q3 2023')",
    "half": "half of a calendar year ('the second half of 2023')",
    "year": "a year ('in 2019', 'early 2020')",
    "decade": "a decade ('the 1990s')",
    "century": "a century, or a year before our era",
    "fiscal_year": "a budget year, which may start on another day than January 1 ('fiscal 2023')",
    "range": "from one date to another ('1910-1945', 'March 16-17, 2023')",
    "relative": "a unit counted from publication ('yesterday', 'last year', 'this month')",
    "offset": "a number of units before or after ('two years ago', 'a day earlier')",
    "span": "a stretch that ends or starts at publication ('the past two years')",
    "back": "a date that the text gave before ('that day', 'since then', 'the following day')",
    "vague": "no date that could be told ('recently', 'now')",
    "duration": "how long ('for two years')",
    "set": "how often ('every year', 'daily')",
    "clock": "a time of day alone ('10 a.m.')",
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and its parts. No part depends on when the text was published.

    Attributes:
        start: Offset of its first character in the text that was searched.
        end: Offset after its last character.
        text: The characters themselves.
        kind: Whether it says when, how long, how often or at what hour.
        form: A key of `TIME_FORMS`.
        year: Calendar year as written, None where the text leaves it out.
        month: 1 to 12, or None.
        day: 1 to 31, or None.
        weekday: 0 for Monday to 6 for Sunday, or None.
        index: Which quarter (1-4), half (1-2), season (1 spring to 4 winter) or century, or None.
        amount: How many units, None where not counted ("years ago") or not that form.
        unit: ``day``, ``week``, ``weekend``, ``month``, ``quarter``, ``year``, ``decade`` or ``century``, or None.
        shift: -1 for "last", "ago", "earlier"; 0 for "this", "same"; 1 for "next", "later", "from now"; None otherwise.
        modifier: ``early``, ``mid``, ``late``, ``start``, ``end``, ``earlier``, ``later``, ``over``, ``under`` or
            ``about``, or None.
        anchor: What an offset counts from: publication, the date told before, or an event named in the sentence.
        preposition: The preposition in front of it in lower case ("in", "by", "since"), or None.
        final: Year, month and day of the second end of a range.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    form: TimeForm
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    index: int | None = None
    amount: int | None = None
    unit: str | None = None
    shift: int | None = None
    modifier: str | None = None
    anchor: Anchor = "reference"
    preposition: str | None = None
    final: Part = (None, None, None)
