"""Measures the reader on whole reports whose sentences are labelled: events between mentions, and who says what.

The reports in ``eval/gold/reports`` are in the notation of ``training/authored``, were labelled by one coder and
reviewed by another, and are never trained on. What is measured is the reading, before actors are resolved: an event is
right where its type is and its source and target overlap those of the gold, nobody being nobody; a statement is right
where most of what is said is, and overlaps its speaker.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from foedera.evaluation.bootstrap import figures, precision_recall
from foedera.model import Article, Block, Reader, Reading

ROOT: Final = Path(__file__).resolve().parents[1]
REPORTS: Final = ROOT / "eval" / "gold" / "reports"
_MUTUAL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
"""Types that two parties often do together, so that either may stand first."""
_MOST: Final = 0.6
"""Share of the longer of two contents that they have in common."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Act:
    """A type between two parties, each given by the places where it is named; none of them is nobody."""

    type: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    status: str

    def same(self, other: Act) -> bool:
        """Whether both say the same."""
        straight = _met(self.source, other.source) and _met(self.target, other.target)
        turned = _met(self.source, other.target) and _met(self.target, other.source)
        return self.type == other.type and (straight or (turned and self.type in _MUTUAL))


def evaluate_reports(reader: Reader, folder: Path = REPORTS, *, errors: bool = False) -> dict[str, Any]:
    """F1, precision and recall of events and statements, and how often the status of a right event is right.

    Args:
        reader: What reads.
        folder: Files of reports.
        errors: Also list what is missed and what is too much.
    """
    sys.path.insert(0, str(ROOT))
    from training.annotations import read_file

    reports: dict[str, list[Any]] = {}
    for path in sorted(folder.glob("*.txt")):
        for record in read_file(path):
            reports.setdefault(record.report or record.where, []).append(record)
    units, found = [], []
    for records in reports.values():
        text, blocks = "", []
        for record in records:
            kind = "paragraph" if blocks else "title"
            blocks.append(Block(kind, len(text), len(text) + len(record.text), "line"))
            text += record.text + "\n"
        reading = reader.read(Article("art_r", "pag_r", "r.txt", text, tuple(blocks)))
        units.append([_unit(r, b, reading, text, found) for r, b in zip(records, blocks, strict=True)])
    out = {"task": "reports", "n": sum(map(len, units)), **figures(units, {
        **precision_recall("events_", "event_hit", system="event_system", gold="event_gold"),
        **precision_recall("statements_", "say_hit", system="say_system", gold="say_gold"),
        **precision_recall("_status_", "status_hit", system="event_hit", gold="event_hit"),
    })}  # fmt: skip
    out["status_accuracy"], out["status_accuracy_low"], out["status_accuracy_high"] = (
        out.pop(f"_status_precision{end}") for end in ("", "_low", "_high")
    )
    out = {k: v for k, v in out.items() if not k.startswith("_")}
    return {**out, "errors": found} if errors else out


def _unit(record: Any, block: Block, reading: Reading, text: str, errors: list[str]) -> dict[str, float]:
    gold, ours = list(_gold_acts(record, block.start)), list(_acts(reading, block))
    left = list(ours)
    hits = status = 0
    for act in gold:
        match = next((o for o in left if o.same(act)), None)
        if match is None:
            errors.append(f"missed {_shown(act, text)} in {record.text!r}")
            continue
        left.remove(match)
        hits, status = hits + 1, status + (match.status == act.status)
    errors += [f"too much: {_shown(o, text)} in {record.text!r}" for o in left]
    said = [s for s in record.says if s.content]
    spoken = [a for a in reading.attributions if block.start <= a.cue[0] < block.end]
    heard = sum(any(_same_saying(record, s, a, reading, block.start) for a in spoken) for s in said)
    return {"event_hit": hits, "event_system": len(ours), "event_gold": len(gold), "status_hit": status,
            "say_hit": min(heard, len(spoken)), "say_system": len(spoken), "say_gold": len(said)}  # fmt: skip


def _gold_acts(record: Any, offset: int) -> Iterator[Act]:
    places = {m.id: (m.start + offset, m.end + offset) for m in record.mentions if m.id}

    def named(ident: str | None) -> tuple[Span, ...]:
        if ident is None:
            return ()
        return tuple(places[k] for k in {ident}.union(*(g for g in record.same if ident in g)))

    for e in record.events:
        if e.symmetric:
            parties = (*e.sources, *e.targets)
            pairs = list(combinations(parties, 2)) if len(parties) > 1 else [(parties[0], None)]
        else:
            pairs = [(a, b) for a in e.sources or (None,) for b in e.targets or (None,)]
        yield from (Act(e.type, named(a), named(b), e.status) for a, b in pairs)


def _acts(reading: Reading, block: Block) -> Iterator[Act]:
    def place(k: int | None) -> tuple[Span, ...]:
        return () if k is None else ((reading.mentions[k].start, reading.mentions[k].end),)

    for p in reading.predicates:
        if p.family != "event" or not block.start <= p.start < block.end:
            continue
        pairs: Sequence[tuple[int | None, int | None]]
        if p.symmetric:
            parties = (*p.sources, *p.targets)
            pairs = list(combinations(parties, 2)) if len(parties) > 1 else [(parties[0], None)]
        else:
            pairs = [(a, b) for a in p.sources or (None,) for b in p.targets or (None,)]
        yield from (Act(p.label, place(a), place(b), p.status) for a, b in pairs)


def _same_saying(record: Any, said: Any, ours: Any, reading: Reading, offset: int) -> bool:
    a, b = said.content[0] + offset, said.content[1] + offset
    common = min(b, ours.content[1]) - max(a, ours.content[0])
    if common < _MOST * max(b - a, ours.content[1] - ours.content[0]):
        return False
    speaker = () if ours.source is None else ((reading.mentions[ours.source].start, reading.mentions[ours.source].end),)
    named = [m for m in record.mentions if said.source and m.id == said.source]
    return _met(tuple((m.start + offset, m.end + offset) for m in named), speaker)


def _met(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    """Whether two parties are the same: they overlap somewhere, or both are nobody."""
    return (not one and not other) or any(a < d and c < b for a, b in one for c, d in other)


def _shown(act: Act, text: str) -> str:
    source, target = (text[slice(*p[0])] if p else "-" for p in (act.source, act.target))
    return f"{act.type} {source} > {target}"
