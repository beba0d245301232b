"""Scores events against gold: root type and actors, quad class, dates, status and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedera.knowledge import plover_types

from .bootstrap import Ratio, Unit, figures, precision_recall
from .gold import Process, load_gold, read_gold_pages
from .matching import HALF, codes, dates, dice, inside, pair_up, passages_of, words

_TYPE_ALIASES: Final = {"YIELD": "CONCEDE"}
_FULL: Final = 2
_QUAD: Final = 1

RATIOS: Final[dict[str, Ratio]] = {
    **precision_recall("full_", "full"),
    **precision_recall("quad_", "quad"),
    "date_accuracy": Ratio(("date",), ("dated",)),
    "status_accuracy": Ratio(("status",), ("quad",)),
    "evidence_accuracy": Ratio(("evidence",), ("quad",)),
}
"""The figures of `evaluate_events`. Dates, status and evidence are shares of the core events that were found."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event as it is compared; the fields after `words` are set in gold alone."""

    type: str
    source: frozenset[str]
    target: frozenset[str]
    date: str
    status: str
    evidence: str
    words: frozenset[str]
    id: str
    core: bool
    symmetric: bool
    types: frozenset[str]
    dates: tuple[str, ...]
    statuses: frozenset[str]
    passages: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> _Event:
        """An event of a row in contract keys, or of a gold item."""
        name = str(row["type"]).upper()
        kind = _TYPE_ALIASES.get(name, name)
        when = dates(row.get("date"))
        status = str(row.get("status") or row.get("modality") or "").lower()
        evidence = row.get("evidence") or ""
        accepted = row.get("accept_status", row.get("accept_modality", ())) or ()
        return cls(
            kind,
            codes(row.get("source")),
            codes(row.get("target")),
            when[0] if when else "",
            status,
            evidence,
            frozenset(words(evidence)),
            str(row.get("id", "")),
            row.get("tier", "core") == "core",
            bool(row.get("symmetric")),
            frozenset([kind, *(row.get("accept_types") or ())]),
            when,
            frozenset([status, *accepted]) - {""},
            tuple(frozenset(words(p)) for p in passages_of(row)),
        )

    def __str__(self) -> str:
        actors = f"{'+'.join(sorted(self.source))}->{'+'.join(sorted(self.target))}"
        return " ".join(filter(None, (self.id, self.type, actors, self.date))) + f" | {self.evidence[:90]}"


def evaluate_events(
    gold: Path, pages: Sequence[Path] = (), *, process: Process, errors: bool = False
) -> dict[str, Any]:
    """Score the events that the pipeline finds in the pages of a gold folder.

    Args:
        gold: Folder of gold files.
        pages: Files and folders that hold the pages; where there are none, see `find_page`.
        process: Reads one page.
        errors: Whether missed and spurious events are listed.

    Raises:
        EvaluationError: Gold or a page is missing or malformed.
    """
    annotated = load_gold(gold, "events")
    made = read_gold_pages(annotated, pages, process)
    system = {page.document: made.rows.get(page.document, {}).get("events", []) for page in annotated}
    scored = score_events(system, {page.document: page.content["events"] for page in annotated}, errors=errors)
    if errors:
        scored["errors"] = [*made.problems, *scored["errors"]]
    return {**made.about("events", scored["n"]), **scored}


def score_events(
    system: Mapping[str, Sequence[Mapping[str, Any]]],
    gold: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    errors: bool = False,
) -> dict[str, Any]:
    """Score rows in contract keys against gold items, both by document.

    A system event finds a gold event in full when the actors agree and the type is gold's or one that gold accepts, and
    by quad class when only the class agrees. Gold events are paired once each. A row that finds an ``extra`` item is
    left out; so is a restatement or further dyad of a found event under the type that found it. Every other row counts
    against precision; recall is over core items.

    Returns:
        The figures of `RATIOS` with their intervals, `n` (core gold events) and `system` (rows that count); `errors`
        where asked for.
    """
    documents: list[list[Unit]] = []
    lines: list[str] = []
    for name, items in gold.items():
        units, wrong = _score([_Event.of(r) for r in system.get(name, ())], [_Event.of(g) for g in items])
        documents.append(units)
        lines.extend(f"{line.split(' ', 1)[0]} {name} {line.split(' ', 1)[1]}" for line in wrong)
    out = figures(documents, RATIOS)
    out["n"] = int(sum(u.get("gold", 0) for units in documents for u in units))
    out["system"] = int(sum(u.get("system", 0) for units in documents for u in units))
    return {**out, "errors": lines} if errors else out


def _score(system: Sequence[_Event], gold: Sequence[_Event]) -> tuple[list[Unit], list[str]]:
    """Units and errors of one document."""
    pairs = dict(pair_up(_candidates(system, gold)))
    items = {j: i for i, j in pairs.items()}
    units: list[Unit] = [_matched(system[i], gold[j]) for i, j in pairs.items() if gold[j].core]
    errors = []
    for i, row in enumerate(system):
        if i not in pairs and not _again(row, system, gold, items):
            units.append({"system": 1})
            errors.append(f"spurious {row}")
    for j, item in enumerate(gold):
        if item.core and j not in items:
            units.append({"gold": 1})
            errors.append(f"missed {item}")
    return units, errors


def _candidates(system: Sequence[_Event], gold: Sequence[_Event]) -> Iterable[tuple[tuple[bool, ...], int, int]]:
    for i, row in enumerate(system):
        for j, item in enumerate(gold):
            level = _level(row, item)
            if level:
                rank = (
                    level == _FULL,
                    _same_evidence(row, item),
                    row.type == item.type,
                    item.core,
                    row.date in item.dates,
                )
                yield rank, i, j


def _matched(row: _Event, item: _Event) -> Unit:
    return {
        "gold": 1,
        "system": 1,
        "quad": 1,
        "full": _level(row, item) == _FULL,
        "status": row.status in item.statuses,
        "evidence": _same_evidence(row, item),
        "dated": bool(item.dates),
        "date": row.date in item.dates,
    }


def _again(row: _Event, system: Sequence[_Event], gold: Sequence[_Event], items: Mapping[int, int]) -> bool:
    """Whether a row restates a found event, or names a further dyad of it, under the type that found it."""
    for j, i in items.items():
        found = system[i]
        if row.type == found.type and _level(row, gold[j]) == _FULL:
            other_dyad = (row.source, row.target) != (found.source, found.target)
            if other_dyad or _same_evidence(row, gold[j]):
                return True
    return False


def _level(row: _Event, item: _Event) -> int:
    if not _same_actors(row, item):
        return 0
    if row.type in item.types:
        return _FULL
    return _QUAD if _quad(row.type) == _quad(item.type) else 0


def _quad(kind: str) -> int | None:
    found = plover_types().get(kind)
    return found.quad if found else None


def _same_actors(row: _Event, item: _Event) -> bool:
    """A row may name some of gold's actors: a coder may write a joint act as one event or as several dyads."""
    if item.symmetric:
        return inside(row.source | row.target, item.source | item.target, 2)
    if not row.source or not row.source <= item.source:
        return False
    return not item.target or bool(row.target and row.target <= item.target)


def _same_evidence(row: _Event, item: _Event) -> bool:
    return any(dice(row.words, passage) >= HALF for passage in item.passages)
