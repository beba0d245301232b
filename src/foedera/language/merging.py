"""The mentions of a sentence: those that the network finds, and chunks around tabled names that it has missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    scored: Scored, labels: Sequence[str], chunks: Sequence[Chunk], places: Sequence[Span | None],
    links: Collection[int] = (),
) -> list[Found]:  # fmt: skip
    """Mentions in the order of the text.

    Args:
        scored: What is shown of a sentence.
        labels: Of the head of mentions.
        chunks: What the tables find.
        places: The words of each chunk, None outside of what is shown.
        links: Words that join what hangs on a noun to it ("of", "at"), among those that are shown.
    """
    seen = [(a, b, _KINDS[kind]) for a, b, kind, _ in labelled(scored.tags["mention"], labels) if kind in _KINDS]
    out: list[Found] = []
    for first, last, kind in seen:
        over = [k for k, w in enumerate(places) if w and w[0] < last and first < w[1]]
        # The chunk that shares most with it; others inside it ("the *US* commander in ...") are part of the mention.
        best = max(over, key=lambda k: _shared(places[k], first, last), default=None)
        around = places[best] if best is not None else None
        if around and sum(a < around[1] and around[0] < b for a, b, _ in seen) == 1:
            first, last = _whole(first, last, around, links)
        if best is not None and places[best] == (first, last):
            kind = _told(kind, chunks[best])
        out.append(Found((first, last), kind, best, kind == "place"))
    for k, (chunk, words) in enumerate(zip(chunks, places, strict=True)):
        if words is None:
            continue
        inside = [f.words[0] for f in out if f.words[0] < words[1] and words[0] < f.words[1]]
        if not inside:
            out.append(Found(words, chunk.kind, k, chunk.locative))
            continue
        # "A fellow at the Institute", of which the network has the Institute: the fellow is another.
        end = next((w for w in range(words[0], min(inside)) if w in links), words[0])
        if end > words[0]:
            out.append(Found((words[0], end), chunk.kind, k, chunk.locative))
    return sorted(out, key=lambda f: f.words)


def _told(kind: MentionKind, chunk: Chunk) -> MentionKind:
    """The kind of a mention, as the tables know it where they know better.

    "He" is a pronoun, "the two countries" a set; a state is no mere place where no preposition of place says so
    ("tanks from South Korea").
    """
    if chunk.kind in ("pronoun", "set") or (kind == "place" and chunk.kind == "state" and not chunk.locative):
        return chunk.kind
    return "place" if kind == "state" and chunk.locative else kind


def _whole(first: int, last: int, around: Span, links: Collection[int]) -> Span:
    """A mention with the words of its noun phrase that it lacks ("*a deputy* chief of the office")."""
    if around[0] < first and not any(w in links for w in range(around[0], first)):
        first = around[0]
    if last < around[1]:
        last = next((w for w in range(last, around[1]) if w in links), around[1])
    return first, last


def _shared(words: Span | None, first: int, last: int) -> int:
    return min(words[1], last) - max(words[0], first) if words else 0


def paired(found: Sequence[Found]) -> list[Span]:
    """The mentions that may be parties, in order."""
    return [f.words for f in found if f.kind in _PAIRED and not f.locative]


def struck(found: Sequence[Found]) -> list[Span]:
    """The places, which may be acted on ("shelled the city") though they do not act, in order."""
    return [f.words for f in found if f.kind == "place"]


def with_speakers(found: Sequence[Found], speakers: Sequence[Span]) -> list[Found]:
    """The mentions, and as further ones the words that name a speaker whom no mention covers ("officials")."""
    extra = [s for s in speakers if not any(f.words[0] < s[1] and s[0] < f.words[1] for f in found)]
    return sorted([*found, *(Found(s, "nominal", None, False) for s in extra)], key=lambda f: f.words)
