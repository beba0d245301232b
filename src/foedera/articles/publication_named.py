"""Reads from names in a text what they tell about when it was published: known events, holders of offices, widgets."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foedera.model import Block, bounds
from foedera.model.errors import KnowledgeError
from foedera.times import MONTH_NAMES, TimeExpression, find_times

from . import publication_curves as curves
from .publication_curves import Timeline, Weights
from .publication_hints import anniversary, find_anniversary
from .publication_passages import LEAD, Hint, Passage
from .publication_yearless import days_like

Row = Mapping[str, str]

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_AHEAD: Final = re.compile(r"(?i)\b(?:ahead of|upcoming|will (?:host|be held|take place|open|attend)|run-up to)\b")
_TITLES: Final = {
    "president": re.compile(r"(?:acting )?president\b|head of state"),
    "prime minister": re.compile(r"(?:acting )?(?:prime minister|premier|chancellor|head of government)"),
    "premier": re.compile(r"(?:acting )?(?:prime minister|premier|head of government)"),
    "chancellor": re.compile(r"chancellor|head of government"),
    "foreign minister": re.compile(r"(?:acting )?(?:foreign|external affairs)"),
    "foreign secretary": re.compile(r"(?:acting )?foreign"),
    "external affairs minister": re.compile(r"(?:foreign|external affairs)"),
    "secretary of state": re.compile(r"secretary of state|foreign minister"),
    "defence minister": re.compile(r"(?:acting )?(?:defen[cs]e|secretary of defen[cs]e)"),
    "defence secretary": re.compile(r"(?:acting )?(?:defen[cs]e|secretary of defen[cs]e)"),
    "secretary-general": re.compile(r"secretary-general"),
}
_HOLDER: Final = re.compile(
    r"(?P<ex>\b(?:[Tt]hen|[Ff]ormer|[Ee]x|[Ll]ate)[- ](?:[A-Z][\w.’'-]*[ ]){0,2})?"
    r"\b(?P<title>Vice President|President|Prime Minister|Premier|Chancellor|Foreign Minister|Foreign Secretary|"
    r"External Affairs Minister|Secretary of State|Defen[sc]e (?:Minister|Secretary)|Secretary[- ]General)[ ]"
    r"(?P<name>[A-Z][\w’'-]*\.?(?:[ ][A-Z][\w’'-]*\.?){0,3})"
)
_ENTERS: Final = re.compile(r"\b(?:took office|elected|sworn in|inaugurated|took power|became|came to power)\b")
_COPYRIGHT: Final = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)\s{0,3}(?:(?:19|20)\d\d\s?[-–,]\s?)?((?:19|20)\d\d)\b")
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of the table.

    Attributes:
        name: What to call it.
        start: Its first day.
        end: Its last day; None while it lasts or where it is unknown.
        months: How long it is in the news.
        lasting: It goes on between start and end, rather than happening once.
        cues: Ways to name it: words that all stand in one sentence, with ``*`` where any ending fits.
    """

    name: str
    start: dt.date
    end: dt.date | None
    months: float
    lasting: bool
    cues: tuple[tuple[str, ...], ...]

    @property
    def called_by_day(self) -> bool:
        """It is known by its day ("October 7")."""
        day = f"{MONTH_NAMES[self.start.month - 1].lower()} {self.start.day}"
        return any(
            day in atom or (atom.startswith("sept") and str(self.start.day) in atom) for c in self.cues for atom in c
        )


def _day(raw: str, *, last: bool = False) -> dt.date | None:
    """A day of a table; a month or a year stands for its first or last day."""
    if not raw.strip():
        return None
    try:
        _, low, high = bounds(raw.strip())
    except ValueError as problem:
        raise KnowledgeError(f"not a date: {raw!r}", where="dated_events or holders", remedy=str(problem)) from None
    return high if last else low


def _events(rows: Sequence[Row]) -> Iterator[Event]:
    for row in rows:
        start = _day(row["start"])
        if start is None:
            continue
        cues = tuple(
            tuple(atom.strip().lower() for atom in way.split("+") if atom.strip())
            for way in row["cues"].split(";")
        )  # fmt: skip
        lasting = row["lasting"].strip().lower() in ("y", "yes", "true", "1")
        months = float(row["news_months"] or 3)
        yield Event(row["name"], start, _day(row["end"], last=True), months, lasting, tuple(c for c in cues if c))


def _keys(rows: Sequence[Event]) -> dict[str, list[tuple[Event, tuple[str, ...]]]]:
    """Ways to name an event by the first letters of their first word, so that few are tried on a sentence."""
    index: dict[str, list[tuple[Event, tuple[str, ...]]]] = defaultdict(list)
    for event in rows:
        for cue in event.cues:
            index[cue[0].rstrip("*").split()[0][:3]].append((event, cue))
    return index


def _names(cue: tuple[str, ...], sentence: str, tokens: frozenset[str]) -> bool:
    return all(_holds(atom, sentence, tokens) for atom in cue)


def _holds(atom: str, sentence: str, tokens: frozenset[str]) -> bool:
    stem = atom.rstrip("*")
    if " " not in stem and "-" not in stem and atom == stem:
        return stem in tokens
    tail = r"\w*" if atom != stem else r"\b"
    # The table spells "normaliz*"; British texts write "normalise".
    spellings = (stem, stem.replace("iz", "is")) if "iz" in stem else (stem,)
    return any(s in sentence and re.search(rf"\b{re.escape(s)}{tail}", sentence) for s in spellings)


def find_events(line: Timeline, read: Sequence[Passage], rows: Sequence[Row]) -> list[tuple[Event, Passage]]:
    """Known events that the text mentions, each with the first sentence that tells it by its date, else the first."""
    index = _keys(list(_events(rows)))
    found: dict[str, tuple[Event, Passage]] = {}
    for passage in read:
        sentence = " ".join(passage.text.lower().replace("’", "'").split())
        words = _TOKEN.findall(sentence)
        tokens = frozenset(words) | {w.removesuffix("'s") for w in words} | {p for w in words for p in w.split("-")}
        for key in sorted({w[:3] for w in tokens}):
            for event, cue in index.get(key, ()):
                kept = found.get(event.name)
                better = kept is None or (not _told_by_date(event, kept[1]) and _told_by_date(event, passage))
                if better and event.start <= line.day(-1) and _names(cue, sentence, tokens):
                    found[event.name] = (event, passage)
    return list(found.values())


def event_hints(line: Timeline, found: Sequence[tuple[Event, Passage]]) -> Iterator[Hint]:
    """Hints from known events: after the latest of them, and as long after as the sentence says."""
    ordered = sorted(found, key=lambda pair: (pair[0].start, pair[0].name), reverse=True)[:_MOST]
    for rank, (event, passage) in enumerate(ordered):
        reason = f"mentions {event.name} ({event.start})"
        beside = list(_beside(line, event, passage))
        # What is told with its year or its month is background: news leaves them out for the latest event.
        old = _told_by_date(event, passage)
        if _AHEAD.search(passage.text):
            weights = curves.before_day(line, event.start, event.end or event.start)
            yield Hint(f"{event.name} ({event.start}) seems to lie ahead", weights)
        elif rank == 0 and not old and not beside:
            yield Hint(reason, _latest_event(line, event, passage))
        else:
            yield Hint(reason, curves.not_before(line, event.start))
        yield from beside


def _told_by_date(event: Event, passage: Passage) -> bool:
    """The sentence gives the event's year or, without a year, its month."""
    month = event.start.month
    return any(
        e.year == event.start.year or (e.year is None and e.form == "month" and e.month == month) for e in passage.times
    )


def _latest_event(line: Timeline, event: Event, passage: Passage) -> Weights:
    lead = passage.start < LEAD
    months = event.months if event.lasting else 0.6 * event.months
    if lead and not event.lasting and any(_of_these_days(e) for e in passage.times):
        months = min(months, 0.3)
    share = 0.12 if lead else 0.4
    return curves.after_event(line, event.start, event.end, months, lasting=event.lasting, background=share)


def _of_these_days(e: TimeExpression) -> bool:
    """ "On Sunday", "overnight": told within the week."""
    return (e.form == "weekday" and e.shift is None) or (e.form == "relative" and e.unit == "day")


def _beside(line: Timeline, event: Event, passage: Passage) -> Iterator[Hint]:
    """What the same sentence says about how long ago the event is."""
    if match := find_anniversary(passage.text):
        days = 365.25 * anniversary(match)
        yield Hint(f"'{match[0]}' of {event.name}", curves.offset_from(line, event.start, days - 14, days + 14))
        return
    for e in passage.times:
        hint = _time_beside(line, event, e, lead=passage.start < LEAD)
        if hint is not None:
            yield hint
            return


def _time_beside(line: Timeline, event: Event, e: TimeExpression, *, lead: bool) -> Hint | None:
    reason = f"{e.text!r} beside {event.name} ({event.start})"
    if e.form == "relative" and e.unit == "year" and e.shift in (-1, 0) and not event.lasting:
        return Hint(reason, curves.same_year(line, event.start.year - (e.shift or 0)))
    if e.form == "relative" and e.unit == "month" and e.shift in (-1, 0) and not event.lasting:
        months = event.start.year * 12 + event.start.month - 1 - (e.shift or 0)
        return Hint(reason, curves.same_month(line, months // 12, months % 12 + 1))
    unit = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "decade": 3652.5}.get(e.unit or "")
    if e.form != "offset" or e.amount is None or unit is None or (e.shift == 1) == (e.anchor == "reference"):
        return None
    days = e.amount * unit
    low, high = {"over": (1.0, 1.6), "under": (0.75, 1.02), "about": (0.85, 1.2)}.get(e.modifier or "", (0.9, 1.35))
    if e.preposition == "within":
        return None
    if e.anchor != "reference" and not lead:
        return Hint(reason, curves.not_before(line, event.start + dt.timedelta(days=int(days * 0.8)), 0.05))
    return Hint(reason, curves.offset_from(line, event.start, low * days, high * days))


def holder_hints(line: Timeline, read: Sequence[Passage], rows: Sequence[Row]) -> Iterator[Hint]:
    """Hints from who holds or held an office, one for each name and each of both."""
    index = _people(rows)
    seen: set[tuple[str, bool]] = set()
    for passage in read:
        for match in _HOLDER.finditer(passage.text):
            held = match["ex"] is not None
            people = _who(match, index)
            if not people or len(seen) >= _MOST or match["title"] == "Vice President":
                continue
            key = ("|".join(sorted({row["person"] for row in people})), held)
            if key not in seen:
                seen.add(key)
                yield _term_hint(line, match, people, held=held)
                yield from _new_in_office(line, passage, match, people)


def _people(rows: Sequence[Row]) -> dict[str, list[Row]]:
    index: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        names = [row["person"], *row.get("aliases", "").split("|")]
        for word in {w.lower() for name in names for w in name.split()}:
            index[word].append(row)
    return index


def _who(match: re.Match[str], index: Mapping[str, list[Row]]) -> list[Row]:
    """Rows whose names hold every word of the name, the words at its end dropped where they belong to what follows."""
    words = [re.sub(r"['’]s?\Z", "", w).lower() for w in match["name"].split()]
    while words:
        rows = [r for r in index.get(words[0], ()) if all(r in index.get(w, ()) for w in words[1:])]
        if rows:
            fitting = [r for r in rows if _fits(match["title"], r)]
            return fitting or rows
        words.pop()
    return []


def _fits(title: str, row: Row) -> bool:
    office = _TITLES.get(title.lower().replace("defense", "defence").replace("secretary general", "secretary-general"))
    return office is not None and office.match(row["office"].lower()) is not None


def _term_hint(line: Timeline, match: re.Match[str], people: Sequence[Row], *, held: bool) -> Hint:
    terms = sorted(
        (start, _day(row["end"], last=True)) for row in people if (start := _day(row["start"])) is not None
    )  # fmt: skip
    spans = ", ".join(f"{start} to {end or 'now'}" for start, end in terms)
    quoted = " ".join(match[0].split())
    if held:
        return Hint(f"'{quoted}' is out of office (held it {spans})", curves.out_of_office(line, terms))
    return Hint(f"'{quoted}' is in office ({spans})", curves.in_office(line, terms))


def _new_in_office(line: Timeline, passage: Passage, match: re.Match[str], people: Sequence[Row]) -> Iterator[Hint]:
    """ "Who took office in September": the year is left out within a year or so of the start of the term."""
    months = {e.month for e in passage.times if e.form in ("day", "month") and e.year is None and e.month}
    if not months or not _ENTERS.search(passage.text, match.end()):
        return
    starts = [start for row in people if (start := _day(row["start"])) is not None]
    fitting = [s for s in starts if any((s.month - month) % 12 <= 2 for month in months)]
    if fitting:
        start = fitting[-1]
        yield Hint(f"'{match['name']}' entered office not long ago ({start})", curves.offset_from(line, start, 0, 330))


def widget_hints(line: Timeline, text: str, blocks: Sequence[Block]) -> Iterator[Hint]:
    """Bounds from what surrounds the article: a page shows the day it was loaded on, which is no earlier day."""
    for block in blocks:
        if block.kind not in ("furniture", "dateline"):
            continue
        part = text[block.start : block.end]
        if block.kind == "furniture" and (match := _COPYRIGHT.search(part)):
            weights = curves.not_after(line, dt.date(int(match[1]), 12, 31))
            yield Hint(f"the page claims copyright up to {match[1]}", weights)
        for e in find_times(part):
            if e.form == "day" and e.year is None and e.weekday is not None and e.month:
                days = [d for d in days_like(e, line.first.year, line.day(-1).year) if d <= line.day(-1)]
                if days and days[-1] >= line.first:
                    reason = f"the page showed {e.text!r}, at the latest {days[-1]}, when it was loaded"
                    yield Hint(reason, curves.not_after(line, days[-1]))
