"""The labels that the reader's heads choose from, in the order in which the weights know them."""

from __future__ import annotations

from typing import Final

from foedera.knowledge import codebook

OUTSIDE: Final = "O"


def spans(*kinds: str) -> tuple[str, ...]:
    """Labels of a head that finds spans: outside, then begin and inside for each kind."""
    return (OUTSIDE, *(f"{place}-{kind}" for kind in kinds for place in "BI"))


ENTITIES: Final = ("PER", "LOC", "ORG")
MENTIONS: Final = ("state", "org", "person", "office", "force", "group", "set", "pronoun", "agreement", "place",
                   "system", "money")  # fmt: skip
ACTORS: Final = frozenset({"state", "org", "person", "office", "force", "group", "set", "pronoun"})
SPEECH: Final = ("source", "cue", "content")
"""The layers of an attribution, one span head each: they overlap."""

TYPES: Final = ("none", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
                "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")  # fmt: skip
STATUSES: Final = ("happened", "ongoing", "planned", "hypothetical", "denied")
STANCES: Final = ("supportive", "cautious", "neutral", "ambivalent", "concerned", "critical", "hostile")
STAGES: Final = ("none", "proposed", "negotiating", "signed", "ratified", "in_force", "notice_given",
                 "notice_withdrawn", "suspended", "resumed", "upgraded", "violated", "terminated", "expired",
                 "participation_proposed")  # fmt: skip
ROLES: Final = ("none", "ARG0", "ARG1", "ARG2", "ARG3", "TMP", "LOC", "NEG", "MOD", "ADV", "MNR", "PRP")
"""PropBank roles; rarer ones are read as none."""

MODES: Final = tuple(f"{kind}/{mode}" for kind in TYPES[1:] for mode in codebook.plover_types()[kind].modes)
