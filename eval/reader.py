"""Figures of the reader: on held-out pairs of the repository, and on sets of the folder that FOEDERA_DATA names.

The weights saw nothing of what is measured here. PLV alone is trained on whole, so its figures are those that
`training/folds.csv` logs: cross-validation from weights that saw no row of it.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import Any, Final

from reports import REPORTS, evaluate_reports

from foedera import evaluation
from foedera.language import default_reader, network

ROOT: Final = Path(__file__).resolve().parents[1]
PAIRS: Final = ROOT / "eval" / "gold" / "pairs"
FOLDS: Final = ROOT / "training" / "folds.csv"
Measured = tuple[str, Mapping[str, Any], tuple[str, ...]]
"""Name of the set, the result, and the keys of it that are figures."""


def pairs() -> dict[str, Any]:
    """False alarms and recall of relations on held-out pairs, each half with the other's threshold."""
    sys.path.insert(0, str(ROOT))
    from training.calibrate import crossed

    found, _, _ = crossed(network())
    quiet = 1 - found["false_alarms"]
    calibrated = 1 - found["calibration_error"]
    # Floors rise, so what should be low is held as its complement.
    return {
        "task": "relations", "n": int(found["typed"] + found["none"]), "quiet_accuracy": quiet,
        "recall_accuracy": found["recall"], "calibrated_accuracy": calibrated,
    }  # fmt: skip


def folds() -> dict[str, Any] | None:
    """Means over the seeds that all folds are logged of, None where there is none."""
    if not FOLDS.is_file():
        return None
    rows = [r for r in csv.DictReader(FOLDS.open(encoding="utf-8")) if r["fold"] == "all"]
    seeds = defaultdict(list)
    for r in rows:
        seeds[r["seed"]] = [float(r["root"]), float(r["quad"])]
    if not seeds:
        return None
    for seed, (root, quad) in sorted(seeds.items()):
        print(f"logged: PLV, five folds, seed {seed}: root macro F1 {root:.4f}, quad macro F1 {quad:.4f}")
    root, quad = (mean(v[k] for v in seeds.values()) for k in (0, 1))
    return {"task": "folds", "n": int(rows[-1]["rows"]), "root_macro_f1": root, "quad_macro_f1": quad}


def held_out_times(archive: Path) -> dict[str, Any]:
    """Time expressions of the documents that were not trained on."""
    import tarfile

    sys.path.insert(0, str(ROOT))
    from training.config import load

    held_out = load(ROOT / "training" / "reader.toml").held_out
    with tempfile.TemporaryDirectory() as place, tarfile.open(archive) as packed:
        for member in packed:
            file = packed.extractfile(member) if Path(member.name).stem in held_out else None
            if file is not None:
                with (Path(place) / Path(member.name).name).open("wb") as out:
                    shutil.copyfileobj(file, out)
        return evaluation.evaluate_times(Path(place), network=network())


def measured(data: Path, gold: dict[str, str], hash_of: Any) -> Iterator[Measured]:
    """What can be measured here; what cannot is left out, and fails its floor."""
    gold["pairs"] = hash_of(PAIRS.glob("*.txt"))
    yield "pairs", pairs(), ("quiet_accuracy", "recall_accuracy", "calibrated_accuracy")
    gold["reports"] = hash_of(REPORTS.glob("*.txt"))
    yield "reports", evaluate_reports(default_reader()), ("events_f1", "statements_f1", "status_accuracy")
    if (logged := folds()) is not None:
        gold["plv"] = "logged"
        yield "plv", logged, ("root_macro_f1", "quad_macro_f1")
    lang = data / "lang"
    if (file := lang / "UNER_EWT" / "en_ewt-ud-dev.iob2").is_file():
        gold["uner"] = hash_of([file])
        yield "uner", evaluation.evaluate_entities(file, network=network()), ("f1", "precision", "recall")
    if (file := lang / "TEMPORAL" / "wikiwars_train.tar.xz").is_file():
        gold["wikiwars"] = hash_of([file])
        yield "wikiwars", held_out_times(file), ("strict_f1", "relaxed_f1", "value_f1")
    if (file := lang / "POLNEAR" / "polnear_dev.jsonl.gz").is_file():
        gold["polnear"] = hash_of([file])
        yield "polnear", evaluation.evaluate_attribution(file, network=network()), ("source_f1", "cue_f1", "content_f1")
    if (file := lang / "UDS" / "factuality_dev.jsonl.gz").is_file():
        gold["uds"] = hash_of([file])
        yield "uds", evaluation.evaluate_factuality(file, network=network()), ("pearson_r",)
