"""Reads from the dates in a text what they tell about when it was published: one hint for each thing told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foedera.model import UNKNOWN_DATE, DateValue
from foedera.times import Tense, TimeExpression, normalise

from . import publication_curves as curves
from .publication_curves import Timeline
from .publication_passages import LEAD, Hint, Passage, tense_of
from .publication_yearless import KnownDays, yearless_hints

_FISCAL_CUES: Final = (
    ("JPN", re.compile(r"\b(?:Japan|Japanese|Tokyo)\b")),
    ("IND", re.compile(r"\b(?:India|Indian|New Delhi)\b")),
    ("GBR", re.compile(r"\b(?:Britain|British|U\.?K\.?|London)\b")),
    ("USA", re.compile(r"\b(?:U\.?S\.?|United States|American|Washington|Pentagon|Congress)")),
)
_ANNIVERSARY: Final = re.compile(
    r"(?i)\b(?:(?P<n>[0-9]{1,3})(?:st|nd|rd|th)|(?P<word>first|second|third|fifth|tenth))[ ]anniversary"
)
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fifth": 5, "tenth": 10}


@dataclass(frozen=True, slots=True)
class _Told:
    expression: TimeExpression
    passage: Passage
    tense: Tense
    value: DateValue

    @property
    def first(self) -> dt.date:
        return self.value.first or dt.date.min

    @property
    def last(self) -> dt.date:
        return self.value.last or dt.date.max

    def __str__(self) -> str:
        return self.passage.quote(self.expression)

    @property
    def lead(self) -> bool:
        return self.expression.start < LEAD


def time_hints(line: Timeline, read: Sequence[Passage], known: KnownDays) -> list[Hint]:
    """All hints that dates and times in the text give.

    Args:
        line: The days in question.
        read: The sentences.
        known: Month and day of known events that the text mentions, with the day on which they were. None for events
            that are called by their day, which tells nothing about this text ("since October 7").
    """
    told = [t for t in _told(line, read) if t is not None]
    written = [t for t in told if t.expression.year is not None and t.value.value is not None]
    hints = [*_years(line, written), *_days(line, written), *_fiscal(line, read)]
    hints += yearless_hints(line, read, known)
    hints += _anniversaries(line, read)
    return hints


def _told(line: Timeline, read: Sequence[Passage]) -> Iterator[_Told]:
    for passage in read:
        for e in passage.times:
            if e.year is None or e.form in ("decade", "fiscal_year"):
                continue
            value = normalise(e, reference=UNKNOWN_DATE, tense="past")
            if value.first is None or value.last is None or value.value is None:
                continue
            tense: Tense = tense_of(passage, e)
            if value.first > line.day(-1):
                tense = "future"
            yield _Told(e, passage, tense, value)


def _is_year(t: _Told) -> bool:
    return t.expression.form == "year" or (t.expression.form == "range" and t.expression.month is None)


def _years(line: Timeline, told: Sequence[_Told]) -> Iterator[Hint]:
    years = [t for t in told if _is_year(t)]
    label = [t for t in years if t.tense is None and t.expression.preposition is None and t.passage.kind != "caption"]
    past = [t for t in years if t.tense != "future" and t not in label and t.passage.kind != "caption"]
    plain = [t for t in years if t.tense == "future" and t.expression.preposition not in ("by", "until")]
    deadline = [t for t in years if t.tense == "future" and t.expression.preposition in ("by", "until")]
    captions = [t for t in told if t.passage.kind == "caption" and t.tense != "future"]
    # "The first visit since 2000" looks back from any time after it.
    since = [t for t in past if t.expression.preposition in ("since", "from")]
    # A year before the first day in question ("a treaty of 1961") dates nothing.
    past = [t for t in past if t not in since and t.last >= line.first]
    if since:
        top = max(since, key=lambda t: t.first)
        yield Hint(f"{top} is told as past", curves.not_before(line, top.first))
    if past:
        top = max(past, key=lambda t: t.last.year)
        yield Hint(f"{top} is the latest year told as past", curves.latest_year(line, top.last.year))
    if label:
        top = max(label, key=lambda t: t.last.year)
        yield Hint(f"{top} labels something known", curves.labelled_year(line, top.last.year))
    if plain:
        top = min(plain, key=lambda t: t.last.year)
        yield Hint(f"{top} lies ahead", curves.coming_year(line, top.last.year, deadline=False))
    if deadline:
        top = min(deadline, key=lambda t: t.last.year)
        yield Hint(f"{top} is a deadline ahead", curves.coming_year(line, top.last.year, deadline=True))
    if captions:
        top = max(captions, key=lambda t: t.first)
        yield Hint(f"a caption names {top}", curves.not_before(line, top.first))


def _days(line: Timeline, told: Sequence[_Told]) -> Iterator[Hint]:
    days = [t for t in told if not _is_year(t) and t.passage.kind != "caption"]
    past = [t for t in days if t.tense != "future"]
    future = [t for t in days if t.tense == "future"]
    if past:
        top = max(past, key=lambda t: (t.first, t.last))
        weights = curves.after_day(line, top.first, top.last, lead=top.lead)
        yield Hint(f"{top} is the latest full date told as past", weights)
    if future:
        top = min(future, key=lambda t: (t.last, t.first))
        yield Hint(f"{top} lies ahead", curves.before_day(line, top.first, top.last))


def _fiscal(line: Timeline, read: Sequence[Passage]) -> Iterator[Hint]:
    years: dict[int, Hint] = {}
    for passage in read:
        for e in passage.times:
            if e.form != "fiscal_year" or e.year is None or e.year in years:
                continue
            country = next((code for code, cue in _FISCAL_CUES if cue.search(passage.text)), None)
            value = normalise(e, reference=UNKNOWN_DATE, tense="past", fiscal=country)
            if value.first is None or value.last is None:
                continue
            if tense_of(passage, e) == "past":
                hint = Hint(f"{passage.quote(e)} is told as past", curves.not_before(line, value.first, 0.02))
            else:
                weights = curves.around_budget(line, value.first, value.last)
                hint = Hint(f"spending for {passage.quote(e)} ({value.low} to {value.high}) is planned", weights)
            years[e.year] = hint
    if years:
        yield years[max(years)]


def _anniversaries(line: Timeline, read: Sequence[Passage]) -> Iterator[Hint]:
    """ "The 70th anniversary of the 1953 armistice"."""
    for passage in read:
        match = _ANNIVERSARY.search(passage.text)
        past = [e for e in passage.times if e.year is not None and e.form in ("day", "month", "year")]
        if match and past:
            count = anniversary(match)
            year = (past[0].year or 0) + count
            yield Hint(f"'{match[0]}' of {past[0].text!r} falls in {year}", curves.same_year(line, year))
            return


def anniversary(match: re.Match[str]) -> int:
    """How many years an anniversary counts."""
    return int(match["n"]) if match["n"] else _ORDINALS[match["word"].lower()]


def find_anniversary(text: str) -> re.Match[str] | None:
    """The first anniversary with its count that a sentence names."""
    return _ANNIVERSARY.search(text)
