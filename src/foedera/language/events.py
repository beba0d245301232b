"""Scores of pairs of mentions → events: who does what to whom, by which word, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from foedera.model import Status

from .decode import sigmoid, softmax
from .network import Network, Pair, Scored, Span

REACH: Final = 8
"""Actors further apart in a sentence's list of actors are not paired."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An event of a sentence; spans are words of it.

    Attributes:
        type: PLOVER type.
        modes: PLOVER modes, likeliest first.
        sources, targets: Mentions; no targets where nobody is acted on, or where all act together.
        symmetric: All act together.
        status, alleged: As in `Predicate`.
        trigger: The word that shows it.
        probability: That this type holds between these mentions.
    """

    type: str
    modes: tuple[str, ...]
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    symmetric: bool
    status: Status
    alleged: bool
    trigger: int
    probability: float


def candidate_pairs(actors: Sequence[Span]) -> list[Pair]:
    """The pairs that are worth scoring: every actor alone, and with each that stands near it, both ways."""
    out: list[Pair] = []
    for k, source in enumerate(actors):
        out.append((source, None))
        near = actors[max(0, k - REACH) : k + REACH + 1]
        out += [(source, target) for target in near if target != source]
    return out


def relations(scored: Scored, network: Network, threshold: float) -> list[Relation]:
    """The events of a sentence from the scores of its pairs."""
    card = network.weights.card
    decided = [d for k in range(len(scored.pairs)) if (d := _decided(scored, k, network, threshold)) is not None]
    groups: dict[tuple[str, int], list[_Decided]] = {}
    for d in decided:
        groups.setdefault((d.type, d.trigger), []).append(d)
    out: list[Relation] = []
    for group in groups.values():
        out += _events(group, card["statuses"])
    return sorted(out, key=lambda r: (r.trigger, r.type, r.sources))


@dataclass(frozen=True, slots=True)
class _Decided:
    source: Span
    target: Span | None
    type: str
    trigger: int
    probability: float
    status: np.ndarray
    alleged: float
    symmetric: float
    modes: tuple[str, ...]


def _decided(scored: Scored, k: int, network: Network, threshold: float) -> _Decided | None:
    (source, target), heads = scored.pairs[k]
    shares = network.type_shares(heads["type"])
    if source is None or 1 - shares[0] < threshold:
        return None
    best = int(shares[1:].argmax()) + 1
    kind = network.weights.card["types"][best]
    names = network.weights.card["modes"]
    likely = [(sigmoid(float(v)), names[i]) for i, v in enumerate(heads["mode"]) if names[i].startswith(f"{kind}/")]
    modes = tuple(name.partition("/")[2] for share, name in sorted(likely, reverse=True) if share >= 0.5)
    return _Decided(source, target, kind, int(scored.triggers[k].argmax()), float(shares[best]),
                    softmax(heads["status"], network.temperature("status")), sigmoid(float(heads["alleged"][0])),
                    sigmoid(float(heads["symmetric"][0])), modes)  # fmt: skip


def _events(group: list[_Decided], statuses: Sequence[str]) -> Iterator[Relation]:
    """One type by one word: parties that act together, or sources with the targets that they share."""
    both = {(d.source, d.target) for d in group}
    mutual = [d for d in group if d.target and ((d.target, d.source) in both or d.symmetric >= 0.5)]
    if mutual:
        parties = tuple(dict.fromkeys(sorted({s for d in mutual for s in (d.source, d.target) if s})))
        yield _relation(mutual, parties, (), True, statuses)
        group = [d for d in group if d.source not in parties or (d.target and d.target not in parties)]
    shared: dict[Span, list[_Decided]] = {}
    for d in group:
        shared.setdefault(d.source, []).append(d)
    by_targets: dict[tuple[Span, ...], list[_Decided]] = {}
    for found in shared.values():
        targets = tuple(sorted({d.target for d in found if d.target}))
        # What has a target is not also without one.
        by_targets.setdefault(targets, []).extend(d for d in found if d.target or not targets)
    for targets, found in by_targets.items():
        sources = tuple(sorted({d.source for d in found}))
        yield _relation(found, sources, targets, not targets and max(d.symmetric for d in found) >= 0.5, statuses)


def _relation(
    found: list[_Decided], sources: tuple[Span, ...], targets: tuple[Span, ...], symmetric: bool,
    statuses: Sequence[str],
) -> Relation:  # fmt: skip
    best = max(found, key=lambda d: d.probability)
    status: Status = statuses[int(sum(d.status for d in found).argmax())]  # type: ignore[assignment, union-attr]
    modes = tuple(dict.fromkeys(m for d in sorted(found, key=lambda d: -d.probability) for m in d.modes))
    return Relation(best.type, modes, sources, targets, symmetric, status,
                    float(np.mean([d.alleged for d in found])) >= 0.5, best.trigger,
                    float(np.mean([d.probability for d in found])))  # fmt: skip
