"""Finds time expressions: a few passes of compiled patterns, then the longest of what overlaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from . import grammar as g
from .build import build_days, build_months, build_numeric, build_period
from .build_counted import build_clock, build_count, build_relative
from .expression import TimeExpression
from .years import YearGuard

_BUILDERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TimeExpression | None]], ...]] = (
    (g.DAYS, build_days),
    (g.NUMERIC, build_numeric),
    (g.MONTHS, build_months),
    (g.PERIODS, build_period),
    (g.RELATIVE, build_relative),
    (g.COUNTS, build_count),
    (g.OTHERS, build_clock),
)
_PREPOSITION: Final = re.compile(
    r"\b(in|on|at|by|since|until|till|before|after|during|from|of|through|throughout|between|to|for|within|over|around|"
    r"about|starting|beginning|ending|effective)(?:\s(?:the|in|on|about|around))?\s{1,2}\Z",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 24


def find_times(text: str) -> list[TimeExpression]:
    """The time expressions of a text.

    Args:
        text: Any text. Linear in its length.

    Returns:
        Expressions in the order of the text, not overlapping. Numbers that count things are left out, and so are
        "may" the verb, "March" the verb and names of people such as "April" where nothing marks a month.
    """
    found = sorted(_candidates(text), key=lambda e: (e.start, -e.end))
    kept: list[TimeExpression] = []
    for expression in found:
        if kept and expression.start < kept[-1].end:
            if expression.end - expression.start > kept[-1].end - kept[-1].start:
                kept[-1] = expression
            continue
        kept.append(expression)
    return [_with_preposition(e, text) for e in kept]


def _candidates(text: str) -> Iterator[TimeExpression]:
    for pattern, build in _BUILDERS:
        for match in pattern.finditer(text):
            if (expression := build(match)) is not None:
                yield expression
    guard = YearGuard()
    for match in g.YEARS.finditer(text):
        if (expression := guard.build(match)) is not None:
            yield expression


def _with_preposition(expression: TimeExpression, text: str) -> TimeExpression:
    if expression.preposition is not None:
        return expression
    match = _PREPOSITION.search(text[max(0, expression.start - _LOOK_BACK) : expression.start])
    return replace(expression, preposition=match[1].lower()) if match else expression
