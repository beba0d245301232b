"""A reading: what the language room finds in an article, before anything is resolved.

A reader, lexical or neural, fills these records; `claims` turns them into claims. Offsets are characters of
`Article.text`. Indices point into the tuples of the same `Reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from .article import BlockKind

MentionKind = Literal["state", "organisation", "person", "office", "force", "group", "nominal", "pronoun", "set",
                      "agreement", "place", "system"]  # fmt: skip
Status = Literal["happened", "ongoing", "planned", "hypothetical", "denied"]
ClaimFamily = Literal["event", "agreement", "meeting", "incident", "policy", "capability"]

STATUSES: Final[dict[str, str]] = {
    "happened": "reported as done",
    "ongoing": "reported as going on",
    "planned": "announced, agreed or intended, not yet done",
    "hypothetical": "possible, conditional, speculated about",
    "denied": "reported as not done or not true ('have not met since')",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the kind of block that it stands in."""

    start: int
    end: int
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may stand for an actor, an agreement, a place or a system.

    Attributes:
        start, end: Its characters.
        kind: What it looks like; `actors` decides what it is.
        sentence: Index of its sentence.
        locative: It is only where something is ("in South Korea"), not who acts.
        refers: Index of the earlier mention that a pronoun or description stands for; None where unresolved.
    """

    start: int
    end: int
    kind: MentionKind
    sentence: int
    locative: bool = False
    refers: int | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as written; `times` gives it a value."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """Something that is said to happen, with its roles.

    Attributes:
        start, end: The words that name it.
        sentence: Index of its sentence.
        family: Which kind of claim it supports. One verb may yield several predicates.
        label: PLOVER type, agreement stage, meeting kind, incident kind, policy change or capability change.
        modes: PLOVER modes.
        contexts: PLOVER contexts.
        sources, targets: Indices of mentions, in order.
        symmetric: Source and target do it together.
        status: What the sentence says of it.
        alleged: Only a party asserts it.
        times: Indices of time expressions that date it.
        object: Characters of what is acted on (the agreement, the system, the policy), or None.
        place: Index of the mention where it happens, or None.
        score: Confidence of the reader, 0 to 1, before calibration.
        reason: The rule or the model scores behind it.
    """

    start: int
    end: int
    sentence: int
    family: ClaimFamily
    label: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    symmetric: bool = False
    status: Status = "happened"
    alleged: bool = False
    times: tuple[int, ...] = ()
    object: tuple[int, int] | None = None
    place: int | None = None
    score: float = 0.5
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what.

    Attributes:
        sentence: Index of its sentence.
        source: Index of the mention that speaks; None when nobody is named.
        cue: Characters of the verb or phrase ("said", "according to").
        content: Characters of what is said.
        direct: The content is quoted as a whole.
        quotes: Characters of the quoted parts.
        medium: How or to whom it was said ("in an interview with CNN"), or None.
        addressee: Index of the mention that is spoken to, or None.
        stance: One of the seven stances toward each mention, as (mention index, stance, hedged).
        times: Indices of time expressions that date the speech.
        score, reason: As in `Predicate`.
    """

    sentence: int
    source: int | None
    cue: tuple[int, int]
    content: tuple[int, int]
    direct: bool
    quotes: tuple[tuple[int, int], ...] = ()
    medium: str | None = None
    addressee: int | None = None
    stance: tuple[tuple[int | None, str, bool], ...] = ()
    times: tuple[int, ...] = ()
    score: float = 0.5
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit.

    Attributes:
        value: The number in units of the currency or unit; None when the text gives none ("hundreds of millions").
        unit: What is counted ("USD", "troops", "km", "percent").
        currency: ISO 4217, or None.
        measure: What the amount measures, as written.
        owner: Index of the mention that it belongs to, or None.
        approximate: "about", "nearly", "more than".
        compared: Characters of the amount that it is compared with, or None.
        status: As for a predicate.
    """

    start: int
    end: int
    sentence: int
    value: float | None
    unit: str
    currency: str | None
    measure: str
    owner: int | None
    approximate: bool
    compared: tuple[int, int] | None = None
    times: tuple[int, ...] = ()
    status: Status = "happened"
    score: float = 0.5
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reader found in one article.

    Attributes:
        article: Id of the article.
        reader: Name and hash of the reader that made it.
    """

    article: str
    reader: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
