"""The mentions of a sentence: those that the network finds, and chunks around tabled names that it has missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foedera.model import MentionKind

from .decode import labelled
from .encoding import Encoded
from .labels import ACTORS
from .mentions import Chunk
from .network import Scored, Span
from .syntax import Syntax

_KINDS: Final[dict[str, MentionKind]] = {
    "state": "state", "org": "organisation", "person": "person", "office": "office", "force": "force",
    "group": "group", "set": "set", "pronoun": "pronoun", "agreement": "agreement", "place": "place",
    "system": "system",
}  # fmt: skip
_PAIRED: Final = frozenset(_KINDS[k] for k in ACTORS) | {"nominal"}


@dataclass(frozen=True, slots=True)
class Found:
    """A mention of a sentence.

    Attributes:
        words: First word, and behind the last.
        kind: As in `Mention`.
        chunk: Index of the chunk that it stands for too, or None.
        locative: It is only where something is.
    """

    words: Span
    kind: MentionKind
    chunk: int | None
    locative: bool


def chunk_words(syntax: Syntax, encoded: Encoded) -> list[Span | None]:
    """The words of the network that each chunk covers."""
    return [encoded.word_at(syntax.tokens[c.first].start, syntax.tokens[c.last - 1].end) for c in syntax.chunks]


def found_mentions(
    scored: Scored, labels: Sequence[str], chunks: Sequence[Chunk], places: Sequence[Span | None]
) -> list[Found]:
    """Mentions in the order of the text; ``places`` are the words of each chunk, None outside of what is shown."""
    out: list[Found] = []
    taken: set[int] = set()
    for first, last, kind, _ in labelled(scored.tags["mention"], labels):
        if kind not in _KINDS:
            continue
        over = [k for k, w in enumerate(places) if w and w[0] < last and first < w[1]]
        # The chunk that shares most with it; others inside it ("the *US* commander in ...") are part of the mention.
        best = max(over, key=lambda k: _shared(places[k], first, last), default=None)
        taken.update(over)
        out.append(Found((first, last), _KINDS[kind], best, kind == "place"))
    for k, (chunk, words) in enumerate(zip(chunks, places, strict=True)):
        if words and k not in taken:
            out.append(Found(words, chunk.kind, k, chunk.locative))
    return sorted(out, key=lambda f: f.words)


def _shared(words: Span | None, first: int, last: int) -> int:
    return min(words[1], last) - max(words[0], first) if words else 0


def paired(found: Sequence[Found]) -> list[Span]:
    """The mentions that may be parties, in order."""
    return [f.words for f in found if f.kind in _PAIRED and not f.locative]


def with_speakers(found: Sequence[Found], speakers: Sequence[Span]) -> list[Found]:
    """The mentions, and as further ones the words that name a speaker whom no mention covers ("officials")."""
    extra = [s for s in speakers if not any(f.words[0] < s[1] and s[0] < f.words[1] for f in found)]
    return sorted([*found, *(Found(s, "nominal", None, False) for s in extra)], key=lambda f: f.words)
