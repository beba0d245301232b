"""Calendars and the normaliser of time expressions."""

from .expression import TIME_FORMS, Anchor, TimeExpression, TimeForm, TimeKind
from .finder import find_times
from .normalise import normalise
from .relative import Tense

__all__ = ["TIME_FORMS", "Anchor", "Tense", "TimeExpression", "TimeForm", "TimeKind", "find_times", "normalise"]
