"""Scores what Foedera finds against gold: the benchmarks behind ``foedera evaluate``.

Every function takes `process`, which reads one page, and returns fractions of 1 with a bootstrap interval beside each.
"""

from .claims import KINDS, evaluate_claims, score_claims
from .events import evaluate_events, score_events
from .extraction import evaluate_extraction
from .gold import Process
from .hygiene import evaluate_hygiene
from .publication import evaluate_publication_dates

__all__ = [
    "KINDS", "Process", "evaluate_claims", "evaluate_events", "evaluate_extraction", "evaluate_hygiene",
    "evaluate_publication_dates", "score_claims", "score_events",
]  # fmt: skip
