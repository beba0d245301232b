"""The dated directory: from names, adjectives, offices and nouns to codes and sectors."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from foedera.knowledge import cells, load_table
from foedera.model import bounds

HitKind = Literal[
    "state", "adjective", "national", "capital", "organisation", "seat", "group", "person", "place", "office", "sector"
]

_WORD: Final = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|\S")
_CASED: Final = frozenset(
    {"state", "adjective", "national", "capital", "organisation", "seat", "group", "person", "place"}
)
_OPEN_END: Final = dt.date(9000, 12, 31)
_OPEN_START: Final = dt.date(1000, 1, 1)


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of a table that a string may stand for.

    Attributes:
        kind: Which table.
        code: State or organisation; empty for offices and nouns.
        sector: PLOVER sector, or empty.
        name: Full name.
        role: Office held, or canonical role; empty where it does not apply.
        level: Level of an office, or empty.
        start, end: First and last day on which the row holds.
        official: An office that speaks for its state.
        expert: An office of scholars and analysts.
        ambiguous: The string may well stand for something else.
    """

    kind: HitKind
    code: str
    sector: str
    name: str
    role: str = ""
    level: str = ""
    start: dt.date = _OPEN_START
    end: dt.date = _OPEN_END
    official: bool = False
    expert: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Listings found for words ``first`` to ``last`` (exclusive) of a phrase."""

    first: int
    last: int
    listings: tuple[Listing, ...]

    @property
    def kind(self) -> HitKind:
        """Kind of the best listing."""
        return self.listings[0].kind


def words_of(phrase: str) -> list[str]:
    """The words and signs of a phrase; hyphens separate."""
    plain = phrase.split()
    if all(map(str.isalpha, plain)):
        return plain
    return _WORD.findall(phrase.replace("-", " - ").replace("’s", " ’s").replace("'s", " 's"))


def _day(value: str, *, last: bool) -> dt.date:
    if not value:
        return _OPEN_END if last else _OPEN_START
    _, low, high = bounds(value)
    return high if last else low


class Directory:
    """Lookup of all strings of the tables."""

    def __init__(self) -> None:
        self._cased: dict[tuple[str, ...], list[Listing]] = {}
        self._folded: dict[tuple[str, ...], list[Listing]] = {}
        self._states()
        self._named("organisations", "organisation")
        self._named("seats", "seat")
        self._named("groups", "group")
        self._holders()
        self._places()
        self._offices()
        for row in load_table("sectors"):
            for noun in cells(row["noun"]):
                self._add(noun, Listing("sector", "", row["sector"], noun))
        self._longest = max(map(len, (*self._cased, *self._folded)))

    def _add(self, text: str, listing: Listing) -> None:
        words = tuple(words_of(text))
        if listing.kind in _CASED:
            self._cased.setdefault(words, []).append(listing)
        else:
            self._folded.setdefault(tuple(w.lower() for w in words), []).append(listing)

    def _states(self) -> None:
        for row in load_table("states"):
            doubtful = frozenset(cells(row["ambiguous_aliases"]))
            span = {"start": _day(row["start"], last=False), "end": _day(row["end"], last=True)}
            for column, kind in (("name", "state"), ("aliases", "state"), ("ambiguous_aliases", "state"),
            ("adjectives", "adjective"),
                                 ("nationals", "national"), ("capital", "capital")):  # fmt: skip
                for text in cells(row[column]):
                    sector = "CVL" if kind == "national" else "GOV"
                    listing = Listing(kind, row["code"], sector, row["name"], ambiguous=text in doubtful, **span)  # type: ignore[arg-type]
                    self._add(text, listing)

    def _named(self, table: str, kind: HitKind) -> None:
        for row in load_table(table):
            names = (*cells(row["name"]), *cells(row["aliases"])) if "aliases" in row else cells(row["name"])
            start = _day(row.get("start", row.get("founded", "")), last=False)
            end = _day(row.get("end", row.get("ended", "")), last=True)
            for text in names:
                self._add(
                    text,
                    Listing(
                        kind,
                        row["code"],
                        row["sector"],
                        names[0],
                        start=start,
                        end=end,
                        ambiguous=row.get("ambiguous") == "y",
                    ),
                )

    def _holders(self) -> None:
        for row in load_table("holders"):
            start, end = _day(row["start"], last=False), _day(row["end"], last=True)
            for text in (row["person"], *cells(row["aliases"])):
                self._add(text, Listing("person", row["code"], row["sector"], row["person"], row["office"], start=start,
                                        end=end,
                                        ambiguous=text != row["person"]))  # fmt: skip

    def _places(self) -> None:
        for row in load_table("places"):
            for text in (row["name"], *cells(row["aliases"])):
                self._add(text, Listing("place", row["code"], "GOV", row["name"], ambiguous=row["ambiguous"] == "y"))

    def _offices(self) -> None:
        for row in load_table("offices"):
            for title in cells(row["title"]):
                self._add(title, Listing("office", "", row["sector"], row["role"], row["role"], row["level"],
                                         official=row["official"] == "y", expert=row["expert"] == "y"))  # fmt: skip

    def scan(self, phrase: str) -> tuple[list[str], list[Hit]]:
        """The words of a phrase and the longest hits in it, left to right."""
        words = words_of(phrase)
        folded = [w.lower() for w in words]
        # "KENYA" in a headline of capitals; acronyms are tabled as they are and come first.
        shouted = self._capitals if phrase.isupper() else {}
        hits: list[Hit] = []
        i = 0
        while i < len(words):
            for n in range(min(self._longest, len(words) - i), 0, -1):
                key = tuple(words[i : i + n])
                named = self._cased.get(key) or shouted.get(key, [])
                found = named + self._folded.get(tuple(folded[i : i + n]), [])
                if not found and folded[i].isalpha() and n == 1 and folded[i].endswith("s"):
                    found = self._folded.get((folded[i][:-1],), [])
                if found:
                    if found[0].kind == "office" and n > 1:
                        hits.extend(self._inside(words, i, i + n))
                    hits.append(Hit(i, i + n, tuple(found)))
                    i += n
                    break
            else:
                i += 1
        return words, hits

    @cached_property
    def _capitals(self) -> dict[tuple[str, ...], list[Listing]]:
        """Cased names in capitals."""
        out: dict[tuple[str, ...], list[Listing]] = {}
        for words, listings in self._cased.items():
            out.setdefault(tuple(w.upper() for w in words), []).extend(listings)
        return out

    def _inside(self, words: list[str], first: int, last: int) -> list[Hit]:
        """Names inside a tabled office: "State Department spokesperson" belongs to the State Department."""
        for n in range(last - first - 1, 0, -1):
            for i in range(first, last - n + 1):
                if found := self._cased.get(tuple(words[i : i + n])):
                    return [Hit(i, i + n, tuple(found))]
        return []

    def named(self, name: str) -> tuple[Listing, ...]:
        """All listings of a string, taken as a whole."""
        words = tuple(words_of(name))
        return tuple(self._cased.get(words, []) + self._folded.get(tuple(w.lower() for w in words), []))


@cache
def directory() -> Directory:
    """The directory over the shipped tables, built once per process."""
    return Directory()
