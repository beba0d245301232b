"""Turns matches that name a calendar date into expressions, and refuses those that are something else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from .expression import TimeExpression, TimeForm, TimeKind
from .words import COUNTED, ORDINALS, SEASONS, month_number, weekday_number

_LEFT: Final = 32
# Months that are also names, verbs or adjectives stand for a month only where something in front says so.
_GUARDED_MONTHS: Final = frozenset({"March", "April", "May", "June", "August", "MAY", "MARCH", "AUGUST", "Mar", "Mar.",
                                    "Jun", "Jan", "Sep", "Dec", "Oct", "Apr", "Aug", "Feb", "Jul", "Nov"})  # fmt: skip
MONTH_CUE: Final = re.compile(
    r"\b(?:in|since|by|until|till|of|during|from|before|after|through|throughout|between|for|to|around|back in|as of|"
    r"starting|beginning|ending|effective)\s{1,2}\Z",
    re.IGNORECASE,
)
_NOUN_CUE: Final = re.compile(r"(?:\b(?:the|its|their|his|her|a|an|that|this|and|or)|['’]s)\s{1,2}\Z", re.IGNORECASE)
_PERSON_CUE: Final = re.compile(r"\b(?:of|by|from|for|to|before|after)\s\Z", re.IGNORECASE)
_EDGE_WORD: Final = re.compile(r"later|earlier|latter|late|early|mid|end|close|start|begin|turn|rest")
_EDGES: Final = {"latter": "late", "close": "end", "begin": "start", "turn": "start", "rest": "later"}
_NEXT_WORD: Final = re.compile(r"\s{1,2}([A-Za-z]+)")


def make(m: re.Match[str], kind: TimeKind, form: TimeForm, **parts: Any) -> TimeExpression:
    """An expression over the whole match, trimmed of white space at its edges."""
    start, end, text = m.start(), m.end(), m.group()
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return TimeExpression(start, end, m.string[start:end], kind, form, **parts)


def before(m: re.Match[str]) -> str:
    """The characters in front of a match, enough for a preposition."""
    return m.string[max(0, m.start() - _LEFT) : m.start()]


def counts_something(text: str, at: int) -> bool:
    """The word after an offset, or the one after that, is a noun that numbers count."""
    first = _NEXT_WORD.match(text, at)
    if first is None:
        return False
    if first[1].lower() in COUNTED:
        return True
    second = _NEXT_WORD.match(text, first.end())
    return bool(first[1][0].isupper() and second and second[1].lower() in COUNTED)


def modifier(raw: str | None) -> str | None:
    """The key of `TimeExpression.modifier` for words such as "the beginning of"."""
    found = _EDGE_WORD.search(raw.lower()) if raw else None
    return _EDGES.get(found[0], found[0]) if found else None


def build_days(m: re.Match[str]) -> TimeExpression | None:
    """A day of a month, or a range of such days."""
    month = m["m1"] or m["m2"]
    first, other = m["d1"] or m["d2"], m["d1b"] or m["d2b"]
    raw_year = m["y1"] or m["y2"]
    last_group = "y1" if m["y1"] else "y2" if m["y2"] else None
    end = m.end()
    if last_group and counts_something(m.string, end) and "," not in m.string[m.start() : m.start(last_group)]:
        return None
    bare = m["d1"] and not raw_year and not other and m["wd"] is None
    # "In March 20 people" counts people, "the September 11 attacks" does not count attacks.
    if bare and counts_something(m.string, end) and not before(m).lower().endswith("the "):
        return None
    number_of_month = month_number(month)
    year = int(raw_year) if raw_year else None
    weekday = weekday_number(m["wd"]) if m["wd"] else None
    day = int(re.sub(r"\D", "", first))
    parts = {"year": year, "weekday": weekday, "modifier": modifier(m["mod"])}
    if other is None:
        if not _possible(year, number_of_month, day):
            return None
        return make(m, "date", "day", month=number_of_month, day=day, **parts)
    first_month = month_number(m["m2a"]) if m["m2a"] else number_of_month
    last_month = month_number(m["m1b"]) if m["m1b"] else number_of_month
    last_day = int(re.sub(r"\D", "", other))
    if not (_possible(year, first_month, day) and _possible(year, last_month, last_day)):
        return None
    return make(m, "date", "range", month=first_month, day=day, final=(year, last_month, last_day), **parts)


def _possible(year: int | None, month: int, day: int) -> bool:
    try:
        dt.date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def build_numeric(m: re.Match[str]) -> TimeExpression | None:
    """A date in digits. One that could be read both ways keeps neither: month and day stay None."""
    if m["iy"]:
        year, month, day = int(m["iy"]), int(m["im"]), int(m["id"])
        return make(m, "date", "day", year=year, month=month, day=day) if _possible(year, month, day) else None
    a, b, year = int(m["a"]), int(m["b"]), int(m["ny"])
    if m["sep2"] == "." or a == b or (a > 12 >= b):
        day, month = a, b
    elif b > 12 >= a:
        day, month = b, a
    elif 1 <= a <= 12 and 1 <= b <= 12:
        return make(m, "date", "day", year=year, final=(year, a, b))
    else:
        return None
    if not _possible(year, month, day):
        return None
    return make(m, "date", "day", year=year, month=month, day=day)


def build_months(m: re.Match[str]) -> TimeExpression | None:
    """A month, or a range of months."""
    if m["ma"] or m["mc"]:
        return _month_range(m)
    if not (m["rel"] or m["mod"] or m["y"] or m["yrel"]) and not _is_month(m):
        return None
    raw_year, year_shift = m["y"], shift_of(m["yrel"])
    if raw_year and counts_something(m.string, m.end("y")):
        return None
    shift = shift_of(m["rel"]) if m["rel"] else year_shift
    unit = "year" if m["yrel"] else None
    return make(m, "date", "month", year=int(raw_year) if raw_year else None, month=month_number(m["m"]), shift=shift,
                unit=unit, modifier=modifier(m["mod"]))  # fmt: skip


def _month_range(m: re.Match[str]) -> TimeExpression | None:
    first_raw, last_raw = whole(m["ya"]), whole(m["yb"] or m["yd"])
    if first_raw is None and last_raw is None and not MONTH_CUE.search(before(m)):
        return None
    first, last = month_number(m["ma"] or m["mc"]), month_number(m["mb"] or m["md"])
    last_year = first_raw if last_raw is None else last_raw
    first_year = last_raw if first_raw is None else first_raw
    if first_raw is None and first_year is not None and first > last:
        first_year -= 1
    return make(m, "date", "range", year=first_year, month=first, final=(last_year, last, None))


def _is_month(m: re.Match[str]) -> bool:
    name, left, right = m["m"], before(m), m.string[m.end() : m.end() + 20]
    if re.match(r"\s[A-Z][a-z]", right) and name.title() in ("April", "May", "June", "August"):
        return bool(MONTH_CUE.search(left)) and not _PERSON_CUE.search(left)
    if MONTH_CUE.search(left):
        return True
    if name not in _GUARDED_MONTHS:
        return True
    if name == "March" and re.match(r"\s(?:on|for|to|of|toward)", right):
        return False
    if name in ("April", "June", "August", "AUGUST") and re.match(r"['’]s\s[a-z]", right):
        return True
    return name not in ("May", "MAY") and bool(_NOUN_CUE.search(left) and re.match(r"\s[a-z]", right))


def shift_of(words: str | None) -> int | None:
    """-1 for "last" and its like, 1 for "next", 0 for "this", None where nothing is written."""
    if not words:
        return None
    low = words.lower()
    if any(w in low for w in ("last", "previous", "preceding", "prior", "past")):
        return -1
    return 1 if any(w in low for w in ("next", "following", "coming")) else 0


def build_period(m: re.Match[str]) -> TimeExpression | None:
    """Quarters, halves, fiscal years, seasons, centuries."""
    if m["q"]:
        word = m["q"].lower()
        half = m["qh"].lower() == "half"
        index = 2 if half and ORDINALS[word] == 4 else ORDINALS[word]
        unit, shift = ("year", shift_of(m["qrel"])) if m["qrel"] else (None, None)
        form: TimeForm = "half" if half else "quarter"
        return make(m, "date", form, index=index, year=whole(m["qy"]), shift=shift, unit=unit)
    if m["qbare"]:
        words = m["qbare"].lower().split()
        form = "half" if words[2] == "half" else "quarter"
        return TimeExpression(m.start("qbare"), m.end("qbare"), m["qbare"], "date", form, index=ORDINALS[words[1]])
    if m["qa"] or m["qb"]:
        label, year = m["qa"] or m["qb"], whole(m["qay"] or m["qby"])
        return make(m, "date", "quarter" if label[0] == "Q" else "half", index=int(label[1]), year=year)
    if m["fy"] or m["fy2"] or m["frel"]:
        return _fiscal(m)
    if m["s"]:
        return _season(m)
    return make(m, "date", "century", index=whole(re.sub(r"\D", "", m["c"] or "")) if m["c"] else None,
                unit="before our era" if m["bc"] or m["cbc"] else None)  # fmt: skip


def _fiscal(m: re.Match[str]) -> TimeExpression:
    if m["frel"]:
        return make(m, "date", "fiscal_year", shift=shift_of(m["frel"]))
    raw, second = m["fy"] or m["fy2"], m["fyb"] or m["fy2b"]
    year = int(raw) if len(raw) == 4 else 2000 + int(raw)
    final = None if second is None else int(second) if len(second) == 4 else year // 100 * 100 + int(second)
    return make(m, "date", "fiscal_year", year=year, final=(final, None, None))


def _season(m: re.Match[str]) -> TimeExpression | None:
    name = m["s"].lower()
    told = m["srel"] or m["sy"] or m["syrel"]
    cued = m["mod"] or re.search(r"(?i)\b(?:in|by|during|since|until|throughout)\s{1,2}(?:the\s)?\Z", before(m)) \
        or m.group().lower().startswith("the ")  # fmt: skip
    if not told and (not cued or (name == "fall" and not m["mod"])):
        return None
    shift = shift_of(m["srel"] or m["syrel"])
    return make(m, "date", "season", index=SEASONS[name], year=whole(m["sy"]), shift=shift,
                unit="year" if m["syrel"] else None, modifier=modifier(m["mod"]))  # fmt: skip


def whole(raw: str | None) -> int | None:
    """A number in digits, None where nothing is written."""
    return int(raw) if raw else None
