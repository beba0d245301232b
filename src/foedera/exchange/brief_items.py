"""Claims of several reports as the items of a brief: copies counted once, every item with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .brief_words import code_span, published_words, quoted

Row = Mapping[str, Any]

_LAST: Final = "9999-99-99"
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """What one or more reports assert alike.

    Attributes:
        kind: Kind of the claims.
        claims: The claims, the most confident first.
        reports: Number of articles that carry it.
        independent: Number of those that are not copies of each other.
    """

    kind: str
    claims: tuple[Row, ...]
    reports: int
    independent: int

    @property
    def best(self) -> Row:
        """The claim that stands for the item."""
        return self.claims[0]

    @property
    def counted(self) -> str:
        """How many reports there are, where it is more than one."""
        return "" if self.reports == 1 else f"{self.reports} reports, {self.independent} independent"

    @property
    def when(self) -> tuple[str, str, str]:
        """Sorts items by date, undated ones last."""
        date = self.best["date"]
        if date["value"] is None:
            return _LAST, date["low"] or "", self.best["id"]
        return date["low"] or "", date["high"] or _LAST, self.best["id"]


def items(kind: str, claims: Sequence[Row], groups: Mapping[str, str]) -> list[Item]:
    """Claims put together where they say the same.

    Reports of the same on the same day are one item. Where the day is not known, only near-copies are put together,
    because two reports of a visit in one year may well mean two visits.

    Args:
        kind: Kind of the claims.
        claims: The claims.
        groups: Group of near-copies by article id.

    Returns:
        Items, by date.
    """
    alike: dict[Hashable, list[Row]] = {}
    for claim in claims:
        alike.setdefault(_key(kind, claim, groups), []).append(claim)
    made = [_item(kind, found, groups) for found in alike.values()]
    return sorted(made, key=lambda item: item.when)


def _key(kind: str, claim: Row, groups: Mapping[str, str]) -> Hashable:
    group, date = groups.get(claim["article"], claim["article"]), claim["date"]
    told = _KEYS[kind](claim), claim["status"]
    if date["basis"] == "document":
        # The day is that of the report: copies differ in it, and independent reports of one day may mean two events.
        return told, "", group
    exact = date["granularity"] == "day" and kind not in ("statements", "incidents")
    return told, (date["value"], date["low"], date["high"]), "" if exact else group


def _item(kind: str, claims: list[Row], groups: Mapping[str, str]) -> Item:
    claims.sort(key=_order)
    articles = {claim["article"] for claim in claims}
    return Item(kind, tuple(claims), len(articles), len({groups.get(article, article) for article in articles}))


def _order(claim: Row) -> tuple[float, str, str, int, str]:
    return -claim["confidence"], claim["published"] or _LAST, claim["document"], claim["start"], claim["id"]


def _codes(actors: Sequence[Row]) -> tuple[str, ...]:
    return tuple(sorted({actor["code"] or f"?{actor['mention'].casefold()}" for actor in actors}))


def name_key(name: str) -> str:
    """A name as it is compared: case, spaces and a leading article aside."""
    return _ARTICLE.sub("", " ".join(name.split())).casefold()


def _said(claim: Row) -> Hashable:
    return claim["speaker"], name_key(claim["quote"] or claim["evidence"])


_KEYS: Final[dict[str, Callable[[Row], Hashable]]] = {
    "events": lambda c: (c["type"], _codes(c["source"]), _codes(c["target"]), c["symmetric"], c["alleged"]),
    "statements": _said,
    "agreements": lambda c: (name_key(c["agreement"]), c["stage"], c["actor"]),
    "meetings": lambda c: (c["kind"], tuple(sorted(c["participants"]))),
    "incidents": lambda c: (name_key(c["kind"]), tuple(sorted(c["parties"])), c["place"]),
    "figures": lambda c: (c["country"], name_key(c["measure"]), c["value"], c["unit"], c["currency"], c["period"]),
    "policies": lambda c: (c["country"], name_key(c["topic"]), c["change"]),
    "capabilities": lambda c: (c["country"], name_key(c["system"]), c["change"]),
}


class Citations:
    """Numbers the evidence in the order in which it is first cited. Claims with the same characters share a number.

    Args:
        articles: Articles by id, as `article_shape` gives them.
    """

    def __init__(self, articles: Mapping[str, Row]) -> None:
        self._articles = articles
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._claims: dict[int, list[Row]] = {}

    def cite(self, *cited: Item) -> str:
        """The numbers of some items' evidence, as ``[1][2]``."""
        numbers = []
        for claim in (claim for item in cited for claim in item.claims):
            place = (claim["article"], claim["start"], claim["end"])
            number = self._numbers.setdefault(place, len(self._numbers) + 1)
            known = self._claims.setdefault(number, [])
            if all(claim["id"] != other["id"] for other in known):
                known.append(claim)
            numbers.append(number)
        return "".join(f"[{number}]" for number in dict.fromkeys(sorted(numbers)))

    @property
    def articles(self) -> list[Row]:
        """The articles that are cited, in order."""
        cited = dict.fromkeys(claims[0]["article"] for claims in self._claims.values())
        return [self._articles[article] for article in cited]

    def lines(self) -> list[str]:
        """The numbered list."""
        return [self._line(number, claims) for number, claims in self._claims.items()]

    def _line(self, number: int, claims: Sequence[Row]) -> str:
        claim, article = claims[0], self._articles[claims[0]["article"]]
        outlet = quoted(article["outlet"]) if article["outlet"] else "outlet unknown"
        copy = f", near-copy of {code_span(article['copy_of'])}" if article["copy_of"] else ""
        caption = ", in a caption" if claim["block"] == "caption" else ""
        shows = ", ".join(f"`foedera show {one['id']}`" for one in claims)
        head = f"{code_span(claim['document'])}, {outlet}, {published_words(article['published'])}{copy}{caption}"
        return f"{number}. {head}: “{quoted(claim['evidence'])}” — {shows}"
