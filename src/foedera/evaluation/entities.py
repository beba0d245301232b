"""Scores names of persons, places and organisations against a file with a token a line (IOB2)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from foedera.language import Network, labelled
from foedera.model.errors import EvaluationError

from .annotated import Timed, joined, not_empty, text_of
from .bootstrap import figures, precision_recall

TYPES: Final = ("PER", "LOC", "ORG")

Name = tuple[int, int, str]
"""First token, token behind the last, type."""


def evaluate_entities(file: Path, *, network: Network, errors: bool = False) -> dict[str, Any]:
    """Score names; those of other types in the file count as no name.

    Args:
        file: UNER's columns (index, token, label), or token and label, separated by tabs or spaces.
        network: The reader.
        errors: Whether missed and spurious names are listed.

    Returns:
        ``f1``, ``precision``, ``recall`` over whole names with their type, and ``by_type``.

    Raises:
        EvaluationError: The file is malformed.
    """
    sentences = read_iob(file)
    not_empty(sentences, file, "sentences")
    timed = Timed(network)
    found = find_names(sentences, network)
    units, listed = [], []
    for (tokens, labels), mine in zip(sentences, found, strict=True):
        gold = set(names_of(labels))
        unit = {"hit": len(gold & mine), "gold": len(gold), "system": len(mine)}
        for t in TYPES:
            a, b = {n for n in gold if n[2] == t}, {n for n in mine if n[2] == t}
            unit |= {f"{t}hit": len(a & b), f"{t}gold": len(a), f"{t}system": len(b)}
        units.append(unit)
        listed += [f"missed {' '.join(tokens[a:b])!r} {t}" for a, b, t in sorted(gold - mine)]
        listed += [f"spurious {' '.join(tokens[a:b])!r} {t}" for a, b, t in sorted(mine - gold)]
    by: dict[str, Any] = {}
    for t in TYPES:
        held = figures([units], precision_recall("", f"{t}hit", system=f"{t}system", gold=f"{t}gold"))
        by[t] = {k: held[k] for k in ("f1", "precision", "recall")}
    total = int(sum(u["gold"] for u in units))
    out = {**timed.about("entities", total), **figures([units], precision_recall("", "hit")), "by_type": by}
    return {**out, "errors": listed} if errors else out


def find_names(sentences: Sequence[tuple[list[str], list[str]]], network: Network) -> list[set[Name]]:
    """The names that the reader finds in tokenised sentences."""
    texts = [joined(tokens) for tokens, _ in sentences]
    encoded = [network.encode(text, [(0, len(text))])[0] for text, _ in texts]
    labels = network.weights.card["tags"]["entity"]
    out: list[set[Name]] = []
    for (_, places), e, scored in zip(texts, encoded, network.read(encoded), strict=True):
        token_of = {}
        for k, (a, b) in enumerate(places):
            words = e.word_at(a, b)
            token_of.update(dict.fromkeys(range(*words), k) if words else {})
        out.append({(token_of[a], token_of[b - 1] + 1, kind) for a, b, kind, _ in
                    labelled(scored.tags["entity"], labels)})  # fmt: skip
    return out


def names_of(labels: Sequence[str]) -> list[Name]:
    """Names from IOB labels; an inside label that follows nothing of its type begins a name."""
    out: list[Name] = []
    for k, label in enumerate(labels):
        place, _, kind = label.partition("-")
        if place == "I" and out and out[-1][1] == k and out[-1][2] == kind:
            out[-1] = (out[-1][0], k + 1, kind)
        elif kind:
            out.append((k, k + 1, kind))
    return [n for n in out if n[2] in TYPES]


def read_iob(file: Path) -> list[tuple[list[str], list[str]]]:
    """Tokens and labels of the sentences of a file.

    Raises:
        EvaluationError: A line has no label.
    """
    out: list[tuple[list[str], list[str]]] = []
    tokens: list[str] = []
    labels: list[str] = []
    for number, line in enumerate([*text_of(file).split("\n"), ""], 1):
        line = line.rstrip("\r")
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# ") or line == "#":
            continue
        if not line.strip():
            if tokens:
                out.append((tokens, labels))
            tokens, labels = [], []
            continue
        at = 1 if len(cells) > 2 and cells[0].replace("-", "").replace(".", "").isdigit() else 0
        if len(cells) < at + 2:
            raise EvaluationError(f"no label behind {line[:40]!r}", where=f"{file}:{number}",
                                  remedy="Token and label have to be separated by a tab or a space.")  # fmt: skip
        tokens.append(cells[at] or " ")
        # CoNLL files keep the label last, UNER behind the token.
        labels.append(cells[at + 1] if at or len(cells) == 2 else cells[-1])
    return out
