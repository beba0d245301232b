"""Examples → batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
from torch import Tensor

from foedera.language.encoding import CLS, SEP, SLOTS, Ints
from foedera.language.labels import MODES
from foedera.language.network import pair_arrays

from .examples import IGNORED, Example, Pair, window

PIECES: int = 2_600
"""Word pieces of a batch, padding included."""


@dataclass(slots=True)
class Batch:
    """Examples side by side, padded; see `collate` for the shapes."""

    examples: list[Example]
    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    piece_word: Tensor
    sentence: Tensor
    tags: dict[str, Tensor]
    pairs: list[list[Pair]]
    spans: Tensor | None
    region: Tensor | None

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        for name in ("pieces", "features", "mask", "first", "piece_word", "sentence", "spans", "region"):
            value = getattr(self, name)
            setattr(self, name, None if value is None else value.to(device))
        self.tags = {k: v.to(device) for k, v in self.tags.items()}
        return self


def collate(examples: Sequence[Example], rng: random.Random | None = None, pairs: int = 48) -> Batch:
    """Pad and stack. With ``rng`` at most ``pairs`` pairs an example are kept, the typed ones first."""
    count = len(examples)
    length = max(len(e.pieces) for e in examples) + 2
    words = max(e.words for e in examples)
    pieces = np.zeros((count, length), dtype=np.int64)
    features = np.zeros((count, length, SLOTS), dtype=np.int64)
    mask = np.zeros((count, length), dtype=np.float32)
    first = np.zeros((count, words), dtype=np.int64)
    piece_word = np.full((count, length), -1, dtype=np.int64)
    sentence = np.full((count, words), -1, dtype=np.int64)
    heads = {h for e in examples for h in e.tags}
    tags = {h: np.full((count, words), IGNORED, dtype=np.int64) for h in heads}
    for k, e in enumerate(examples):
        n = len(e.pieces)
        pieces[k, 0], pieces[k, 1 : n + 1], pieces[k, n + 1] = CLS, e.pieces, SEP
        features[k, 1 : n + 1] = e.features
        mask[k, : n + 2] = 1
        first[k, : e.words] = e.first + 1
        sizes = np.diff(np.append(e.first, n))
        piece_word[k, 1 : n + 1] = np.repeat(np.arange(e.words), sizes)
        sentence[k, : e.words] = e.sentence
        for h, row in e.tags.items():
            tags[h][k, : e.words] = row
    kept = [_kept(e.pairs, rng, pairs) for e in examples]
    spans = region = None
    if any(kept):
        spans, region = _pair_tensors(kept, sentence, piece_word)
    return Batch(
        list(examples), torch.from_numpy(pieces), torch.from_numpy(features), torch.from_numpy(mask),
        torch.from_numpy(first), torch.from_numpy(piece_word), torch.from_numpy(sentence),
        {h: torch.from_numpy(v) for h, v in tags.items()}, kept, spans, region,
    )  # fmt: skip


def _kept(found: Sequence[Pair], rng: random.Random | None, most: int) -> list[Pair]:
    if rng is None or len(found) <= most:
        return list(found)
    typed = [p for p in found if p.types != (0,) or p.stance is not None]
    rest = [p for p in found if p.types == (0,) and p.stance is None]
    return (typed + rng.sample(rest, min(len(rest), max(0, most - len(typed)))))[:most]


def _pair_tensors(kept: list[list[Pair]], sentence: Ints, piece_word: Ints) -> tuple[Tensor, Tensor]:
    rows = [k for k, found in enumerate(kept) for _ in found]
    columns = [p for found in kept for p in range(len(found))]
    pairs = [(p.source, p.target) for found in kept for p in found]
    spans, region = pair_arrays(pairs, np.array(rows), np.array(columns), sentence, piece_word)
    return torch.from_numpy(spans), torch.from_numpy(region)


def windows(examples: Sequence[Example], rng: random.Random, share: float, most: int = 110) -> list[Example]:
    """Join neighbours of a group into windows of at most ``most`` pieces; ``share`` of the groups' runs are joined."""
    out: list[Example] = []
    for _, run in groupby(examples, key=lambda e: e.group):
        held: list[Example] = []
        size = 0
        limit = most if rng.random() < share else 0
        for e in run:
            if held and size + len(e.pieces) > limit:
                out.append(window(held))
                held, size = [], 0
                limit = most if rng.random() < share else 0
            held.append(e)
            size += len(e.pieces)
        out.append(window(held))
    return out


def batches(examples: Sequence[Example], rng: random.Random | None, pieces: int = PIECES) -> Iterator[Batch]:
    """Batches of examples of like length, in random order with ``rng``, else in order of length."""
    ordered = sorted(examples, key=lambda e: (len(e.pieces), rng.random() if rng else 0))
    groups: list[list[Example]] = []
    for e in ordered:
        if groups and (len(groups[-1]) + 1) * (len(e.pieces) + 2) <= pieces:
            groups[-1].append(e)
        else:
            groups.append([e])
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield collate(group, rng)


def mode_rows(pairs: Sequence[Pair]) -> Tensor:
    """Modes of pairs as 0 and 1, (pairs, modes)."""
    out = torch.zeros(len(pairs), len(MODES))
    for k, pair in enumerate(pairs):
        out[k, list(pair.modes or ())] = 1
    return out
