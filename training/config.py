"""The configuration of a training run: one TOML file, every key known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of training.

    Attributes:
        name: Its name; checkpoints and rows of the run table carry it.
        epochs: Passes, each made of the shares in ``rates``.
        rates: How often an epoch goes through a corpus (0.5: half of its groups, 2: twice).
        encoder_rate, head_rate: Highest learning rates.
        warmup: Share of the steps over which the rates rise; then they fall in a line to a tenth.
        joined: Share of runs of sentences that are read as a window.
        smoothing: Label smoothing of the types of pairs.
        only: Heads over words that alone are trained, the rest left as it is; empty for everything.
        averaged: Decay of the moving average of the weights, which is what is kept; 0 keeps the last weights.
    """

    name: str
    epochs: int
    rates: dict[str, float]
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    warmup: float = 0.06
    joined: float = 0.5
    smoothing: float = 0.0
    only: tuple[str, ...] = ()
    averaged: float = 0.998


@dataclass(frozen=True, slots=True)
class Config:
    """A training run.

    Attributes:
        dropout: In the encoder and before the heads.
        feature_dropout: Share of sentences that are read without what the tables say.
        weights: Weight of each head's loss; a head that is not named is not trained.
        held_out: Documents of WikiWars that are kept for measuring.
        without: Corpora that this build leaves out ("polnear", "plv"); the one switch for separable data.
        stages: In order.
    """

    dropout: float
    feature_dropout: float
    weights: dict[str, float]
    held_out: tuple[str, ...]
    stages: tuple[Stage, ...]
    without: tuple[str, ...] = ()


def load(path: Path) -> Config:
    """Read a configuration.

    Raises:
        ValueError: A key is unknown or missing; says which.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        stages = tuple(Stage(**{**s, "only": tuple(s.get("only", ()))}) for s in raw.pop("stage"))
        return Config(**{k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}, stages=stages)
    except (TypeError, KeyError) as error:
        known = ", ".join(f.name for f in fields(Config))
        raise ValueError(
            f"{path}: {error}; keys: {known}; of a stage: {', '.join(f.name for f in fields(Stage))}"
        ) from error
