"""Labelled sentences in the form in which the model is trained on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from foedera.language.encoding import Encoded, Ints
from foedera.language.labels import ENTITIES, MENTIONS, SPEECH, spans

IGNORED: Final = -100
"""Marks a word that a head is not trained on."""

TAG_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "entity": spans(*ENTITIES),
    "mention": spans(*MENTIONS),
    "time": spans("time"),
    **{layer: spans(layer) for layer in SPEECH},
    "predicate": ("O", "predicate"),
    "upos": ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
             "SCONJ", "SYM", "VERB", "X"),
}  # fmt: skip

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A directed pair of mentions with what holds between them. Spans are words; None is nobody.

    Attributes:
        source, target: First word and word behind the last.
        types: Index of each type that holds, any of them right; empty where the type is not known.
        joined: The types are one class to the annotator (PLV's YIELD), not several events.
        modes: Indices of modes, None where they are not known.
        status: Index, or None.
        alleged, symmetric: None where not known.
        trigger: First word of the trigger, or None.
        stance: Index of the stance of the source (a speaker) towards the target, or None.
        stage: Index of the stage that the source (an agreement) reaches, or None.
    """

    source: Span | None
    target: Span | None
    types: tuple[int, ...] = ()
    joined: bool = False
    modes: tuple[int, ...] | None = None
    status: int | None = None
    alleged: bool | None = None
    symmetric: bool | None = None
    trigger: int | None = None
    stance: int | None = None
    stage: int | None = None

    def moved(self, by: int) -> Pair:
        """The same pair in a text whose words are counted from elsewhere."""
        return replace(self, source=_moved(self.source, by), target=_moved(self.target, by),
                       trigger=None if self.trigger is None else self.trigger + by)  # fmt: skip


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, or several in a row, with the labels that are known.

    Attributes:
        pieces, features, first: As in `Encoded`.
        sentence: Index of the sentence of each word, shape (w,).
        tags: Label of each word, by head; a head that is absent is not trained here.
        roles: For each predicate (its word), the role of every word, shape (w,).
        facts: Words with their factuality.
        links: (cue, source or -1, content or -1): first words of the parts of an attribution.
        pairs: Directed pairs.
        group: What may stand beside it in a window: a document, or a corpus where order means nothing.
    """

    pieces: Ints
    features: Ints
    first: Ints
    sentence: Ints
    tags: Mapping[str, Ints] = field(default_factory=dict)
    roles: Mapping[int, Ints] | None = None
    facts: tuple[tuple[int, float], ...] = ()
    links: tuple[tuple[int, int, int], ...] | None = None
    pairs: tuple[Pair, ...] = ()
    group: str = ""

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.first)


def example(encoded: Encoded, group: str) -> Example:
    """An example without labels."""
    words = len(encoded.first)
    return Example(encoded.pieces, encoded.features, encoded.first, np.zeros(words, dtype=np.int64), group=group)


def outside(words: int) -> Ints:
    """A row of labels that says: outside every span."""
    return np.zeros(words, dtype=np.int64)


def marked(encoded: Encoded, found: Iterable[tuple[int, int, str]], labels: Sequence[str]) -> Ints:
    """The labels of the words for spans of characters with a kind; of spans that overlap the first counts."""
    row = outside(len(encoded.first))
    for start, end, kind in found:
        words = encoded.word_at(start, end)
        if words and not row[words[0] : words[1]].any():
            row[words[0] : words[1]] = labels.index(f"I-{kind}")
            row[words[0]] = labels.index(f"B-{kind}")
    return row


def window(parts: Sequence[Example]) -> Example:
    """Sentences as one text: what one lacks is not trained on in its words."""
    if len(parts) == 1:
        return parts[0]
    pieces = np.cumsum([0, *(len(p.pieces) for p in parts)])
    words = np.cumsum([0, *(p.words for p in parts)])
    heads = {h for p in parts for h in p.tags}
    with_roles = [p.roles for p in parts]
    return Example(
        np.concatenate([p.pieces for p in parts]),
        np.concatenate([p.features for p in parts]),
        np.concatenate([p.first + k for p, k in zip(parts, pieces, strict=False)]),
        np.concatenate([np.full(p.words, k, dtype=np.int64) for k, p in enumerate(parts)]),
        {h: np.concatenate([p.tags.get(h, np.full(p.words, IGNORED, dtype=np.int64)) for p in parts]) for h in heads},
        None if not any(with_roles) else {
            i + k: np.pad(row, (int(k), int(words[-1] - k - p.words)), constant_values=IGNORED)
            for p, k in zip(parts, words, strict=False) for i, row in (p.roles or {}).items()
        },
        tuple((i + int(k), v) for p, k in zip(parts, words, strict=False) for i, v in p.facts),
        None if all(p.links is None for p in parts) else tuple(
            (c + int(k), s + int(k) if s >= 0 else -1, t + int(k) if t >= 0 else -1)
            for p, k in zip(parts, words, strict=False) for c, s, t in p.links or ()
        ),
        tuple(pair.moved(int(k)) for p, k in zip(parts, words, strict=False) for pair in p.pairs),
        parts[0].group,
    )  # fmt: skip
