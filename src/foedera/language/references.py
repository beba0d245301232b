"""What pronouns and descriptions stand for, by recency and kind within a few sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from foedera.model import Mention

from .words import word_set

_PERSON: Final = frozenset({"he", "she", "him", "his", "her", "himself", "herself"})
_THING: Final = frozenset({"it", "its", "itself"})
_MANY: Final = frozenset({"they", "their", "them", "themselves"})
_REACH: Final = 4
# Heads that are shared by full names and short descriptions: "the South Korean Foreign Ministry ... the ministry".
_DESCRIPTIONS: Final = word_set(
    "ministry minister president premier chancellor spokesman spokeswoman spokesperson representative official"
    " officials ambassador envoy department agency government administration army navy military secretary general"
    " commander chief leader company group organization organisation bloc alliance union commission council committee"
    " court parliament embassy statement declaration professor analyst expert researcher fellow lawmaker"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention with what reference needs to know.

    Attributes:
        mention: The mention itself.
        text: As written.
        subject: It is the subject of a verb.
        named: It carries a name or a country, so that it can be resolved by itself.
        listed: It continues a list, or begins one.
    """

    mention: Mention
    text: str
    subject: bool
    named: bool
    listed: bool


def refer(candidates: list[Candidate]) -> list[Mention]:
    """The mentions with `Mention.refers` filled in where something earlier fits."""
    out: list[Mention] = []
    for i, candidate in enumerate(candidates):
        antecedent = _antecedent(candidates, i)
        out.append(replace(candidate.mention, refers=antecedent) if antecedent is not None else candidate.mention)
    return out


def _antecedent(candidates: list[Candidate], i: int) -> int | None:
    candidate = candidates[i]
    word = candidate.text.lower()
    if candidate.mention.kind == "pronoun":
        if word in _PERSON:
            return _latest(candidates, i, _one_person)
        if word in _THING:
            return _latest(
                candidates,
                i,
                lambda c: c.mention.kind in ("state", "organisation", "group", "force") and c.named,
                reach=1,
            )
        if word in _MANY:
            return _latest(
                candidates,
                i,
                lambda c: c.listed or c.mention.kind in ("set", "nominal", "group", "organisation", "force"),
            )
        return None
    if candidate.named or candidate.mention.kind not in ("nominal", "office", "organisation"):
        return None
    head = word.split()[-1]
    if not word.startswith(("the ", "this ", "that ")) or head not in _DESCRIPTIONS:
        return None
    return _latest(candidates, i, lambda c: c.named and head in c.text.lower().split(), reach=40)


def _one_person(candidate: Candidate) -> bool:
    """A named person, or an office with its country ("the Kenyan foreign minister"), but not several at once."""
    if candidate.mention.kind == "office":
        return candidate.named and not candidate.text.lower().endswith("s")
    return candidate.mention.kind == "person" and not candidate.text.startswith(("a ", "an "))


def _latest(candidates: list[Candidate], i: int, fits: Callable[[Candidate], bool], reach: int = _REACH) -> int | None:
    """The best earlier candidate: the nearest subject of the same sentence, the latest subject, else the latest."""
    here = candidates[i].mention.sentence
    fallback: int | None = None
    same: int | None = None
    for k in range(i - 1, -1, -1):
        other = candidates[k]
        if here - other.mention.sentence > reach:
            break
        if not fits(other):
            continue
        if other.mention.sentence == here:
            if other.subject and same is None:
                same = k
            fallback = k if fallback is None else fallback
            continue
        if same is not None:
            return same
        if other.subject:
            return k
        fallback = k if fallback is None else fallback
    return same if same is not None else fallback
