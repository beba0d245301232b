"""Finds authored sentences that are near-copies of texts that are not ours.

Those texts are not in the repository, so what is kept of them is a Bloom filter over their runs of five words: from it
nothing can be read, and whether a run is in it can be asked.

    python -m training.copies build        # from the folder that FOEDERA_DATA names, and the pages and gold beside it
    python -m training.copies check        # lists near-copies; exit code 1 where there are any
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import os
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from .annotations import read_file

ROOT: Final = Path(__file__).resolve().parent
GOLD: Final = ROOT.parent / "eval" / "gold"
FILTER: Final = ROOT / "fingerprint.bin"
BITS_A_RUN: Final = 5
HASHES: Final = 3
RUN: Final = 5
SHARE: Final = 0.5
"""Share of a sentence's runs that other texts hold from which it counts as a near-copy."""
LEAST: Final = 4
"""Runs that it has to share at least."""

_WORD: Final = re.compile(r"[^\W_]+")
_TEXTS: Final = frozenset({".txt", ".tsv", ".csv", ".json", ".jsonl", ".conllu", ".iob2", ".tml", ".xml", ".html"})


def runs(text: str) -> Iterator[bytes]:
    """Runs of five words, in lower case, signs left out."""
    words = _WORD.findall(text.lower())
    for k in range(len(words) - RUN + 1):
        yield " ".join(words[k : k + RUN]).encode()


def _places(run: bytes, size: int) -> list[int]:
    digest = hashlib.blake2b(run, digest_size=4 * HASHES).digest()
    return [int.from_bytes(digest[4 * k : 4 * k + 4], "big") % size for k in range(HASHES)]


class Filter:
    """Which runs were seen, with a few that were not (about 9 in 100)."""

    def __init__(self, bits: np.ndarray) -> None:
        self.bits = bits

    @classmethod
    def load(cls, path: Path = FILTER) -> Filter:
        """The filter of the repository."""
        return cls(np.frombuffer(path.read_bytes(), dtype=np.uint8))

    def holds(self, run: bytes) -> bool:
        """Whether a run was seen."""
        return all(self.bits[p >> 3] >> (p & 7) & 1 for p in _places(run, 8 * len(self.bits)))

    def is_copy(self, sentence: str) -> bool:
        """Whether a sentence is a near-copy."""
        found = [self.holds(r) for r in runs(sentence)]
        return sum(found) >= max(LEAST, SHARE * len(found))


def build(folder: Path) -> Filter:
    """A filter over every text in a folder, archives included."""
    seen = {hashlib.blake2b(r, digest_size=8).digest(): r for text in _texts(folder) for r in runs(text)}
    bits = np.zeros(len(seen) * BITS_A_RUN // 8 + 1, dtype=np.uint8)
    for run in seen.values():
        for p in _places(run, 8 * len(bits)):
            bits[p >> 3] |= 1 << (p & 7)
    return Filter(bits)


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if ".tar" in path.suffixes:
            with tarfile.open(path) as archive:
                for member in archive:
                    file = archive.extractfile(member) if member.isfile() else None
                    if file is not None:
                        yield from _text(Path(member.name), file.read())
        else:
            yield from _text(path, path.read_bytes())


def _text(path: Path, data: bytes) -> Iterator[str]:
    if path.suffix == ".gz":
        path, data = path.with_suffix(""), gzip.decompress(data)
    # Tables of facts hold no sentences.
    if path.suffix not in _TEXTS or "facts" in path.parts or "forecast" in path.parts:
        return
    text = data.decode("utf-8", errors="replace")
    if path.suffix == ".conllu":
        yield from (line.partition("= ")[2] for line in text.splitlines() if line.startswith("# text ="))
    elif path.suffix == ".iob2" or "CROSSNER" in path.parts:
        column = 1 if path.suffix == ".iob2" else 0
        yield " ".join(line.split("\t")[column] for line in text.splitlines() if line.count("\t") >= 1)
    elif path.suffix in (".tml", ".xml", ".html"):
        yield re.sub(r"<[^>]*>", " ", text)
    elif path.suffix in (".csv", ".tsv"):
        csv.field_size_limit(2**27)
        rows = csv.reader(io.StringIO(re.sub(r"</?[st]>", "", text)), delimiter="\t" if path.suffix == ".tsv" else ",",
                          quoting=csv.QUOTE_NONE if path.suffix == ".tsv" else csv.QUOTE_MINIMAL)  # fmt: skip
        yield from (cell for row in rows for cell in row)
    else:
        yield text


def near_copies(folder: Path, seen: Filter) -> Iterator[str]:
    """Places of authored sentences that are near-copies."""
    for path in sorted(folder.rglob("*.txt")):
        for record in read_file(path):
            if seen.is_copy(record.text):
                yield f"{record.where}: {record.text}"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["build", "check"])
    args = parser.parse_args()
    if args.what == "build":
        data = Path(os.environ.get("FOEDERA_DATA", ROOT.parent.parent / "shared" / "data"))
        FILTER.write_bytes(build(data.parent).bits.tobytes())
        return 0
    found = [c for f in (ROOT / "authored", GOLD / "pairs", GOLD / "reports") for c in near_copies(f, Filter.load())]
    print("\n".join(found) or "no near-copies")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
