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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from foedera.language.decode import best_path, softmax
from foedera.language.encoding import Encoded
from foedera.language.events import Suggestion, suggested
from foedera.language.labels import TYPES
from foedera.language.network import Network, Scored
from foedera.language.tabled import suggestions
from foedera.language.views import single_view
from foedera.language.weights import find_weights

from . import corpora
from .annotations import Authored, read_file
from .examples import IGNORED, Example, Pair

ROOT: Final = Path(__file__).resolve().parent
DATA: Final = Path(os.environ.get("FOEDERA_DATA", ROOT.parent.parent / "shared" / "data"))
PAIRS: Final = ROOT.parent / "eval" / "gold" / "pairs"
GRID: Final = tuple(float(t) for t in np.exp(np.linspace(np.log(0.5), np.log(4.0), 85)))
MOST_ALARMS: Final = 0.02
"""Share of unrelated pairs that may be given a type, on the texts that the threshold is chosen on."""
LOST: Final = 0.003
"""Share of the related pairs that the first look may rule out."""
BINS: Final = 10
SHY: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
FITTED: Final = ("calibration", "glance", "shyness", "threshold", "none_offset", "table_bonus", "temperatures")
"""What is written into ``reader.json``."""
_UNRELATED: Final = np.array([40.0] + [0.0] * (len(TYPES) - 1))

Array = npt.NDArray[np.float64]
Found = tuple[Pair, dict[str, Any]]
"""A labelled pair with its scores, and under ``table`` the type that the predicate table has for it (0: none)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What turns scores of types into probabilities.

    Attributes:
        heat: What the scores are divided by.
        offset: Added to the score of "none".
        bonus: Added to the score of the type that the predicate table has for the pair.
    """

    heat: float
    offset: float
    bonus: float


@dataclass(frozen=True, slots=True)
class Held:
    """A held-out sentence and what the predicate table finds in it."""

    example: Example
    suggestions: list[Suggestion]


def temperature(scores: Array, gold: Sequence[int]) -> float:
    """The temperature with the least negative log likelihood."""
    at = np.arange(len(gold))
    return min(GRID, key=lambda t: -float(np.log(softmax(scores, t)[at, list(gold)] + 1e-12).mean()))


def fitted(found: Sequence[Found]) -> Fit:
    """The fit with the least negative log likelihood: each number in turn, the others as they stand."""
    gold = np.array([p.types[0] for p, _ in found])
    at = np.arange(len(gold))

    def cost(fit: Fit) -> float:
        return -float(np.log(shares_of(found, fit)[at, gold] + 1e-12).mean())

    best = Fit(1.0, 0.0, 0.0)
    for _ in range(4):
        best = min((replace(best, heat=h) for h in GRID[::2]), key=cost)
        best = min((replace(best, offset=round(float(o), 3)) for o in np.linspace(-2, 4, 61)), key=cost)
        best = min((replace(best, bonus=round(float(b), 3)) for b in np.linspace(0, 5, 51)), key=cost)
    return best


def shares_of(found: Sequence[Found], fit: Fit) -> Array:
    """Probabilities of "none" and the types for every pair."""
    scores = np.array([s["type"] for _, s in found], dtype=np.float64)
    table = np.array([s["table"] for _, s in found])
    scores[:, 0] += fit.offset
    at = np.flatnonzero(table)
    scores[at, table[at]] += fit.bonus
    return softmax(scores, fit.heat)


def calibration_error(confidence: Array, right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins with as many items each."""
    order = np.argsort(confidence, kind="stable")
    bins = [b for b in np.array_split(order, BINS) if len(b)]
    return float(sum(abs(confidence[b].mean() - right[b].mean()) * len(b) for b in bins) / len(order))


def pair_scores(network: Network, held: Sequence[Held]) -> list[Found]:
    """The scores of every labelled pair between two actors; one that the first look rules out is surely unrelated."""
    encoded = [_encoded(h.example) for h in held]
    asked = [[p for p in h.example.pairs if p.types and p.source and p.target] for h in held]
    scored = network.read(encoded, lambda k, first, _: [(p.source, p.target) for p in asked[k]] if not first else [])
    out: list[Found] = []
    for h, mine, found in zip(held, asked, scored, strict=True):
        for p, (_, s) in zip(mine, found.pairs, strict=True):
            table = suggested((p.source, p.target), h.suggestions)
            shown = glanced(p, found) >= network.glance or table > 0
            out.append((p, {**s, "type": s["type"] if shown else _UNRELATED, "table": table}))
    return out


def glanced(pair: Pair, scored: Scored) -> float:
    """The first look at a pair of two."""
    assert pair.source is not None
    assert pair.target is not None
    return float(scored.related[slice(*pair.source), slice(*pair.target)].mean())


def chosen_glance(network: Network, held: Sequence[Held]) -> float:
    """The score of the first look that all but LOST of the related pairs reach."""
    scored = network.read([_encoded(h.example) for h in held])
    reached = [glanced(p, s) for h, s in zip(held, scored, strict=True) for p in h.example.pairs
               if p.types not in ((), (0,)) and p.source and p.target]  # fmt: skip
    return float(np.floor(np.quantile(reached, LOST) * 100) / 100)


def _encoded(e: Example) -> Encoded:
    at = np.arange(e.words)
    return Encoded(e.pieces, e.features, e.first, at, at + 1)


def chosen_threshold(found: Sequence[Found], fit: Fit) -> float:
    """The lowest probability of a relation at which no more than MOST_ALARMS of the unrelated pairs are typed."""
    unrelated = np.array([p.types == (0,) for p, _ in found])
    none = 1 - shares_of(found, fit)[unrelated, 0]
    return float(np.ceil(np.quantile(none, 1 - MOST_ALARMS) * 1000) / 1000)


def judged(found: Sequence[Found], fit: Fit, threshold: float) -> dict[str, Any]:
    """False alarms, recall and calibration of relations at a threshold."""
    shares = shares_of(found, fit)
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


def shyness(network: Network, examples: Sequence[Example], head: str) -> float:
    """What to take from the score of "outside" so that most words get the label that they have (F1 over words)."""
    labels = network.weights.card["tags"][head]
    scored = network.read([_encoded(e) for e in examples], joined=True)
    rows = [(s.tags[head], e.tags[head]) for e, s in zip(examples, scored, strict=True) if head in e.tags]

    def right(less: float) -> float:
        both = guessed = gold = 0
        for scores, row in rows:
            moved = scores.copy()
            moved[:, 0] -= less
            guess = best_path(moved, labels)
            both += int(((guess == row) & (row > 0)).sum())
            guessed, gold = guessed + int((guess > 0).sum()), gold + int((row > 0).sum())
        return 2 * both / max(1, guessed + gold)

    return max(SHY, key=lambda less: (round(right(less), 4), -less))


def known(found: Sequence[Found], head: str, value: Callable[[Pair], int | None]) -> float:
    """The temperature of a head over pairs, from the pairs whose label is known."""
    rows = [(s[head], v) for p, s in found if (v := value(p)) is not None]
    return temperature(np.array([r for r, _ in rows]), [v for _, v in rows]) if rows else 1.0


def held_out(network: Network, folder: Path = PAIRS) -> tuple[list[Held], list[Held]]:
    """The held-out pairs in two halves, by file."""
    files = sorted(folder.glob("*.txt"))
    one, two = ([_held(r, network) for p in files[k::2] for r in read_file(p)] for k in (0, 1))
    return one, two


def _held(record: Authored, network: Network) -> Held:
    found = suggestions(single_view(record.text, network))
    return Held(corpora.authored_example(record, network.tokenizer), found)


def crossed(network: Network, folder: Path = PAIRS) -> tuple[dict[str, float], list[float], list[bool]]:
    """Each half judged with the temperature and threshold of the other.

    Returns:
        False alarms, recall, recall with the right type, calibration error (fractions) and the numbers of pairs; then
        the confidence of every pair that is given a type, and whether that type is right.
    """
    found = [pair_scores(network, half) for half in held_out(network, folder)]
    parts = []
    for k in (0, 1):
        fit = fitted(found[k])
        parts.append(judged(found[1 - k], fit, chosen_threshold(found[k], fit)))
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
    for key in FITTED:
        card.pop(key, None)
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    network = Network(find_weights())
    held = [h for half in held_out(network) for h in half]
    examples = [h.example for h in held]
    card["shyness"] = {"mention": shyness(network, examples, "mention")}
    if (DATA / "lang").is_dir():
        speech = list(corpora.polnear(DATA, network.tokenizer, "dev"))
        card["shyness"] |= {head: shyness(network, speech, head) for head in ("source", "cue")}
        names = list(corpora.ewt(DATA, network.tokenizer, "dev"))
        card["shyness"]["entity"] = shyness(network, names, "entity")
    network.weights.card["shyness"] = card["shyness"]
    # Of what else is fitted, all is seen as it is read: behind the first look.
    network.weights.card["glance"] = card["glance"] = chosen_glance(network, held)
    found = pair_scores(network, held)
    fit = fitted(found)
    card["none_offset"], card["table_bonus"] = fit.offset, fit.bonus
    card["temperatures"] = {
        "type": fit.heat, "status": known(found, "status", lambda p: p.status),
        "stance": known(found, "stance", lambda p: p.stance),
        "mention": tag_temperature(network, examples, "mention"), "time": tag_temperature(network, examples, "time"),
    }  # fmt: skip
    card["threshold"] = chosen_threshold(found, fit)
    figures, confidence, right = crossed(network)
    card["calibration"] = {k: round(v, 4) for k, v in figures.items()}
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if args.picture:
        args.picture.write_text(reliability(np.array(confidence), np.array(right)), encoding="utf-8")
    print(json.dumps({k: card[k] for k in FITTED}, indent=1))


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
