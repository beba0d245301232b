"""Makes probabilities frequencies: one temperature for each head, and the threshold of relations.

    python -m training.calibrate src/foedera/language/weights

Fits on held-out texts and writes `temperatures`, `threshold` and `calibration` into ``reader.json``. How well the fit
does is measured on files that it was not fitted on: each half of the held-out pairs is judged with the other's.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from foedera.language.decode import best_path, softmax
from foedera.language.encoding import Encoded
from foedera.language.network import Network, Scored
from foedera.language.weights import find_weights

from . import corpora
from .annotations import read_file
from .examples import IGNORED, Example, Pair

ROOT: Final = Path(__file__).resolve().parent
PAIRS: Final = ROOT.parent / "eval" / "gold" / "pairs"
GRID: Final = tuple(float(t) for t in np.exp(np.linspace(np.log(0.5), np.log(4.0), 85)))
MOST_ALARMS: Final = 0.02
"""Share of unrelated pairs that may be given a type, on the texts that the threshold is chosen on."""
BINS: Final = 10

Array = npt.NDArray[np.float64]


def temperature(scores: Array, gold: Sequence[int]) -> float:
    """The temperature with the least negative log likelihood."""
    at = np.arange(len(gold))
    return min(GRID, key=lambda t: -float(np.log(softmax(scores, t)[at, list(gold)] + 1e-12).mean()))


def fitted(found: Sequence[tuple[Pair, dict[str, Any]]]) -> tuple[float, float]:
    """Temperature of the types and offset of "none" with the least negative log likelihood."""
    scores = np.array([s["type"] for _, s in found], dtype=np.float64)
    gold = np.array([p.types[0] for p, _ in found])
    at = np.arange(len(gold))
    best = (np.inf, 1.0, 0.0)
    for offset in np.linspace(-2, 4, 61):
        moved = scores.copy()
        moved[:, 0] += offset
        for heat in GRID[::4]:
            best = min(best, (-float(np.log(softmax(moved, heat)[at, gold] + 1e-12).mean()), heat, float(offset)))
    return best[1], best[2]


def shares_of(found: Sequence[tuple[Pair, dict[str, Any]]], heat: float, offset: float) -> Array:
    """Probabilities of "none" and the types for every pair."""
    scores = np.array([s["type"] for _, s in found], dtype=np.float64)
    scores[:, 0] += offset
    return softmax(scores, heat)


def calibration_error(confidence: Array, right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins with as many items each."""
    order = np.argsort(confidence, kind="stable")
    bins = [b for b in np.array_split(order, BINS) if len(b)]
    return float(sum(abs(confidence[b].mean() - right[b].mean()) * len(b) for b in bins) / len(order))


def pair_scores(network: Network, examples: Sequence[Example]) -> list[tuple[Pair, dict[str, Any]]]:
    """The scores of every labelled pair between two actors."""
    encoded = [_encoded(e) for e in examples]
    asked = [[p for p in e.pairs if p.types and p.source and p.target] for e in examples]
    scored = network.read(encoded, lambda k, first, _: [(p.source, p.target) for p in asked[k]] if not first else [])
    return [
        (p, s) for mine, found in zip(asked, scored, strict=True) for p, (_, s) in zip(mine, found.pairs, strict=True)
    ]


def _encoded(e: Example) -> Encoded:
    at = np.arange(e.words)
    return Encoded(e.pieces, e.features, e.first, at, at + 1)


def chosen_threshold(found: Sequence[tuple[Pair, dict[str, Any]]], heat: float, offset: float) -> float:
    """The lowest probability of a relation at which no more than MOST_ALARMS of the unrelated pairs are typed."""
    unrelated = np.array([p.types == (0,) for p, _ in found])
    none = 1 - shares_of(found, heat, offset)[unrelated, 0]
    return round(float(np.quantile(none, 1 - MOST_ALARMS)), 3)


def judged(
    found: Sequence[tuple[Pair, dict[str, Any]]], heat: float, offset: float, threshold: float
) -> dict[str, Any]:
    """False alarms, recall and calibration of relations at a threshold."""
    shares = shares_of(found, heat, offset)
    related = 1 - shares[:, 0] >= threshold
    best = shares[:, 1:].argmax(axis=1) + 1
    none = np.array([p.types == (0,) for p, _ in found])
    right = np.array([int(b) in p.types for b, (p, _) in zip(best, found, strict=True)])
    confidence = shares[np.arange(len(found)), best]
    return {
        "none": int(none.sum()), "typed": int((~none).sum()), "false_alarms": float(related[none].mean()),
        "recall": float(related[~none].mean()), "recall_with_type": float((related & right)[~none].mean()),
        "calibration_error": calibration_error(confidence[related], right[related]),
        "confidence": confidence[related].tolist(), "right": right[related].tolist(),
    }  # fmt: skip


def tag_temperature(network: Network, examples: Sequence[Example], head: str) -> float:
    """The temperature of a head over words."""
    scored: list[Scored] = network.read([_encoded(e) for e in examples])
    scores, gold = [], []
    for e, s in zip(examples, scored, strict=True):
        row = e.tags.get(head)
        if row is None:
            continue
        # Words that are plainly outside say nothing of how sure a span is.
        guess = best_path(s.tags[head], network.weights.card["tags"][head])
        kept = (row != IGNORED) & ((row > 0) | (guess > 0))
        scores.append(s.tags[head][kept])
        gold += row[kept].tolist()
    return temperature(np.concatenate(scores), gold) if gold else 1.0


def known(found: Sequence[tuple[Pair, dict[str, Any]]], head: str, value: Callable[[Pair], int | None]) -> float:
    """The temperature of a head over pairs, from the pairs whose label is known."""
    rows = [(s[head], v) for p, s in found if (v := value(p)) is not None]
    return temperature(np.array([r for r, _ in rows]), [v for _, v in rows]) if rows else 1.0


def held_out(network: Network, folder: Path = PAIRS) -> tuple[list[Example], list[Example]]:
    """The held-out pairs in two halves, by file."""
    files = sorted(folder.glob("*.txt"))
    one, two = (
        [corpora.authored_example(r, network.tokenizer) for p in files[k::2] for r in read_file(p)] for k in (0, 1)
    )
    return one, two


def crossed(network: Network, folder: Path = PAIRS) -> tuple[dict[str, float], list[float], list[bool]]:
    """Each half judged with the temperature and threshold of the other.

    Returns:
        False alarms, recall, recall with the right type, calibration error (fractions) and the numbers of pairs; then
        the confidence of every pair that is given a type, and whether that type is right.
    """
    found = [pair_scores(network, half) for half in held_out(network, folder)]
    parts = []
    for k in (0, 1):
        heat, offset = fitted(found[k])
        parts.append(judged(found[1 - k], heat, offset, chosen_threshold(found[k], heat, offset)))
    none, typed = (sum(p[n] for p in parts) for n in ("none", "typed"))
    confidence, right = ([x for p in parts for x in p[n]] for n in ("confidence", "right"))
    return {
        "none": none, "typed": typed,
        "false_alarms": sum(p["false_alarms"] * p["none"] for p in parts) / none,
        "recall": sum(p["recall"] * p["typed"] for p in parts) / typed,
        "recall_with_type": sum(p["recall_with_type"] * p["typed"] for p in parts) / typed,
        "calibration_error": calibration_error(np.array(confidence), np.array(right)),
    }, confidence, right  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picture", type=Path, help="where to draw the reliability of the types (SVG)")
    args = parser.parse_args()
    os.environ["FOEDERA_WEIGHTS"] = str(args.folder)
    path = args.folder / "reader.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    for key in ("temperatures", "none_offset", "threshold", "calibration"):
        card.pop(key, None)
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    network = Network(find_weights())
    examples = [e for half in held_out(network) for e in half]
    found = pair_scores(network, examples)
    heat, offset = fitted(found)
    card["none_offset"] = round(offset, 3)
    card["temperatures"] = {
        "type": heat, "status": known(found, "status", lambda p: p.status),
        "stance": known(found, "stance", lambda p: p.stance),
        "mention": tag_temperature(network, examples, "mention"), "time": tag_temperature(network, examples, "time"),
    }  # fmt: skip
    card["threshold"] = chosen_threshold(found, heat, offset)
    figures, confidence, right = crossed(network)
    card["calibration"] = {k: round(v, 4) for k, v in figures.items()}
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if args.picture:
        args.picture.write_text(reliability(np.array(confidence), np.array(right)), encoding="utf-8")
    print(json.dumps({k: card[k] for k in ("calibration", "threshold", "none_offset", "temperatures")}, indent=1))


def reliability(confidence: Array, right: npt.NDArray[np.bool_]) -> str:
    """A picture of how often a type is right against how sure the reader is, ten bins of as many pairs each (SVG)."""
    order = np.argsort(confidence, kind="stable")
    size, left = 320, 46
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 80} {size + 80}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{size + 80}" height="{size + 80}" fill="white"/>',
        f'<path d="M{left} 20V{20 + size}H{left + size}" fill="none" stroke="#333"/>',
        f'<path d="M{left} {20 + size}L{left + size} 20" stroke="#bbb" stroke-dasharray="4 4"/>',
    ]
    for k in range(0, 11, 2):
        at = k * size / 10
        out.append(f'<text x="{left + at}" y="{size + 38}" text-anchor="middle">{k / 10:.1f}</text>')
        out.append(f'<text x="{left - 8}" y="{24 + size - at}" text-anchor="end">{k / 10:.1f}</text>')
    for b in (b for b in np.array_split(order, BINS) if len(b)):
        x, y = left + confidence[b].mean() * size, 20 + size - right[b].mean() * size
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#1f5fa8"><title>{len(b)} pairs</title></circle>')
    out.append(f'<text x="{left + size / 2}" y="{size + 60}" text-anchor="middle">confidence of the type</text>')
    out.append(
        f'<text transform="translate(14 {20 + size / 2}) rotate(-90)" text-anchor="middle">share that is right</text>'
    )
    out.append(
        f'<text x="{left}" y="12">{len(order)} pairs that were given a type; ten bins of as many each</text></svg>'
    )
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    main()
