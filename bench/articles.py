"""Makes many different articles out of few news texts, for measurements: the texts stay outside the repository.

Names inside sentences and numbers are changed by rules that depend on the text alone, so that the same texts give the
same articles, and two articles made from one text are not near-copies in what they name.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

USES: Final = 2
"""How often a text is used at most."""

_NAMES: Final = (
    "Japan", "South Korea", "Tokyo", "Seoul", "China", "Beijing", "Washington", "the United States", "Russia", "Moscow",
    "North Korea", "Pyongyang", "Taiwan", "Manila", "the Philippines", "Vietnam", "Hanoi", "Australia", "Canberra",
    "India", "the Foreign Ministry", "the Defense Ministry",
    "President Park", "Prime Minister Sato", "Foreign Minister Lee",
)  # fmt: skip
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_DIGIT: Final = re.compile(r"[0-9]")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED: Final = 3


def changed(text: str, use: int) -> str:
    """A text with a third of its names replaced by others, and its digits by others.

    Args:
        text: A news text.
        use: Which use of it this is: another use changes it differently.
    """

    def name(match: re.Match[str]) -> str:
        chosen = int.from_bytes(blake2b(f"{use} {match[0]}".encode(), digest_size=4).digest())
        return _NAMES[chosen // _NAMED % len(_NAMES)] if chosen % _NAMED == 0 else match[0]

    renamed = _NAME.sub(name, text)
    return _DIGIT.sub(lambda m: str((int(m[0]) + use + m.start() % 7) % 9 + 1), renamed)


def articles(texts: Path, count: int) -> Iterator[dict[str, str]]:
    """Rows with `text`, `published` and `outlet`.

    Args:
        texts: Gzipped JSONL with `doc` and `text`.
        count: How many rows.

    Raises:
        SystemExit: Even with each text used twice there are fewer.
    """
    made = 0
    for use in range(USES):
        with gzip.open(texts, "rt", encoding="utf-8") as lines:
            for line in lines:
                if made == count:
                    return
                row = json.loads(line)
                date = _DATE.search(row["doc"])
                made += 1
                yield {
                    "text": changed(row["text"], use),
                    "published": date[0] if date else "2016-06-01",
                    "outlet": f"Outlet {made % 40}",
                }
    if made < count:
        raise SystemExit(f"{texts} makes only {made} of {count} articles")


def write_articles(texts: Path, target: Path, count: int) -> None:
    """Write the rows of `articles` as JSONL."""
    with target.open("w", encoding="utf-8") as file:
        for row in articles(texts, count):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
