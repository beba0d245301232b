"""When two values agree: actors at country level, passages by their words, dates to the letter, names of speakers."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

HALF: Final = 0.5
"""Share of common words (Dice) from which two passages are the same evidence."""

_ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "NATO": ("IGO",), "EU": ("EUR",), "UN": ("UNO",), "HAMAS": ("PSE",), "AUKUS": ("AUS", "GBR", "USA"),
}  # fmt: skip
_TITLES: Final = frozenset(["the", "a", "an", "of", "for", "and", "to", "in", "s", "mr", "ms", "mrs"])
_LONGEST_NAME: Final = 12
_LEAST_CONTAINED: Final = 4


def codes(field: Any) -> frozenset[str]:
    """Country codes of an actor field.

    Args:
        field: A code with or without its sector (``USA``, ``USAGOV``, ``USA GOV``), several of them separated by
            punctuation, an object with `code` or `country`, or a list of any of these. None means nobody.
    """
    if not field:
        return frozenset()
    if isinstance(field, Mapping):
        return codes(field.get("code") or field.get("country"))
    if isinstance(field, list | tuple | frozenset):
        return frozenset(code for item in field for code in codes(item))
    heads = (part.split()[0] for part in re.split(r"[;,|/+]", str(field).upper()) if part.strip())
    return frozenset(code for head in heads for code in _ALIASES.get(head, (head[:3],)))


def inside(ours: frozenset[str], theirs: frozenset[str], least: int = 1) -> bool:
    """Whether the system's codes lie inside gold's and are `least` in number, or all where gold has fewer."""
    return ours <= theirs and len(ours) >= min(least, len(theirs))


def dates(field: Any) -> tuple[str, ...]:
    """The value of a date field, then what gold accepts beside it; of ranges, the start.

    Args:
        field: ``{"value", "accept"}``, text, or None where unknown.
    """
    every = [field.get("value"), *(field.get("accept") or ())] if isinstance(field, Mapping) else [field]
    return tuple(str(value).split("/")[0] for value in every if value)


def words(text: str | None) -> list[str]:
    """The words of a passage in lower case."""
    return re.findall(r"\w+", (text or "").lower())


def dice(a: Iterable[str], b: Iterable[str]) -> float:
    """Dice coefficient of two sets of words; 0 where one is empty."""
    left, right = set(a), set(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def passages_of(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The passages that gold takes as evidence of an item."""
    return (item.get("evidence") or "", *(item.get("alt_evidence") or ()))


def likeness(ours: str | None, passages: Iterable[str]) -> float:
    """How well a passage agrees with the best of gold's; 0 where it agrees with none.

    Two agree when half of their words are common, or when one, of four words at least, stands inside the other and the
    other is not four times as long.
    """
    return max((_likeness(words(ours), words(passage)) for passage in passages), default=0.0)


def _likeness(ours: Sequence[str], theirs: Sequence[str]) -> float:
    share = dice(ours, theirs)
    part, whole = sorted((ours, theirs), key=len)
    contained = (
        len(whole) <= 4 * len(part) and len(part) >= _LEAST_CONTAINED
        and f" {' '.join(part)} " in f" {' '.join(whole)} "
    )  # fmt: skip
    return share if share >= HALF or contained else 0.0


def names_agree(ours: Any, accepted: Iterable[Any]) -> bool:
    """Whether a speaker's name agrees with one that gold accepts: the same last word, or half of the shorter name."""
    said = _name(ours)
    if not said or len(said) > _LONGEST_NAME:
        return False
    return any(_same_name(said, theirs) for theirs in map(_name, accepted) if theirs)


def _same_name(a: Sequence[str], b: Sequence[str]) -> bool:
    return a[-1] == b[-1] or 2 * len({*a} & {*b}) >= min(len({*a}), len({*b}))


def _name(name: Any) -> list[str]:
    """The words that make a name; what stands in brackets is not part of it."""
    return [w for w in words(re.sub(r"\(.*?\)", "", str(name or ""))) if w not in _TITLES]


def stem(document: Any) -> str:
    """Name by which gold and system speak of one document."""
    return PurePath(str(document)).name.removesuffix(".txt").removesuffix(".json")


def pair_up(candidates: Iterable[tuple[tuple[Any, ...], int, int]]) -> list[tuple[int, int]]:
    """Pair system rows with gold items, best first, each at most once.

    Args:
        candidates: (rank, index of the row, index of the item); a higher rank is better, and of equal ranks the earlier
            row and item win.

    Returns:
        Pairs (row, item) in the order in which they were made.
    """
    rows: set[Hashable] = set()
    items: set[Hashable] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(((rank, -i, -j) for rank, i, j in candidates), reverse=True):
        if -i not in rows and -j not in items:
            rows.add(-i)
            items.add(-j)
            pairs.append((-i, -j))
    return pairs
