"""The sentences of an article while they are being read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from foedera.model import Article, Block, Sentence

from .encoding import Encoded
from .gazetteer import Line, gazetteer
from .lexicon import lexicon
from .mentions import Chunker, Support, collect_support
from .merging import Found, chunk_words
from .network import Network, Span
from .predicates import Found as Match
from .predicates import Matcher
from .syntax import Syntax
from .tokens import sentences
from .words import word_set

READ: Final = frozenset({"title", "heading", "paragraph", "caption"})
"""Kinds of blocks that are read."""
BLOCK: Final = 128
"""Sentences that are held at once."""
LONGEST: Final = 400
"""Words of a "sentence" whose syntax is read: one of more is a list or a broken page."""
REMEMBERED: Final = 2_000
"""Articles with more sentences are split into words twice, so that never all their words are held."""


_LINKS: Final = word_set("of at for in from to on with by under over against and or , ( ) ; : -")


@dataclass(slots=True)
class View:
    """A sentence while it is being read.

    Attributes:
        index: Of the sentence in the reading.
        sentence: Its characters and its block.
        syntax: Its chunks and verbs.
        subjects: Chunks that are subjects.
        encoded: As the network takes it.
        places: The words of the network that each chunk covers.
        links: Words of the network that join what hangs on a noun to it.
        matched: What it matches of the predicate table.
        contexts: Those of its words.
        found: Its mentions.
        offset: Index of its first mention in the reading.
    """

    index: int
    sentence: Sentence
    syntax: Syntax
    subjects: set[int]
    encoded: Encoded
    places: list[Span | None]
    links: frozenset[int]
    matched: list[Match]
    contexts: tuple[str, ...]
    found: list[Found] = field(default_factory=list)
    offset: int = 0

    def characters(self, first: int, last: int) -> Span:
        """The characters of some tokens."""
        return self.syntax.tokens[first].start, self.syntax.tokens[last - 1].end


def article_sentences(article: Article) -> list[Sentence]:
    """The sentences of the title, headings, paragraphs and captions."""
    return [Sentence(a, b, block.kind) for block in article.blocks if block.kind in READ
            for a, b in sentences(article.text, block.start, block.end)]  # fmt: skip


def views(article: Article, found: Sequence[Sentence], network: Network) -> Iterator[list[View]]:
    """The sentences ready to be read, some at a time; what one names without doubt supports the others."""
    names = gazetteer()
    support = Support()
    known: list[Line] | None = [] if len(found) <= REMEMBERED else None
    for s in found:
        line = names.line(article.text, s.start, s.end)
        collect_support(line, names, support)
        if known is not None:
            known.append(line)
    for first in range(0, len(found), BLOCK):
        block = found[first : first + BLOCK]
        lines = (known[first : first + BLOCK] if known is not None
                 else [names.line(article.text, s.start, s.end) for s in block])  # fmt: skip
        encoded = network.encode(article.text, [(s.start, s.end) for s in block], lines)
        yield [
            _view(article.text, first + k, *parts, support)
            for k, parts in enumerate(zip(block, encoded, lines, strict=True))
        ]


def single_view(text: str, network: Network) -> View:
    """A text read as one sentence."""
    whole = Sentence(0, len(text), "paragraph")
    article = Article("", "", "", text, (Block("paragraph", 0, len(text), "whole"),))
    ((view,),) = views(article, [whole], network)
    return view


def _view(text: str, index: int, sentence: Sentence, encoded: Encoded, line: Line, support: Support) -> View:
    tokens = line if len(line) <= LONGEST else Line(line[:LONGEST])
    syntax = Syntax(tokens, Chunker(tokens, gazetteer(), support).chunks(), lexicon())
    subjects = {c for use in syntax.verbs for c in syntax.subject(use)}
    starts = {sentence.start + t.start for t in encoded.times}
    matcher = Matcher(syntax, lexicon(), frozenset(k for k, token in enumerate(tokens) if token.start in starts))
    words = zip(encoded.starts, encoded.ends, strict=True)
    links = frozenset(k for k, (a, b) in enumerate(words) if text[a:b].lower() in _LINKS)
    return View(index, sentence, syntax, subjects, encoded, chunk_words(syntax, encoded), links,
                matcher.predicates(), matcher.contexts)  # fmt: skip
