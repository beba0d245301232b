"""How a brief words dates, actors and amounts, and how it quotes text in Markdown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .cells import printable

_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip
_QUARTERS: Final = ("first", "second", "third", "fourth")
_MARKUP: Final = re.compile(r"([\\`*{}\[\]|~#]|(?<!\w)_|_(?!\w))")
_PRONOUNS: Final = frozenset({"he", "her", "him", "his", "i", "it", "its", "she", "their", "them", "they", "us", "we"})
_GUESSED: Final = {"document": "date of the report", "inferred": "inferred", "metadata": "from the file"}


def quoted(text: str) -> str:
    """Text on one line that Markdown and HTML show as it is."""
    line = _MARKUP.sub(r"\\\1", printable(text))
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code_span(text: str) -> str:
    """Text as a code span; a name with backquotes is quoted instead."""
    line = printable(text)
    return quoted(line) if "`" in line else f"`{line}`"


def date_words(date: Mapping[str, Any]) -> str:
    """A date as precise as it is known, with a word where it is a guess."""
    value = date["value"]
    if value is None:
        limits = (("not before", date["low"]), ("not after", date["high"]))
        known = [f"{word} {_day(day)}" for word, day in limits if day]
        return f"undated ({', '.join(known)})" if known else "undated"
    words = _value_words(value, date["granularity"])
    guess = _GUESSED.get(date["basis"])
    return f"{words} ({guess})" if guess else words


def published_words(date: Mapping[str, Any]) -> str:
    """A publication date with its basis."""
    if date["value"] is None:
        return "publication date unknown"
    return f"published {_value_words(date['value'], date['granularity'])} ({date['basis']})"


def _value_words(value: str, granularity: str | None) -> str:
    if granularity == "day":
        return _day(value)
    if granularity == "month":
        return f"{_MONTHS[int(value[5:7]) - 1]} {value[:4]}"
    if granularity == "quarter":
        return f"{_QUARTERS[int(value[-1]) - 1]} quarter of {value[:4]}"
    if granularity == "decade":
        return f"the {value}"
    if granularity == "interval":
        start, _, end = value.partition("/")
        return f"{_any(start)} to {_any(end)}"
    return value


def _any(value: str) -> str:
    from foedera.model import bounds

    return _value_words(value, bounds(value)[0])


def _day(value: str) -> str:
    day = dt.date.fromisoformat(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def actors_words(actors: Sequence[Mapping[str, Any]]) -> str:
    """Actors with their codes, those of one mention together; an actor without a code is quoted as the text has it."""
    named: dict[str, list[Mapping[str, Any]]] = {}
    for actor in actors:
        named.setdefault(actor["name"] or actor["mention"], []).append(actor)
    return ", ".join(_actor(name, found) for name, found in named.items()) or "(not said)"


def _actor(name: str, actors: Sequence[Mapping[str, Any]]) -> str:
    codes = ", ".join(" ".join(filter(None, (a["code"], a["sector"]))) for a in actors if a["code"])
    if not codes:
        return f"“{quoted(name)}” (not identified)"
    bare = name.casefold() in _PRONOUNS or any(name == actor["code"] for actor in actors)
    return quoted(codes) if bare else f"{quoted(name)} ({quoted(codes)})"


def codes_words(codes: Sequence[str]) -> str:
    """Codes in a row."""
    return ", ".join(quoted(code) for code in codes) or "(not said)"


def amount_words(figure: Mapping[str, Any]) -> str:
    """An amount with its unit."""
    value = figure["value"]
    number = "(not given)" if value is None else f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"
    unit = figure["currency"] or figure["unit"]
    return quoted(f"{'about ' if figure['approximate'] else ''}{number} {unit}".strip())
