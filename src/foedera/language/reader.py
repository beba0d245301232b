"""The reader that Foedera reads with: one network over every sentence, tables where a table knows better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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

from .events import Relation, candidate_pairs, relations
from .merging import found_mentions, paired, struck, with_speakers
from .network import Network, Pair, Scored, Span, network
from .references import Candidate, refer
from .speech import Spoken, opinion, sources, spoken
from .tabled import acted_on, alleged_by, continued, modes_of, predicate, quantities, suggestions, times_of
from .views import View, article_sentences, views

READER_VERSION: Final = "reader-1"
_SPOKEN_OF: Final = frozenset(
    {"state", "organisation", "person", "office", "force", "group", "nominal", "pronoun", "set"}
)


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
        found = article_sentences(article)
        draft = _Draft(article, self._network)
        for block in views(article, found, self._network):
            draft.add(block)
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

    def add(self, block: Sequence[View]) -> None:
        """Add some sentences in a row."""
        scored = self._network.read(
            [view.encoded for view in block], lambda k, at, shown: self._pairs(block[k], at, shown), joined=True
        )
        for view, scores in zip(block, scored, strict=True):
            if view.syntax.tokens:
                self._add(view, scores)

    def _pairs(self, view: View, at: int, shown: Scored) -> list[Pair]:
        last = at + len(shown.fact)
        whole = at == 0 and last == len(view.encoded.first)
        places = view.places if whole else [
            (w[0] - at, w[1] - at) if w and at <= w[0] and w[1] <= last else None for w in view.places
        ]  # fmt: skip
        links = view.links if whole else {k - at for k in view.links}
        found = found_mentions(shown, self._labels, view.syntax.chunks, places, links)
        if whole:
            view.found = found
        table = [(_back(a, at), b and _back(b, at), kind) for a, b, kind in suggestions(view)]
        return candidate_pairs(paired(found), shown, self._network.glance, struck(found), table)

    def _add(self, view: View, scores: Scored) -> None:
        view.offset = len(self._candidates)
        found = view.found or found_mentions(scores, self._labels, view.syntax.chunks, view.places, view.links)
        view.found = with_speakers(found, sources(scores, self._network))
        self._candidates += self._mentions(view)
        here = self._add_times(view)
        mention_of = self._mention_of(view)
        acts = {k for f in view.matched if f.rule.family == "event" for k in range(f.first, f.last)}
        said = spoken(self._article.text, view.syntax, view.encoded, scores, self._network, acts)
        for f in view.matched:
            if f.rule.family != "event":
                made = predicate(view, f, here, self._times, mention_of)
                self._predicates.append(_unless_denied(made, said))
        events = [_unless_denied(p, said) for p in self._events(view, scores, here)]
        self._predicates += events
        self._said += [self._attribution(view, s, here) for s in [*said, *self._opinions(view, events, said)]]
        if not said and self._said and view.index - self._said[-1].sentence == 1:
            self._said += continued(view, self._said[-1], here)
        self._quantities += quantities(self._article.text, view, here, self._times, mention_of)

    def _opinions(self, view: View, events: Sequence[Predicate], said: Sequence[Spoken]) -> Iterator[Spoken]:
        """What praises or criticises without a word of speech ("welcomed the summit")."""
        seen = [s.cue for s in said] + [s.content for s in said]
        for p in events:
            if p.object is None or p.status != "happened" or any(_overlap((p.start, p.end), place) for place in seen):
                continue
            source = view.found[p.sources[0] - view.offset].words
            found = opinion(self._article.text, view.syntax, (p.start, p.end), p.object, source, p.score)
            if found is not None:
                seen.append(found.cue)
                yield found

    def _attribution(self, view: View, said: Spoken, here: list[int]) -> Attribution:
        mention_at = {f.words: view.offset + k for k, f in enumerate(view.found)}
        source = next((k for w, k in mention_at.items() if said.source and _overlap(w, said.source)), None)
        inside = [
            view.offset + k for k, f in enumerate(view.found)
            if f.kind in _SPOKEN_OF and not f.locative and view.offset + k != source
            and said.content[0] <= view.encoded.starts[f.words[0]] < said.content[1]
        ]  # fmt: skip
        # Who is spoken to stands in the cue or right behind it ("warned *Egypt* that").
        addressee = next((view.offset + k for k, f in enumerate(view.found) if said.addressed
                          and said.cue[0] < view.encoded.starts[f.words[0]] <= said.cue[1] + 6), None)  # fmt: skip
        times = [k for k in here if not said.content[0] <= self._times[k].start < said.content[1]]
        near = [k for k in here if said.cue[1] <= self._times[k].start <= said.cue[1] + 40 and k not in times]
        towards: tuple[int | None, ...] = tuple(k for k in inside if k != addressee) or (None,)
        return Attribution(
            view.index, source, said.cue, said.content, said.direct, said.quotes, said.medium, addressee,
            tuple((t, said.stance, said.hedged) for t in towards), tuple(times + near), said.score, said.reason,
        )  # fmt: skip

    def _mentions(self, view: View) -> Iterator[Candidate]:
        text = self._article.text
        for f in view.found:
            start, end = int(view.encoded.starts[f.words[0]]), int(view.encoded.ends[f.words[1] - 1])
            chunk = view.syntax.chunks[f.chunk] if f.chunk is not None else None
            mention = Mention(start, end, f.kind, view.index, f.locative)
            named = f.kind == "person" or bool(chunk and any(m.entry.codes for m in chunk.matches))
            yield Candidate(mention, text[start:end], f.chunk in view.subjects, named,
                            bool(chunk and chunk.coordinated))  # fmt: skip

    def _mention_of(self, view: View) -> dict[int, int]:
        """Chunk → mention of the reading."""
        out: dict[int, int] = {}
        for k, f in enumerate(view.found):
            for c, words in enumerate(view.places):
                if words and words[0] < f.words[1] and f.words[0] < words[1]:
                    out.setdefault(c, view.offset + k)
        return out

    def _add_times(self, view: View) -> list[int]:
        """Add the time expressions of a sentence; their indices."""
        start, first = view.sentence.start, len(self._times)
        self._times += [TimeMention(start + t.start, start + t.end, view.index) for t in view.encoded.times]
        return list(range(first, len(self._times)))

    def _events(self, view: View, scores: Scored, here: list[int]) -> Iterator[Predicate]:
        found = relations(scores, self._network, self._network.threshold, suggestions(view), struck(view.found))
        mention_at = {f.words: view.offset + k for k, f in enumerate(view.found)}
        for r in found:
            sources = tuple(mention_at[s] for s in r.sources if s in mention_at)
            targets = tuple(mention_at[t] for t in r.targets if t in mention_at)
            if sources:
                yield self._event(view, r, sources, targets, here)

    def _event(
        self, view: View, r: Relation, sources: tuple[int, ...], targets: tuple[int, ...], here: list[int]
    ) -> Predicate:  # fmt: skip
        start, end = int(view.encoded.starts[r.trigger]), int(view.encoded.ends[r.trigger])
        kind, thing = acted_on(view, start, end)
        modes = r.modes or modes_of(view, start, end, r.type)
        alleged = r.alleged or alleged_by(view, start, end)
        sure = f"network: {r.type} {r.probability:.2f}, {r.status}{', alleged' if alleged else ''}"
        return Predicate(
            start, end, view.index, "event", r.type, modes, view.contexts, sources, targets, r.symmetric,
            r.status, alleged, times_of((start, end), here, self._times, view.syntax), thing, None,
            round(r.probability, 3), f"{kind} {self._article.text[start:end]!r} ({sure})",
        )  # fmt: skip

    def reading(self, reader: str, found: list[Sentence]) -> Reading:
        """The reading of all that was added."""
        return Reading(
            self._article.id, reader, tuple(found), tuple(refer(self._candidates)), tuple(self._times),
            tuple(self._predicates), tuple(self._said), tuple(self._quantities),
        )  # fmt: skip


def _back(span: Span, by: int) -> Span:
    return span[0] - by, span[1] - by


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _unless_denied(p: Predicate, said: Sequence[Spoken]) -> Predicate:
    """ "Denied that it had attacked": what is denied is not reported as done."""
    denied = any(s.denial and s.cue[1] <= p.start and s.content[0] <= p.start < s.content[1] for s in said)
    return replace(p, status="denied") if denied and p.status in ("happened", "ongoing") else p


@cache
def default_reader() -> Reader:
    """The reader that `foedera read` uses, one per process."""
    return NetworkReader(network())
