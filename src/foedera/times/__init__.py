"""Calendars and the normaliser of time expressions."""

from .expression import TIME_FORMS, Anchor, TimeExpression, TimeForm, TimeKind
from .finder import find_times
from .normalise import normalise
from .relative import Tense
from .timex import TIMEX_TYPES, timex_value
from .words import MONTH_NAMES, WEEKDAY_NAMES

__all__ = [
    "MONTH_NAMES", "TIMEX_TYPES", "TIME_FORMS", "WEEKDAY_NAMES", "Anchor", "Tense", "TimeExpression", "TimeForm",
    "TimeKind", "find_times", "normalise", "timex_value",
]  # fmt: skip
