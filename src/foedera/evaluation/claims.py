"""Scores statements, agreement acts, meetings, figures, incidents, policies and capabilities against gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from foedera.model.errors import UsageError

from .agreeing import AGREE, REQUIRED, Checks, Fields
from .bootstrap import Ratio, Unit, figures, precision_recall
from .gold import Process, load_gold, read_gold_pages
from .matching import dates, likeness, pair_up, passages_of

KINDS: Final = tuple(AGREE)
"""The kinds that `evaluate_claims` scores."""

CHECKS: Final = ("stance", "stage", "status", "date")
_SHOWN: Final = (
    "speaker",
    "side",
    "agreement",
    "name",
    "parties",
    "stage",
    "participants",
    "status",
    "value",
    "currency",
    "country",
)

RATIOS: Final[dict[str, Ratio]] = {
    **precision_recall("", "hit"),
    **{f"{check}_accuracy": Ratio((check,), (f"{check}/of",)) for check in CHECKS},
}
"""The figures of `evaluate_claims`. Accuracies are shares of the core items whose row agrees in everything else."""

_Rank: TypeAlias = tuple[bool, bool, float]
_Pair: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class _Scored:
    """One document.

    Attributes:
        units: What each item adds to the sums.
        errors: What was missed, spurious or half right.
    """

    units: list[Unit] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def evaluate_claims(
    kind: str, gold: Path, pages: Sequence[Path] = (), *, process: Process, errors: bool = False
) -> dict[str, Any]:
    """Score the claims of one kind that the pipeline finds in the pages of a gold folder.

    Args:
        kind: One of `KINDS`.
        gold: Folder of gold files; those without the kind are left out.
        pages: Files and folders that hold the pages; where there are none, see `find_page`.
        process: Reads one page.
        errors: Whether missed, spurious and half-right rows are listed.

    Raises:
        UsageError: No such kind.
        EvaluationError: Gold or a page is missing or malformed.
    """
    _check(kind)
    annotated = load_gold(gold, kind)
    made = read_gold_pages(annotated, pages, process)
    system = {page.document: made.rows.get(page.document, {}).get(kind, []) for page in annotated}
    scored = score_claims(kind, system, {page.document: page.content[kind] for page in annotated}, errors=errors)
    if errors:
        scored["errors"] = [*made.problems, *scored["errors"]]
    return {**made.about(f"claims {kind}", scored["n"]), **scored}


def score_claims(
    kind: str, system: Mapping[str, Sequence[Fields]], gold: Mapping[str, Sequence[Fields]], *, errors: bool = False
) -> dict[str, Any]:
    """Score rows in contract keys against gold items, both by document.

    A row finds an item when evidence and key fields agree. Each item is found once; further rows that agree with a
    found item, and rows that agree with an ``extra`` one, are left out; every other row counts against precision.
    Recall is over core items.

    Returns:
        The figures of `RATIOS` that apply with their intervals, `n` (core items) and `system` (rows that count);
        `errors` where asked for.

    Raises:
        UsageError: No such kind.
    """
    _check(kind)
    scored = {name: _score(kind, system.get(name, ()), list(_items(kind, items))) for name, items in gold.items()}
    documents = [one.units for one in scored.values()]
    out = figures(documents, RATIOS)
    for check in CHECKS:
        if out[f"{check}_accuracy"] is None:
            for key in (f"{check}_accuracy", f"{check}_accuracy_low", f"{check}_accuracy_high"):
                del out[key]
    out["n"] = int(sum(u.get("gold", 0) for units in documents for u in units))
    out["system"] = int(sum(u.get("system", 0) for units in documents for u in units))
    if errors:
        lines = [(line.split(" | ", 1), name) for name, one in scored.items() for line in one.errors]
        out["errors"] = [f"{what} {name} | {rest}" for (what, rest), name in lines]
    return out


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise UsageError(f"no kind {kind!r}", where="evaluate claims", remedy=f"Kinds: {', '.join(KINDS)}.")


def _items(kind: str, items: Sequence[Fields]) -> Iterator[Fields]:
    """Gold items with `core` set; an agreement that lists its acts becomes one item per act."""
    for item in items:
        if kind == "agreements" and "acts" in item:
            whole = {key: value for key, value in item.items() if key != "acts"}
            for act in item["acts"]:
                yield {**whole, **act, "core": "extra" not in (item.get("tier"), act.get("tier"))}
        else:
            yield {**item, "core": item.get("core", item.get("tier", "core") == "core")}


def _score(kind: str, system: Sequence[Fields], gold: Sequence[Fields]) -> _Scored:
    candidates = dict(_candidates(kind, system, gold))
    agreeing = {pair: candidate for pair, candidate in candidates.items() if candidate[0][0]}
    pairs = pair_up((rank, i, j) for (i, j), (rank, _) in agreeing.items())
    rows, items = {i for i, _ in pairs}, {j for _, j in pairs}
    halves = _halves({pair: rank for pair, (rank, _) in candidates.items() if pair not in agreeing}, rows, items)
    out = _Scored()
    for i, j in pairs:
        if gold[j]["core"]:
            out.units.append({"gold": 1, "system": 1, "hit": 1, **_counts(agreeing[i, j][1])})
    for j, i in halves.items():
        if gold[j]["core"]:
            required = REQUIRED[kind]
            out.units.append({"gold": 1, **_counts({required: False})})
            out.errors.append(f"wrong {required} | {_shown(gold[j])} | {system[i].get(required)}")
    _rest(
        out,
        system,
        gold,
        left_out=rows | {i for i, _ in agreeing},
        half=set(halves.values()),
        items=items | set(halves),
    )
    return out


def _halves(ranks: Mapping[_Pair, _Rank], rows: set[int], items: set[int]) -> dict[int, int]:
    """Items whose best row agrees in all but what makes it the same act or meeting; a row may be that of several."""
    out: dict[int, int] = {}
    for _, i, j in sorted(((rank, -i, -j) for (i, j), rank in ranks.items()), reverse=True):
        if -i not in rows and -j not in items:
            out.setdefault(-j, -i)
    return out


def _rest(
    out: _Scored,
    system: Sequence[Fields],
    gold: Sequence[Fields],
    *,
    left_out: set[int],
    half: set[int],
    items: set[int],
) -> None:
    """Rows that found nothing and items that nothing found."""
    for i, row in enumerate(system):
        if i not in left_out:
            out.units.append({"system": 1})
            if i not in half:
                out.errors.append(f"spurious | {_shown(row)}")
    for j, item in enumerate(gold):
        if item["core"] and j not in items:
            out.units.append({"gold": 1})
            out.errors.append(f"missed | {_shown(item)}")


def _candidates(
    kind: str, system: Sequence[Fields], gold: Sequence[Fields]
) -> Iterator[tuple[_Pair, tuple[_Rank, Checks]]]:
    for i, row in enumerate(system):
        for j, item in enumerate(gold):
            near = likeness(row.get("evidence"), passages_of(item))
            checks = AGREE[kind](row, item) if near else None
            if checks is not None:
                when = dates(item.get("date"))
                if when:
                    checks["date"] = (dates(row.get("date")) or ("",))[0] in when
                yield (i, j), ((checks.get(REQUIRED.get(kind, ""), True), item["core"], near), checks)


def _counts(checks: Checks) -> dict[str, float]:
    return {key: float(value) for check, ok in checks.items() for key, value in ((check, ok), (f"{check}/of", True))}


def _shown(row: Fields) -> str:
    said = " ".join(str(row[key]) for key in _SHOWN if row.get(key))
    return f"{said} | {(row.get('evidence') or '')[:90]}"
