"""Predicates of the other families → agreement acts, meetings, incidents, policies and capabilities."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from foedera.knowledge import cells, load_table
from foedera.model import AgreementAct, Capability, Incident, Meeting, Policy, Predicate

from .context import ClaimContext, settled

_LEADING: Final = re.compile(
    r"^(?:(?:that|to|of|on|with|for|by|about|the|a|an|its|their|his|her|this|these|those|it|would|not|will)\s+)+",
    re.IGNORECASE,
)
_AGREEMENT: Final = re.compile(
    r"\b(?:(?:the|a|an|this|that|its|their)\s+)?(?:(?!(?:the|an?|its|their|this|that|of)\b)[\w’'-]+\s+){0,5}?(?:pact|agreement|treaty|deal|accord|accords|memorandum|protocol|convention|truce"
    r"|armistice|ceasefire|cease-fire|notice|declaration|communiqu[eé]|framework|arrangements?|alliance|partnership|statement)\b"
    r"(?:\s+(?:on|for|of|to)\s+(?:[\w’'-]+\s?){1,8})?",
    re.IGNORECASE,
)
# To say that one will not renew is to give notice.
_RENEWAL: Final = re.compile(r"(?:renew|extend|prolong|continu|maintain|keep|roll|stay|remain)", re.IGNORECASE)
# "Cancelled the summit" names a meeting that was not held.
_CALLED_OFF: Final = re.compile(
    r"verb '(?:cancel|call(?:s|ed|ing)? off|scrap|skip|boycott|abandon)|-not-meet\b", re.IGNORECASE
)
_NOT_NEW: Final = frozenset(
    {"notice_given", "notice_withdrawn", "suspended", "resumed", "terminated", "expired", "violated", "upgraded"}
)
_TOPIC_WORDS: Final = 12


def meetings(ctx: ClaimContext) -> list[Meeting]:
    """Meetings, visits, calls and exercises of at least two parties, each once per sentence or set of parties."""
    out: dict[object, Meeting] = {}
    for p in _family(ctx, "meeting"):
        participants, why = _participants(ctx, p)
        if len(participants) < 2:
            continue
        date = ctx.date(p.times, p.status)
        status = {"planned": "scheduled", "hypothetical": "scheduled", "denied": "absent"}.get(
            settled(p.status, date, ctx), "held"
        )
        if status == "held" and _CALLED_OFF.search(p.reason):
            status = "absent"
        if status == "scheduled":
            date = ctx.date(p.times, "planned")
        key = (
            (ctx.sentence(p.sentence).start, frozenset(participants))
            if not why
            else (p.label, frozenset(participants), status)
        )
        if key in out or (
            why and any(set(m.participants) == set(participants) and m.meeting == p.label for m in out.values())
        ):
            continue
        out[key] = ctx.claim(
            Meeting, p.sentence, (p.start, p.end), (p.label, sorted(participants), status), meeting=p.label,
            participants=participants,
            level=_level(ctx, p), place=None if p.place is None else ctx.actors.text(p.place), date=date,
            status=status, alleged=p.alleged,
            speaker=ctx.speaker_of(p), confidence=round(p.score * (0.7 if why else 1.0), 3),
            reason="; ".join(x for x in (p.reason, why) if x),
        )  # fmt: skip
    return list({m.id: m for m in out.values()}.values())


def _family(ctx: ClaimContext, family: str) -> list[Predicate]:
    return [p for p in ctx.reading.predicates if p.family == family]


def _participants(ctx: ClaimContext, p: Predicate) -> tuple[tuple[str, ...], str]:
    exercise = p.label == "exercise"
    # An exercise near a state is not one with it.
    part = (k for k in (*p.sources, *p.targets) if not (exercise and ctx.reading.mentions[k].locative))
    codes = ctx.codes_of(tuple(part))
    if len(codes) >= 2:
        return codes, ""
    there = tuple(c for c in ctx.sentence_codes(p.sentence, places=not exercise) if c not in codes)
    if len(codes) == 1 and len(there) == 1:
        return codes + there, "the other party is the only other state in the sentence"
    if not codes and _definite(ctx, p):
        first = ctx.mentions_of(p.sentence)
        observer = frozenset(ctx.sentence_codes(p.sentence))
        parties = ctx.actors.in_play(first[0] if first else 0, None, observer) or ctx.actors.titled(observer)
        return parties, "parties are those last spoken of"
    return codes, ""


def _definite(ctx: ClaimContext, p: Predicate) -> bool:
    return (
        re.search(
            r"\b(?:the|this|that|their|second|third|next|another|follow-up|further|first)\s+(?:[\w-]+\s+){0,2}$",
            ctx.article.text[max(0, p.start - 40) : p.start],
            re.IGNORECASE,
        )
        is not None
    )


def _level(ctx: ClaimContext, p: Predicate) -> str | None:
    if p.label == "summit":
        return "head_of_state"
    for k in (*p.sources, *p.targets, *ctx.mentions_of(p.sentence)):
        for r in ctx.actors.resolved(k):
            if r.level:
                return r.level
    return None


def agreements(ctx: ClaimContext) -> list[AgreementAct]:
    """Acts in the life of agreements; a description takes the parties of the agreement spoken of last."""
    out: dict[str, AgreementAct] = {}
    last: AgreementAct | None = None
    for p in _family(ctx, "agreement"):
        name, known = _agreement_name(ctx, p)
        actor = next(iter(ctx.codes_of(p.sources)), None)
        parties, why = _agreement_parties(ctx, p, known, last)
        if name is None or len(parties) < 2:
            continue
        date = ctx.date(p.times, p.status)
        refused = p.reason.endswith(", refused")
        stage = "notice_given" if refused and _RENEWAL.match(ctx.text((p.start, p.end))) else p.label
        status = (
            "happened" if refused and stage == "notice_given" else "denied" if refused else settled(p.status, date, ctx)
        )
        act = ctx.claim(
            AgreementAct, p.sentence, (p.start, p.end), (stage, sorted(parties), name), agreement=name, stage=stage,
            parties=parties,
            subject=_subject(ctx, p), actor=actor if not p.symmetric else None, date=date, status=status,
            alleged=p.alleged,
            speaker=ctx.speaker_of(p), confidence=round(p.score * (0.7 if why else 1.0), 3),
            reason="; ".join(x for x in (p.reason, why) if x),
        )  # fmt: skip
        out.setdefault(act.id, act)
        last = act
    return list(out.values())


@cache
def _known_agreements() -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]:
    """Names, the longest first, full name and parties of each tabled agreement."""
    return tuple(
        (
            tuple(sorted((row["name"], *cells(row["aliases"])), key=len, reverse=True)),
            row["name"],
            cells(row["parties"]),
        )
        for row in load_table("agreements")
    )


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words. Most do not stand there at all, and then need no pattern."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _agreement_name(ctx: ClaimContext, p: Predicate) -> tuple[str | None, tuple[str, ...]]:
    """The name, from the table where it is known, else as written; and the tabled parties."""
    spans = [p.object] if p.object else []
    sentence = ctx.sentence(p.sentence)
    near = ctx.text((max(sentence.start, p.start - 80), min(sentence.end, p.end + 100)))
    for text in (*(ctx.text(s) for s in spans), near):
        for names, name, parties in _known_agreements():
            if any(_stands_in(form, text) for form in names):
                return name, parties
    for text in (*(ctx.text(s) for s in spans), ctx.text((p.start, p.end)), near):
        named = list(_AGREEMENT.finditer(text))
        if named:
            # "Gave notice that it would end the treaty": the notice is no agreement where one is named.
            found = next((m for m in named if not m[0].lower().endswith("notice")), named[0])
            return _LEADING.sub("", found[0]).strip() or found[0].strip(), ()
    return (
        (_LEADING.sub("", ctx.text(p.object)).strip()[:80] or None, ())
        if p.object and p.label not in _NOT_NEW
        else (None, ())
    )


def _agreement_parties(
    ctx: ClaimContext, p: Predicate, known: tuple[str, ...], last: AgreementAct | None
) -> tuple[tuple[str, ...], str]:
    if len(known) >= 2:
        return known, ""
    parties = ctx.codes_of(p.targets)
    if "third-party" in p.modes and len(parties) >= 2:
        return parties, ""
    codes = ctx.codes_of((*p.sources, *p.targets))
    if len(codes) >= 2:
        return codes, ""
    there = tuple(c for c in ctx.sentence_codes(p.sentence) if c not in codes)
    if len(codes) == 1 and len(there) == 1:
        return codes + there, "the other party is the only other state in the sentence"
    if p.label in _NOT_NEW and last is not None and (not codes or codes[0] in last.parties):
        return last.parties, f"parties are those of {last.agreement!r} above"
    if not codes and not there:
        first = ctx.mentions_of(p.sentence)
        return ctx.actors.in_play(first[0] if first else len(ctx.reading.mentions)), "parties are those last spoken of"
    return codes + there if p.symmetric or not codes else codes, ""


def _subject(ctx: ClaimContext, p: Predicate) -> str | None:
    found = (
        re.search(r"\b(?:on|for|to|over|about|regarding)\s+((?:[\w’'-]+\s?){1,8})", ctx.text(p.object))
        if p.object
        else None
    )
    return found[1].strip() if found else None


def incidents(ctx: ClaimContext) -> list[Incident]:
    """Incidents and grievances between two parties or more."""
    out: dict[str, Incident] = {}
    for p in _family(ctx, "incident"):
        codes = ctx.codes_of((*p.sources, *p.targets))
        if len(codes) < 2:
            there = tuple(c for c in ctx.sentence_codes(p.sentence, places=True) if c not in codes)
            codes = codes + there if len(there) == 1 else codes
        if len(codes) < 2 or p.status == "denied":
            continue
        claim = ctx.claim(
            Incident, p.sentence, (p.start, p.end), (p.label, sorted(codes)), incident=p.label, parties=codes,
            place=None if p.place is None else ctx.actors.text(p.place), date=ctx.date(p.times, p.status),
            status=p.status, alleged=p.alleged,
            speaker=ctx.speaker_of(p), confidence=p.score, reason=p.reason,
        )  # fmt: skip
        out.setdefault(claim.id, claim)
    return list(out.values())


def policies(ctx: ClaimContext) -> list[Policy]:
    """Changes in what one state does."""
    out: dict[str, Policy] = {}
    for p in _family(ctx, "policy"):
        codes = ctx.codes_of(p.sources)
        # What several states do together is an agreement or an event, not one state's policy.
        country = codes[0] if len(codes) == 1 else None
        topic = _object_text(ctx, p)
        if country is None or not topic:
            continue
        date = ctx.date(p.times, p.status)
        claim = ctx.claim(
            Policy, p.sentence, (p.start, p.end), (p.label, country, topic), country=country, topic=topic,
            change=p.label, date=date,
            status=settled(p.status, date, ctx), alleged=p.alleged, speaker=ctx.speaker_of(p), confidence=p.score,
            reason=p.reason,
        )  # fmt: skip
        out.setdefault(claim.id, claim)
    return list(out.values())


def capabilities(ctx: ClaimContext) -> list[Capability]:
    """Capabilities that a state has, builds, buys or plans."""
    out: dict[str, Capability] = {}
    for p in _family(ctx, "capability"):
        codes = ctx.codes_of(p.sources)
        system = _object_text(ctx, p)
        if not codes or not system:
            continue
        date = ctx.date(p.times, p.status)
        partners = tuple(c for c in (*codes[1:], *ctx.codes_of(p.targets)) if c != codes[0])
        claim = ctx.claim(
            Capability, p.sentence, (p.start, p.end), (p.label, codes[0], system), country=codes[0], system=system,
            change=p.label,
            partners=tuple(dict.fromkeys(partners)), date=date, status=settled(p.status, date, ctx), alleged=p.alleged,
            speaker=ctx.speaker_of(p), confidence=p.score, reason=p.reason,
        )  # fmt: skip
        out.setdefault(claim.id, claim)
    return list(out.values())


def _object_text(ctx: ClaimContext, p: Predicate) -> str:
    """What is acted on, without the words that only lead to it."""
    text = ctx.text(p.object) if p.object else ctx.text((p.start, p.end))
    words = _LEADING.sub("", text.replace("\n", " ")).split()[:_TOPIC_WORDS]
    return " ".join(words).strip(' ,.;:“”"')
