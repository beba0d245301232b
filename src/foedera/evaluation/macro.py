"""Macro F1: the mean over classes, with an interval from resampled items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .bootstrap import DIGITS, RESAMPLES, SEED


def macro_figures(
    prefix: str, gold: Sequence[str], guess: Sequence[str], *, accuracy: bool = False, by: str | None = None
) -> dict[str, Any]:
    """Macro F1 over the classes of the gold, each counted alike.

    Args:
        prefix: Put before ``macro_f1`` and ``accuracy``.
        gold, guess: The class of each item.
        accuracy: Whether accuracy is given too.
        by: Name under which F1 by class is given, None for not at all.
    """
    classes = sorted(set(gold))
    names = {c: k for k, c in enumerate(sorted({*gold, *guess}))}
    table = np.array([[names[a], names[b]] for a, b in zip(gold, guess, strict=True)])
    kept = [names[c] for c in classes]
    random = np.random.Generator(np.random.PCG64(SEED))
    draws = random.integers(0, len(table), size=(RESAMPLES, len(table)))
    resampled = np.array([_scores(table[d], kept, len(names)) for d in draws])
    whole = _scores(table, kept, len(names))
    out: dict[str, Any] = {}
    _put(out, f"{prefix}macro_f1", float(whole.mean()), resampled.mean(axis=1))
    if accuracy:
        right = table[:, 0] == table[:, 1]
        _put(out, f"{prefix}accuracy", float(right.mean()), right[draws].mean(axis=1))
    if by:
        out[by] = {c: round(float(f), DIGITS) for c, f in zip(classes, whole, strict=True)}
    return out


def _scores(table: npt.NDArray[np.int64], kept: Sequence[int], count: int) -> npt.NDArray[np.float64]:
    """F1 of each class; 0 where neither gold nor guess has it."""
    both = np.bincount(table[table[:, 0] == table[:, 1], 0], minlength=count)
    sizes = np.bincount(table[:, 0], minlength=count) + np.bincount(table[:, 1], minlength=count)
    out: npt.NDArray[np.float64] = 2 * both[kept] / np.maximum(sizes[kept], 1)
    return out


def _put(out: dict[str, Any], name: str, value: float, resampled: npt.NDArray[np.float64]) -> None:
    low, high = np.percentile(resampled, [2.5, 97.5])
    out[name], out[f"{name}_low"], out[f"{name}_high"] = (round(float(x), DIGITS) for x in (value, low, high))
