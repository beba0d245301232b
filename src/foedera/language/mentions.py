"""Finds noun phrases that may stand for actors, by chunking around tabled names, offices and nouns."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Final

from foedera.model import MentionKind

from .gazetteer import Gazetteer, Match
from .morphology import irregular_pasts
from .tokens import Token
from .words import (
    BE,
    COMMON_SURNAMES,
    COORDINATORS,
    COUNTED,
    DETERMINERS,
    DO,
    HAVE,
    LOCATIVE,
    MODALS,
    NEGATION,
    NUMBERS,
    POSSESSIVE,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SET_NOUNS,
    SUBORDINATORS,
    is_adverb,
    is_name_word,
    word_set,
)

_HEADS: Final = frozenset({"office", "sector"})
_NAMES: Final = frozenset({"state", "capital", "organisation", "seat", "group"})
_NAME_LINKS: Final = frozenset(
    {"al", "bin", "bint", "ibn", "de", "del", "della", "van", "von", "der", "el", "da", "dos", "du"}
)
AGREEMENT_NOUNS: Final = word_set(
    "pact agreement treaty deal accord accords memorandum armistice truce protocol convention arrangement framework"
    " notice ceasefire declaration communique alliance partnership"
)
_OWNER_LINKS: Final = frozenset({"of", "from"})
_OFFICE_LINKS: Final = frozenset({"to", "of", "for", "at", "in", "from"})
_ACCREDITED: Final = word_set(
    "ambassador envoy emissary representative delegate consul nuncio commissioner attaché attache observer adviser"
    " advisor aide secretary mission liaison counsellor counselor"
)
_MODIFIED: Final = word_set(
    "exercise exercises drill drills base bases aid action operation operations cooperation ties budget spending"
    " equipment hardware parade presence assistance"
)
_GAP: Final = 4
_LIST_WORDS: Final = frozenset({",", "and", "or", "&", "-", "–", "‑"})
_TEMPORAL: Final = frozenset(
    {"then", "ex", "former", "acting", "outgoing", "incoming", "late", "newly-elected", "current"}
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A mention as tokens.

    Attributes:
        first, last: Token range, ``last`` exclusive.
        kind: As in `Mention`.
        matches: Table matches inside, in order.
        possessive: Followed by ``'s``, or a possessive pronoun.
        preposition: The preposition that governs it, None for subjects and direct objects.
        coordinated: It continues a list begun by the chunk before.
        apposition: It describes the chunk before, or names it ("the ambassador, Lee Su-hoon").
        adjective: It is only an adjective of state, as in "Japanese exports".
    """

    first: int
    last: int
    kind: MentionKind
    matches: tuple[Match, ...] = ()
    possessive: bool = False
    preposition: str | None = None
    coordinated: bool = False
    apposition: bool = False
    adjective: bool = False

    @property
    def locative(self) -> bool:
        """Only where something is: a place or state behind a preposition of place."""
        return self.preposition in LOCATIVE and self.kind in ("state", "place")


@dataclass(slots=True)
class Support:
    """What earlier passes over the article know: it lets ambiguous names be accepted.

    Attributes:
        codes: States and organisations named without doubt.
        names: Words of full personal names.
    """

    codes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def collect_support(tokens: list[Token], gazetteer: Gazetteer, support: Support) -> None:
    """Add what one sentence names without doubt."""
    i = 0
    while i < len(tokens):
        match = gazetteer.at(tokens, i)
        if match is None:
            i += 1
            continue
        if not match.entry.ambiguous:
            support.codes.update(match.entry.codes[:1])
            if match.entry.kind == "person":
                support.names.update(t.text for t in tokens[match.first : match.last])
        if match.entry.kind == "office":
            run = _name_run(tokens, match.last, gazetteer)
            support.names.update(t.text for t in tokens[match.last : run] if len(t.text) > 2)
        i = match.last


class Chunker:
    """Builds the chunks of one sentence."""

    def __init__(self, tokens: list[Token], gazetteer: Gazetteer, support: Support) -> None:
        self.tokens = tokens
        self._gazetteer = gazetteer
        self._support = support

    def chunks(self) -> list[Chunk]:
        """All chunks of the sentence, left to right, not overlapping."""
        out: list[Chunk] = []
        i = 0
        while i < len(self.tokens):
            chunk = self._pronoun(i) or self._set(i) or self._phrase(i)
            if chunk is None:
                i += 1
                continue
            out.append(self._governed(chunk))
            i = chunk.last
        return _lists(out, [self._between(a, b) for a, b in itertools.pairwise(out)])

    def _between(self, one: Chunk, other: Chunk) -> tuple[str, ...]:
        return tuple(t.lower for t in self.tokens[one.last : other.first]) if not one.possessive else ("'s",)

    def _lower(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def _match(self, i: int) -> Match | None:
        """The table match at a token, unless it is ambiguous and nothing supports it."""
        if i >= len(self.tokens):
            return None
        match = self._gazetteer.at(self.tokens, i)
        if match is None or not match.entry.ambiguous or self._supported(match):
            return match
        # "The National Security Council" is some body, though nobody has said whose.
        if match.entry.kind in ("seat", "organisation", "group") and match.last - match.first > 1:
            return replace(match, entry=replace(match.entry, codes=()))
        return None

    def _supported(self, match: Match) -> bool:
        words = [t.text for t in self.tokens[match.first : match.last]]
        if match.entry.kind == "person":
            known = any(w in self._support.names for w in words)
            plain = words[0].lower() not in COMMON_SURNAMES and any(c in self._support.codes for c in match.entry.codes)
            return known or plain
        if match.entry.kind == "state" and words[0] in ("North", "South"):
            return self._lower(match.first - 1) == "the" and {"KOR", "PRK"} <= self._support.codes
        return any(c in self._support.codes for c in match.entry.codes)

    def _pronoun(self, i: int) -> Chunk | None:
        word = self._lower(i)
        if word in PRONOUNS and not (word in ("us", "i") and self.tokens[i].text.isupper() and word == "us"):
            return Chunk(i, i + 1, "pronoun")
        if word in POSSESSIVE_PRONOUNS:
            return Chunk(i, i + 1, "pronoun", possessive=True) if self._phrase(i) is None else None
        return None

    def _set(self, i: int) -> Chunk | None:
        """ "the two countries", "both sides", "all three nations", "the allies"."""
        j, definite = i, False
        while self._lower(j) in ("the", "both", "all", "these", "those", "its", "their"):
            j, definite = j + 1, True
        counted = self._lower(j) in NUMBERS
        if counted:
            j += 1
        while counted and j < len(self.tokens) and self._lower(j) in ("strong", "close", "key", "neighboring",
        "neighbouring",
                                                                      "asian", "democratic", "major", "other",
                                                                      "big"):  # fmt: skip
            j += 1
        noun = self._lower(j)
        if not (definite or counted) or noun not in SET_NOUNS:
            return None
        if (
            noun in ("leaders", "presidents", "ministers", "parties", "powers", "partners", "states")
            and not counted
            and self._lower(i) != "both"
        ):
            return None
        return Chunk(i, j + 1, "set", possessive=self._lower(j + 1) in POSSESSIVE)

    def _phrase(self, i: int) -> Chunk | None:
        j = i + 1 if self._lower(i) in DETERMINERS else i
        j = self._prefix(j)
        matches: list[Match] = []
        end, named = i, False
        while j < len(self.tokens):
            match = self._match(j)
            if match is not None and not self._part_of_name(match, named):
                matches.append(match)
                end = j = self._office_complement(match, match.last, matches)
                completed = j > match.last
                if not self._goes_on(match, j) or (completed and match.entry.kind != "office"):
                    break
                j += self._lower(j) in POSSESSIVE
                continue
            run = _name_run(self.tokens, j, self._gazetteer)
            if run > j and (matches or run - j > 1 or (j > 0 and self._lower(j - 1) not in (".", "“", '"'))):
                named, end, j = True, run, run
                if not matches and not self._head_near(j):
                    break
                continue
            gap = self._head_near(j)
            if not gap or not (matches or j > i):
                break
            j = gap
        if end <= i or (end == i + 1 and self._lower(i) in DETERMINERS):
            return None
        # "said that American forces": a conjunction, not a determiner.
        first = i + 1 if self._lower(i) == "that" and end > i + 1 else i
        return self._finished(first, end, matches, named)

    def _part_of_name(self, match: Match, named: bool) -> bool:
        """A surname of the tables inside a longer name that they do not have ("Kim You-geun")."""
        if match.entry.kind != "person" or _is_full(match):
            return False
        after = self.tokens[match.last].text if match.last < len(self.tokens) else ""
        return named or (is_name_word(after) and self._match(match.last) is None)

    def _prefix(self, j: int) -> int:
        """Skip "then-", "former", "acting" in front of an office."""
        if self._lower(j) not in _TEMPORAL:
            return j
        k = j + 1 + (self._lower(j + 1) in ("-", "‑", "–"))
        return k if self._match(k) is not None else j

    def _goes_on(self, match: Match, j: int) -> bool:
        """Whether a phrase may continue behind a match."""
        kind = match.entry.kind
        if kind in ("person", "national", "agreement", "place"):
            return False
        possessive = self._lower(j) in POSSESSIVE
        k = j + possessive
        following = self._match(k)
        if kind in ("state", "capital") and not possessive and following is not None and following.entry.kind in _NAMES:
            return following.entry.kind == "seat" and following.entry.codes[:1] == match.entry.codes[:1]
        if following is not None and following.entry.kind in (
            *_HEADS,
            "seat",
            "person",
            "national",
            "organisation",
            "group",
        ):
            return True
        if kind == "adjective" or kind == "office":
            return True
        if kind == "sector":
            return following is not None or (
                k < len(self.tokens) and is_name_word(self.tokens[k].text) and not possessive
            )
        return bool(self._head_near(k)) or (
            k < len(self.tokens) and is_name_word(self.tokens[k].text) and self._head_near(k + 1) > 0
        )

    def _office_complement(self, match: Match, j: int, matches: list[Match]) -> int:
        """ "ambassador to Japan", "the Government of the Republic of Korea": the name behind the head belongs to it."""
        links = _OFFICE_LINKS if match.entry.kind == "office" else _OWNER_LINKS
        if match.entry.kind not in ("office", "sector", "seat", "organisation") or self._lower(j) not in links:
            return j
        if self._lower(j) == "to" and self._lower(match.last - 1).rstrip("s") not in _ACCREDITED:
            # "the visit of the foreign minister to Ethiopia": he is not Ethiopia's.
            return j
        if self._lower(j) in _OWNER_LINKS and any(
            m.entry.kind in (*_NAMES, "adjective") and not m.entry.ambiguous for m in matches
        ):
            return j
        k = j + 1 + (self._lower(j + 1) in DETERMINERS)
        inner = self._match(k)
        if inner is None or inner.entry.kind not in (*_NAMES, "adjective"):
            return j
        matches.append(inner)
        k = inner.last
        if inner.entry.kind == "adjective":
            head = self._head_near(k)
            following = self._match(head) if head else None
            k = following.last if following else k
        return k

    def _head_near(self, j: int) -> int:
        """Index of an office or noun of the tables within a few plain words, 0 if there is none."""
        for k in range(j, min(j + _GAP, len(self.tokens))):
            match = self._match(k)
            if match is not None:
                return k if match.entry.kind in _HEADS else 0
            word = self.tokens[k].lower
            if (
                word in PREPOSITIONS
                or word in COORDINATORS
                or word in MODALS
                or is_adverb(word)
                or not word[:1].isalpha()
            ):
                return 0
            if (
                word in DETERMINERS
                or word in PRONOUNS
                or word.endswith(("ed", "ing"))
                or word in ("is", "are", "was", "were", "has", "have", "had")
                or word in NUMBERS
                or word in COUNTED
                or word in irregular_pasts()
            ):
                return 0
        return 0

    def _finished(self, first: int, last: int, matches: list[Match], named: bool) -> Chunk | None:
        kinds = [m.entry.kind for m in matches]
        if matches and matches[-1].last == last and kinds[-1] == "adjective" and not named:
            following = self._lower(last)
            if following in AGREEMENT_NOUNS:
                return None
            return Chunk(first, last, "state", tuple(matches), adjective=True)
        if not matches and not named:
            return None
        if kinds and not named and set(kinds) == {"sector"} and self._lower(last) in AGREEMENT_NOUNS | _MODIFIED:
            # "its military agreement" and "a military exercise" are no forces.
            return None
        kind = self._kind(last, matches, named)
        if kind == "person" and matches and self._lower(first) in ("a", "an"):
            # "A fellow at the Lima Institute": the name is the institute's.
            kind = "office"
        return Chunk(first, last, kind, tuple(matches), possessive=self._lower(last) in POSSESSIVE)

    def _kind(self, last: int, matches: list[Match], named: bool) -> MentionKind:
        kinds = [m.entry.kind for m in matches]
        if "person" in kinds or ("office" in kinds and named and matches[-1].last < last):
            return "person"
        head = kinds[-1] if kinds and matches[-1].last == last else None
        table: dict[str, MentionKind] = {
            "agreement": "agreement", "office": "office", "sector": "nominal", "group": "group",
            "organisation": "organisation",
            "seat": "organisation", "state": "state", "capital": "state", "national": "nominal", "place": "place",
        }  # fmt: skip
        if head in table:
            return "office" if "office" in kinds and head != "sector" else table[head]
        if "office" in kinds:
            return "office"
        return "organisation" if matches else "person"

    def _governed(self, chunk: Chunk) -> Chunk:
        """Add the preposition in front."""
        i = chunk.first - 1
        if self._lower(i) == "the":
            i -= 1
        word = self._lower(i)
        if word not in PREPOSITIONS and chunk.first - 1 == i and self._plain(i) and self._lower(i - 1) in PREPOSITIONS:
            # "in central Seoul", "of ruling Likud"
            word = self._lower(i - 1)
        if word in PREPOSITIONS and not (
            word in ("before", "after", "since", "as", "until") and self._verb_follows(chunk)
        ):
            return replace(chunk, preposition=word, adjective=chunk.adjective or self._modifies(chunk))
        return chunk

    def _plain(self, i: int) -> bool:
        """A word in lower case that may be an adjective."""
        text = self.tokens[i].text if i >= 0 else ""
        closed = (
            PREPOSITIONS | COORDINATORS | MODALS | SUBORDINATORS | RELATIVES | BE | HAVE | DO | DETERMINERS | NEGATION
        )
        return (
            text.isalpha()
            and text.islower()
            and text not in closed
            and not is_adverb(text)
            and not text.endswith(("ed", "ing"))
        )

    def _modifies(self, chunk: Chunk) -> bool:
        """ "with US support": behind a preposition, a state before a plain noun only describes it."""
        after = self._lower(chunk.last)
        plain = (
            chunk.kind == "state"
            and not chunk.possessive
            and after.isalpha()
            and self.tokens[chunk.last].text.islower()
        )
        closed = (
            PREPOSITIONS | COORDINATORS | MODALS | SUBORDINATORS | RELATIVES | BE | HAVE | DO | DETERMINERS | NEGATION
        )
        return (
            plain
            and after not in closed
            and not is_adverb(after)
            and not after.endswith(("ed", "ing"))
            and not _looks_past(after)
        )

    def _verb_follows(self, chunk: Chunk) -> bool:
        """ "After Japan tightened": a clause, not a phrase."""
        word = self._lower(chunk.last)
        return (
            word.endswith("ed")
            or word in MODALS
            or word in ("and", "has", "have", "had", "is", "are", "was", "were", "said")
            or _looks_past(word)
        )


def _lists(chunks: list[Chunk], between: list[tuple[str, ...]]) -> list[Chunk]:
    """Mark members of lists and appositions. A comma alone makes a list only where "and" or "or" ends it."""
    out = chunks[:1]
    for k, words in enumerate(between):
        chunk, previous = chunks[k + 1], out[-1]
        joined = bool(words) and len(words) <= 3 and all(w in _LIST_WORDS for w in words)
        if joined and words == (",",) and not _list_goes_on(between, k):
            beside = {previous.kind, chunk.kind} & {"office", "nominal", "organisation"} and "person" in (
                previous.kind,
                chunk.kind,
            )
            out.append(
                replace(
                    chunk, apposition=bool(beside), preposition=previous.preposition if beside else chunk.preposition
                )
            )
        elif joined:
            out.append(replace(chunk, preposition=previous.preposition, coordinated=True))
        else:
            out.append(chunk)
    return out


def _list_goes_on(between: list[tuple[str, ...]], k: int) -> bool:
    for words in between[k + 1 : k + 8]:
        if words != (",",):
            return bool(words) and len(words) <= 2 and words[-1] in ("and", "or", "&")
    return False


def _looks_past(word: str) -> bool:
    return word in _PAST


_PAST: Final = word_set(
    "met held made took gave sent went came began broke built cut fought found left led lost put ran saw set shot"
    " spoke struck told withdrew won wrote said sought shut sank signed flew fell drew became brought bought chose"
    " drove"
)


def _is_full(match: Match) -> bool:
    return match.last - match.first > 1


def _name_run(tokens: list[Token], i: int, gazetteer: Gazetteer) -> int:
    """End of a run of capitalised words that no table knows as a state or office; ``i`` when there is none."""
    j = i
    while j < len(tokens):
        text = tokens[j].text
        if is_name_word(text):
            match = gazetteer.at(tokens, j)
            surname = match is not None and match.entry.kind == "person" and (j > i or match.entry.ambiguous)
            if match is not None and not surname and match.entry.kind != "sector":
                break
            if match is not None and match.entry.kind == "sector" and j == i:
                break
            j += 1
        elif (j > i and text.lower() in _NAME_LINKS and j + 1 < len(tokens) and is_name_word(tokens[j + 1].text)) or (
            j > i
            and text in ("-", "‑")
            and j + 1 < len(tokens)
            and tokens[j - 1].end == tokens[j].start
            and is_name_word(tokens[j + 1].text)
        ):
            j += 1
        else:
            break
    return j
