"""Reads from the dates in a text what they tell about when it was published: one hint for each thing told."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from foedera.knowledge import load_table
from foedera.model import UNKNOWN_DATE, Block, BlockKind, DateValue
from foedera.times import Tense, TimeExpression, find_times, normalise

from . import publication_curves as curves
from .publication_curves import Timeline, Weights

KnownDays = Mapping[tuple[int, int], dt.date | None]

# What stands within so many characters of the start is the news, what follows may be background.
LEAD: Final = 260
_MOST: Final = 6
# Everything after this many characters is comment, archive or another article.
_LONGEST: Final = 60_000
_READ: Final[tuple[BlockKind, ...]] = ("title", "heading", "paragraph", "caption")
_BREAK: Final = re.compile(
    r"(?<=[a-z0-9)”\"’'%][.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bGen\.)(?<!\bLt\.)(?<!\bSen\.)(?<!\bSept\.)"
    r"(?<!\b[A-Z][a-z]{2}\.)[”\"’]?[ \t]+(?=[A-Z“\"‘])|\n+"
)
_FUTURE: Final = re.compile(
    r"(?i)\b(?:will|won['’]t|shall|would|plan|plans|planning|planned|intends?|expects?|expected|scheduled|slated|aims?|"
    r"aiming|hopes?|hoping|due|set[ ](?:to|for)|upcoming|ahead[ ]of|is[ ]to|are[ ]to|to[ ]be|beginning|starting|"
    r"vowed[ ]to|pledged[ ]to|agreed[ ]to|wants?[ ]to|seeks?[ ]to|proposes?|may|might|could|ready[ ]to|targets?|"
    r"targeting|goal|prepar(?:e|es|ing)|forthcoming|looming|budget[ ](?:request|proposal)|is[ ]likely|are[ ]likely)\b"
)
_NO_PAST: Final = frozenset(
    [
        "united",
        "need",
        "indeed",
        "speed",
        "hundred",
        "exceed",
        "proceed",
        "succeed",
        "breed",
        "allied",
        "armed",
        "agreed",
    ]
)
_SPEECH: Final = frozenset(
    ["said", "told", "added", "noted", "stressed", "warned", "announced", "reported", "wrote", "quoted", "argued"]
)
_WORD: Final = re.compile(r"(?<!be )\b[a-z]+\b")
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
class Hint:
    """Something that tells when a text was published.

    Attributes:
        reason: What was read and what it means, in words.
        weights: Log weight of each day of the timeline.
    """

    reason: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its time expressions.

    Attributes:
        text: Its characters.
        start: Where it starts in the article's text.
        kind: The kind of block that it stands in.
        times: Expressions in it; their offsets count from the start of the article's text.
    """

    text: str
    start: int
    kind: BlockKind
    times: tuple[TimeExpression, ...]

    def quote(self, e: TimeExpression) -> str:
        """An expression with the preposition in front of it, in quotation marks."""
        front = f"{e.preposition} " if e.preposition and not e.text.lower().startswith(e.preposition) else ""
        return f"'{front}{' '.join(e.text.split())}'"


def passages(text: str, blocks: Sequence[Block]) -> list[Passage]:
    """The sentences of the parts that report something: title, headings, paragraphs and captions."""
    text = text[:_LONGEST]
    parts = [b for b in blocks if b.kind in _READ] if blocks else [Block("paragraph", 0, len(text), "whole text")]
    times = find_times(text)
    starts = [e.start for e in times]
    found: list[Passage] = []
    for block in parts:
        if block.start >= len(text):
            break
        edges, last = [block.start], min(block.end, len(text))
        for cut in _BREAK.finditer(text, block.start, last):
            edges += [cut.start(), cut.end()]
        edges.append(last)
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            inside = times[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            if text[start:end].strip():
                found.append(Passage(text[start:end], start, block.kind, tuple(inside)))
    return found


@cache
def _past_forms() -> frozenset[str]:
    rows = load_table("irregular_verbs")
    forms = {form for row in rows for form in row["past"].split("|") if form != row["verb"]}
    return frozenset(forms | {"was", "were", "had", "did"}) - {"saw"}


def tense_of(passage: Passage, e: TimeExpression) -> Tense:
    """The tense of the clause around an expression, from the cue that is nearest in front of it, else behind it."""
    at, end = e.start - passage.start, e.end - passage.start
    if e.preposition == "since":
        return "past"
    before, behind = _cues(passage.text[:at]), _cues(passage.text[end:])
    last = before[-1] if before else None
    if last and last[1] == "speech":
        close = len(passage.text[last[0] : at].split()) <= 3
        if close or not behind:
            return "past" if close else None
        last = None
    if last is None:
        last = next((cue for cue in behind if cue[1] != "speech"), None)
    if last is not None:
        return "future" if last[1] == "future" else "past"
    return "future" if e.preposition == "by" else None


def _cues(text: str) -> list[tuple[int, str]]:
    found = [(m.start(), "future") for m in _FUTURE.finditer(text)]
    taken = {at for at, _ in found}
    for m in _WORD.finditer(text):
        word = m[0]
        regular = len(word) > 4 and word.endswith("ed") and word not in _NO_PAST
        if m.start() not in taken and (regular or word in _past_forms()):
            found.append((m.start(), "speech" if word in _SPEECH else "past"))
    return sorted(found)


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


def time_hints(
    line: Timeline, read: Sequence[Passage], known: Mapping[tuple[int, int], dt.date | None] = {}
) -> list[Hint]:
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
    hints += _yearless(line, read, known)
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


def _yearless(
    line: Timeline, read: Sequence[Passage], known: Mapping[tuple[int, int], dt.date | None]
) -> Iterator[Hint]:
    days: dict[tuple[object, ...], Hint] = {}
    months: dict[tuple[object, ...], Hint] = {}
    dated = False
    for passage in read:
        here = any(e.year is not None or e.form == "back" for e in passage.times)
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
                    _yearless_day(line, passage, e, tense, event) if e.day else _yearless_month(line, passage, e, tense)
                )
                # Beside a year told as past, a bare month may belong to that year and not to publication.
                kept[key] = Hint(hint.reason, hint.weights * (0.4 if (here or dated) and e.weekday is None else 1.0))
        dated = here
    yield from _joined("days without their year", list(days.values()))
    yield from _joined("months without their year", list(months.values()))


def _month_tense(passage: Passage, e: TimeExpression) -> Tense:
    if e.shift is not None:
        return ("past", "present", "future")[e.shift + 1]
    return tense_of(passage, e)


def _yearless_day(line: Timeline, passage: Passage, e: TimeExpression, tense: Tense, event: dt.date) -> Hint:
    days = days_like(e, line.first.year - 7, line.day(-1).year + 2) if event == dt.date.min else [event]
    if tense == "future":
        return Hint(f"{passage.quote(e)} lies ahead", curves.before_yearless_days(line, days))
    lead = e.start < LEAD
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
