"""Text → what the encoder takes: word pieces, and for each piece what the tables know of its word.

The encoder does not see capitals; the shape of a word and the tables of names tell it what it misses.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from foedera.knowledge import name_words
from foedera.times import TimeExpression, find_times

from .gazetteer import Gazetteer, Line, gazetteer
from .labels import TYPES
from .lexicon import Rule, lexicon
from .tokens import Token

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

CLS: Final = 101
SEP: Final = 102

_SHAPES: Final = ("title", "first", "upper", "initial", "mixed", "digits", "alphanumeric", "shouted")
_NAMES: Final = ("state", "adjective", "national", "capital", "organisation", "seat", "group", "person", "agreement",
                 "place", "office", "sector")  # fmt: skip
_SHAPE: Final = {name: k for k, name in enumerate(_SHAPES, 1)}
_NAME: Final = {(name, begins): len(_SHAPES) + 1 + 2 * k + (not begins)
                for k, name in enumerate(_NAMES) for begins in (True, False)}  # fmt: skip
_TIME: Final = len(_SHAPES) + 2 * len(_NAMES) + 1
_EVENT: Final = {name: _TIME + 2 + k for k, name in enumerate(TYPES[1:])}
_KNOWN: Final = {kinds: _TIME + 2 + len(_EVENT) + k for k, kinds in enumerate(("f", "fg", "fgp", "fp", "g", "gp", "p"))}
FEATURES: Final = _TIME + 2 + len(_EVENT) + len(_KNOWN)
"""Number of input features; 0 is none."""
SLOTS: Final = 5
"""Features of a piece: shape, name, time, the type that the predicate table has for its word, and whether it is a word
that names persons or places."""
_PLACE: Final = 3
"""Words of the longest name of a place that is looked up."""
_PLAIN: Final = str.maketrans(dict(zip("ıłøđßæðþə", ("i", "l", "o", "d", "ss", "ae", "d", "th", "a"), strict=True)))
_GAP: Final = 3
_BEFORE, _BEHIND = 10, 14
"""Words before and behind a predicate among which the words that its row asks for are looked for."""

LONGEST_WORD: Final = 16
"""Word pieces of one word that are read; a longer one is no word of a language."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as the encoder takes it, without the marks at both ends.

    Attributes:
        pieces: Word pieces, shape (n,).
        features: Features of each piece, shape (n, SLOTS).
        first: Index of the first piece of each word, shape (w,).
        starts, ends: Characters of each word in the text, shape (w,).
        times: The time expressions that patterns find, in characters of the sentence.
    """

    pieces: Ints
    features: Ints
    first: Ints
    starts: Ints
    ends: Ints
    times: tuple[TimeExpression, ...] = ()

    def word_at(self, start: int, end: int) -> tuple[int, int] | None:
        """Words that overlap these characters, as first and last (exclusive); None where none does."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left"))
        return (first, last) if first < last else None


@cache
def tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer of a file, without padding or truncation."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found


def encode(
    text: str, spans: Sequence[tuple[int, int]], pieces: Tokenizer, lines: Sequence[Line] | None = None
) -> list[Encoded]:
    """The sentences of a text, each as characters ``(start, end)``; ``lines`` are their tokens where they are known."""
    names = gazetteer()
    lines = [names.line(text, a, b) for a, b in spans] if lines is None else lines
    # The tokenizer refuses lone surrogates; a question mark in the place of each keeps every offset.
    whole = text.encode("utf-8", "replace").decode()
    found = pieces.encode_batch([whole[a:b] for a, b in spans], add_special_tokens=False)
    return [_encoded(text, a, b, e, line, names) for (a, b), e, line in zip(spans, found, lines, strict=True)]


def _encoded(text: str, start: int, end: int, found: object, line: Line, names: Gazetteer) -> Encoded:
    ids: list[int] = []
    first: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    word_of: list[int] = []
    last = None
    for piece, (a, b), word in zip(found.ids, found.offsets, found.word_ids, strict=True):  # type: ignore[attr-defined]
        if word != last:
            first.append(len(ids))
            starts.append(start + a)
            ends.append(start + b)
            last = word
        elif len(ids) - first[-1] >= LONGEST_WORD:
            ends[-1] = start + b
            continue
        ends[-1] = start + b
        ids.append(piece)
        word_of.append(len(first) - 1)
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    features = np.zeros((len(words), SLOTS), dtype=np.int64)
    features[:, 0] = _shapes(words)
    features[:, 4] = _known_names(words)
    begins = np.asarray(starts, dtype=np.int64)
    finishes = np.asarray(ends, dtype=np.int64)
    for a, b, kind in _events(line):
        i, j = np.searchsorted(finishes, a, side="right"), np.searchsorted(begins, b, side="left")
        features[i:j, 3] = _EVENT[kind]
    for a, b, kind in _names(line, names):
        i, j = np.searchsorted(finishes, a, side="right"), np.searchsorted(begins, b, side="left")
        features[i:j, 1] = _NAME[kind, False]
        features[i : i + 1, 1] = _NAME[kind, True] if i < j else features[i : i + 1, 1]
    times = find_times(text[start:end])
    for t in times:
        i, j = np.searchsorted(finishes, start + t.start, side="right"), np.searchsorted(begins, start + t.end, "left")
        features[i:j, 2] = _TIME + 1
        if i < j:
            features[i, 2] = _TIME
    return Encoded(np.asarray(ids, dtype=np.int64), features[np.asarray(word_of, dtype=np.int64)],
                   np.asarray(first, dtype=np.int64), begins, finishes, tuple(times))  # fmt: skip


def _shapes(words: list[str]) -> list[int]:
    letters = [w for w in words if len(w) > 1 and w.isalpha()]
    shouted = len(letters) > 3 and sum(w.isupper() for w in letters) >= 0.8 * len(letters)
    out = []
    begun = False
    for word in words:
        out.append(_shape(word, shouted, begun))
        begun = begun or word[:1].isalnum()
    return out


def _known_names(words: list[str]) -> list[int]:
    """What the words with a capital may name, longest places first."""
    known = name_words()
    out = [0] * len(words)
    low = [_folded(w) if w[0].isupper() else "" for w in words]
    i = 0
    while i < len(low):
        size = 1
        if low[i]:
            for size in range(min(_PLACE, len(low) - i), 0, -1):
                kinds = known.get(" ".join(low[i : i + size])) if all(low[i : i + size]) else None
                if kinds:
                    out[i : i + size] = [_KNOWN[kinds]] * size
                    break
        i += size
    return out


def _folded(word: str) -> str:
    """In lower case and without accents."""
    low = word.lower()
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low.translate(_PLAIN)) if not unicodedata.combining(c))


def _shape(word: str, shouted: bool, begun: bool) -> int:
    if word.isdigit():
        return _SHAPE["digits"]
    if not word.isalpha():
        return _SHAPE["alphanumeric"] if any(c.isdigit() for c in word) else 0
    if word.islower() or not word[0].isupper():
        return 0 if word.islower() or not word.isascii() else _SHAPE["mixed"]
    if shouted:
        return _SHAPE["shouted"]
    if len(word) == 1:
        return _SHAPE["initial"]
    if word.isupper():
        return _SHAPE["upper"]
    if not word[1:].islower():
        return _SHAPE["mixed"]
    return _SHAPE["title"] if begun else _SHAPE["first"]


def _events(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Words that the predicate table knows, with the type of the row that asks for most and gets it."""
    words = [t.lower for t in tokens]
    found: list[tuple[int, str, list[int]]] = []
    for i, word in enumerate(words):
        best: tuple[int, str, list[int]] | None = None
        for form in lexicon().starting(word):
            rule = form.rule
            if rule.family != "event" or (best and rule.weight + len(form.rest) <= best[0]):
                continue
            rest = _following(words, i, form.rest)
            if rest is not None and _constrained(words, i, rest[-1] if rest else i, rule):
                best = (rule.weight + len(form.rest), rule.label, [i, *rest])
        if best:
            found.append(best)
    # What asks for more stands above what asks for less, where they share a word.
    for _, kind, at in sorted(found, key=lambda f: f[0]):
        for k in at:
            yield tokens[k].start, tokens[k].end, kind


def _following(words: list[str], i: int, rest: tuple[str, ...]) -> list[int] | None:
    """Where the further words of a lemma stand, each close behind the one before; None where one is missing."""
    out: list[int] = []
    if not rest:
        return out
    for word in rest:
        at = out[-1] if out else i
        try:
            out.append(words.index(word, at + 1, at + 1 + _GAP))
        except ValueError:
            return None
    return out


def _constrained(words: list[str], i: int, last: int, rule: Rule) -> bool:
    behind = words[last + 1 : last + 1 + _BEHIND]
    if rule.without and _any_of(behind, rule.without):
        return False
    if rule.object and not _any_of(behind, rule.object) and not _any_of(words[max(0, i - _BEFORE) : i], rule.object):
        return False
    return not rule.prepositions or not rule.prepositions.isdisjoint(behind)


def _any_of(words: list[str], wanted: frozenset[str]) -> bool:
    if not wanted.isdisjoint(words):
        return True
    return any(f"{a} {b}" in wanted for a, b in itertools.pairwise(words))


def _names(tokens: list[Token], names: Gazetteer) -> Iterator[tuple[int, int, str]]:
    i = 0
    while i < len(tokens):
        match = names.at(tokens, i)
        if match is None:
            i += 1
            continue
        yield tokens[match.first].start, tokens[match.last - 1].end, match.entry.kind
        i = match.last
