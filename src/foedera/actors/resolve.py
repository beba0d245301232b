"""From a phrase to an actor as of a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from foedera.model import Actor

from .directory import Directory, Hit, Listing, directory, words_of

_STATE_LIKE: Final = ("state", "adjective", "national", "capital", "place")
_PLACED: Final = frozenset({"to", "in", "at", "near", "from", "on"})
_PAST: Final = frozenset({"former", "ex", "late"})
_THEN: Final = frozenset({"then"})
_SLACK: Final = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor with what a statement needs to know of it.

    Attributes:
        actor: Code, sector and name.
        role: Office, in words, or None.
        level: Level of the office, or empty.
        expert: A scholar or analyst, who does not speak for a state.
    """

    actor: Actor
    role: str | None = None
    level: str = ""
    expert: bool = False


def resolve(
    phrase: str, on: dt.date | None = None, *, among: frozenset[str] = frozenset(), source: Directory | None = None
) -> Resolved:
    """Who a phrase stands for.

    Args:
        phrase: A noun phrase as written: "the South Korean Defense Ministry".
        on: The day as of which office-holders are taken. None means the latest known.
        among: Codes in play, which decide between the meanings of an ambiguous form ("SDF", "the ministry in Georgia").
        source: The directory; the shipped one by default.

    Returns:
        An actor whose code is None when the phrase names no state or organisation that the directory knows.
    """
    words, hits = (source or directory()).scan(phrase)
    folded = {w.lower() for w in words}
    # "Former Chilean president X": the state beside a name tells which of several offices is meant.
    beside = frozenset(x.code for h in hits if h.kind in _STATE_LIKE for x in h.listings)
    person = _person(words, hits, on, beside or among)
    office = next((h.listings[0] for h in reversed(hits) if h.kind == "office"), None)
    owner = _owner(words, hits, on, among)
    head = _head(hits)
    if person is not None:
        return _as_person(phrase, person, office, on, folded)
    if owner is None:
        sector = head.sector if head else None
        name = head.name if head and head.kind in ("organisation", "seat", "group") else None
        return Resolved(Actor(None, sector or None, phrase, name, "none", 0.3), *_office_parts(office))
    sector = _sector(owner, head, folded)
    candidates = tuple(
        dict.fromkeys(
            x.code for h in hits if owner in h.listings for x in h.listings if x.code and x.code != owner.code
        )
    )
    name = (head or owner).name if (head or owner).kind in ("organisation", "seat", "group") else None
    confidence = 0.95 if owner.kind in ("state", "adjective") and not owner.ambiguous else 0.8
    return Resolved(Actor(owner.code, sector, phrase, name, owner.kind, confidence, candidates), *_office_parts(office))


def _office_parts(office: Listing | None) -> tuple[str | None, str, bool]:
    return (office.role, office.level, office.expert) if office else (None, "", False)


def _person(words: list[str], hits: list[Hit], on: dt.date | None, among: frozenset[str]) -> Listing | None:
    for hit in hits:
        rows = [x for x in hit.listings if x.kind == "person" and _whole_name(words, hits, hit, x)]
        if rows and not _rather_a_state(hit, rows, hits):
            return _in_office([r for r in rows if r.code in among] or rows, on)
    return None


def _rather_a_state(hit: Hit, rows: list[Listing], hits: list[Hit]) -> bool:
    """Whether a surname is that of a state as well ("Montenegro") and no office says that the person is meant."""
    state = any(x.kind == "state" for x in hit.listings)
    return state and all(r.ambiguous for r in rows) and not any(h.kind == "office" for h in hits)


def _whole_name(words: list[str], hits: list[Hit], hit: Hit, row: Listing) -> bool:
    """A surname does not stand for its bearer where another name is written beside it ("Kim You-geun")."""
    if not row.ambiguous:
        return True
    # Another surname of the tables beside it is part of the same unknown name ("Hong Nam-ki").
    taken = {i for h in hits if h.kind not in ("person", "place") for i in range(h.first, h.last)}
    beside = [words[i] for i in (hit.first - 1, hit.last) if 0 <= i < len(words) and i not in taken]
    return not any(w[:1].isupper() and w not in words_of(row.name) for w in beside)


def _in_office(rows: list[Listing], on: dt.date | None) -> Listing | None:
    """The row that holds on a day, else the latest that began before it. None where several persons fit equally."""
    if on is None:
        fitting = rows
    else:
        fitting = (
            [r for r in rows if r.start - _SLACK <= on <= r.end + _SLACK] or [r for r in rows if r.start <= on] or rows
        )
    latest = max(fitting, key=lambda r: (r.start, r.end))
    rivals = {r.name for r in fitting if r.ambiguous}
    return latest if len(rivals) <= 1 else None


def _as_person(phrase: str, row: Listing, office: Listing | None, on: dt.date | None, words: set[str]) -> Resolved:
    holding = on is None or row.start - _SLACK <= on <= row.end + _SLACK
    then = bool(words & _THEN)
    former = bool(words & _PAST) or (not holding and not then and on is not None and on > row.end)
    sector = "ELI" if former else row.sector
    role = office.role if office else (f"former {row.role}" if former else row.role)
    return Resolved(
        Actor(row.code, sector, phrase, row.name, "office-holder", 0.9 if holding else 0.7),
        role,
        office.level if office else "",
    )


def _owner(words: list[str], hits: list[Hit], on: dt.date | None, among: frozenset[str]) -> Listing | None:
    """The state or organisation that the phrase belongs to."""
    placed: Listing | None = None
    for hit in hits:
        listing = _valid(hit, on, among)
        if listing is None or not listing.code:
            continue
        before = words[hit.first - 1].lower() if hit.first else ""
        if before == "the" and hit.first > 1:
            before = words[hit.first - 2].lower()
        if before in _PLACED:
            placed = placed or listing
            continue
        return listing
    return placed


def _valid(hit: Hit, on: dt.date | None, among: frozenset[str]) -> Listing | None:
    named = [x for x in hit.listings if x.kind in (*_STATE_LIKE, "organisation", "seat", "group")]
    holding = [x for x in named if (on is None and x.end.year == 9000) or (on is not None and x.start <= on <= x.end)]
    found = holding or named
    fitting = next((x for x in found if x.code in among), None)
    # A body whose name several states use, and whose state is not in play, is somebody else's.
    if fitting is None and among and found and all(x.ambiguous and x.kind not in _STATE_LIKE for x in found):
        return None
    return fitting or next(iter(found), None)


def _head(hits: list[Hit]) -> Listing | None:
    """What the phrase is about: its last office, noun, organisation or seat."""
    for hit in reversed(hits):
        if hit.kind in ("office", "sector", "organisation", "seat", "group"):
            return hit.listings[0]
    return None


def _sector(owner: Listing, head: Listing | None, words: set[str]) -> str | None:
    if words & _PAST and head is not None and head.kind == "office":
        return "ELI"
    if head is None:
        return owner.sector or None
    if (
        words & {"defense", "defence", "military", "army", "navy"}
        and head.sector == "GOV"
        and head.kind in ("sector", "office")
    ):
        return "MIL"
    return head.sector or owner.sector or None
