"""The reader that Foedera reads with: one network over every sentence, tables where a table knows better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final

from foedera.knowledge import version
from foedera.model import (
    Article,
    Attribution,
    Mention,
    Predicate,
    Quantity,
    Reader,
    Reading,
    Sentence,
    TimeMention,
)
from foedera.times import find_times

from . import lexical
from .encoding import Encoded
from .events import Relation, candidate_pairs, relations
from .gazetteer import gazetteer
from .lexical import LexicalReader
from .lexicon import lexicon
from .mentions import Support, collect_support
from .merging import Found, chunk_words, found_mentions, paired, with_speakers
from .network import Network, Pair, Scored, Span
from .predicates import Matcher
from .references import Candidate, refer
from .speech import Spoken, sources, spoken
from .syntax import Syntax

READER_VERSION: Final = "reader-1"
BLOCK: Final = 128
"""Sentences that are held at once."""
_SPOKEN_OF: Final = frozenset(
    {"state", "organisation", "person", "office", "force", "group", "nominal", "pronoun", "set"}
)


@dataclass(slots=True)
class _View:
    """A sentence while it is being read."""

    index: int
    sentence: Sentence
    syntax: Syntax
    subjects: set[int]
    encoded: Encoded
    places: list[Span | None]
    offset: int = 0
    found: list[Found] = field(default_factory=list)


class NetworkReader:
    """Reads articles; deterministic, and one sentence's reading depends on its article alone."""

    def __init__(self, using: Network) -> None:
        self._network = using

    @cached_property
    def name(self) -> str:
        """Version of the reader, hash of its weights and of the tables that it reads by."""
        return f"{READER_VERSION}+{self._network.weights.name}+{version()}"

    def read(self, article: Article) -> Reading:
        """Read the title, headings, paragraphs and captions of an article."""
        names = gazetteer()
        found = lexical._sentences(article)
        support = Support()
        for sentence in found:
            collect_support(lexical._tokens(article.text, sentence, names), names, support)
        draft = _Draft(article, self._network)
        for first in range(0, len(found), BLOCK):
            draft.add(first, found[first : first + BLOCK], support)
        return draft.reading(self.name, found)


class _Draft:
    """A reading while its sentences come in."""

    def __init__(self, article: Article, using: Network) -> None:
        self._article, self._network = article, using
        self._labels = using.weights.card["tags"]["mention"]
        self._candidates: list[Candidate] = []
        self._times: list[TimeMention] = []
        self._predicates: list[Predicate] = []
        self._said: list[Attribution] = []
        self._quantities: list[Quantity] = []

    def add(self, first: int, block: Sequence[Sentence], support: Support) -> None:
        """Add some sentences in a row; ``first`` is the index of the first."""
        text = self._article.text
        encoded = self._network.encode(text, [(s.start, s.end) for s in block])
        views = list(self._views(first, block, encoded, support))
        scored = self._network.read(encoded, lambda k, at, shown: self._pairs(views[k], at, shown), joined=True)
        for view, scores in zip(views, scored, strict=True):
            if view.syntax.tokens:
                self._add(view, scores)

    def _views(
        self, first: int, block: Sequence[Sentence], encoded: Sequence[Encoded], support: Support
    ) -> Iterator[_View]:
        views = lexical._views(self._article.text, list(block), gazetteer(), lexicon(), support)
        for k, (view, e) in enumerate(zip(views, encoded, strict=True)):
            yield _View(first + k, view.sentence, view.syntax, view.subjects, e, chunk_words(view.syntax, e))

    def _pairs(self, view: _View, at: int, shown: Scored) -> list[Pair]:
        last = at + len(shown.fact)
        places = [(w[0] - at, w[1] - at) if w and at <= w[0] and w[1] <= last else None for w in view.places]
        return candidate_pairs(paired(found_mentions(shown, self._labels, view.syntax.chunks, places)))

    def _add(self, view: _View, scores: Scored) -> None:
        view.offset = len(self._candidates)
        view.found = with_speakers(
            found_mentions(scores, self._labels, view.syntax.chunks, view.places), sources(scores, self._network)
        )
        self._candidates += self._mentions(view)
        here = self._add_times(view)
        matcher = Matcher(view.syntax, lexicon(), lexical._dated(view.syntax, [self._times[k] for k in here]))
        found = matcher.predicates()
        said = spoken(self._article.text, view.syntax, view.encoded, scores, self._network)
        old = lexical._View(view.index, view.sentence, view.syntax, 0, view.subjects)
        mention_of = self._mention_of(view)
        for f in found:
            if f.rule.family != "event":
                made = lexical._predicate(old, f, here, self._times)
                self._predicates.append(_moved(_unless_denied(made, said), mention_of))
        events = [_unless_denied(p, said) for p in self._events(view, scores, matcher, here)]
        self._predicates += events
        for f in found:
            if f.rule.family == "event" and f.sources and not f.targets and not f.symmetric:
                made = _moved(_unless_denied(lexical._predicate(old, f, here, self._times), said), mention_of)
                if not any(set(e.sources) & set(made.sources) for e in events):
                    self._predicates.append(made)
        self._said += [self._attribution(view, s, here) for s in said]
        if not said and self._said and view.index - self._said[-1].sentence == 1:
            self._said += lexical._continued(old, self._said[-1], here)
        for q in lexical._quantities(self._article.text, old, here, self._times, found):
            self._quantities.append(_moved_owner(q, mention_of))

    def _attribution(self, view: _View, said: Spoken, here: list[int]) -> Attribution:
        mention_at = {f.words: view.offset + k for k, f in enumerate(view.found)}
        source = next((k for w, k in mention_at.items() if said.source and _overlap(w, said.source)), None)
        inside = [
            view.offset + k for k, f in enumerate(view.found)
            if f.kind in _SPOKEN_OF and not f.locative and view.offset + k != source
            and said.content[0] <= view.encoded.starts[f.words[0]] < said.content[1]
        ]  # fmt: skip
        addressee = next((view.offset + k for k, f in enumerate(view.found) if said.addressed
                          and 0 <= view.encoded.starts[f.words[0]] - said.cue[1] <= 6), None)  # fmt: skip
        times = [k for k in here if not said.content[0] <= self._times[k].start < said.content[1]]
        near = [k for k in here if said.cue[1] <= self._times[k].start <= said.cue[1] + 40 and k not in times]
        towards: tuple[int | None, ...] = tuple(k for k in inside if k != addressee) or (None,)
        return Attribution(
            view.index, source, said.cue, said.content, said.direct, said.quotes, said.medium, addressee,
            tuple((t, said.stance, said.hedged) for t in towards), tuple(times + near), said.score, said.reason,
        )  # fmt: skip

    def _mentions(self, view: _View) -> Iterator[Candidate]:
        text = self._article.text
        for f in view.found:
            start, end = int(view.encoded.starts[f.words[0]]), int(view.encoded.ends[f.words[1] - 1])
            chunk = view.syntax.chunks[f.chunk] if f.chunk is not None else None
            mention = Mention(start, end, f.kind, view.index, f.locative)
            named = f.kind == "person" or bool(chunk and any(m.entry.codes for m in chunk.matches))
            yield Candidate(mention, text[start:end], f.chunk in view.subjects, named,
                            bool(chunk and chunk.coordinated))  # fmt: skip

    def _mention_of(self, view: _View) -> dict[int, int]:
        """Chunk → mention of the reading."""
        out: dict[int, int] = {}
        for k, f in enumerate(view.found):
            for c, words in enumerate(view.places):
                if words and words[0] < f.words[1] and f.words[0] < words[1]:
                    out.setdefault(c, view.offset + k)
        return out

    def _add_times(self, view: _View) -> list[int]:
        start, first = view.sentence.start, len(self._times)
        for t in find_times(self._article.text[start : view.sentence.end]):
            self._times.append(TimeMention(start + t.start, start + t.end, view.index))
        return list(range(first, len(self._times)))

    def _events(self, view: _View, scores: Scored, matcher: Matcher, here: list[int]) -> Iterator[Predicate]:
        found = relations(scores, self._network, self._network.threshold)
        mention_at = {f.words: view.offset + k for k, f in enumerate(view.found)}
        for r in found:
            sources = tuple(mention_at[s] for s in r.sources if s in mention_at)
            targets = tuple(mention_at[t] for t in r.targets if t in mention_at)
            if sources:
                yield self._event(view, r, sources, targets, matcher, here)

    def _event(
        self, view: _View, r: Relation, sources: tuple[int, ...], targets: tuple[int, ...], matcher: Matcher,
        here: list[int],
    ) -> Predicate:  # fmt: skip
        start, end = int(view.encoded.starts[r.trigger]), int(view.encoded.ends[r.trigger])
        word = self._article.text[start:end]
        sure = f"{r.type} {r.probability:.2f} by {word!r}"
        return Predicate(
            start, end, view.index, "event", r.type, r.modes, matcher._contexts, sources, targets, r.symmetric,
            r.status, r.alleged, lexical._times_of((start, end), here, self._times, view.syntax), None, None,
            round(r.probability, 3), f"network: {sure}, {r.status}{', alleged' if r.alleged else ''}",
        )  # fmt: skip

    def reading(self, reader: str, found: list[Sentence]) -> Reading:
        """The reading of all that was added."""
        return Reading(
            self._article.id, reader, tuple(found), tuple(refer(self._candidates)), tuple(self._times),
            tuple(self._predicates), tuple(self._said), tuple(self._quantities),
        )  # fmt: skip


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _unless_denied(p: Predicate, said: Sequence[Spoken]) -> Predicate:
    """ "Denied that it had attacked": what is denied is not reported as done."""
    denied = any(s.denial and s.cue[1] <= p.start and s.content[0] <= p.start < s.content[1] for s in said)
    return replace(p, status="denied") if denied and p.status in ("happened", "ongoing") else p


def _moved(p: Predicate, mention_of: dict[int, int]) -> Predicate:
    return replace(p, sources=_of(p.sources, mention_of), targets=_of(p.targets, mention_of),
                   place=None if p.place is None else mention_of.get(p.place))  # fmt: skip


def _of(chunks: tuple[int, ...], mention_of: dict[int, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(mention_of[c] for c in chunks if c in mention_of))


def _moved_said(a: Attribution, mention_of: dict[int, int]) -> Attribution:
    return replace(
        a, source=None if a.source is None else mention_of.get(a.source),
        addressee=None if a.addressee is None else mention_of.get(a.addressee),
        stance=tuple((None if m is None else mention_of.get(m), s, h) for m, s, h in a.stance),
    )  # fmt: skip


def _moved_owner(q: Quantity, mention_of: dict[int, int]) -> Quantity:
    return replace(q, owner=None if q.owner is None else mention_of.get(q.owner))


@cache
def default_reader() -> Reader:
    """The reader that `foedera read` uses, one per process."""
    return LexicalReader()
