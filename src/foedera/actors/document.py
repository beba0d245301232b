"""Mentions of one article to actors: pronouns, descriptions and sets take what is in play."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from dataclasses import replace
from functools import cache, cached_property
from typing import Final

from foedera.knowledge import load_table
from foedera.model import Actor, Article, Reading

from .directory import directory
from .resolve import Resolved, resolve

_COUNT: Final = {
    "two": 2,
    "both": 2,
    "2": 2,
    "three": 3,
    "3": 3,
    "four": 4,
    "4": 4,
    "five": 5,
    "5": 5,
    "six": 6,
    "seven": 7,
}
_POSSESSIVE: Final = re.compile(r"\b(its|their|his|her|our|my)\b", re.IGNORECASE)
_OF_STATES: Final = frozenset({"state", "adjective", "national", "capital"})
_LISTING: Final = frozenset({",", "and", "&", "the"})
_GAP: Final = re.compile(r"\s*[,(–—]\s*(?:a|an|the)?\s*", re.IGNORECASE)
_HONORIFICS: Final = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Sir", "Dame", "Lord", "Prof", "Gen", "Lt", "Col", "Adm", "Capt"}
)
_OWNER: Final = re.compile(r"\s+(?:(?:of|for|at)\s+(?:[a-z]+\s+){1,3}?)?(?:of|from|in|at|under|for)\s+(?:the\s+)?")
_LISTED: Final = re.compile(r"\s*(?:,|and|&|,\s*and|-|–)\s*")
_NAMED: Final = frozenset(
    {"place", "state", "adjective", "national", "capital", "organisation", "seat", "group", "office-holder"}
)


class DocumentActors:
    """Resolves the mentions of one article.

    Args:
        article: The article.
        reading: What the reader found in it.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article, self._reading = article, reading
        self._published = article.published.last or article.published.first
        self._own: dict[tuple[int, dt.date | None], Resolved] = {}
        self._names: dict[str, Resolved] = {}
        self._by_sentence: dict[int, list[int]] = {}
        for k, m in enumerate(reading.mentions):
            self._by_sentence.setdefault(m.sentence, []).append(k)
        self._among = frozenset(self._clear_codes())
        self._learn_names()
        self.title_codes = self._title_codes()

    def text(self, mention: int) -> str:
        """A mention as written."""
        m = self._reading.mentions[mention]
        return self._article.text[m.start : m.end]

    def resolved(self, mention: int, on: dt.date | None = None) -> tuple[Resolved, ...]:
        """Who a mention stands for, as of a day (the publication date when None). Sets give several."""
        return self._resolved(mention, on or self._published, 0)

    def actors(self, mention: int, on: dt.date | None = None) -> tuple[Actor, ...]:
        """As `resolved`, the actors alone."""
        return tuple(r.actor for r in self.resolved(mention, on))

    def codes(self, mention: int) -> tuple[str, ...]:
        """Codes that a mention stands for; empty when unknown."""
        return tuple(dict.fromkeys(a.code for a in self.actors(mention) if a.code))

    def in_play(self, before: int, size: int | None = None, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """States in play before a mention: the latest sentence or title that names as many as asked for.

        Args:
            before: Index of a mention; only earlier ones and the title count.
            size: How many; None means two or more.
            without: Codes that do not count.

        Returns:
            Codes, or an empty tuple when the article names no such group.
        """
        sentence = (
            self._reading.mentions[before].sentence
            if before < len(self._reading.mentions)
            else len(self._reading.sentences)
        )
        for s in range(sentence - 1, max(-1, sentence - 12), -1):
            if self._reading.sentences[s].block == "caption":
                continue
            named = tuple(c for c in self._sentence_codes(s, before) if c not in without)
            if len(named) == size or (size is None and len(named) == 2):
                return named
        titled = self.titled(without)
        return titled if len(titled) == size or (size is None and len(titled) >= 2) else ()

    def titled(self, without: frozenset[str]) -> tuple[str, ...]:
        """Codes that the title is about: its first list of parties, else all that it names."""
        return tuple(c for c in self.title_codes if c not in without)

    def _clear_codes(self) -> set[str]:
        """Codes that the article names by a form with one meaning."""
        out: set[str] = set()
        for m in self._reading.mentions:
            if m.kind in ("state", "organisation", "nominal"):
                for hit in directory().scan(self._article.text[m.start : m.end])[1]:
                    codes = {x.code for x in hit.listings if x.code}
                    if len(codes) == 1 and not hit.listings[0].ambiguous:
                        out |= codes
        return out

    # names

    def _learn_names(self) -> None:
        """Full names with an office or a country lend both to later surnames."""
        for i, m in enumerate(self._reading.mentions):
            if m.kind != "person":
                continue
            found = self._self(i, self._published)
            if not found.actor.code:
                found = self._with_apposition(i, found)
            if not found.actor.code:
                found = self._owned(i, found)
            if found.actor.code or found.role:
                for key in _name_keys(self.text(i), found.actor.name):
                    self._names.setdefault(
                        key,
                        replace(found, actor=replace(found.actor, name=found.actor.name or _bare_name(self.text(i)))),
                    )

    def _with_apposition(self, i: int, found: Resolved) -> Resolved:
        """ "General X, commander of US Forces": what stands beside a name tells whose it is."""
        mentions = self._reading.mentions
        for k in (i + 1, i - 1):
            if not 0 <= k < len(mentions) or mentions[k].sentence != mentions[i].sentence or not self._describes(k):
                continue
            first, second = sorted((mentions[i], mentions[k]), key=lambda m: m.start)
            if not _GAP.fullmatch(self._article.text[first.end : second.start]):
                continue
            whole = self._article.text[mentions[k].start : self._apposition_end(k)]
            beside = resolve(whole, self._published, among=self._among)
            if beside.actor.code or beside.role:
                actor = replace(
                    beside.actor,
                    mention=found.actor.mention,
                    name=_bare_name(self.text(i)),
                    basis="apposition",
                    confidence=0.85,
                )
                return Resolved(
                    actor, beside.role or found.role, beside.level or found.level, beside.expert or found.expert
                )
        return found

    def _describes(self, k: int) -> bool:
        """Whether a mention may stand in apposition to a name: "a researcher at the X Institute"."""
        kind = self._reading.mentions[k].kind
        return kind in ("office", "organisation", "nominal") or (kind == "person" and self.text(k)[:1].islower())

    def _apposition_end(self, k: int) -> int:
        """End of an apposition with the names that hang on it ("a fellow at the Korea Institute")."""
        mentions, text = self._reading.mentions, self._article.text
        end = mentions[k].end
        comma = text.find(",", end)
        limit = comma if 0 <= comma < end + 90 else end
        return max(
            [end, *(m.end for m in mentions[k + 1 : k + 3] if m.end <= limit), *([limit] if limit > end else [])]
        )

    # one mention

    def _self(self, i: int, on: dt.date | None) -> Resolved:
        key = (i, on)
        if key not in self._own:
            self._own[key] = resolve(self.text(i), on, among=self._among)
        return self._own[key]

    def _resolved(self, i: int, on: dt.date | None, depth: int) -> tuple[Resolved, ...]:
        mention = self._reading.mentions[i]
        if mention.refers is not None and depth < 4:
            found = tuple(r for k in self._referents(i, mention.refers) for r in self._resolved(k, on, depth + 1))
            return tuple(
                replace(
                    r,
                    actor=replace(r.actor, mention=self.text(i), basis="context", confidence=0.7 * r.actor.confidence),
                )
                for r in found
            )
        if mention.kind == "set":
            return self._set(i)
        found_self = self._self(i, on)
        if mention.kind == "person" and (found_self.actor.code is None or " " not in self.text(i)):
            found_self = self._by_name(i, found_self)
        if mention.kind == "person" and found_self.actor.name is None:
            found_self = replace(found_self, actor=replace(found_self.actor, name=_bare_name(self.text(i))))
        if found_self.actor.code is None and _POSSESSIVE.search(self.text(i)):
            found_self = self._possessed(i, found_self)
        if found_self.actor.code is None or found_self.actor.candidates:
            found_self = self._owned(i, found_self)
        if found_self.actor.code is None and mention.kind == "nominal":
            found_self = self._placed(i, found_self)
        return self._several(i, found_self)

    def _several(self, i: int, found: Resolved) -> tuple[Resolved, ...]:
        """ "Philippine and Vietnamese ships", "the presidents of Kenya and Uganda": one for each state of the list."""
        if self._reading.mentions[i].kind in ("person", "agreement"):
            return (found,)
        words, hits = directory().scan(self.text(i))
        named = [h for h in hits if h.kind in _OF_STATES and h.listings[0].code]
        listed = all(set(words[a.last : b.first]) <= _LISTING for a, b in itertools.pairwise(named))
        codes = list(dict.fromkeys(h.listings[0].code for h in named))
        if len(codes) < 2 or not listed:
            return (found,)
        return tuple(replace(found, actor=replace(found.actor, code=c, candidates=())) for c in codes)

    def _referents(self, i: int, refers: int) -> tuple[int, ...]:
        """The mention referred to; "they" takes all that is listed with it."""
        if self.text(i).lower() not in ("they", "their", "them", "themselves"):
            return (refers,)
        mentions, text = self._reading.mentions, self._article.text
        first = last = refers
        while first > 0 and _LISTED.fullmatch(text[mentions[first - 1].end : mentions[first].start]):
            first -= 1
        while last + 1 < len(mentions) and _LISTED.fullmatch(text[mentions[last].end : mentions[last + 1].start]):
            last += 1
        return tuple(range(first, last + 1))

    def _by_name(self, i: int, found: Resolved) -> Resolved:
        for key in _name_keys(self.text(i), None):
            if key in self._names:
                known = self._names[key]
                return replace(known, actor=replace(known.actor, mention=self.text(i)))
        return self._with_apposition(i, found) if found.actor.code is None else found

    def _possessed(self, i: int, found: Resolved) -> Resolved:
        here = self._reading.mentions[i]
        for k in range(i - 1, max(-1, i - 10), -1):
            m = self._reading.mentions[k]
            if here.sentence - m.sentence > 1:
                break
            if m.kind in ("state", "organisation") and not m.locative:
                owner = self._self(k, self._published).actor
                if owner.code:
                    return replace(found, actor=replace(found.actor, code=owner.code, basis="context", confidence=0.6))
        return found

    def _owned(self, i: int, found: Resolved) -> Resolved:
        """ "The government of Prime Minister X", "a professor of law in Seoul", "Ruiz of the X Institute in Lima"."""
        mentions = self._reading.mentions
        if mentions[i].kind in ("pronoun", "set", "agreement", "state"):
            return found
        for k in range(i + 1, min(i + 3, len(mentions))):
            if not _OWNER.fullmatch(self._article.text[mentions[k - 1].end : mentions[k].start]):
                return found
            owner = self._self(k, self._published).actor
            if owner.code and (found.actor.code is None or owner.code in found.actor.candidates):
                return replace(found, actor=replace(found.actor, code=owner.code, basis="context", confidence=0.7))
        return found

    def _placed(self, i: int, found: Resolved) -> Resolved:
        """ "In Seoul, hundreds of people protested": people of the only place that the sentence names."""
        mentions = self._reading.mentions
        here = [k for k in self._by_sentence[mentions[i].sentence] if mentions[k].locative]
        places = {code for k in here if (code := self._self(k, self._published).actor.code)}
        if len(places) != 1:
            return found
        return replace(found, actor=replace(found.actor, code=places.pop(), basis="place", confidence=0.55))

    def _set(self, i: int) -> tuple[Resolved, ...]:
        words = self.text(i).lower().split()
        size = next((_COUNT[w] for w in words if w in _COUNT), None)
        codes = self._here_before(i, size) or self._titled_set(size) or self._latest_set(i, size)
        return tuple(Resolved(Actor(c, "GOV", self.text(i), None, "context", 0.65)) for c in codes)

    def _titled_set(self, size: int | None) -> tuple[str, ...]:
        titled = tuple(c for c in self.title_codes if c in _state_codes())
        return titled if len(titled) == (size or 2) else ()

    def _latest_set(self, i: int, size: int | None) -> tuple[str, ...]:
        """The latest sentence before that names as many states."""
        here = self._reading.mentions[i].sentence
        for s in range(here - 1, max(-1, here - 8), -1):
            if self._reading.sentences[s].block != "caption":
                named = self._sentence_states(s, i)
                if len(named) == (size or 2):
                    return named
        return self._salient(size or 2)

    def _salient(self, size: int) -> tuple[str, ...]:
        """The states that the article names oftenest, where they stand out; empty where others are as frequent."""
        ranked = self._frequencies.most_common(size + 1)
        clear = len(ranked) == size or (len(ranked) > size and ranked[size - 1][1] >= 2 * ranked[size][1])
        return tuple(code for code, _ in ranked[:size]) if clear else ()

    @cached_property
    def _frequencies(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for s in self._by_sentence:
            counted.update(self._sentence_states(s, len(self._reading.mentions)))
        return counted

    def _here_before(self, i: int, size: int | None) -> tuple[str, ...]:
        """States named earlier in the same sentence, when they are as many as asked for."""
        here = self._reading.mentions[i].sentence
        states = self._sentence_states(here, i)
        return states if len(states) == (size or 2) else ()

    def _sentence_states(self, sentence: int, before: int) -> tuple[str, ...]:
        return tuple(c for c in self._sentence_codes(sentence, before) if c in _state_codes())

    def _sentence_codes(self, sentence: int, before: int) -> list[str]:
        out: list[str] = []
        for k in self._by_sentence.get(sentence, ()):
            m = self._reading.mentions[k]
            if k < before and m.kind not in ("pronoun", "set", "agreement", "place") and not m.locative:
                found = self._self(k, self._published).actor
                if found.code and found.code not in out and found.basis in _NAMED:
                    out.append(found.code)
        return out

    def _title_codes(self) -> tuple[str, ...]:
        every: list[str] = []
        last_end = -1
        for k, m in enumerate(self._reading.mentions):
            if self._reading.sentences[m.sentence].block != "title" or m.kind in ("pronoun", "set", "agreement"):
                continue
            listed = _LISTED.fullmatch(self._article.text[last_end : m.start]) if last_end >= 0 else None
            if len(every) >= 2 and not listed:
                break
            every.extend(c for c in self.codes(k) if c not in every)
            last_end = m.end
        return tuple(every)


@cache
def _state_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in load_table("states"))


def _name_keys(text: str, name: str | None) -> list[str]:
    """Last word of a name, and its first as well where the surname stands first."""
    words = [
        w for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name or _bare_name(text)) if w[:1].isupper() and len(w) > 2
    ]
    return list(dict.fromkeys([*words[-1:], *words[:1]]))


def _bare_name(text: str) -> str:
    """The name without the office before it: the capitalised words behind the last lower-case or title word."""
    out: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip(",.’'\"")
        listed = {x.kind for x in directory().named(bare)} - {"person"}
        if (bare[:1].isupper() and not listed and bare not in _HONORIFICS) or bare.lower() in (
            "al",
            "bin",
            "de",
            "van",
            "von",
        ):
            out.append(bare)
        else:
            break
    return " ".join(reversed(out)) or text
