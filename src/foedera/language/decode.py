"""Scores of the heads → spans and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Labelled = tuple[int, int, str, float]
"""Words ``first`` to ``last`` (exclusive), kind, and the mean probability of its labels."""


def softmax(scores: npt.NDArray[np.floating[Any]], temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """Probabilities along the last axis."""
    scaled = scores.astype(np.float64) / temperature
    shares: npt.NDArray[np.float64] = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def sigmoid(score: float, temperature: float = 1.0) -> float:
    """Probability of a yes."""
    return float(1 / (1 + np.exp(-np.clip(score / temperature, -50, 50))))


def best_path(scores: Floats, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """The best row of labels in which an inside follows its own beginning or inside (Viterbi without weights)."""
    words, count = scores.shape
    if not words:
        return np.zeros(0, dtype=np.int64)
    greedy: npt.NDArray[np.int64] = scores.argmax(axis=1)
    allowed = _allowed(tuple(labels))
    if _starts(tuple(labels))[greedy[0]] and allowed[greedy[:-1], greedy[1:]].all():
        return greedy
    logs = scores - scores.max(axis=1, keepdims=True)
    logs = logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))
    barred = np.where(allowed, 0.0, -1e6)
    best = logs[0] + np.where(_starts(tuple(labels)), 0.0, -1e6)
    back = np.zeros((words, count), dtype=np.int64)
    for k in range(1, words):
        reached = best[:, None] + barred
        back[k] = reached.argmax(axis=0)
        best = reached.max(axis=0) + logs[k]
    out = np.zeros(words, dtype=np.int64)
    out[-1] = best.argmax()
    for k in range(words - 1, 0, -1):
        out[k - 1] = back[k, out[k]]
    return out


def labelled(scores: Floats, labels: Sequence[str]) -> list[Labelled]:
    """The spans of a head, in order."""
    row = best_path(scores, labels)
    if not row.any():
        return []
    sure = softmax(scores)[np.arange(len(row)), row]
    out: list[Labelled] = []
    for k in np.flatnonzero(row):
        place, _, kind = labels[row[k]].partition("-")
        if place == "I" and out and out[-1][1] == k:
            first, _, kind, total = out[-1]
            out[-1] = (first, int(k) + 1, kind, total + float(sure[k]))
        else:
            out.append((int(k), int(k) + 1, kind, float(sure[k])))
    return [(a, b, kind, total / (b - a)) for a, b, kind, total in out]


@cache
def _starts(labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return np.array([not label.startswith("I-") for label in labels])


@cache
def _allowed(labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels])
