"""Files of annotated texts, and what every evaluation of the reader carries."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedera._version import __version__
from foedera.language import Network
from foedera.model.errors import EvaluationError


@dataclass(slots=True)
class Timed:
    """A reader at work, and how long it took."""

    network: Network
    started: float = field(default_factory=time.perf_counter)

    def about(self, task: str, n: int) -> dict[str, Any]:
        """The keys that every evaluation carries; ``n`` is the number of items that the main figure rests on."""
        seconds = round(time.perf_counter() - self.started, 3)
        return {"task": task, "n": n, "seconds": seconds, "model": self.network.weights.name, "version": __version__}


def text_of(path: Path) -> str:
    """The text of a file, unpacked where its name ends in ``.gz``.

    Raises:
        EvaluationError: The file is missing, damaged, or not UTF-8.
    """
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise EvaluationError(f"the file cannot be read: {error}", where=str(path),
                              remedy="Name a file in UTF-8, packed with gzip or not at all.") from error  # fmt: skip


def json_lines(path: Path, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSONL file with their places.

    Raises:
        EvaluationError: A line is no object, or lacks one of ``keys``.
    """
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"not a JSON object: {error}", where=where, remedy="One object a line.") from error
        missing = [k for k in keys if not isinstance(row, dict) or k not in row]
        if missing:
            raise EvaluationError(
                f"the object lacks {missing[0]!r}", where=where, remedy=f"It needs {', '.join(keys)}."
            )
        yield where, row


def joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens with a space between them, and the characters of each."""
    places, at = [], 0
    for token in tokens:
        places.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), places


def not_empty(items: Sequence[Any], path: Path, what: str) -> None:
    """Refuse a file without anything to measure.

    Raises:
        EvaluationError: There are no items.
    """
    if not items:
        raise EvaluationError(f"no {what} in the file", where=str(path), remedy="Is it of the format that is named?")
