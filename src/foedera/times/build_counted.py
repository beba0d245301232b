"""Turns matches that count from publication or from a date told before into expressions."""

from __future__ import annotations

import re
from typing import Final

from .build import MONTH_CUE, before, make, modifier, shift_of, whole
from .expression import Anchor, TimeExpression, TimeKind
from .words import number, weekday_number

_NAMED_DAY: Final = re.compile(r"\b(?:Black|Bloody|Good|Easter|Palm|Super|Holy|Ash|Cyber|Shrove)\s\Z")
_NEWSPAPER: Final = re.compile(r"\s(?:Times|Telegraph|Mirror|Express|Herald|Mail|Post|World|Independent|Mass)\b")
_FROM_PUBLICATION: Final = ("this", "the past", "the last", "the coming", "the current", "the next")
_DURING: Final = re.compile(r"\b(?:over|within|during|throughout|for|in)\s\Z", re.IGNORECASE)
_FULL_WEEKDAY: Final = re.compile(r"Mon|Tue|Wed|Thu|Fri|Sat|Sun", re.IGNORECASE)


def build_relative(m: re.Match[str]) -> TimeExpression | None:
    """Yesterday, last year, this month, that day, on Tuesday."""
    if m["simple"]:
        return _simple(m)
    if m["weekday"]:
        return _weekday(m)
    if m["daypart"]:
        back = "that" in m["daypart"].lower()
        return make(m, "time", "back" if back else "relative", unit="day", shift=0)
    if m["yearend"]:
        ending = next(unit for unit in ("year", "month", "week") if unit in m.group().lower())
        return make(m, "date", "relative", unit=ending, shift=0, modifier="end")
    edge = modifier(m["early"])
    if m["the"]:
        if not m["early"]:
            return None
        # "Later in the day" is the day told before; "the end of the year" is the year of publication.
        return make(m, "date", "back" if m["unit2"] == "day" else "relative", unit=m["unit2"], shift=0, modifier=edge)
    words = m["rel"].lower()
    shift = shift_of(words)
    back = words.startswith("th") and words not in _FROM_PUBLICATION
    if m["wd"]:
        return make(m, "date", "back" if back else "weekday", weekday=weekday_number(m["wd"]), shift=shift)
    if m["time"]:
        told = back and shift == 0 and m["time"] in ("time", "period")
        return make(m, "date", "back", unit="time", shift=0) if told else None
    unit = "day" if m["part"] else _unit(m["unit"])
    if _is_stretch(m, words):
        return make(m, "duration", "span", amount=1, unit=unit, shift=shift)
    back = back or (words == "the next" and unit == "day")
    kind: TimeKind = "time" if m["part"] else "date"
    return make(m, kind, "back" if back else "relative", unit=unit, shift=shift, modifier=edge)


def _is_stretch(m: re.Match[str], words: str) -> bool:
    """ "The past year" and "over the next decade" are stretches from publication, not calendar units."""
    if m["part"] or m["early"]:
        return False
    if words in ("the past", "past"):
        return True
    return words in ("the next", "the last", "the coming") and bool(_DURING.search(before(m)))


def _simple(m: re.Match[str]) -> TimeExpression:
    word = m["simple"].lower()
    days = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if word.startswith("the day"):
        days = -2 if "yesterday" in word else 2
    return make(m, "date", "relative", unit="day", shift=(days > 0) - (days < 0), amount=abs(days))


def _weekday(m: re.Match[str]) -> TimeExpression | None:
    if _NAMED_DAY.search(before(m)) or _NEWSPAPER.match(m.string, m.end()):
        return None
    day = weekday_number(_FULL_WEEKDAY.search(m["weekday"])[0])  # type: ignore[index]
    if m["plural"]:
        return make(m, "set", "set", weekday=day)
    return make(m, "date", "weekday", weekday=day)


def _unit(raw: str) -> str:
    low = raw.lower()
    return {"centurie": "century", "fortnight": "week"}.get(low, low)


def build_count(m: re.Match[str]) -> TimeExpression | None:
    """Two years ago, a day earlier, the past two years, for three months."""
    if m["span"]:
        return _span(m)
    direction = (m["dir"] or m["mdir"] or "").lower()
    unit = _unit((m["unit"] or (m["many"] or "").removesuffix("s")) or "day")
    amount = number(m["n"]) if m["n"] else None
    hedge = _hedge(m["hedge"])
    if m["unit"] and (unit == "quarter" or _refuse_count(m, amount)):
        return None
    if not direction:
        return make(m, "duration", "duration", amount=amount, unit=unit, modifier=hedge)
    shift = -1 if direction in ("ago", "earlier", "before", "previously", "prior") else 1
    anchor = _anchor(m, direction)
    return make(m, "date", "offset", amount=amount, unit=unit, shift=shift, modifier=hedge, anchor=anchor)


def _anchor(m: re.Match[str], direction: str) -> Anchor:
    """ "Ago" counts from publication, "later" from the date told before, "after the war" from the war."""
    if direction in ("ago", "hence", "from now"):
        return "reference"
    follows = direction in ("before", "after", "prior") and re.match(r"\s[\w\"“]", m.string[m.end() : m.end() + 2])
    return "event" if follows else "previous"


def _refuse_count(m: re.Match[str], amount: int | None) -> bool:
    if m["n"].lower() in ("a", "an", "some") and not m["dir"]:
        # "twice a year" and "a day" say how often or nothing; a bare article is no count.
        return m["hedge"] is None and not re.search(r"(?i)\b(?:for|in|within|over|after|than|half)\s\Z", before(m))
    plural_needed = bool(amount and amount > 1 and not m["plural"])
    return plural_needed and "-" not in m.group() and "long" not in m.group()


def _hedge(raw: str | None) -> str | None:
    if not raw:
        return None
    low = " ".join(raw.lower().split())
    if any(w in low for w in ("more than", "over", "at least")):
        return "over"
    if any(w in low for w in ("less than", "under", "up to", "at most", "nearly", "almost", "barely", "better part")):
        return "under"
    return "about" if any(w in low for w in ("about", "around", "roughly", "some", "approximately", "close")) else None


def _span(m: re.Match[str]) -> TimeExpression | None:
    word, unit = m["sdir"].lower(), _unit(m["sunit"])
    plural = m.group().endswith("s")
    amount = number(m["sn"]) if m["sn"] else None if plural else 1
    if word == "recent":
        return make(m, "date", "vague", unit=unit)
    if word in ("first", "final"):
        return make(m, "duration", "duration", amount=amount, unit=unit) if m["sn"] or plural else None
    if not m["sn"] and not plural:
        return None
    shift = -1 if word in ("past", "last", "previous") else 1
    return make(m, "duration", "span", amount=amount, unit=unit, shift=shift)


def build_clock(m: re.Match[str]) -> TimeExpression | None:
    """Sets, vague expressions, times of day, feasts with a fixed date."""
    if m["set"]:
        return make(m, "set", "set")
    if m["since"]:
        return _since(m)
    if m["vague"]:
        return make(m, "date", "vague")
    if m["clock"]:
        return make(m, "time", "clock")
    low = m["feast"].lower()
    if low == "christmas" and not MONTH_CUE.search(before(m)):
        return None
    day = (1, 1) if "year" in low and "day" in low else (12, 31) if "year" in low else (12, 24) if "eve" in low \
        else (12, 26) if "boxing" in low else (12, 25)  # fmt: skip
    return make(m, "date", "day", year=whole(m["fyear"]), month=day[0], day=day[1])


def _since(m: re.Match[str]) -> TimeExpression:
    low = m["since"].lower()
    if low.startswith("the "):
        unit, side = low.split()[1:]
        return make(m, "date", "offset", amount=1, unit=unit, shift=-1 if side == "before" else 1,
                    anchor=_anchor(m, side))  # fmt: skip
    return make(m, "date", "back", unit="time", shift=0, preposition=low.split()[0])
