"""The network at work: sentences in, scores of every head out, each sentence encoded once.

Three graphs share the work: one encodes sentences and scores their words, one scores pairs of mentions against what the
first has computed, one gives the roles of words. Batches are made of one call's sentences alone, so that what a
sentence yields never depends on what else is read that day.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from .decode import Floats, softmax
from .encoding import CLS, SEP, SLOTS, Encoded, encode, tokenizer
from .gazetteer import Line
from .weights import Weights, find_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Ints = npt.NDArray[np.int64]
T = TypeVar("T")
Span = tuple[int, int]
Pair = tuple[Span | None, Span | None]
"""Source and target as words of the sentence (first, and behind the last); None is nobody."""

BATCH: Final = 16
"""Windows of a batch."""
PIECES: Final = 2_048
"""Word pieces of a batch, padding included."""
WINDOW: Final = 96
"""Word pieces of neighbouring sentences that are read together."""
LONGEST: Final = 256
OVERLAP: Final = 48
"""A longer sentence is read in parts that overlap."""
PAIRS: Final = 64
"""Pairs of a sentence that are scored in one go; more are scored in several."""
ROWS: Final = 4
"""Sentences whose pairs are scored in one go: all pay for the one with the most."""
THREADS: Final = "FOEDERA_THREADS"
PROVIDER: Final = "FOEDERA_PROVIDER"


class Heads(Mapping[str, Floats]):
    """The scores of a pair by head, cut out when they are asked for."""

    __slots__ = ("_scores", "_slices")

    def __init__(self, scores: Floats, slices: Mapping[str, slice]) -> None:
        self._scores, self._slices = scores, slices

    def __getitem__(self, head: str) -> Floats:
        found: Floats = self._scores[self._slices[head]]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._slices)

    def __len__(self) -> int:
        return len(self._slices)


@dataclass(slots=True)
class Scored:
    """What the network says of a sentence of w words.

    Attributes:
        tags: Scores of the words by head, each (w, labels).
        fact: Factuality of each word as a predicate, -3 to 3, (w,).
        links: Scores of every word as source and content of every cue, (w, w, 2).
        related: A first look at the words as source and target of some relation, (w, w); high for related.
        pairs: The pairs that were asked for, with the scores of each head.
        triggers: For each pair the scores of the words as its trigger, (w,).
        vectors: The words as the heads see them, (w, width).
    """

    tags: dict[str, Floats]
    fact: Floats
    links: Floats
    related: Floats
    vectors: Floats
    pairs: list[tuple[Pair, Mapping[str, Floats]]] = field(default_factory=list)
    triggers: list[Floats] = field(default_factory=list)


Chooser = Callable[[int, int, Scored], Sequence[Pair]]
"""Index of a sentence, its first word that is shown, and the scores of the words that are shown → pairs of those.

A sentence of common length is shown whole, from word 0; of a longer one a part at a time."""


class Network:
    """The three graphs with their labels."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        card = weights.card
        self.tokenizer = tokenizer(weights.file("tokenizer.json"))
        self._tags = _slices({head: len(labels) for head, labels in card["tags"].items()})
        self._heads = _slices(card["pair_heads"])
        self._threads = _threads()
        self._sentences, self._pairs = _session(weights, "sentences"), _session(weights, "pairs")
        self._outputs = [o.name for o in self._sentences.get_outputs()]
        self._kept = [name for name in self._outputs if name.startswith(("key", "value"))]

    @cached_property
    def _roles(self) -> InferenceSession:
        """The graph of roles, which reading an article does not need."""
        return _session(self.weights, "roles")

    @property
    def threshold(self) -> float:
        """Probability of some relation from which a pair is taken to be related."""
        return float(self.weights.card.get("threshold", 0.5))

    @property
    def glance(self) -> float:
        """Mean of `Scored.related` over the words of a pair below which the pair is taken to be unrelated at once."""
        return float(self.weights.card.get("glance", -np.inf))

    def temperature(self, head: str) -> float:
        """What the scores of a head are divided by so that its probabilities are frequencies (Guo et al. 2017)."""
        return float(self.weights.card.get("temperatures", {}).get(head, 1.0))

    def type_shares(self, scores: Floats, suggested: Sequence[int] | None = None) -> npt.NDArray[np.float64]:
        """Calibrated probabilities of "none" and of each type from the scores of the head ``type``.

        Training shows fewer unrelated pairs than texts hold, so "none" has an offset of its own beside the temperature.

        Args:
            scores: (types,), or (pairs, types).
            suggested: For each pair the index of the type that the predicate table has for it, 0 for none. How much
                that weighs is fitted on held-out pairs.
        """
        shifted = scores.astype(np.float64)
        shifted[..., 0] += float(self.weights.card.get("none_offset", 0.0))
        if suggested is not None:
            at = np.flatnonzero(suggested)
            shifted[at, np.asarray(suggested)[at]] += float(self.weights.card.get("table_bonus", 0.0))
        return softmax(shifted, self.temperature("type"))

    def encode(self, text: str, spans: Sequence[Span], lines: Sequence[Line] | None = None) -> list[Encoded]:
        """The sentences of a text as the network takes them; ``lines`` are their tokens where they are known."""
        return encode(text, spans, self.tokenizer, lines)

    def read(
        self, sentences: Sequence[Encoded], choose: Chooser | None = None, *, joined: bool = False
    ) -> list[Scored]:
        """Score sentences, and the pairs of mentions that ``choose`` picks in each.

        Args:
            sentences: In the order of the text.
            choose: Picks pairs from the tags of a sentence; None for no pairs.
            joined: Read neighbours together, so that one sees the other.
        """
        parts = [p for k, e in enumerate(sentences) for p in _parts(k, e)]
        found: dict[int, list[tuple[_Part, Scored]]] = {}
        for done in self._each(_batches(_windows(parts, joined)), lambda batch: self._run(batch, choose)):
            for part, scored in done:
                found.setdefault(part.sentence, []).append((part, scored))
        return [_merged(found.get(k, []), len(e.first), self) for k, e in enumerate(sentences)]

    def bare(self, sentences: Sequence[Encoded]) -> None:
        """Encode sentences in the batches of `read` and score nothing: what speed is compared with."""
        parts = [p for k, e in enumerate(sentences) for p in _parts(k, e)]
        batches = _batches(_windows(parts, joined=False))
        for _ in self._each(batches, lambda batch: self._sentences.run(["words"], _arrays(batch).inputs())):
            pass

    def roles(self, scored: Scored, words: Sequence[int]) -> Floats:
        """Scores of the roles of every word to each of some words, (len(words), w, roles)."""
        (out,) = self._roles.run(None, {"words": scored.vectors[None]})
        chosen: Floats = out[0][list(words)]
        return chosen

    def _each(self, batches: Iterator[list[_Window]], work: Callable[[list[_Window]], T]) -> Iterator[T]:
        """Work on batches side by side, one to a thread, which wastes less than many threads on one; in their order."""
        waiting = list(batches)
        if len(waiting) < 2 or self._threads < 2:
            yield from map(work, waiting)
            return
        with ThreadPoolExecutor(min(self._threads, len(waiting))) as pool:
            yield from pool.map(work, waiting)

    def _run(self, batch: list[_Window], choose: Chooser | None) -> list[tuple[_Part, Scored]]:
        arrays = _arrays(batch)
        outputs = dict(zip(self._outputs, self._sentences.run(None, arrays.inputs()), strict=True))
        # Heads over rare words are shy, so what is outside of every span counts as much less as was fitted.
        for head, shy in self.weights.card.get("shyness", {}).items():
            outputs["tags"][:, :, self._tags[head].start] -= shy
        placed: list[tuple[int, int, _Part, Scored]] = []
        for row, window in enumerate(batch):
            at = 0
            for part in window:
                words = slice(at, at + part.words)
                tags = outputs["tags"][row, words]
                scored = Scored({h: tags[:, s] for h, s in self._tags.items()}, tags[:, -1],
                                outputs["links"][row, words, words, :2], outputs["links"][row, words, words, 2],
                                outputs["words"][row, words])  # fmt: skip
                placed.append((row, at, part, scored))
                at += part.words
        if choose is not None:
            self._score_pairs(arrays, outputs, placed, choose)
        return [(part, scored) for _, _, part, scored in placed]

    def _score_pairs(
        self, arrays: _Arrays, outputs: dict[str, Floats], placed: list[tuple[int, int, _Part, Scored]],
        choose: Chooser,
    ) -> None:  # fmt: skip
        wanted: list[tuple[int, int, Pair, Scored]] = []
        for row, at, part, scored in placed:
            chosen = choose(part.sentence, part.first, scored)
            wanted += [(row, at, pair, scored) for pair in chosen if _is_shown(pair, part.words)]
        columns = np.zeros(len(arrays.mask), dtype=np.int64)
        turns: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        for k, (row, *_) in enumerate(wanted):
            column = int(columns[row])
            columns[row] += 1
            turns.setdefault((row // ROWS, column // PAIRS), []).append((k, row % ROWS, column % PAIRS))
        for (first, _), turn in turns.items():
            self._score_turn(arrays, outputs, wanted, slice(first * ROWS, (first + 1) * ROWS), turn)

    def _score_turn(
        self, arrays: _Arrays, outputs: dict[str, Floats], wanted: list[tuple[int, int, Pair, Scored]], part: slice,
        turn: list[tuple[int, int, int]],
    ) -> None:  # fmt: skip
        """Score some pairs, each (its index, its row in the part of the batch, its column)."""
        rows, cols = np.array([row for _, row, _ in turn]), np.array([column for *_, column in turn])
        moved = [_moved(wanted[k][2], wanted[k][1]) for k, *_ in turn]
        spans, region = pair_arrays(moved, rows, cols, arrays.sentence[part], arrays.piece_word[part])
        given = {"spans": spans, "region": region, "mask": arrays.mask[part]}
        given |= {name: outputs[name][part] for name in ("words", *self._kept)}
        scores, trigger = self._pairs.run(None, given)
        for k, row, column in turn:
            _, at, pair, scored = wanted[k]
            scored.pairs.append((pair, Heads(scores[row, column], self._heads)))
            scored.triggers.append(trigger[row, column, at : at + len(scored.fact)])


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or a stretch of one that is too long: words ``first`` to ``last`` of it."""

    sentence: int
    encoded: Encoded
    first: int
    last: int
    low: int
    high: int
    whole: bool

    @property
    def words(self) -> int:
        return self.last - self.first

    @property
    def size(self) -> int:
        return self.high - self.low


_Window = list[_Part]


def _parts(k: int, e: Encoded) -> Iterator[_Part]:
    """A sentence in stretches of at most LONGEST pieces that overlap."""
    words, pieces = len(e.first), len(e.pieces)
    if pieces <= LONGEST:
        if words:
            yield _Part(k, e, 0, words, 0, pieces, True)
        return
    ends = np.append(e.first[1:], pieces)
    first = 0
    while True:
        last = max(first + 1, int(np.searchsorted(ends, e.first[first] + LONGEST, side="right")))
        yield _Part(k, e, first, last, int(e.first[first]), int(ends[last - 1]), False)
        if last >= words:
            return
        first = max(first + 1, int(np.searchsorted(e.first, ends[last - 1] - OVERLAP)))


def _windows(parts: Sequence[_Part], joined: bool) -> list[_Window]:
    out: list[_Window] = []
    size = 0
    for part in parts:
        if joined and out and size + part.size <= WINDOW and part.sentence == out[-1][-1].sentence + 1:
            out[-1].append(part)
            size += part.size
        else:
            out.append([part])
            size = part.size
    return out


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of like length, the order of the text among equals."""
    ordered = sorted(windows, key=lambda w: sum(p.size for p in w))
    batch: list[_Window] = []
    for window in ordered:
        length = sum(p.size for p in window) + 2
        if batch and (len(batch) >= BATCH or (len(batch) + 1) * length > PIECES):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


@dataclass(slots=True)
class _Arrays:
    """A batch as arrays, padded with zeros; ``sentence`` and ``piece_word`` with -1."""

    pieces: Ints
    features: Ints
    mask: Floats
    first: Ints
    piece_word: Ints
    sentence: Ints

    def inputs(self) -> dict[str, Any]:
        """What the first graph takes."""
        return {"pieces": self.pieces, "features": self.features, "mask": self.mask, "first": self.first}


def _arrays(batch: list[_Window]) -> _Arrays:
    rows = len(batch)
    length = max(sum(p.size for p in w) for w in batch) + 2
    words = max(sum(p.words for p in w) for w in batch)
    out = _Arrays(
        np.zeros((rows, length), dtype=np.int64), np.zeros((rows, length, SLOTS), dtype=np.int64),
        np.zeros((rows, length), dtype=np.float32), np.zeros((rows, words), dtype=np.int64),
        np.full((rows, length), -1, dtype=np.int64), np.full((rows, words), -1, dtype=np.int64),
    )  # fmt: skip
    for row, window in enumerate(batch):
        piece, word = 1, 0
        out.pieces[row, 0] = CLS
        for k, part in enumerate(window):
            e, here = part.encoded, slice(piece, piece + part.size)
            out.pieces[row, here] = e.pieces[part.low : part.high]
            out.features[row, here] = e.features[part.low : part.high]
            firsts = e.first[part.first : part.last] - part.low
            out.first[row, word : word + part.words] = firsts + piece
            sizes = np.diff(np.append(firsts, part.size))
            out.piece_word[row, here] = np.repeat(np.arange(word, word + part.words), sizes)
            out.sentence[row, word : word + part.words] = k
            piece += part.size
            word += part.words
        out.pieces[row, piece] = SEP
        out.mask[row, : piece + 1] = 1
    return out


def pair_arrays(
    pairs: Sequence[Pair], rows: Ints, columns: Ints, sentence: Ints, piece_word: Ints
) -> tuple[Floats, Ints]:
    """Pairs as the decoder takes them.

    Args:
        pairs: Spans of words in their window.
        rows, columns: Where each pair stands in the batch.
        sentence: Sentence of each word, (batch, words), -1 for padding.
        piece_word: Word of each piece, (batch, pieces), -1 for none.

    Returns:
        Words of source and target, (batch, pairs, 2, words); and where each piece stands to the pair, (batch, pairs,
        pieces): 0 elsewhere, 1 in the source, 2 in the target, 3 before both, 4 between with the source first, 5
        between with the target first, 6 behind both.
    """
    batch, words = sentence.shape
    source = np.array([p[0] or (0, 0) for p in pairs], dtype=np.int64)
    target = np.array([p[1] or (0, 0) for p in pairs], dtype=np.int64)
    lone_s, lone_t = np.array([p[1] is None for p in pairs]), np.array([p[0] is None for p in pairs])
    low = np.where(lone_t, target[:, 0], np.where(lone_s, source[:, 0], np.minimum(source[:, 0], target[:, 0])))
    high = np.maximum(source[:, 1], target[:, 1])
    forward = lone_s | lone_t | (source[:, 0] <= target[:, 0])
    at = np.arange(words)
    where = np.where(at < low[:, None], 3, np.where(at >= high[:, None], 6, np.where(forward, 4, 5)[:, None]))
    held = [(at >= s[:, :1]) & (at < s[:, 1:]) for s in (source, target)]
    where[held[0]] = 1
    where[held[1]] = 2
    anchor = np.where(lone_t, target[:, 0], source[:, 0])
    where[sentence[rows] != sentence[rows, anchor][:, None]] = 0
    here = piece_word[rows]
    found = np.take_along_axis(where, np.clip(here, 0, None), axis=1)
    found[here < 0] = 0
    most = int(columns.max()) + 1
    spans = np.zeros((batch, most, 2, words), dtype=np.float32)
    region = np.zeros((batch, most, piece_word.shape[1]), dtype=np.int64)
    spans[rows, columns, 0], spans[rows, columns, 1] = held
    region[rows, columns] = found
    return spans, region


def _is_shown(pair: Pair, words: int) -> bool:
    return any(pair) and all(span is None or (span[0] >= 0 and span[1] <= words) for span in pair)


def _moved(pair: Pair, by: int) -> Pair:
    source, target = pair
    return (
        None if source is None else (source[0] + by, source[1] + by),
        None if target is None else (target[0] + by, target[1] + by),
    )


def _merged(found: list[tuple[_Part, Scored]], words: int, network: Network) -> Scored:
    """The scores of a sentence from those of its parts: of words in two parts, those farther from an edge."""
    if len(found) == 1 and found[0][0].whole:
        return found[0][1]
    found = sorted(found, key=lambda f: f[0].first)
    return _joined(found, words, network)


def _joined(found: list[tuple[_Part, Scored]], words: int, network: Network) -> Scored:
    card = network.weights.card
    width = found[0][1].vectors.shape[1] if found else 1
    out = Scored(
        {h: np.zeros((words, len(labels)), dtype=np.float32) for h, labels in card["tags"].items()},
        np.zeros(words, dtype=np.float32), np.full((0, 0, 2), -1e4, dtype=np.float32),
        np.full((0, 0), -1e4, dtype=np.float32),
        np.zeros((words, width), dtype=np.float32),
    )  # fmt: skip
    out.links = np.full((words, words, 2), -1e4, dtype=np.float32) if words <= 4 * LONGEST else out.links
    for k, (part, scored) in enumerate(found):
        # Half of what two parts share belongs to each.
        low = part.first if k == 0 else (part.first + found[k - 1][0].last) // 2
        high = part.last if k == len(found) - 1 else (part.last + found[k + 1][0].first) // 2
        ours, theirs = slice(low, high), slice(low - part.first, high - part.first)
        for head, row in scored.tags.items():
            out.tags[head][ours] = row[theirs]
        out.fact[ours], out.vectors[ours] = scored.fact[theirs], scored.vectors[theirs]
        if out.links.size:
            out.links[ours, ours] = scored.links[theirs, theirs]
        seen = {pair for pair, _ in out.pairs}
        for (pair, heads), trigger in zip(scored.pairs, scored.triggers, strict=True):
            moved = _moved(pair, part.first)
            if moved not in seen:
                out.pairs.append((moved, heads))
                row = np.full(words, -1e4, dtype=np.float32)
                row[part.first : part.last] = trigger
                out.triggers.append(row)
    return out


def _slices(sizes: dict[str, int]) -> dict[str, slice]:
    out, at = {}, 0
    for name, size in sizes.items():
        out[name] = slice(at, at + size)
        at += size
    return out


def _threads() -> int:
    return max(1, int(os.environ.get(THREADS) or min(4, os.cpu_count() or 1)))


def _session(weights: Weights, name: str) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    wanted = os.environ.get(PROVIDER)
    providers = [wanted, "CPUExecutionProvider"] if wanted else ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(weights.file(f"{name}.onnx")), options, providers=providers)


@cache
def network() -> Network:
    """The network with the weights at hand, loaded once per process."""
    return Network(find_weights())
