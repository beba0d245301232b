"""A second, blind labelling of some authored sentences, and how far it agrees with the first.

python -m training.agreement sample training/second/blind.tsv     # sentences with a marked pair, no labels
python -m training.agreement report training/second/blind.tsv training/second/labels.tsv
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from .annotations import ACTORS, Authored, read_file

AUTHORED: Final = Path(__file__).resolve().parent / "authored"
SIZE: Final = 500
NONE_SHARE: Final = 0.2
SEED: Final = 20_261_122
SLICES: Final = ("africa", "americas", "eastasia", "europe", "mideast", "registers", "southasia", "traps")
"""The slices that were complete when the pairs were drawn."""


def pairs_of(record: Authored) -> Iterator[tuple[str, str, str]]:
    """Directed pairs of a sentence with their type, "none" where two actors are not related."""
    typed: dict[tuple[str, str], str] = {}
    for event in record.events:
        for a in event.sources:
            for b in event.targets:
                typed.setdefault((a, b), event.type)
                if event.symmetric:
                    typed.setdefault((b, a), event.type)
    same = list(record.same)
    actors = [m.id for m in record.mentions if m.kind in ACTORS and m.id]
    for pair, kind in typed.items():
        yield (*pair, kind)
    for a in actors:
        for b in actors:
            linked = {a, b}.union(*(s for s in same if s & {a, b}))
            if a != b and not any(set(p) <= linked for p in typed) and not any({a, b} <= s for s in same):
                yield a, b, "none"


def sample(folder: Path = AUTHORED) -> list[tuple[str, str, str]]:
    """Place, marked sentence and type of SIZE pairs from as many sentences, drawn with a fixed seed."""
    rng = random.Random(SEED)
    files = sorted(p for p in folder.glob("*.txt") if p.stem.rpartition("-")[0] in SLICES)
    records = [r for p in files for r in read_file(p)]
    rng.shuffle(records)
    out: list[tuple[str, str, str]] = []
    none = 0
    for record in records:
        found = list(pairs_of(record))
        wanted = none < NONE_SHARE * (len(out) + 1)
        chosen = [p for p in found if (p[2] == "none") == wanted]
        if not chosen:
            continue
        a, b, kind = rng.choice(chosen)
        none += kind == "none"
        out.append((record.where, _marked(record, a, b), kind))
        if len(out) == SIZE:
            break
    return out


def _marked(record: Authored, a: str, b: str) -> str:
    text = record.text
    places = sorted([(record.mention(a), "s"), (record.mention(b), "t")], key=lambda p: -p[0].start)
    for m, tag in places:
        text = f"{text[: m.start]}<{tag}>{text[m.start : m.end]}</{tag}>{text[m.end :]}"
    return text


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two labellings."""
    n = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    one, two = Counter(first), Counter(second)
    chance = sum(one[k] * two[k] for k in one) / n**2
    return (agreed - chance) / (1 - chance)


def report(blind: Path, labels: Path) -> str:
    """Agreement of the second labels with the first; writes the disagreements beside the labels."""
    first = {str(k): row for k, row in enumerate(sample(), 1)}
    second = {r[0]: r[1].strip() for r in csv.reader(labels.open(encoding="utf-8"), delimiter="\t") if len(r) > 1}
    shown = {r[0]: r[1] for r in csv.reader(blind.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)}
    keys = [k for k in first if k in second]
    if stale := [k for k in keys if shown.get(k) != first[k][1]]:
        raise SystemExit(f"{blind} is of an earlier state: row {stale[0]} differs")
    with labels.with_name("disagreements.tsv").open("w", encoding="utf-8") as file:
        file.write("place\tfirst\tsecond\tsentence\n")
        for k in keys:
            if first[k][2] != second[k]:
                file.write(f"{first[k][0]}\t{first[k][2]}\t{second[k]}\t{first[k][1]}\n")
    ones, twos = [first[k][2] for k in keys], [second[k] for k in keys]
    same = sum(a == b for a, b in zip(ones, twos, strict=True))
    return f"{len(keys)} pairs, {same} agree ({same / len(keys):.3f}), kappa {kappa(ones, twos):.3f}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["sample", "report"])
    parser.add_argument("blind", type=Path)
    parser.add_argument("labels", type=Path, nargs="?")
    args = parser.parse_args()
    if args.what == "sample":
        args.blind.parent.mkdir(parents=True, exist_ok=True)
        rows = [f"{k}\t{text}\n" for k, (_, text, _) in enumerate(sample(), 1)]
        args.blind.write_text("".join(rows), encoding="utf-8")
    else:
        print(report(args.blind, args.labels))


if __name__ == "__main__":
    main()
