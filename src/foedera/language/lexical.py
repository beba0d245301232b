"""A reader that works from the tables of `knowledge` and shallow syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from foedera.knowledge import version
from foedera.model import Article, Attribution, Mention, Predicate, Quantity, Reading, Sentence, Status, TimeMention
from foedera.times import find_times

from .attribution import Said, attributions, quotations
from .gazetteer import Gazetteer, gazetteer
from .lexicon import Lexicon, lexicon
from .mentions import Chunker, Support, collect_support
from .predicates import Found, Matcher
from .quantities import amounts
from .references import Candidate, refer
from .syntax import Syntax
from .tokens import Token, sentences, tokenize

READER_VERSION: Final = "lexical-1"
_READ: Final = ("title", "heading", "paragraph", "caption")
_LONGEST: Final = 400


@dataclass(slots=True)
class _View:
    """A sentence while it is being read.

    Attributes:
        index: Of the sentence in the reading.
        syntax: Its syntax.
        offset: Index of its first mention in the reading.
        subjects: Chunks that are subjects.
    """

    index: int
    sentence: Sentence
    syntax: Syntax
    offset: int
    subjects: set[int]


class LexicalReader:
    """Reads by the predicate lexicon; deterministic, no model file."""

    @cached_property
    def name(self) -> str:
        """Version of the reader and hash of the tables that it reads by."""
        return f"{READER_VERSION}+{version()}"

    def read(self, article: Article) -> Reading:
        """Read the title, headings, paragraphs and captions of an article."""
        names = gazetteer()
        found = _sentences(article)
        support = Support()
        for sentence in found:
            collect_support(_tokens(article.text, sentence, names), names, support)
        draft = _Draft(article)
        # Sentence by sentence, so that only what was found in a long text is held, never all its words.
        for view in _views(article.text, found, names, lexicon(), support):
            draft.add(view)
        return draft.reading(self.name, found)


def _sentences(article: Article) -> list[Sentence]:
    return [Sentence(a, b, block.kind) for block in article.blocks if block.kind in _READ
            for a, b in sentences(article.text, block.start, block.end)]  # fmt: skip


def _tokens(text: str, sentence: Sentence, names: Gazetteer) -> list[Token]:
    """The words of a sentence; one in capitals throughout is read as if it were not."""
    tokens = tokenize(text, sentence.start, sentence.end, names.splitters)
    letters = [t for t in tokens if t.text.isalpha() and len(t.text) > 1]
    shouted = len(letters) >= 3 and sum(t.text.isupper() for t in letters) >= 0.8 * len(letters)
    return names.cased(tokens) if shouted else tokens


def _views(text: str, found: list[Sentence], names: Gazetteer, rules: Lexicon, support: Support) -> Iterator[_View]:
    offset = 0
    for i, sentence in enumerate(found):
        # A "sentence" of hundreds of words is a list or a broken page: its head is read, the rest has no syntax.
        tokens = _tokens(text, sentence, names)[:_LONGEST]
        chunks = Chunker(tokens, names, support).chunks()
        syntax = Syntax(tokens, chunks, rules)
        subjects = {c for use in syntax.verbs for c in syntax.subject(use)}
        yield _View(i, sentence, syntax, offset, subjects)
        offset += len(chunks)


class _Draft:
    """A reading while its sentences come in."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._candidates: list[Candidate] = []
        self._times: list[TimeMention] = []
        self._predicates: list[Predicate] = []
        self._said: list[Attribution] = []
        self._quantities: list[Quantity] = []

    def add(self, view: _View) -> None:
        """Add what one sentence gives."""
        if not view.syntax.tokens:
            return
        self._candidates += _candidates(self._article.text, view)
        here = self._add_times(view)
        matcher = Matcher(view.syntax, lexicon(), _dated(view.syntax, [self._times[k] for k in here]))
        found = matcher.predicates()
        spoken = attributions(self._article.text, view.syntax, matcher)
        self._predicates += [_predicate(view, _unless_denied(f, spoken), here, self._times) for f in found]
        self._said += [_attribution(view, s, here, self._times) for s in spoken]
        if not spoken and self._said and view.index - self._said[-1].sentence == 1:
            self._said += _continued(view, self._said[-1], here)
        self._quantities += _quantities(self._article.text, view, here, self._times, found)

    def _add_times(self, view: _View) -> list[int]:
        """Add the time expressions of a sentence; their indices."""
        start, first = view.sentence.start, len(self._times)
        for t in find_times(self._article.text[start : view.sentence.end]):
            self._times.append(TimeMention(start + t.start, start + t.end, view.index))
        return list(range(first, len(self._times)))

    def reading(self, reader: str, found: list[Sentence]) -> Reading:
        """The reading of all that was added."""
        return Reading(
            self._article.id, reader, tuple(found), tuple(refer(self._candidates)), tuple(self._times),
            tuple(self._predicates), tuple(self._said), tuple(self._quantities),
        )  # fmt: skip


def _candidates(text: str, view: _View) -> Iterator[Candidate]:
    for k, chunk in enumerate(view.syntax.chunks):
        start, end = _span(view.syntax, chunk.first, chunk.last)
        mention = Mention(start, end, chunk.kind, view.index, chunk.locative)
        named = any(m.entry.codes for m in chunk.matches) or chunk.kind == "person"
        yield Candidate(mention, text[start:end], k in view.subjects, named, chunk.coordinated)


def _span(syntax: Syntax, first: int, last: int) -> tuple[int, int]:
    return syntax.tokens[first].start, syntax.tokens[last - 1].end


def _dated(syntax: Syntax, times: list[TimeMention]) -> frozenset[int]:
    starts = {t.start for t in times}
    return frozenset(k for k, token in enumerate(syntax.tokens) if token.start in starts)


def _unless_denied(found: Found, spoken: list[Said]) -> Found:
    """ "Denied that it had attacked": what is denied is not reported as done."""
    denials = [s for s in spoken if s.denial and s.cue[1] <= found.first and s.content[0] <= found.first < s.content[1]]
    if not denials or found.judgement.negated or found.judgement.status not in ("happened", "ongoing"):
        return found
    return replace(found, judgement=replace(found.judgement, status="denied", negated=True, cue="deny"))


def _predicate(view: _View, found: Found, here: list[int], times: list[TimeMention]) -> Predicate:
    syntax, start_end = view.syntax, _span(view.syntax, found.first, found.last)
    status = found.judgement.status
    return Predicate(
        *start_end, view.index, found.rule.family, found.rule.label, found.rule.modes, found.contexts,
        tuple(view.offset + c for c in found.sources), tuple(view.offset + c for c in found.targets), found.symmetric,
        "denied" if found.judgement.negated and status != "planned" else status, found.judgement.alleged,
        _times_of(start_end, here, times, syntax),
        _span(syntax, *found.object) if found.object else None,
        None if found.place is None else view.offset + found.place,
        found.score, found.reason + (", refused" if found.judgement.negated and status == "planned" else ""),
    )  # fmt: skip


def _times_of(span: tuple[int, int], here: list[int], times: list[TimeMention], syntax: Syntax) -> tuple[int, ...]:
    """Times of the same clause, nearest first; those of other clauses behind them."""
    verbs = [syntax.tokens[u.index].start for u in syntax.verbs]

    def distance(k: int) -> tuple[int, int]:
        low, high = sorted((span[0], times[k].start))
        crossed = sum(low < v < high for v in verbs)
        return crossed, min(abs(times[k].start - span[1]), abs(span[0] - times[k].end))

    # A time beyond two verbs belongs to another clause.
    return tuple(k for k in sorted(here, key=distance) if distance(k)[0] <= 1)


def _attribution(view: _View, said: Said, here: list[int], times: list[TimeMention]) -> Attribution:
    syntax = view.syntax
    content = _span(syntax, *said.content)
    outside = [k for k in here if not content[0] <= times[k].start < content[1]]
    cue = _span(syntax, *said.cue)
    near = [k for k in here if cue[1] <= times[k].start <= cue[1] + 40 and k not in outside]
    targets: tuple[int | None, ...] = tuple(view.offset + t for t in said.targets) or (None,)
    return Attribution(
        view.index, None if said.source is None else view.offset + said.source, cue, content, said.direct,
        tuple(_span(syntax, *q) for q in said.quotes), said.medium,
        None if said.addressee is None else view.offset + said.addressee,
        tuple((t, said.stance, said.hedge) for t in targets), tuple(outside + near), said.score, said.reason,
    )  # fmt: skip


def _continued(view: _View, before: Attribution, here: list[int]) -> list[Attribution]:
    """A whole sentence in quotation marks behind a quotation has the same speaker."""
    quotes = quotations(view.syntax)
    words = len(view.syntax.tokens)
    if not quotes or not before.quotes or sum(b - a for a, b in quotes) < 0.8 * (words - 2) or words < 6:
        return []
    span = _span(view.syntax, 0, words)
    inside = tuple(_span(view.syntax, *q) for q in quotes)
    return [Attribution(view.index, before.source, before.cue, span, True, inside, before.medium, before.addressee,
                        ((None, "neutral", False),), before.times, 0.55,
                        "quotation continued from the sentence before")]  # fmt: skip


def _quantities(
    text: str, view: _View, here: list[int], times: list[TimeMention], found: list[Found]
) -> list[Quantity]:
    out: list[Quantity] = []
    for amount in amounts(text, view.syntax):
        near = [f for f in found if f.use is not None and view.syntax.tokens[f.first].start < amount.start]
        planned = _planned_before(view.syntax, amount.start)
        status = near[-1].judgement.status if near else planned
        out.append(
            Quantity(
                amount.start,
                amount.end,
                view.index,
                amount.value,
                amount.unit,
                amount.currency,
                amount.measure,
                None if amount.owner is None else view.offset + amount.owner,
                amount.approximate,
                amount.compared,
                _nearest(here, times, (amount.start, amount.end)),
                status if status != "denied" else "happened",
                amount.score,
                amount.reason,
            )
        )
    return out


def _nearest(here: list[int], times: list[TimeMention], span: tuple[int, int]) -> tuple[int, ...]:
    return tuple(sorted(here, key=lambda k: max(times[k].start - span[1], span[0] - times[k].end)))


def _planned_before(syntax: Syntax, start: int) -> Status:
    return (
        "planned"
        if any(t.lower in ("plans", "will", "plan", "intends", "aims") for t in syntax.tokens if t.start < start)
        else "happened"
    )
