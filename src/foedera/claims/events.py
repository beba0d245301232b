"""Predicates of the event family → PLOVER events, by the rules of the codebook."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from foedera.model import Actor, DateValue, Event, Predicate, Status

from .context import ClaimContext, settled

_FUTURE_IS_AGREE: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_REFUSABLE: Final = _FUTURE_IS_AGREE | {"AGREE", "CONCEDE", "RETREAT"}
_ONE_ACTOR: Final = frozenset({"MOBILIZE", "PROTEST", "RETREAT", "CONCEDE"})
_JOINT_THINGS: Final = re.compile(
    r"\b(?:summit|talks|meeting|dialogue|deal|pact|agreement|accord|treaty|thaw|rapprochement|exercises?|drills|cooperation|partnership|notice"
    r"|visit|negotiations|normali[sz]ation|reconciliation|truce|ceasefire|alliance)\b",
    re.IGNORECASE,
)

# Force has the target that its clause names or none; words go to whom the report is about.
_PHYSICAL: Final = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "PROTEST", "AID"})
_SPOKEN: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "SANCTION"})
# A diplomatic protest is ACCUSE, one of a crowd PROTEST.
_PROTEST: Final = re.compile(r"'protest", re.IGNORECASE)
_CROWDS: Final = frozenset({"CVL", "MOB", "LAB", "EDU", "AGR", "SOC", "OPP", "REL"})
_INFERRED: Final = frozenset({"context", "place"})
_OWN: Final = re.compile(r"(?:its|his|her|their)\b", re.IGNORECASE)
_EXERCISES: Final = re.compile(r"\b(?:exercises?|drills?|manoeuvres|maneuvers|war games|workouts)\b", re.IGNORECASE)
# What one side can do to the other alone: the other side is then one party, not two.
_TWO_SIDED: Final = frozenset(
    {"deal", "pact", "agreement", "accord", "treaty", "notice", "alliance", "truce", "ceasefire"}
)


def events(ctx: ClaimContext) -> list[Event]:
    """All events of an article: one for each predicate whose actors are known, restatements in headings left out."""
    found = [e for p in ctx.reading.predicates if p.family == "event" and (e := _event(ctx, p)) is not None]
    return _without_restatements(_merged(found))


def _event(ctx: ClaimContext, p: Predicate) -> Event | None:
    date = _date(ctx, p)
    status = settled(p.status, date, ctx)
    sources, targets, inferred = _roles(ctx, p, date)
    if p.label == "ACCUSE" and _PROTEST.search(p.reason) and any(a.sector in _CROWDS for a in sources):
        p = replace(p, label="PROTEST", modes=("demo",))
    if _is_joint_exercise(ctx, p, sources):
        p = replace(p, label="COOPERATE", modes=(), symmetric=True)
    if _agree_together(ctx, p, sources, targets):
        p = replace(p, symmetric=True)
    label, modes, why = _coded(p, status)
    if not sources or not _sayable(label, sources, targets, p.symmetric):
        return None
    if len({a.code for a in sources}) > 1 and targets and {a.code for a in targets} <= {a.code for a in sources}:
        # A group's dealings with itself, of which nothing tells who did what to whom.
        return None
    parties = {a.code for a in (*sources, *targets)}
    modes = tuple(m for m in modes if m != "multilateral" or len(parties) > 2)
    reason = "; ".join(x for x in (p.reason, why, inferred) if x)
    known = [a.confidence for a in (*sources, *targets)]
    return ctx.claim(
        Event, p.sentence, (p.start, p.end), (label, _key(sources), _key(targets), p.symmetric),
        type=label, modes=modes, contexts=p.contexts, source=sources, target=targets, symmetric=p.symmetric, date=date,
        status="happened" if why.startswith("refused") else status, alleged=p.alleged, speaker=ctx.speaker_of(p),
        confidence=round(p.score * (0.5 + 0.5 * min(known, default=1.0)) * (0.8 if inferred else 1.0), 3),
        reason=reason,
    )  # fmt: skip


def _is_joint_exercise(ctx: ClaimContext, p: Predicate, sources: tuple[Actor, ...]) -> bool:
    """One state's exercise is MOBILIZE, a joint one COOPERATE."""
    several = len({a.code for a in sources}) >= 2
    words = ctx.text((p.start, max(p.end, p.object[1] if p.object else 0)))
    return p.label == "MOBILIZE" and several and _EXERCISES.search(words) is not None


def _agree_together(ctx: ClaimContext, p: Predicate, sources: tuple[Actor, ...], targets: tuple[Actor, ...]) -> bool:
    """ "The two countries agreed to open the border": with each other, where nobody else is named."""
    if targets or len({a.code for a in sources}) < 2:
        return False
    agreed = p.label == "AGREE" and ctx.text((p.start, p.end)).lower().startswith("agree")
    return agreed or p.label in ("CONSULT", "COOPERATE")


def _date(ctx: ClaimContext, p: Predicate) -> DateValue:
    """A hypothetical or denied event takes a date from its sentence alone."""
    date = ctx.date(p.times, p.status)
    if p.status in ("happened", "ongoing") and ctx.is_future(date):
        return ctx.date(p.times, "planned")
    return date


def _roles(ctx: ClaimContext, p: Predicate, date: DateValue) -> tuple[tuple[Actor, ...], tuple[Actor, ...], str]:
    on = ctx.as_of(date)
    sources = _known(ctx.actors_of(p.sources, on))
    targets = tuple(
        a
        for a in _known(ctx.actors_of(p.targets, on))
        if (a.code, a.sector) not in {(s.code, s.sector) for s in sources}
        # Nobody deploys against himself: "put its army on alert", "a drill in its waters".
        and not (p.label == "MOBILIZE" and a.code in {s.code for s in sources})
    )
    own = {s.code for s in sources}
    if any(a.code not in own for a in targets):
        # "Withdrew its troops from Mali", "recalled its ambassador from Quito": the other side is who it is done to.
        targets = tuple(a for a in targets if a.code not in own or not _OWN.match(a.mention))
    sure = {a.code for a in targets if a.basis not in _INFERRED}
    # "Fired missiles at Peru": whose the missiles are is a guess, and Peru is named.
    targets = tuple(a for a in targets if a.basis not in _INFERRED or a.code not in sure)
    if p.symmetric:
        return _completed_joint(ctx, p, sources)
    if targets or not sources:
        return sources, targets, ""
    return (sources, *_inferred_target(ctx, p, sources))


def _known(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(a for a in actors if a.code)


def _completed_joint(
    ctx: ClaimContext, p: Predicate, actors: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], str]:
    if len({a.code for a in actors}) >= 2:
        return actors, (), ""
    own = frozenset(a.code for a in actors if a.code)
    there = [c for c in ctx.sentence_codes(p.sentence) if c not in own]
    if len(there) == 1 and own:
        return (*actors, _from_context(there[0])), (), "second party is the only other state in the sentence"
    return actors, (), ""


def _from_context(code: str) -> Actor:
    return Actor(code, "GOV", code, None, "context", 0.6)


def _inferred_target(ctx: ClaimContext, p: Predicate, sources: tuple[Actor, ...]) -> tuple[tuple[Actor, ...], str]:
    """The state of the place that is visited, else the parties of the thing that is spoken of.

    Another state of the sentence is no guess to make: the reader has judged it, and found that it is not the target.
    """
    own = frozenset(a.code for a in sources if a.code)
    there = [c for c in ctx.sentence_codes(p.sentence) if c not in own]
    if p.label in _PHYSICAL:
        return (), ""
    places = [c for c in ctx.sentence_codes(p.sentence, places=True) if c not in own]
    if "visit" in p.modes and len(places) == 1:
        return (_from_context(places[0]),), "target is the state of the place that is visited"
    thing = _JOINT_THINGS.search(ctx.text(p.object)) if p.object else None
    if thing and not there and p.label not in _ONE_ACTOR - {"CONCEDE"}:
        first = ctx.mentions_of(p.sentence)
        size = 1 if thing[0].lower() in _TWO_SIDED else None
        parties = ctx.actors.in_play(first[0] if first else 0, size, own) or ctx.actors.titled(own)
        if parties:
            return tuple(_from_context(c) for c in parties[:3]), f"target is who {thing[0]!r} was last about"
    if (
        not there
        and p.label in _SPOKEN
        and p.reason.startswith("verb")
        and (others := ctx.counterparts(p.sentence, own))
    ):
        return tuple(_from_context(c) for c in others), "target is who was spoken of just before"
    return (), ""


def _coded(p: Predicate, status: Status) -> tuple[str, tuple[str, ...], str]:
    """The type under the codebook: what is planned is AGREE or CONCEDE, what is declined is REJECT."""
    refused = p.reason.endswith(", refused")
    if refused and p.label in _REFUSABLE:
        return "REJECT", (), f"refused future {p.label} is REJECT"
    if status == "planned" and p.label == "REJECT":
        return "REJECT", p.modes, "refused now, what would come later"
    if status == "planned" and p.label in _FUTURE_IS_AGREE:
        return "AGREE", (), f"future {p.label} is AGREE"
    if status == "planned" and p.label == "RETREAT":
        return "CONCEDE", (), "future RETREAT is CONCEDE"
    return p.label, p.modes, ""


def _sayable(label: str, sources: tuple[Actor, ...], targets: tuple[Actor, ...], symmetric: bool) -> bool:
    """Whether there are enough parties for the type."""
    if symmetric:
        return len({a.code for a in sources}) >= 2
    return bool(targets) or label in _ONE_ACTOR


def _key(actors: tuple[Actor, ...]) -> list[tuple[str | None, str | None]]:
    return sorted({(a.code, a.sector) for a in actors}, key=str)


def _codes(event: Event) -> tuple[frozenset[str | None], frozenset[str | None]]:
    return frozenset(a.code for a in event.source), frozenset(a.code for a in event.target)


def _merged(found: list[Event]) -> list[Event]:
    """One event per sentence, type and parties; the more confident reading stands."""
    best: dict[object, Event] = {}
    for e in found:
        source, target = _codes(e)
        key = (e.start, e.type, source | target if e.symmetric else (source, target))
        kept = best.get(key)
        if kept is None or e.confidence > kept.confidence:
            best[key] = e if kept is None else replace(e, contexts=tuple(dict.fromkeys((*kept.contexts, *e.contexts))))
    return list({e.id: e for e in best.values()}.values())


def _without_restatements(found: list[Event]) -> list[Event]:
    """Headlines repeat the body; captions may too. What the body says already is left out there."""
    body = {(e.type, *_codes(e)) for e in found if e.block == "paragraph"}
    return [e for e in found if e.block == "paragraph" or (e.type, *_codes(e)) not in body]
