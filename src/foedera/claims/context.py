"""What every kind of claim needs from the article: sentences, actors, dates."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, Final, Literal, TypeVar

from foedera.actors import DocumentActors
from foedera.model import Actor, Article, Claim, DateValue, Predicate, Reading, Sentence, Status, content_id
from foedera.times import TimeExpression, find_times, normalise

C = TypeVar("C", bound=Claim)
Tense = Literal["past", "future", "present"]

BASIS_BY_BLOCK: Final = {"caption": "caption", "title": "headline", "heading": "heading"}


class ClaimContext:
    """One article while its claims are written.

    Args:
        article: The article.
        reading: What the reader found.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article, self.reading = article, reading
        self.actors = DocumentActors(article, reading)
        self._times: dict[int, dict[int, TimeExpression]] = {}
        self._mentions: dict[int, list[int]] = {}
        for k, m in enumerate(reading.mentions):
            self._mentions.setdefault(m.sentence, []).append(k)

    def sentence(self, index: int) -> Sentence:
        """A sentence of the reading."""
        return self.reading.sentences[index]

    def text(self, span: tuple[int, int]) -> str:
        """Characters of the article."""
        return self.article.text[span[0] : span[1]]

    def mentions_of(self, sentence: int) -> list[int]:
        """Indices of the mentions in a sentence."""
        return self._mentions.get(sentence, [])

    def sentence_codes(self, sentence: int, *, places: bool = False) -> tuple[str, ...]:
        """Codes named in a sentence, in order; places only when asked for."""
        out: dict[str, None] = {}
        for k in self.mentions_of(sentence):
            m = self.reading.mentions[k]
            if m.kind in ("agreement", "pronoun", "set") or (m.locative and not places):
                continue
            out.update(dict.fromkeys(self.actors.codes(k)))
        return tuple(out)

    def counterparts(self, sentence: int, own: frozenset[str]) -> tuple[str, ...]:
        """The other state named first in the sentence before, else the one of the title; empty where unclear."""
        for s in range(sentence - 1, max(-1, sentence - 3), -1):
            if self.sentence(s).block == "caption":
                continue
            named = tuple(c for c in self.sentence_codes(s) if c not in own)
            if named:
                return named[:1] if len(named) <= 2 else ()
        titled = self.actors.titled(own)
        return titled if len(titled) == 1 else ()

    # dates

    @cached_property
    def document_date(self) -> DateValue:
        """The publication date as the date of what is reported as new."""
        p = self.article.published
        if p.value is None:
            return DateValue(low=p.low, high=p.high)
        return DateValue(p.value, p.granularity, "document", p.low, p.high, ("publication date",))

    def date(self, times: tuple[int, ...], status: str, *, otherwise: bool = True) -> DateValue:
        """The date of something from its time expressions, nearest first.

        Args:
            times: Indices of time expressions.
            status: Decides between the last and the next "Tuesday" or "April".
            otherwise: Whether the publication date stands in where the sentence gives none.
        """
        for k in times:
            found = self._normalised(k, _tense(status))
            if found.value is not None:
                return found
        return self.document_date if otherwise else DateValue()

    def _normalised(self, k: int, tense: Tense) -> DateValue:
        mention = self.reading.times[k]
        expression = self._expressions(mention.sentence).get(mention.start)
        if expression is None:
            return DateValue()
        return normalise(expression, reference=self.article.published, tense=tense)

    def _expressions(self, sentence: int) -> dict[int, TimeExpression]:
        """Time expressions of a sentence by their first character: the words before one matter to what it means."""
        if sentence not in self._times:
            s = self.sentence(sentence)
            found = find_times(self.article.text[s.start : s.end])
            self._times[sentence] = {s.start + e.start: e for e in found}
        return self._times[sentence]

    def is_future(self, date: DateValue) -> bool:
        """Whether a date lies wholly behind the publication date."""
        published = self.article.published.last
        return date.first is not None and published is not None and date.basis != "document" and date.first > published

    def as_of(self, date: DateValue) -> dt.date | None:
        """The day as of which actors are taken."""
        return date.last if date.value is not None else None

    # assembling

    def claim(self, kind: type[C], sentence: int, focus: tuple[int, int], key: tuple[Any, ...], **fields: Any) -> C:
        """Build a claim on a sentence; its id hashes the article, the place and what distinguishes it."""
        s = self.sentence(sentence)
        evidence = self.article.text[s.start : s.end]
        return kind(
            id=content_id(kind.PREFIX, self.article.id, s.start, s.end, *key),
            article=self.article.id, document=self.article.document, start=s.start, end=s.end, evidence=evidence,
            focus=focus,
            block=s.block, basis=BASIS_BY_BLOCK.get(s.block, "body"), reader=self.reading.reader, **fields,
        )  # fmt: skip

    def actors_of(self, mentions: tuple[int, ...], on: dt.date | None) -> tuple[Actor, ...]:
        """Actors of several mentions, each code and sector once."""
        out: dict[tuple[str | None, str | None, str | None], Actor] = {}
        for k in mentions:
            for r in self.actors.resolved(k, on):
                out.setdefault((r.actor.code, r.actor.sector, r.actor.name), r.actor)
        return tuple(out.values())

    def codes_of(self, mentions: tuple[int, ...]) -> tuple[str, ...]:
        """Codes of several mentions, each once, in order."""
        return tuple(dict.fromkeys(c for k in mentions for c in self.actors.codes(k)))

    def speaker_of(self, predicate: Predicate) -> str | None:
        """To whom the text attributes what a predicate says."""
        for said in self.reading.attributions:
            if (
                said.sentence == predicate.sentence
                and said.source is not None
                and said.content[0] <= predicate.start < said.content[1]
            ):
                resolved = self.actors.resolved(said.source)
                return (resolved[0].actor.name if resolved else None) or self.actors.text(said.source)
        return None


def _tense(status: str) -> Tense:
    """ "Is hosting ... in April" looks ahead as "will host" does; what has gone on since a day says "since"."""
    return "past" if status in ("happened", "denied", "held", "absent") else "future"


def settled(status: Status, date: DateValue, ctx: ClaimContext) -> Status:
    """Something dated behind the publication day cannot have happened yet ("is hosting ... in April")."""
    return "planned" if status in ("happened", "ongoing") and ctx.is_future(date) else status
