"""Attributions → statements: who says what, from which side, and where they stand."""

from __future__ import annotations

import re
from typing import cast

from foedera.actors import Resolved
from foedera.model import Attribution, Stance, StanceToward, Statement

from .context import ClaimContext

_TOPIC_WORDS = 14


def statements(ctx: ClaimContext) -> list[Statement]:
    """All statements whose speaker is a known side or a named person."""
    found = [s for a in ctx.reading.attributions if (s := _statement(ctx, a)) is not None]
    return list({s.id: s for s in found}.values())


def _statement(ctx: ClaimContext, said: Attribution) -> Statement | None:
    if said.source is None:
        return None
    mention = ctx.reading.mentions[said.source]
    resolved = ctx.actors.resolved(said.source)
    side = tuple(dict.fromkeys(r.actor.code for r in resolved if r.actor.code))
    if mention.kind == "agreement" and not side:
        side = ctx.actors.in_play(said.source) or ctx.actors.titled(frozenset())
    who = resolved[0] if resolved else None
    speaker = _speaker(ctx, said.source, who)
    if not side and (who is None or (who.role is None and who.actor.name is None)):
        return None
    quotes = " … ".join(ctx.text(q).strip() for q in said.quotes)
    return ctx.claim(
        Statement, said.sentence, said.cue, (speaker, said.cue[0] - ctx.sentence(said.sentence).start),
        speaker=speaker, role=who.role if who else None, side=side, expert=bool(who and who.expert),
        addressee=None if said.addressee is None else ctx.actors.text(said.addressee), medium=said.medium,
        topic=_topic(ctx, said),
        quote=quotes or None, direct=said.direct, stance=_stances(ctx, said, side), date=ctx.date(said.times,
        "happened"),
        confidence=round(said.score * (who.actor.confidence if who and who.actor.code else 0.5), 3), reason=said.reason,
    )  # fmt: skip


def _speaker(ctx: ClaimContext, source: int, who: Resolved | None) -> str:
    mention = ctx.reading.mentions[source]
    if (
        who is not None
        and who.actor.name
        and (mention.kind in ("person", "pronoun") or who.actor.basis in ("office-holder", "apposition"))
    ):
        return who.actor.name
    if mention.refers is not None:
        return _speaker(ctx, mention.refers, who)
    return re.sub(r"^(?:the|a|an)\s+", "", ctx.actors.text(source), flags=re.IGNORECASE)


def _topic(ctx: ClaimContext, said: Attribution) -> str:
    words = ctx.text(said.content).replace("\n", " ").split()
    while words and words[0].lower().strip(",") in ("that", "to", "on", "about", "of"):
        words = words[1:]
    return " ".join(words[:_TOPIC_WORDS]).strip(' ,.;“”"')


def _stances(ctx: ClaimContext, said: Attribution, side: tuple[str, ...]) -> tuple[StanceToward, ...]:
    out: dict[str | None, StanceToward] = {}
    for mention, stance, hedge in said.stance:
        codes = ctx.actors.codes(mention) if mention is not None else ()
        for code in codes:
            if code not in side:
                out.setdefault(code, StanceToward(code, cast(Stance, stance), hedge))
    if not out:
        stance, hedge = (said.stance[0][1], said.stance[0][2]) if said.stance else ("neutral", False)
        own = frozenset(side)
        spoken_to = () if said.addressee is None else ctx.actors.codes(said.addressee)
        parties = tuple(c for c in spoken_to if c not in own)
        parties = parties or (ctx.actors.in_play(said.source, None, own) if said.source is not None else ())
        parties = parties or ctx.actors.titled(own)
        targets: tuple[str | None, ...] = parties if stance != "neutral" and parties else (None,)
        out = {t: StanceToward(t, cast(Stance, stance), hedge) for t in targets}
    return tuple(out.values())
