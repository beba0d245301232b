"""Reads sentences with the network alone and with the whole reader: how many a second. Started by ``run.py``.

usage: sentences.py FILE

FILE holds a sentence a line. The bare encoder, the network with every head and all pairs of mentions, and the whole
reader work on the same sentences in turns, so that a slow moment of the machine hits all three.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from foedera.language import NetworkReader, network
from foedera.language.events import candidate_pairs
from foedera.language.merging import found_mentions, paired
from foedera.model import Article, Block

ROUNDS = 5
PARAGRAPH = 5


def main(file: str) -> None:
    """Measure and print one JSON object: sentences a second, and the peak of memory in MB."""
    sentences = Path(file).read_text(encoding="utf-8").splitlines()
    net = network()
    reader = NetworkReader(net)
    encoded = [net.encode(s, [(0, len(s))])[0] for s in sentences]
    labels = net.weights.card["tags"]["mention"]
    text, blocks = "", []
    for k in range(0, len(sentences), PARAGRAPH):
        paragraph = " ".join(sentences[k : k + PARAGRAPH])
        blocks.append(Block("paragraph", len(text), len(text) + len(paragraph), "bench"))
        text += paragraph + "\n"
    article = Article("art_b", "pag_b", "b.txt", text, tuple(blocks))
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: net.bare(encoded),
        "network": lambda: net.read(
            encoded,
            lambda k, at, shown: candidate_pairs(paired(found_mentions(shown, labels, (), ())), shown, net.glance),
        ),
        "reader": lambda: reader.read(article),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - began)
    read = len(reader.read(article).sentences)
    medians = {name: statistics.median(t) for name, t in taken.items()}
    out = {"bare": len(encoded) / medians["bare"], "network": len(encoded) / medians["network"],
           "reader": read / medians["reader"], "share": medians["bare"] / medians["network"]}  # fmt: skip
    print(json.dumps(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
