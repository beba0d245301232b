"""The scores are those of the reference scorers, on rows that are wrong in many ways."""

import json
import re
import subprocess
import sys

import pytest
from evaluation_rows import CLAIM_KINDS, perturbed

from foedera.evaluation import score_claims, score_events

SEEDS = (1, 2, 3, 4)


def stem(document):
    return document.rsplit(".", 1)[0]


def written(tmp_path, demo_gold, section, rows):
    """The gold in the layout of the reference, whose agreements list their acts, and the rows as JSONL."""
    gold = tmp_path / "gold"
    gold.mkdir()
    for document, content in demo_gold.items():
        items = content[section]
        if section == "agreements":
            items = [
                {**item, "acts": [{k: item[k] for k in ("stage", "evidence", "date", "status", "tier")}]}
                for item in items
            ]
        (gold / f"{stem(document)}.json").write_text(json.dumps({section: items}), encoding="utf-8")
    system = tmp_path / "system.jsonl"
    lines = [json.dumps({**row, "document": stem(name) + ".txt"}) for name, some in rows.items() for row in some]
    system.write_text("\n".join(lines), encoding="utf-8")
    return gold, system


def reference(script, *arguments):
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.shared
@pytest.mark.parametrize("seed", SEEDS)
def test_events_score_as_the_reference_scores_them(tmp_path, demo_gold, shared_gold, seed):
    rows = {name: perturbed(content["events"], seed) for name, content in demo_gold.items()}
    gold, system = written(tmp_path, demo_gold, "events", rows)
    total = reference(shared_gold / "score.py", system, "--gold", gold).split("ALL (micro)")[1]
    ours = score_events(rows, {name: content["events"] for name, content in demo_gold.items()})

    counts = re.search(r"gold\s+(\d+) sys\s+(\d+)", total)
    assert (ours["n"], ours["system"]) == (int(counts[1]), int(counts[2]))
    for name in ("full", "quad"):
        found = re.search(rf"{name} P (\S+) R (\S+) F1 (\S+)", total)
        assert [f"{ours[f'{name}_{key}']:.2f}" for key in ("precision", "recall", "f1")] == list(found.groups())
    for name, pattern in (("date", r"at_gold_granularity (\d+)/(\d+)"), ("status", r"status (\d+)/(\d+)"),
                          ("evidence", r"evidence overlap (\d+)/(\d+)")):  # fmt: skip
        hit, of = map(int, re.search(pattern, total).groups())
        assert ours[f"{name}_accuracy"] == round(hit / of, 4)
    assert ours["full_f1"] < 1


@pytest.mark.shared
@pytest.mark.parametrize("kind", CLAIM_KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_claims_score_as_the_reference_scores_them(tmp_path, demo_gold, shared_gold, kind, seed):
    rows = {name: perturbed(content[kind], seed) for name, content in demo_gold.items()}
    gold, system = written(tmp_path, demo_gold, kind, rows)
    theirs = json.loads(reference(shared_gold / "score_claims.py", kind, system, "--gold", gold, "--format", "json"))
    ours = score_claims(kind, rows, {name: content[kind] for name, content in demo_gold.items()})
    wanted = {key: value for key, value in theirs.items() if key not in ("kind", "documents")}
    assert {key: value for key, value in ours.items() if key in wanted} == wanted
    assert {key for key in ours if key.endswith("_accuracy")} == {key for key in wanted if key.endswith("_accuracy")}
