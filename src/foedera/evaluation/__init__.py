"""Scores what Foedera finds against gold: the benchmarks behind ``foedera evaluate``.

Every function takes `process`, which reads one page, or `network`, which scores sentences, and returns fractions of 1
with a bootstrap interval beside each.
"""

from .attribution import evaluate_attribution
from .claims import KINDS, evaluate_claims, score_claims
from .entities import evaluate_entities
from .events import evaluate_events, score_events
from .extraction import evaluate_extraction
from .factuality import evaluate_factuality
from .gold import Process
from .hygiene import evaluate_hygiene
from .publication import evaluate_publication_dates
from .relations import evaluate_relations
from .timexes import evaluate_times

__all__ = [
    "KINDS", "Process", "evaluate_attribution", "evaluate_claims", "evaluate_entities", "evaluate_events",
    "evaluate_extraction", "evaluate_factuality", "evaluate_hygiene", "evaluate_publication_dates",
    "evaluate_relations", "evaluate_times", "score_claims", "score_events",
]  # fmt: skip
