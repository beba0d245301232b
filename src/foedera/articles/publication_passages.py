"""The sentences of a text with their time expressions and tenses, as the inference of publication dates reads them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from foedera.knowledge import load_table
from foedera.model import Block, BlockKind
from foedera.times import Tense, TimeExpression, find_times

from .publication_curves import Weights

# What stands within so many characters of the start is the news, what follows may be background.
LEAD: Final = 260
# Everything after this many characters is comment, archive or another article.
_LONGEST: Final = 60_000
_READ: Final[tuple[BlockKind, ...]] = ("title", "heading", "paragraph", "caption")
_BREAK: Final = re.compile(
    r"(?<=[a-z0-9)”\"’'%][.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bGen\.)(?<!\bLt\.)(?<!\bSen\.)(?<!\bSept\.)"
    r"(?<!\b[A-Z][a-z]{2}\.)[”\"’]?[ \t]+(?=[A-Z“\"‘])|\n+"
)
_FUTURE: Final = re.compile(
    r"(?i)\b(?:will|won['’]t|shall|would|plan|plans|planning|planned|intends?|expects?|expected|scheduled|slated|aims?|"
    r"aiming|hopes?|hoping|due|set[ ](?:to|for)|upcoming|ahead[ ]of|is[ ]to|are[ ]to|to[ ]be|beginning|starting|"
    r"vowed[ ]to|pledged[ ]to|agreed[ ]to|wants?[ ]to|seeks?[ ]to|proposes?|may|might|could|ready[ ]to|targets?|"
    r"targeting|goal|prepar(?:e|es|ing)|forthcoming|looming|budget[ ](?:request|proposal)|is[ ]likely|are[ ]likely)\b"
)
_SCHEDULED: Final = re.compile(
    r"\b(?:is|are|am)[ ](?:\w+ly[ ])?(?:hosting|visiting|meeting|holding|travell?ing|going|coming|leaving|arriving|"
    r"sending|receiving|welcoming|joining|attending|returning|opening|starting|launching|taking[ ]part|making)\b"
    r"(?![^.;]*\b(?:since|for[ ]the[ ]past)\b)[^.;]{0,120}$"
)
_NO_PAST: Final = frozenset(
    [
        "united",
        "need",
        "indeed",
        "speed",
        "hundred",
        "exceed",
        "proceed",
        "succeed",
        "breed",
        "allied",
        "armed",
        "agreed",
    ]
)
_SPEECH: Final = frozenset(
    ["said", "told", "added", "noted", "stressed", "warned", "announced", "reported", "wrote", "quoted", "argued"]
)
_WORD: Final = re.compile(r"(?<!be )\b[a-z]+\b")


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that tells when a text was published.

    Attributes:
        reason: What was read and what it means, in words.
        weights: Log weight of each day of the timeline.
    """

    reason: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its time expressions.

    Attributes:
        text: Its characters.
        start: Where it starts in the article's text.
        kind: The kind of block that it stands in.
        times: Expressions in it; their offsets count from the start of the article's text.
    """

    text: str
    start: int
    kind: BlockKind
    times: tuple[TimeExpression, ...]

    def quote(self, e: TimeExpression) -> str:
        """An expression with the preposition in front of it, in quotation marks."""
        front = f"{e.preposition} " if e.preposition and not e.text.lower().startswith(e.preposition) else ""
        return f"'{front}{' '.join(e.text.split())}'"


def passages(text: str, blocks: Sequence[Block]) -> list[Passage]:
    """The sentences of the parts that report something: title, headings, paragraphs and captions."""
    text = text[:_LONGEST]
    parts = [b for b in blocks if b.kind in _READ] if blocks else [Block("paragraph", 0, len(text), "whole text")]
    times = find_times(text)
    starts = [e.start for e in times]
    found: list[Passage] = []
    for block in parts:
        if block.start >= len(text):
            break
        edges, last = [block.start], min(block.end, len(text))
        for cut in _BREAK.finditer(text, block.start, last):
            edges += [cut.start(), cut.end()]
        edges.append(last)
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            inside = times[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            if text[start:end].strip():
                found.append(Passage(text[start:end], start, block.kind, tuple(inside)))
    return found


@cache
def _past_forms() -> frozenset[str]:
    rows = load_table("irregular_verbs")
    forms = {form for row in rows for form in row["past"].split("|") if form != row["verb"]}
    return frozenset(forms | {"was", "were", "had", "did"}) - {"saw"}


def tense_of(passage: Passage, e: TimeExpression) -> Tense:
    """The tense of the clause around an expression, from the cue that is nearest in front of it, else behind it."""
    at, end = e.start - passage.start, e.end - passage.start
    if e.preposition == "since":
        return "past"
    if e.form in ("day", "month") and e.year is None and _SCHEDULED.search(passage.text[:at]):
        # "Is hosting ... in April": what is going on now needs no month, so the month is to come.
        return "future"
    before, behind = _cues(passage.text[:at]), _cues(passage.text[end:])
    last = before[-1] if before else None
    if last and last[1] == "speech":
        close = len(passage.text[last[0] : at].split()) <= 3
        if close or not behind:
            return "past" if close else None
        last = None
    if last is None:
        last = next((cue for cue in behind if cue[1] != "speech"), None)
    if last is not None:
        return "future" if last[1] == "future" else "past"
    return "future" if e.preposition == "by" else None


def _cues(text: str) -> list[tuple[int, str]]:
    found = [(m.start(), "future") for m in _FUTURE.finditer(text)]
    taken = {at for at, _ in found}
    for m in _WORD.finditer(text):
        word = m[0]
        regular = len(word) > 4 and word.endswith("ed") and word not in _NO_PAST
        if m.start() not in taken and (regular or word in _past_forms()):
            found.append((m.start(), "speech" if word in _SPEECH else "past"))
    return sorted(found)
