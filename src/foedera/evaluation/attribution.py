"""Scores who says what against PolNeAR (Newell et al. 2018): source, cue and content, token by token."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from foedera.language import Network, best_path, text_sentences
from foedera.model.errors import EvaluationError

from .annotated import Timed, json_lines, not_empty
from .bootstrap import Ratio, figures, precision_recall

LAYERS: Final = ("source", "cue", "content")
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


def evaluate_attribution(file: Path, *, network: Network) -> dict[str, Any]:
    """Score the tokens (words and signs) of sources, cues and contents, by each document's first annotator.

    Args:
        file: JSONL, packed or not: ``text`` and ``annotations`` (a list of {"attributions": [{"source": [[start,
            end]], "cue": ..., "content": ...}]}).
        network: The reader.

    Returns:
        ``source_f1``, ``cue_f1``, ``content_f1``, each with precision, recall and intervals over documents.

    Raises:
        EvaluationError: The file is malformed.
    """
    documents = list(json_lines(file, ("text", "annotations")))
    not_empty(documents, file, "documents")
    timed = Timed(network)
    units: list[list[Mapping[str, float]]] = []
    for where, row in documents:
        text = str(row["text"])
        units.append([_unit(text, _gold(row, where), find_attributions(text, network))])
    ratios: dict[str, Ratio] = {}
    for layer in LAYERS:
        ratios |= precision_recall(f"{layer}_", f"{layer}hit", system=f"{layer}system", gold=f"{layer}gold")
    return {**timed.about("attribution", len(documents)), **figures(units, ratios)}


def find_attributions(text: str, network: Network) -> dict[str, list[tuple[int, int]]]:
    """The characters of the words that the reader takes for sources, cues and contents."""
    places = list(text_sentences(text))
    encoded = network.encode(text, places)
    out: dict[str, list[tuple[int, int]]] = {layer: [] for layer in LAYERS}
    for e, scored in zip(encoded, network.read(encoded, joined=True), strict=True):
        for layer in LAYERS:
            row = best_path(scored.tags[layer], network.weights.card["tags"][layer])
            out[layer] += [(int(e.starts[k]), int(e.ends[k])) for k in row.nonzero()[0]]
    return out


def _gold(row: Mapping[str, Any], where: str) -> dict[str, list[tuple[int, int]]]:
    try:
        said = row["annotations"][0]["attributions"] if row["annotations"] else []
        return {layer: [(int(a), int(b)) for one in said for a, b in one.get(layer) or ()] for layer in LAYERS}
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise EvaluationError(
            f"the attributions cannot be read: {error!r}",
            where=where,
            remedy="Each needs source, cue and content as lists of [start, end].",
        ) from error


def _unit(
    text: str, gold: Mapping[str, Sequence[tuple[int, int]]], found: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, float]:
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    out: dict[str, float] = {}
    for layer in LAYERS:
        right, mine = _inside(tokens, gold[layer], len(text)), _inside(tokens, found[layer], len(text))
        out |= {f"{layer}hit": len(right & mine), f"{layer}gold": len(right), f"{layer}system": len(mine)}
    return out


def _inside(tokens: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], length: int) -> set[int]:
    covered = bytearray(length)
    for a, b in spans:
        low, high = max(0, a), min(b, length)
        if low < high:
            covered[low:high] = b"\1" * (high - low)
    return {k for k, (a, b) in enumerate(tokens) if any(covered[a:b])}
