"""Near-copies: groups of articles that carry one text, and which of them came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """What decides which article of a group is the original.

    Attributes:
        id: Id of the article.
        document: Its name.
        low: First day on which it may have been published, ISO; None where unknown.
        credit: Its source credit; an article that credits another source is not the original.
    """

    id: str
    document: str
    low: str | None
    credit: str | None


def copy_groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Connected components of the pairs of near-copies.

    Args:
        pairs: Ids of two articles that are near-copies.

    Returns:
        For each article that occurs: the smallest id of its group. It does not depend on the order of the pairs.
    """
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {one: root(one) for one in sorted(parent)}


def originals(groups: Mapping[str, str], heads: Iterable[Head]) -> dict[str, Head]:
    """The original of each article that is a near-copy of another; originals themselves are left out.

    The original is the one with the earliest first possible day (unknown last), then one without a credit, then the
    one with the smallest id.

    Args:
        groups: As from `copy_groups`.
        heads: Articles; those in no group are passed over.
    """
    best: dict[str, Head] = {}
    members: list[Head] = []
    for head in heads:
        group = groups.get(head.id)
        if group is None:
            continue
        members.append(head)
        if group not in best or _order(head) < _order(best[group]):
            best[group] = head
    return {head.id: best[groups[head.id]] for head in members if best[groups[head.id]].id != head.id}


def _order(head: Head) -> tuple[bool, str, bool, str]:
    return head.low is None, head.low or "", head.credit is not None, head.id
