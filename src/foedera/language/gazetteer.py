"""Names and nouns of the knowledge tables, found in tokens by longest match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final, Literal

from foedera.knowledge import cells, load_table

from .morphology import plural
from .tokens import Token, name_words, tokenize

EntryKind = Literal["state", "adjective", "national", "capital", "organisation", "seat", "group", "person", "agreement",
                    "place", "office", "sector"]  # fmt: skip

_PRIORITY: Final[tuple[EntryKind, ...]] = (
    "state", "adjective", "national", "capital", "organisation", "seat", "group", "person", "agreement", "place",
    "office", "sector",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a string may stand for.

    Attributes:
        kind: Which sort of table it comes from.
        codes: Codes that it may stand for, best first.
        ambiguous: Needs support from elsewhere in the article.
    """

    kind: EntryKind
    codes: tuple[str, ...]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` (exclusive) match an entry."""

    first: int
    last: int
    entry: Entry


class Line(list[Token]):
    """The tokens of a sentence; it remembers what was looked up at each of them."""

    __slots__ = ("matches",)

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.matches: dict[int, Match | None] = {}


_SPLITTING_PREFIXES: Final = frozenset({"then", "ex", "sino", "anglo", "franco", "russo", "indo", "non", "anti", "pro"})


class Gazetteer:
    """All names, keyed by their first word.

    Names match in the case in which they are tabled; offices and nouns in any case. A sentence in capitals is to be
    passed through `cased` first.
    """

    def __init__(self) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._folded: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        named = list(_names())
        self.splitters = _SPLITTING_PREFIXES | {
            name_words(name)[0].lower()
            for name, entry, folded in named
            if entry.kind in ("state", "adjective", "organisation") and not folded
        }
        seen: dict[tuple[bool, tuple[str, ...]], Entry] = {}
        for name, entry, folded in named:
            # As texts are split, so that "Guinea-Bissau" is found behind "Guinea".
            words = name_words(name.lower() if folded else name, self.splitters)
            key = (folded, words)
            seen[key] = _merge(seen[key], entry) if key in seen else entry
        for (folded, words), entry in seen.items():
            if words:
                (self._folded if folded else self._exact).setdefault(words[0], []).append((words, entry))
        for table in (self._exact, self._folded):
            for found in table.values():
                found.sort(key=lambda item: (-len(item[0]), _PRIORITY.index(item[1].kind)))

    @cached_property
    def _capitals(self) -> dict[str, list[tuple[str, ...]]]:
        """Names in the case in which they are tabled, by their first word in capitals; the longest first."""
        out: dict[str, list[tuple[str, ...]]] = {}
        for found in self._exact.values():
            for words, _ in found:
                out.setdefault(words[0].upper(), []).append(words)
        for names in out.values():
            names.sort(key=lambda words: (-len(words), words))
        return out

    def cased(self, tokens: list[Token]) -> list[Token]:
        """A sentence in capitals as it would be written otherwise: names in their tabled case, the rest in lower."""
        out: list[Token] = []
        while len(out) < len(tokens):
            i = len(out)
            names = self._capitals.get(tokens[i].text, ())
            name = next((w for w in names if [t.text for t in tokens[i : i + len(w)]] == [x.upper() for x in w]), None)
            for token, text in zip(tokens[i:], name or (tokens[i].lower,), strict=False):
                out.append(replace(token, text=text))
        return out

    def line(self, text: str, start: int, end: int) -> Line:
        """The tokens of a sentence; one in capitals throughout is read as if it were not."""
        tokens = tokenize(text, start, end, self.splitters)
        letters = [t for t in tokens if t.text.isalpha() and len(t.text) > 1]
        shouted = len(letters) >= 3 and sum(t.text.isupper() for t in letters) >= 0.8 * len(letters)
        return Line(self.cased(tokens) if shouted else tokens)

    def at(self, tokens: list[Token], i: int) -> Match | None:
        """The longest match that starts at a token, or None."""
        if not isinstance(tokens, Line):
            return self._at(tokens, i)
        if i not in tokens.matches:
            tokens.matches[i] = self._at(tokens, i)
        return tokens.matches[i]

    def _at(self, tokens: list[Token], i: int) -> Match | None:
        token = tokens[i]
        best: Match | None = None
        for words, entry in self._exact.get(token.text, ()):
            if _same(tokens, i, words, folded=False):
                best = Match(i, i + len(words), entry)
                break
        for words, entry in self._folded.get(token.lower, ()):
            if (best is None or len(words) > best.last - best.first) and _same(tokens, i, words, folded=True):
                return Match(i, i + len(words), entry)
        return best


def _same(tokens: list[Token], i: int, words: tuple[str, ...], *, folded: bool) -> bool:
    if i + len(words) > len(tokens):
        return False
    if folded:
        return all(tokens[i + k].lower == w for k, w in enumerate(words))
    return all(tokens[i + k].text == w for k, w in enumerate(words))


def _merge(a: Entry, b: Entry) -> Entry:
    """Two rows with the same name: the better kind first, all codes kept. A doubtful "Korean" is first an adjective."""
    doubtful = a.ambiguous and b.ambiguous

    def rank(entry: Entry) -> tuple[bool, int]:
        return entry.ambiguous, -1 if doubtful and entry.kind == "adjective" else _PRIORITY.index(entry.kind)

    first, second = sorted((a, b), key=rank)
    codes = first.codes + tuple(c for c in second.codes if c not in first.codes)
    return Entry(first.kind, codes, first.ambiguous)


def _names() -> Iterator[tuple[str, Entry, bool]]:
    """Every name with its entry, and whether case is ignored."""
    yield from _state_names()
    for row in load_table("organisations"):
        for name in (row["name"], *cells(row["aliases"])):
            yield name, Entry("organisation", (row["code"],)), False
    for row in load_table("seats"):
        for name in cells(row["name"]):
            yield name, Entry("seat", (row["code"],), row["ambiguous"] == "y"), False
    for row in load_table("groups"):
        for name in (row["name"], *cells(row["aliases"])):
            yield name, Entry("group", (row["code"],) if row["code"] else (), row["ambiguous"] == "y"), False
    for row in load_table("holders"):
        for name in (row["person"], *cells(row["aliases"])):
            # A surname alone may be anybody's, or a word ("May"): it needs the full name or an office near by.
            yield name, Entry("person", (row["code"],), ambiguous=" " not in name), False
    for row in load_table("agreements"):
        for name in (row["name"], *cells(row["aliases"])):
            yield name, Entry("agreement", cells(row["parties"])), False
    for row in load_table("places"):
        for name in (row["name"], *cells(row["aliases"])):
            yield name, Entry("place", (row["code"],) if row["code"] else (), row["ambiguous"] == "y"), False
    for row in load_table("offices"):
        for name in cells(row["title"]):
            for form in {name, plural(name)}:
                yield form, Entry("office", ()), True
    for row in load_table("sectors"):
        for name in cells(row["noun"]):
            yield name, Entry("sector", ()), True


def _state_names() -> Iterator[tuple[str, Entry, bool]]:
    for row in load_table("states"):
        ended, code = bool(row["end"]), (row["code"],)
        doubtful = frozenset(cells(row["ambiguous_aliases"]))
        for name in {row["name"], *cells(row["aliases"]), *doubtful}:
            # A state's own name stands for it even where it may be a person's ("Jordan"); other doubtful forms need
            # support.
            yield name, Entry("state", code, name != row["name"] and (name in doubtful or ended)), False
        if ended and row["code"] not in _DISSOLVED_IN_NEWS:
            continue
        roles: tuple[tuple[str, EntryKind], ...] = (
            ("adjectives", "adjective"),
            ("nationals", "national"),
            ("capital", "capital"),
        )
        for column, kind in roles:
            for name in cells(row[column]):
                # As an adjective a doubtful form that begins the state's own name is clear: "Saudi officials".
                doubt = name in doubtful and not (kind == "adjective" and row["name"].startswith(name))
                yield name, Entry(kind, code, doubt or (kind == "capital" and ended)), False


_DISSOLVED_IN_NEWS: Final = frozenset({"SUN", "YUG", "DDR", "CSK", "SCG"})


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer over the shipped tables, built once per process."""
    return Gazetteer()
