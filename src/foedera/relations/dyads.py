"""Events → dyads: who had to do with whom, and in which quad class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

from foedera.knowledge import plover_types

QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_DONE: Final = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class DyadCount:
    """How many events two parties have in each quad class.

    Attributes:
        parties: Their codes, in alphabetical order.
        quads: Counts of the four classes, in the order of `QUADS`.
        events: Positions of those events in the sequence that was given.
    """

    parties: tuple[str, str]
    quads: tuple[int, int, int, int]
    events: tuple[int, ...]


def dyads_of(event: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The undirected dyads of one event, each once, in alphabetical order; events within one country have none.

    Args:
        event: A row with ``source``, ``target`` (lists of actors with ``code``) and ``symmetric``.
    """
    source = {actor["code"] for actor in event["source"] if actor["code"]}
    target = {actor["code"] for actor in event["target"] if actor["code"]}
    found: Iterable[tuple[str, str]] = (
        combinations(sorted(source | target), 2) if event["symmetric"] else product(source, target)
    )
    return tuple(sorted({(min(a, b), max(a, b)) for a, b in found if a != b}))


def dyad_counts(events: Sequence[Mapping[str, Any]]) -> list[DyadCount]:
    """Counts per dyad, most events first, then by name.

    What is planned, hypothetical, denied or only alleged did not pass between the parties and does not count.

    Args:
        events: Rows with ``type``, ``status`` and ``alleged`` besides what `dyads_of` asks for.
    """
    types = plover_types()
    found: dict[tuple[str, str], list[int]] = {}
    for position, event in enumerate(events):
        if event["status"] in _DONE and not event["alleged"]:
            for parties in dyads_of(event):
                found.setdefault(parties, []).append(position)
    counted = []
    for parties, positions in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        quads = [types[events[position]["type"]].quad for position in positions]
        counts = (quads.count(1), quads.count(2), quads.count(3), quads.count(4))
        counted.append(DyadCount(parties, counts, tuple(positions)))
    return counted
