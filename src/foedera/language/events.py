"""Scores of pairs of mentions → events: who does what to whom, by which word, and whether it happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

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


_SPOKEN: Final = frozenset({"ACCUSE", "CONSULT", "COOPERATE", "REQUEST", "SUPPORT"})
"""Types that go to somebody, not to a place; only a visit may."""
_MUTUAL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
"""Types that two parties mostly do together."""
Suggestion = tuple[Span, Span | None, int]
"""What the predicate table says of two mentions: source, target or nobody, as words, and the index of the type."""


def suggested(pair: Pair, suggestions: Sequence[Suggestion]) -> int:
    """Index of the type that the table has for a pair, 0 for none."""
    source, target = pair
    for a, b, kind in suggestions:
        if source and _meet(a, source) and ((b is None and target is None) or (b and target and _meet(b, target))):
            return kind
    return 0


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def candidate_pairs(
    actors: Sequence[Span], shown: Scored, glance: float, places: Sequence[Span] = (),
    suggestions: Sequence[Suggestion] = (),
) -> list[Pair]:  # fmt: skip
    """The pairs that are worth scoring: every actor alone, and with those near it that a first look does not rule out.

    Both ways; places are targets only. `Network.glance` is the score below which the first look rules out; what the
    table suggests it does not rule out.
    """
    out: list[Pair] = []
    for k, source in enumerate(actors):
        out.append((source, None))
        near = [*actors[max(0, k - REACH) : k + REACH + 1], *_nearest(places, source)]
        rows = shown.related[source[0] : source[1]].mean(axis=0)
        out += [
            (source, target) for target in near
            if target != source
            and (float(rows[target[0] : target[1]].mean()) >= glance or suggested((source, target), suggestions))
        ]  # fmt: skip
    return out


def _nearest(places: Sequence[Span], actor: Span) -> list[Span]:
    return sorted(places, key=lambda p: abs(p[0] - actor[0]))[: REACH // 2]


def relations(
    scored: Scored, network: Network, threshold: float, suggestions: Sequence[Suggestion] = (),
    places: Collection[Span] = (),
) -> list[Relation]:  # fmt: skip
    """The events of a sentence from the scores of its pairs and from what the table suggests.

    ``places`` are targets that are only where something is: force strikes them and visits go there, words do not.
    """
    card = network.weights.card
    if not scored.pairs:
        return []
    shares = network.type_shares(
        np.stack([heads["type"] for _, heads in scored.pairs]),
        [suggested(pair, suggestions) for pair, _ in scored.pairs],
    )
    likely = np.flatnonzero(1 - shares[:, 0] >= threshold)
    decided = [_decided(scored, int(k), shares[k], network) for k in likely if scored.pairs[k][0][0] is not None]
    decided = [d for d in decided if d.target not in places or d.type not in _SPOKEN or "visit" in d.modes]
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


def _decided(scored: Scored, k: int, shares: npt.NDArray[np.float64], network: Network) -> _Decided:
    (source, target), heads = scored.pairs[k]
    assert source is not None
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
    group = _one_way(group)
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


def _one_way(group: list[_Decided]) -> list[_Decided]:
    """Of two directions the likelier, where the act is not one that two do together."""
    found = {(d.source, d.target): d for d in group}

    def stays(d: _Decided) -> bool:
        other = found.get((d.target, d.source)) if d.target else None
        together = d.type in _MUTUAL and "visit" not in d.modes
        if other is None or together or (d.symmetric + other.symmetric) / 2 >= 0.5:
            return True
        return (d.probability, -d.source[0]) >= (other.probability, -other.source[0])

    return [d for d in group if stays(d)]


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
