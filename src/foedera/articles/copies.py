"""Near-copies: the same report in two outlets, found by MinHash over shingles of words (Broder 1997)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rensa import RMinHash

NEAR_COPY: Final = 0.6
SIGNATURE_LENGTH: Final = 128
_SHINGLE: Final = 4
_FEWEST_WORDS: Final = 40
# 32 bands of 4 rows make a candidate of a pair at the threshold with probability 0.99.
_ROWS: Final = 4
_SEED: Final = 1
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def signature_of(body: str) -> tuple[int, ...]:
    """MinHash values of the 4-word shingles of a body, case and punctuation aside.

    Args:
        body: Paragraphs of an article, without furniture.

    Returns:
        128 integers in the range of uint32; empty for a body under 40 words, which is too short to compare.
    """
    words = [word.replace("’", "'") for word in _WORD.findall(body.casefold())]
    if len(words) < _FEWEST_WORDS:
        return ()
    sketch = RMinHash(num_perm=SIGNATURE_LENGTH, seed=_SEED)
    sketch.update(sorted({" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}))
    return tuple(int(value) for value in sketch.digest())


def similar(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two bodies from their signatures, 0 to 1; 0 where one is empty."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


class CopyIndex:
    """Finds earlier articles that a new one nearly copies, by locality-sensitive hashing over bands of the signature.

    The set of pairs that it reports does not depend on the order of insertion, only which of the two comes first.
    """

    def __init__(self) -> None:
        self._bands: dict[tuple[int, tuple[int, ...]], list[str]] = {}
        self._signatures: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._signatures)

    def add(self, article_id: str, signature: Sequence[int]) -> list[tuple[str, float]]:
        """Add an article and list the earlier ones that are near-copies of it.

        Args:
            article_id: Its id. Adding an id a second time changes nothing and lists its near-copies again.
            signature: As in `Article.signature`; an empty one has no near-copies and is not kept.

        Returns:
            Pairs (other id, estimated Jaccard similarity of at least 0.6), sorted by id.

        Raises:
            ValueError: The signature is neither empty nor of 128 values.
        """
        if not signature:
            return []
        if len(signature) != SIGNATURE_LENGTH:
            raise ValueError(f"a signature has {SIGNATURE_LENGTH} values, not {len(signature)}")
        values = tuple(signature)
        bands = [(start, values[start : start + _ROWS]) for start in range(0, SIGNATURE_LENGTH, _ROWS)]
        others = sorted({other for band in bands for other in self._bands.get(band, ()) if other != article_id})
        if article_id not in self._signatures:
            self._signatures[article_id] = values
            for band in bands:
                self._bands.setdefault(band, []).append(article_id)
        scored = [(other, similar(values, self._signatures[other])) for other in others]
        return [(other, score) for other, score in scored if score >= NEAR_COPY]
