"""The codebook: PLOVER types, modes, contexts, sectors, and a glossary for every label that Foedera prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from foedera.model import BASES, BLOCK_KINDS, STATUSES
from foedera.model.errors import REJECT_REASONS, UnknownCode

from .loading import load_toml

CODEBOOK_VERSION: Final[str] = load_toml("plover")["version"]

_STAGES: Final = {
    "proposed": "An agreement was suggested or offered.",
    "negotiating": "Parties talk about its terms.",
    "signed": "Signed, agreed or concluded.",
    "ratified": "Approved by a parliament or head of state.",
    "in_force": "In force or activated.",
    "notice_given": "Notice of withdrawal or non-renewal was given.",
    "notice_withdrawn": "Such a notice was taken back or suspended.",
    "suspended": "Set aside for a time.",
    "resumed": "Taken up again.",
    "upgraded": "Widened or deepened.",
    "violated": "A party is said to have broken it.",
    "terminated": "Ended, or a withdrawal completed.",
    "expired": "Ended by its own terms.",
    "participation_proposed": "A further party may join.",
}
_STANCES: Final = {
    "supportive": "For the other side or what it does.",
    "cautious": "For it, with reserve.",
    "neutral": "Neither for nor against.",
    "ambivalent": "For and against at once.",
    "concerned": "Worried.",
    "critical": "Against it; a warning is critical.",
    "hostile": "Enmity; a threat is hostile.",
}
_MEETINGS: Final = {
    "meeting": "Officials meet, below the level of heads.",
    "summit": "Heads of state or government meet.",
    "visit": "One side travels to the other.",
    "call": "By telephone or video.",
    "exercise": "Armed forces train together.",
    "held": "The meeting took place.",
    "scheduled": "The meeting is announced.",
    "absent": "The report says that it did not take place.",
}


@dataclass(frozen=True, slots=True)
class PloverType:
    """One of the sixteen types.

    Attributes:
        code: Its name.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: Conflict-cooperation score of the type.
        text: When to record it.
        modes: Score of each of its modes.
    """

    code: str
    quad: int
    score: float
    text: str
    modes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a label.

    Attributes:
        label: As printed.
        kind: What sort of label it is.
        text: What it means.
    """

    label: str
    kind: str
    text: str


@cache
def plover_types() -> dict[str, PloverType]:
    """The sixteen types by name, in the order of the codebook."""
    table = load_toml("plover")["types"]
    return {
        code: PloverType(
            code, t["quad"], float(t["score"]), t["text"], {m: float(s) for m, s in t.get("modes", {}).items()}
        )
        for code, t in table.items()
    }


@cache
def modes() -> dict[str, str]:
    """Every mode and what it means."""
    return dict(load_toml("plover")["modes"])


@cache
def contexts() -> dict[str, str]:
    """Every context and what it means."""
    return dict(load_toml("plover")["contexts"])


@cache
def sectors() -> dict[str, str]:
    """Every sector and what it means."""
    return dict(load_toml("plover")["sectors"])


@cache
def _glossary() -> dict[str, tuple[Entry, ...]]:
    quads = load_toml("plover")["quads"]
    entries = [
        Entry(t.code, "type", f"{quads[str(t.quad)]}, score {t.score:+g}. {t.text}" + _mode_list(t))
        for t in plover_types().values()
    ]
    groups: tuple[tuple[str, dict[str, str]], ...] = (
        ("mode", modes()), ("context", contexts()), ("sector", sectors()), ("status", STATUSES),
        ("basis of a date", BASES),
        ("part of a page", dict(BLOCK_KINDS)), ("reason for a reject", REJECT_REASONS), ("stage of an agreement",
        _STAGES),
        ("stance", _STANCES), ("meeting", _MEETINGS),
    )  # fmt: skip
    entries += [Entry(label, kind, text) for kind, table in groups for label, text in table.items()]
    out: dict[str, list[Entry]] = {}
    for entry in entries:
        out.setdefault(entry.label.lower(), []).append(entry)
    return {label: tuple(found) for label, found in out.items()}


def _mode_list(kind: PloverType) -> str:
    return " Modes: " + ", ".join(f"{m} ({s:+g})" for m, s in kind.modes.items()) + "." if kind.modes else ""


def explain(label: str | None = None) -> tuple[Entry, ...]:
    """What a label means; a label may have several meanings. None returns the whole glossary.

    Raises:
        UnknownCode: No label of that name.
    """
    if label is None:
        return tuple(entry for found in _glossary().values() for entry in found)
    found = _glossary().get(label.strip().lower())
    if not found:
        raise UnknownCode(f"{label!r} is not a label of the codebook", remedy="`foedera explain` lists them all")
    return found
