"""What a model reaches on what it was not trained on, measured without leaving PyTorch: for the table of runs.

The figures that users can repeat come from `foedera evaluate` with the exported weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from foedera.evaluation.relations import QUADS, ROOTS, YIELD
from foedera.language.labels import TYPES

from .batches import Batch, batches
from .examples import IGNORED, TAG_HEADS, Example, Pair
from .model import ReaderModel


@torch.no_grad()
def tagged(model: ReaderModel, examples: Sequence[Example], heads: Sequence[str]) -> dict[str, float]:
    """F1 of each head: of whole spans for entities, mentions and times, of words for the layers of an attribution."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for batch, words in _encoded(model, examples):
        for head in heads:
            if head not in batch.tags:
                continue
            guess = model.taggers[head](words).argmax(-1).cpu().numpy()
            gold = batch.tags[head].cpu().numpy()
            for g, t in zip(guess, gold, strict=True):
                known = t != IGNORED
                if head in ("source", "cue", "content"):
                    found, right = (g[known] > 0), (t[known] > 0)
                    _count(counts[head], int((found & right).sum()), int(found.sum()), int(right.sum()))
                else:
                    a, b = spans(g[known], TAG_HEADS[head]), spans(t[known], TAG_HEADS[head])
                    _count(counts[head], len(a & b), len(a), len(b))
    return {head: f1(*c) for head, c in counts.items()}


def spans(row: np.ndarray, labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Spans of a row of labels; an inside label without a beginning begins one."""
    out: list[tuple[int, int, str]] = []
    for k, label in enumerate(labels[i] for i in row):
        place, _, kind = label.partition("-")
        if place == "I" and out and out[-1][1:] == (k, kind):
            out[-1] = (out[-1][0], k + 1, kind)
        elif kind:
            out.append((k, k + 1, kind))
    return set(out)


def _count(held: list[int], both: int, found: int, right: int) -> None:
    held[0] += both
    held[1] += found
    held[2] += right


def f1(both: int, found: int, right: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * both / (found + right) if both else 0.0


@torch.no_grad()
def factuality(model: ReaderModel, examples: Sequence[Example]) -> float:
    """Pearson's r of the factuality of predicates."""
    guessed: list[float] = []
    gold: list[float] = []
    for batch, words in _encoded(model, [e for e in examples if e.facts]):
        values = model.fact(words).squeeze(-1).cpu().numpy()
        for k, e in enumerate(batch.examples):
            for w, v in e.facts:
                guessed.append(float(values[k, w]))
                gold.append(v)
    return float(np.corrcoef(guessed, gold)[0, 1])


@torch.no_grad()
def pair_scores(
    model: ReaderModel, examples: Sequence[Example]
) -> Iterator[tuple[Example, Pair, dict[str, np.ndarray]]]:
    """The scores of every head for every pair."""
    for batch, words, kept in _encoded_with_keys(model, [e for e in examples if e.pairs]):
        assert batch.spans is not None
        assert batch.region is not None
        mask = (1.0 - batch.mask[:, None, None, :]) * -1e4
        scores = {
            k: v.float().cpu().numpy() for k, v in model.pairs(words, kept, batch.spans, batch.region, mask).items()
        }
        for k, e in enumerate(batch.examples):
            for p, pair in enumerate(batch.pairs[k]):
                yield e, pair, {name: v[k, p] for name, v in scores.items()}


def roots(scores: np.ndarray) -> np.ndarray:
    """Probabilities of PLV's fifteen roots from the scores of our types, none left out."""
    shares = np.exp(scores - scores.max())
    shares[0] = 0
    shares /= shares.sum()
    by = dict(zip(TYPES, shares, strict=True))
    by["YIELD"] = sum(by.pop(t) for t in YIELD)
    return np.array([by[r] for r in ROOTS])


def relations(found: Sequence[tuple[Pair, np.ndarray]]) -> dict[str, float]:
    """Macro F1 of roots and quads over (pair, its type scores)."""
    gold = [_root(p) for p, _ in found]
    shares = np.array([roots(s) for _, s in found])
    guess = [ROOTS[k] for k in shares.argmax(1)]
    by_quad = np.stack([shares[:, [k for k, r in enumerate(ROOTS) if QUADS[r] == q]].sum(1) for q in (1, 2, 3, 4)], 1)
    quad = by_quad.argmax(1) + 1
    return {
        "root": macro_f1(gold, guess), "quad": macro_f1([QUADS[g] for g in gold], [int(q) for q in quad]),
        "accuracy": float(np.mean([a == b for a, b in zip(gold, guess, strict=True)])),
    }  # fmt: skip


def _root(pair: Pair) -> str:
    name = TYPES[pair.types[0]]
    return "YIELD" if name in YIELD else name


def macro_f1(gold: Sequence[object], guess: Sequence[object]) -> float:
    """Mean F1 over the classes of the gold."""
    out = []
    for c in sorted(set(gold), key=str):
        both = sum(a == b == c for a, b in zip(gold, guess, strict=True))
        out.append(f1(both, sum(b == c for b in guess), sum(a == c for a in gold)))
    return float(np.mean(out))


def alarms(found: Sequence[tuple[Pair, np.ndarray]], threshold: float) -> dict[str, float]:
    """False alarms among pairs of two actors without a relation, and what is found of the typed, at a threshold."""
    both = [
        (p, 1 - float(_softmax(s)[0]), int(s[1:].argmax()) + 1) for p, s in found if p.source and p.target and p.types
    ]
    none = [share for p, share, _ in both if p.types == (0,)]
    typed = [(share, kind in p.types) for p, share, kind in both if p.types != (0,)]
    return {
        "false_alarms": float(np.mean([s >= threshold for s in none])) if none else 0.0,
        "found": float(np.mean([s >= threshold for s, _ in typed])) if typed else 0.0,
        "found_right": float(np.mean([s >= threshold and ok for s, ok in typed])) if typed else 0.0,
        "none": len(none), "typed": len(typed),
    }  # fmt: skip


def _softmax(scores: np.ndarray) -> np.ndarray:
    e = np.exp(scores - scores.max())
    return e / e.sum()


def _encoded(model: ReaderModel, examples: Sequence[Example]) -> Iterator[tuple[Batch, Tensor]]:
    for batch, words, _ in _encoded_with_keys(model, examples):
        yield batch, words


def _encoded_with_keys(
    model: ReaderModel, examples: Sequence[Example]
) -> Iterator[tuple[Batch, Tensor, list[tuple[Tensor, Tensor]]]]:
    model.eval()
    device = next(model.parameters()).device
    for batch in batches(examples, None):
        batch = batch.to(device)
        encoding = model.encode(batch.pieces, batch.features, batch.mask, batch.first)
        yield batch, encoding.words, encoding.kept
