"""Claims: what one report asserts, each with the characters that support it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from .article import BlockKind
from .time import UNKNOWN_DATE, DateValue

Stance = Literal["supportive", "cautious", "neutral", "ambivalent", "concerned", "critical", "hostile"]

STANCES: Final[tuple[Stance, ...]] = (
    "supportive",
    "cautious",
    "neutral",
    "ambivalent",
    "concerned",
    "critical",
    "hostile",
)
STAGES: Final[tuple[str, ...]] = (
    "proposed", "negotiating", "signed", "ratified", "in_force", "notice_given", "notice_withdrawn", "suspended",
    "resumed", "upgraded", "violated", "terminated", "expired", "participation_proposed",
)  # fmt: skip
MEETING_KINDS: Final = ("meeting", "summit", "visit", "call", "exercise")
MEETING_STATUSES: Final = ("held", "scheduled", "absent")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention stands for, as of a date.

    Attributes:
        code: ISO 3166-1 alpha-3 or organisation code; None when the text says that someone acted and not who.
        sector: PLOVER sector, or None.
        mention: As written.
        name: Resolved name of a person, office or organisation, or None.
        basis: How it was resolved (name, adjective, capital, office, context ...).
        confidence: 0 to 1.
        candidates: Other codes that it may be, best first.
    """

    code: str | None
    sector: str | None
    mention: str
    name: str | None = None
    basis: str = ""
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What all kinds share.

    Attributes:
        id: Content id.
        article: Id of the article.
        document: Name shown to users.
        start, end: Characters of the evidence in `Article.text`.
        evidence: Those characters.
        focus: Characters of the words that carry the claim inside the evidence.
        block: Kind of block that the evidence stands in (a caption is marked so).
        date: When it happened or is to happen.
        status: A key of `reading.STATUSES`; for meetings held, scheduled or absent.
        alleged: Only a party asserts it.
        speaker: To whom the text attributes it, or None.
        confidence: 0 to 1.
        basis: What kind of reading it rests on.
        reason: Why it was coded so.
        reader: Name and hash of the reader.
    """

    KIND: ClassVar[str] = ""
    PREFIX: ClassVar[str] = ""

    id: str
    article: str
    document: str
    start: int
    end: int
    evidence: str
    focus: tuple[int, int]
    block: BlockKind = "paragraph"
    date: DateValue = UNKNOWN_DATE
    status: str = "happened"
    alleged: bool = False
    speaker: str | None = None
    confidence: float = 0.5
    basis: str = ""
    reason: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """Who did what to whom, in PLOVER terms."""

    KIND: ClassVar[str] = "events"
    PREFIX: ClassVar[str] = "evt"

    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class StanceToward:
    """A stance toward one target; target None means toward nobody in particular."""

    target: str | None
    stance: Stance
    hedge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """Who says what, and where they stand."""

    KIND: ClassVar[str] = "statements"
    PREFIX: ClassVar[str] = "stm"

    role: str | None = None
    side: tuple[str, ...] = ()
    expert: bool = False
    addressee: str | None = None
    medium: str | None = None
    topic: str | None = None
    quote: str | None = None
    direct: bool = False
    stance: tuple[StanceToward, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAct(Claim):
    """A step in the life of an agreement."""

    KIND: ClassVar[str] = "agreements"
    PREFIX: ClassVar[str] = "agr"

    agreement: str
    stage: str
    parties: tuple[str, ...] = ()
    subject: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Claim):
    """A meeting, visit, call or joint exercise: held, scheduled or absent."""

    KIND: ClassVar[str] = "meetings"
    PREFIX: ClassVar[str] = "mtg"

    meeting: str
    participants: tuple[str, ...] = ()
    level: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Claim):
    """Something that one side holds against the other."""

    KIND: ClassVar[str] = "incidents"
    PREFIX: ClassVar[str] = "inc"

    incident: str
    parties: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Claim):
    """An amount that a report gives for a country."""

    KIND: ClassVar[str] = "figures"
    PREFIX: ClassVar[str] = "fig"

    measure: str
    value: float | None
    unit: str
    currency: str | None = None
    period: str | None = None
    country: str | None = None
    approximate: bool = False
    compared_with: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Claim):
    """A change in what a state does."""

    KIND: ClassVar[str] = "policies"
    PREFIX: ClassVar[str] = "pol"

    country: str
    topic: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Claim):
    """A military or technical capability that a state has, builds or plans."""

    KIND: ClassVar[str] = "capabilities"
    PREFIX: ClassVar[str] = "cap"

    country: str
    system: str
    change: str
    partners: tuple[str, ...] = field(default=())


CLAIM_KINDS: Final[dict[str, type[Claim]]] = {
    c.KIND: c for c in (Event, Statement, AgreementAct, Meeting, Incident, Figure, Policy, Capability)
}
