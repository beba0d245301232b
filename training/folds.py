"""Cross-validates PLV: the last stage alone is trained per fold, from weights that saw no row of it.

    python -m training.folds training/reader.toml --seed 1 --minutes 100

Each fold's figures and those over all rows together go to ``folds.csv``; a fold that is logged is not trained again.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from foedera.language.labels import TYPES
from foedera.language.weights import find_weights

from . import corpora, measure
from .config import Config, load
from .examples import Example, Pair
from .model import ReaderModel
from .train import DATA, ROOT, WORK, Material, Trainer, widened

FOLDS: Final = 5
TABLE: Final = ROOT / "folds.csv"
COLUMNS: Final = ("run", "seed", "fold", "rows", "root", "quad", "accuracy", "minutes")


def fold_of(example: Example) -> int:
    """The fold of a sentence: it depends on its word pieces alone, so that a sentence never stands on both sides."""
    return int(hashlib.sha256(example.pieces.tobytes()).hexdigest(), 16) % FOLDS


def run(config: Config, name: str, seed: int, start: Path, minutes: float, own: Path) -> dict[str, float] | None:
    """Train and measure the folds that are missing; the figures over all rows, None where the minutes ran out."""
    deadline = time.monotonic() + minutes * 60
    stage = next(s for s in config.stages if "plv" in s.rates)
    material = Material(config, [stage.name], own)
    tabled = dict(zip(map(id, material.plv), corpora.plv_table(DATA), strict=True))
    longest = 0.0
    for fold in range(FOLDS):
        kept = _scores_path(name, seed, fold)
        if kept.exists():
            continue
        if time.monotonic() + longest > deadline:
            return None
        began = time.monotonic()
        torch.manual_seed(seed * 100 + fold)
        model = ReaderModel(config.dropout)
        model.load_state_dict(widened(torch.load(start, weights_only=True), model))
        train = {**material.train, "plv": [e for e in material.plv if fold_of(e) != fold]}
        if material.elsewhere:
            pairs = zip(material.plv, material.elsewhere, strict=True)
            train["plv-elsewhere"] = [v for e, row in pairs if fold_of(e) != fold for v in row]
        trainer = Trainer(model, config, stage, train, seed * 100 + fold)
        while trainer.done < stage.epochs:
            trainer.run_epoch()
        model.load_state_dict(trainer.kept())
        held = [e for e in material.plv if fold_of(e) == fold]
        # They come in the order of their lengths.
        found = [(p, _with_table(s["type"], tabled[id(e)])) for e, p, s in measure.pair_scores(model, held)]
        _keep(kept, found)
        longest = max(longest, time.monotonic() - began)
        row = {"run": name, "seed": seed, "fold": fold, "rows": len(found), **measure.relations(found),
               "minutes": (time.monotonic() - began) / 60}  # fmt: skip
        log(row)
        print(row, flush=True)
    found = [f for fold in range(FOLDS) for f in _kept(_scores_path(name, seed, fold))]
    figures = measure.relations(found)
    log({"run": name, "seed": seed, "fold": "all", "rows": len(found), **figures, "minutes": 0.0})
    return figures


def _with_table(scores: np.ndarray, kind: int) -> np.ndarray:
    """Scores of the types, that of the predicate table raised as the shipped weights raise it."""
    out = scores.astype(np.float64)
    if kind:
        out[kind] += float(find_weights().card.get("table_bonus", 0.0))
    return out


def _scores_path(name: str, seed: int, fold: int) -> Path:
    return WORK / f"{name}-{seed}-fold{fold}.npz"


def _keep(path: Path, found: list[tuple[Pair, np.ndarray]]) -> None:
    np.savez(path, gold=np.array([TYPES[p.types[0]] for p, _ in found]), scores=np.array([s for _, s in found]))


def _kept(path: Path) -> list[tuple[Pair, np.ndarray]]:
    held = np.load(path)
    return [(Pair(None, None, (TYPES.index(g),)), s) for g, s in zip(held["gold"], held["scores"], strict=True)]


def log(row: dict[str, Any], path: Path = TABLE) -> None:
    """Add a row to the table of folds."""
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row.items()})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--name", default="reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--start", type=Path, help="weights that saw no row of PLV; by default those of the stage before"
    )
    parser.add_argument("--minutes", type=float, default=140)
    parser.add_argument("--authored", type=Path, default=ROOT / "authored")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    config = load(args.config)
    before = config.stages[[("plv" in s.rates) for s in config.stages].index(True) - 1]
    start = args.start or WORK / f"{args.name}-{args.seed}-{before.name}.pt"
    print(run(config, args.name, args.seed, start, args.minutes, args.authored) or "stopped for time", flush=True)


if __name__ == "__main__":
    main()
