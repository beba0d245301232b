"""Frozen records, ids, dates, errors, and the protocols that rooms talk through."""

from .article import BLOCK_KINDS, Article, Block, BlockKind, OffsetMap
from .claim import (
    CLAIM_KINDS,
    MEETING_KINDS,
    MEETING_STATUSES,
    STAGES,
    STANCES,
    Actor,
    AgreementAct,
    Capability,
    Claim,
    Event,
    Figure,
    Incident,
    Meeting,
    Policy,
    Stance,
    StanceToward,
    Statement,
)
from .ids import content_id, sha256
from .page import Metadata, Page, Reject
from .protocols import Reader, Rows
from .reading import (
    STATUSES,
    Attribution,
    Mention,
    MentionKind,
    Predicate,
    Quantity,
    Reading,
    Sentence,
    Status,
    TimeMention,
)
from .time import BASES, UNKNOWN_DATE, Basis, DateValue, Granularity, bounds, month_end

__all__ = [
    "BASES", "BLOCK_KINDS", "CLAIM_KINDS", "MEETING_KINDS", "MEETING_STATUSES", "STAGES", "STANCES", "STATUSES",
    "UNKNOWN_DATE", "Actor", "AgreementAct", "Article", "Attribution", "Basis", "Block", "BlockKind", "Capability",
    "Claim", "DateValue", "Event", "Figure", "Granularity", "Incident", "Meeting", "Mention", "MentionKind", "Metadata",
    "OffsetMap", "Page", "Policy", "Predicate", "Quantity", "Reader", "Reading", "Reject", "Rows", "Sentence", "Stance",
    "StanceToward", "Statement", "Status", "TimeMention", "bounds", "content_id", "month_end", "sha256",
]  # fmt: skip
