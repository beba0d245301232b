"""Near-copies: the same report in two outlets, found by MinHash over shingles of words (Broder 1997)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

NEAR_COPY: Final = 0.6
SIGNATURE_LENGTH: Final = 128
_SHINGLE: Final = 4
_FEWEST_WORDS: Final = 40
# 32 bands of 4 rows make a candidate of a pair at the threshold with probability 0.99.
_BANDS: Final = (32, 4)
_BATCH: Final = 8_192
_SCHEME: Final = "affine32"
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
    shingles = sorted({" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)})
    sketch = _sketch()
    for start in range(0, len(shingles), _BATCH):
        sketch.update_batch([shingle.encode("utf-8") for shingle in shingles[start : start + _BATCH]])
    return tuple(int(value) for value in sketch.hashvalues)


def similar(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two bodies from their signatures, 0 to 1; 0 where one is empty."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


class CopyIndex:
    """Finds earlier articles that a new one nearly copies.

    The set of pairs that it reports does not depend on the order of insertion, only which of the two comes first.
    """

    def __init__(self) -> None:
        from datasketch import MinHashLSH

        self._lsh: Any = MinHashLSH(num_perm=SIGNATURE_LENGTH, params=_BANDS)
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
        sketch = _sketch(values)
        others = sorted(str(key) for key in self._lsh.query(sketch) if key != article_id)
        if article_id not in self._signatures:
            self._lsh.insert(article_id, sketch)
            self._signatures[article_id] = values
        scored = [(other, similar(values, self._signatures[other])) for other in others]
        return [(other, score) for other, score in scored if score >= NEAR_COPY]


def _sketch(values: tuple[int, ...] | None = None) -> Any:
    """A MinHash sketch, empty or with given values; the scheme is named since its default has changed."""
    from datasketch import MinHash

    if values is None:
        return MinHash(num_perm=SIGNATURE_LENGTH, seed=1, scheme=_SCHEME)
    import numpy as np

    return MinHash(hashvalues=np.array(values, dtype=np.uint32), seed=1, scheme=_SCHEME)
