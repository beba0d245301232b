"""Scores the type between a marked source and target: the PLV benchmark's layout (Hu et al. 2024).

PLV knows fifteen roots: it calls CONCEDE and RETREAT together YIELD and counts that as material cooperation.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from foedera.language import Network, single_view, suggested, suggestions
from foedera.model.errors import EvaluationError

from .annotated import Timed, not_empty, text_of
from .macro import macro_figures

YIELD: Final = ("CONCEDE", "RETREAT")
QUADS: Final = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "YIELD": 2, "COOPERATE": 2, "AID": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
ROOTS: Final = tuple(QUADS)

Span = tuple[int, int]
Pair = tuple[Span | None, Span | None]
Marked = tuple[str, Span | None, Span | None]
Row = Mapping[str, str]


def evaluate_relations(file: Path, *, network: Network, cooperation: int = 0, errors: bool = False) -> dict[str, Any]:
    """Score the types of marked pairs.

    Args:
        file: Tab-separated, with ``marked_sentence`` (``<s>source</s>`` and ``<t>target</t>``) and ``gold_root`` (with
            ``gold_penta`` for the quad; without it the root's own), or ``gold_binary``.
        network: The reader.
        cooperation: The value of ``gold_binary`` that stands for cooperation; the other is conflict.
        errors: Whether what is wrong is listed.

    Returns:
        ``root_macro_f1``, ``root_accuracy``, ``quad_macro_f1``, ``binary_macro_f1`` with intervals, and ``by_root``; of
        a file with ``gold_binary`` alone, only the binary figure.

    Raises:
        EvaluationError: The file or a row is malformed.
    """
    rows = _rows(file)
    not_empty(rows, file, "rows")
    timed = Timed(network)
    shares = _shares(rows, file, network)
    guess = [ROOTS[k] for k in shares.argmax(axis=1)]
    quads = _by_quad(shares).argmax(axis=1) + 1
    binary = ["conflict" if q > 2 else "cooperation" for q in _binary(shares)]
    about = timed.about("relations", len(rows))
    if "gold_root" not in rows[0]:
        gold = [_side(r, cooperation, file, k) for k, r in enumerate(rows, 2)]
        out = {**about, **macro_figures("binary_", gold, binary)}
    else:
        gold = [_root(r, file, k) for k, r in enumerate(rows, 2)]
        gold_quads = [_quad(r, g, file, k) for k, (r, g) in enumerate(zip(rows, gold, strict=True), 2)]
        sides = ["conflict" if q > 2 else "cooperation" for q in gold_quads]
        out = {
            **about,
            **macro_figures("root_", gold, guess, accuracy=True, by="by_root"),
            **macro_figures("quad_", [str(q) for q in gold_quads], [str(q) for q in quads]),
            **macro_figures("binary_", sides, binary),
        }
    if errors:
        mine = guess if "gold_root" in rows[0] else binary
        out["errors"] = [f"{a} read as {b}: {r['marked_sentence']}" for r, a, b in zip(rows, gold, mine, strict=True)
                         if a != b]  # fmt: skip
    return out


def unmarked(sentence: str) -> Marked:
    """A sentence without its marks, and the characters of source and target: the first where one is marked twice.

    None where the sentence marks nobody ("Two newspapers were ordered to suspend publication").
    """
    spans: dict[str, list[int]] = {}
    out: list[str] = []
    length = 0
    for piece in re.split(r"(</?[st]>)", sentence):
        if re.fullmatch(r"</?[st]>", piece):
            spans.setdefault(piece.strip("</>"), []).append(length)
        else:
            out.append(piece)
            length += len(piece)
    text = "".join(out)
    source, target = (_trimmed(text, at[0], at[1]) if len(at := spans.get(k, [])) > 1 else None for k in "st")
    return text, source, target


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _rows(file: Path) -> list[Row]:
    csv.field_size_limit(2**27)
    rows: list[Row] = list(
        csv.DictReader(io.StringIO(text_of(file), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    named = set(rows[0]) if rows else set()
    if rows and ("marked_sentence" not in named or not named & {"gold_root", "gold_binary"}):
        raise EvaluationError(
            "the columns marked_sentence and gold_root (or gold_binary) are needed",
            where=f"{file}:1",
            remedy="The file has to be tab-separated, with a line of column names.",
        )
    return rows


def _shares(rows: Sequence[Row], file: Path, network: Network) -> npt.NDArray[np.float64]:
    """Probabilities of the roots for every row, given that the pair is related."""
    read = [unmarked(r["marked_sentence"] or "") for r in rows]
    viewed = [single_view(text, network) for text, _, _ in read]
    encoded = [view.encoded for view in viewed]
    pairs = [(s and e.word_at(*s), t and e.word_at(*t)) for e, (_, s, t) in zip(encoded, read, strict=True)]
    for number, pair in enumerate(pairs, 2):
        if pair == (None, None):
            raise EvaluationError("neither source nor target is marked", where=f"{file}:{number}",
                                  remedy="Mark them as <s>...</s> and <t>...</t>.")  # fmt: skip
    scored = network.read(encoded, lambda k, first, shown: _shown(pairs[k], first, first + len(shown.fact)))
    types = network.weights.card["types"]
    table = [suggested(pair, suggestions(view)) for pair, view in zip(pairs, viewed, strict=True)]
    every = network.type_shares(np.array([_fullest(s.pairs)["type"] for s in scored]), table)
    every[:, types.index("none")] = 0
    every /= every.sum(axis=1, keepdims=True)
    return np.stack([
        sum(every[:, types.index(t)] for t in (YIELD if root == "YIELD" else (root,))) for root in ROOTS
    ], axis=1)  # fmt: skip


def _shown(pair: Pair, first: int, last: int) -> list[Pair]:
    """What words ``first`` to ``last`` show of the pair, counted from ``first``; no pair where they show neither."""

    def cut(span: Span | None) -> Span | None:
        low, high = (max(span[0], first), min(span[1], last)) if span else (0, 0)
        return (low - first, high - first) if low < high else None

    source, target = cut(pair[0]), cut(pair[1])
    return [(source, target)] if source or target else []


def _fullest(pairs: Sequence[tuple[Pair, Mapping[str, npt.NDArray[np.float32]]]]) -> Mapping[str, Any]:
    """The scores of the part of the sentence that shows both parties, or else most of one."""
    return max(pairs, key=lambda p: (None not in p[0], sum(b - a for a, b in filter(None, p[0]))))[1]


def _by_quad(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.stack([shares[:, [k for k, r in enumerate(ROOTS) if QUADS[r] == q]].sum(axis=1) for q in (1, 2, 3, 4)], 1)


def _binary(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """3 where conflict is likelier than cooperation, else 1."""
    quads = _by_quad(shares)
    return np.where(quads[:, 2:].sum(axis=1) > quads[:, :2].sum(axis=1), 3, 1)


def _side(row: Row, cooperation: int, file: Path, number: int) -> str:
    given = (row["gold_binary"] or "").strip()
    if given not in ("0", "1"):
        raise EvaluationError(f"unknown side {given!r}", where=f"{file}:{number}", remedy="One of 0, 1.")
    return "cooperation" if given == str(cooperation) else "conflict"


def _root(row: Row, file: Path, number: int) -> str:
    root = (row["gold_root"] or "").strip().upper()
    root = "YIELD" if root in YIELD else root
    if root not in QUADS:
        raise EvaluationError(f"unknown root {root!r}", where=f"{file}:{number}", remedy=f"One of {', '.join(ROOTS)}.")
    return root


def _quad(row: Row, root: str, file: Path, number: int) -> int:
    given = (row.get("gold_penta") or "").strip()
    if not given:
        return QUADS[root]
    if given not in ("1", "2", "3", "4"):
        raise EvaluationError(f"unknown quad {given!r}", where=f"{file}:{number}", remedy="One of 1, 2, 3, 4.")
    return int(given)
