"""Calendars and the normaliser of time expressions."""

from .expression import TIME_FORMS, Anchor, TimeExpression, TimeForm, TimeKind
from .finder import find_times
from .normalise import normalise
from .relative import Tense
from .words import MONTH_NAMES, WEEKDAY_NAMES

__all__ = [
    "MONTH_NAMES", "TIME_FORMS", "WEEKDAY_NAMES", "Anchor", "Tense", "TimeExpression", "TimeForm", "TimeKind",
    "find_times", "normalise",
]  # fmt: skip
