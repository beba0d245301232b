"""Shallow syntax of a sentence: which words are verbs, who their subject is, how far their objects reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .lexicon import Lexicon
from .mentions import Chunk
from .morphology import VerbForm
from .tokens import Token
from .words import (
    BE,
    COORDINATORS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NEGATION,
    POSSESSIVE,
    PREPOSITIONS,
    QUOTES,
    RELATIVES,
    SUBORDINATORS,
    is_adverb,
    word_set,
)

_AUXILIARIES: Final = BE | HAVE | DO | MODALS
_OBJECT_CONTROL: Final = word_set(
    "urge ask call press pressure force order persuade invite help require tell want expect lead permit enable warn"
    " allow push encourage beg implore advise instruct compel oblige prompt request demand appeal dare challenge"
    " remind direct"
)
_BLAMING: Final = ("accus", "suspect", "blam", "prevent", "stop", "criticis", "criticiz", "condemn", "denounc",
"charg", "prais",
                   "thank", "deter", "discourag")  # fmt: skip
_REACH: Final = 26
_CLOSED: Final = (
    PREPOSITIONS | COORDINATORS | SUBORDINATORS | RELATIVES | DETERMINERS | NEGATION | _AUXILIARIES | {"to", "that"}
)


@dataclass(frozen=True, slots=True)
class VerbUse:
    """How a verb is used.

    Attributes:
        first: Index of the first auxiliary, or of the verb.
        index: Index of the verb.
        slot: Which form it is.
        passive: Subject and object change places.
        auxiliaries: Words between `first` and the verb, lower case.
        infinitive: Behind "to".
    """

    first: int
    index: int
    slot: VerbForm
    passive: bool
    auxiliaries: tuple[str, ...]
    infinitive: bool


class Syntax:
    """One sentence, its chunks and its verbs."""

    def __init__(self, tokens: list[Token], chunks: list[Chunk], lexicon: Lexicon) -> None:
        self.tokens, self.chunks = tokens, chunks
        self._chunk_at = {i: k for k, c in enumerate(chunks) for i in range(c.first, c.last)}
        self._lexicon = lexicon
        self._uses: dict[tuple[int, frozenset[VerbForm]], VerbUse | None] = {}
        self.verbs: list[VerbUse] = [u for i in range(len(tokens)) if (u := self._any_verb(i)) is not None]
        self._verb_at = {u.index: u for u in self.verbs}

    def lower(self, i: int) -> str:
        """The word at an index in lower case; empty outside the sentence."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def chunk_at(self, i: int) -> int | None:
        """Index of the chunk that covers a token."""
        return self._chunk_at.get(i)

    def _any_verb(self, i: int) -> VerbUse | None:
        word = self.tokens[i].lower
        slots = self._lexicon.slots(word)
        if slots is None:
            if word in _AUXILIARIES:
                return None
            if word.endswith("ed") and len(word) > 4:
                slots = frozenset({"past", "participle"})
            elif word.endswith("ing") and len(word) > 5:
                slots = frozenset({"ing"})
            elif word in _IRREGULAR_PAST:
                slots = frozenset({"past"})
            else:
                return None
        return self.verb_use(i, slots)

    def verb_use(self, i: int, slots: frozenset[VerbForm]) -> VerbUse | None:
        """How a word with these possible forms is used as a verb here, or None when it is not a verb."""
        key = (i, slots)
        if key not in self._uses:
            self._uses[key] = self._verb_use(i, slots)
        return self._uses[key]

    def _verb_use(self, i: int, slots: frozenset[VerbForm]) -> VerbUse | None:
        chunk = self._chunk_at.get(i)
        if chunk is not None and self.chunks[chunk].last - self.chunks[chunk].first > 1:
            return None
        if (
            self.tokens[i].text[:1].isupper()
            and i > 0
            and not self.tokens[i].text.isupper()
            and self.lower(i - 1) not in QUOTES
        ):
            return None
        if self._is_auxiliary(i):
            return None
        first, auxiliaries = self._auxiliaries(i)
        if auxiliaries:
            return self._with_auxiliary(i, first, auxiliaries, slots)
        return self._bare(i, slots)

    def _is_auxiliary(self, i: int) -> bool:
        """ "have failed": a form of have before a participle has no meaning of its own."""
        if self.lower(i) not in HAVE:
            return False
        k = i + 1
        while is_adverb(self.lower(k)) or self.lower(k) in NEGATION:
            k += 1
        slots = self._lexicon.slots(self.lower(k)) or frozenset()
        return "participle" in slots or self.lower(k).endswith("ed") or self.lower(k) == "been"

    def _auxiliaries(self, i: int) -> tuple[int, tuple[str, ...]]:
        k, found = i - 1, []
        while k >= 0:
            word = self.tokens[k].lower
            if (
                (word in _AUXILIARIES and not (word in POSSESSIVE and self._chunk_at.get(k - 1) is not None))
                or word == "to"
                or word in NEGATION
                or word in ("have", "be")
            ):
                found.append(word)
            elif not is_adverb(word):
                break
            k -= 1
        first = k + 1
        real = list(reversed(found))
        while first < i and is_adverb(self.tokens[first].lower):
            first += 1
        return first, tuple(real) if any(w in _AUXILIARIES or w == "to" for w in real) else ()

    def _with_auxiliary(
        self, i: int, first: int, auxiliaries: tuple[str, ...], slots: frozenset[VerbForm]
    ) -> VerbUse | None:
        last = next(w for w in reversed(auxiliaries) if w not in NEGATION)
        infinitive = auxiliaries[0] == "to" or last == "to"
        if last in BE:
            if "ing" in slots:
                return VerbUse(first, i, "ing", False, auxiliaries, infinitive)
            if "participle" in slots:
                return VerbUse(first, i, "participle", True, auxiliaries, infinitive)
            return None
        if last in HAVE:
            return VerbUse(first, i, "participle", False, auxiliaries, infinitive) if "participle" in slots else None
        return VerbUse(first, i, "base", False, auxiliaries, infinitive) if "base" in slots else None

    def _bare(self, i: int, slots: frozenset[VerbForm]) -> VerbUse | None:
        before, after = self.lower(i - 1), self.lower(i + 1)
        chunk = self._chunk_at.get(i - 1)
        nominal = before in DETERMINERS or before in POSSESSIVE or (chunk is not None and self.chunks[chunk].adjective)
        if "past" in slots or slots == {"participle"}:
            if nominal or (before in PREPOSITIONS and after not in ("by", "the", "its")):
                return None
            passive = after == "by" or "past" not in slots
            if passive and after not in PREPOSITIONS:
                return None
            return VerbUse(i, i, "participle" if passive else "past", passive, (), False)
        if "ing" in slots:
            return None if nominal or self._gerund_noun(i) else VerbUse(i, i, "ing", False, (), False)
        if nominal or before in PREPOSITIONS or i == 0 or before.isdigit():
            return None
        return self._present(i, slots, chunk)

    def _gerund_noun(self, i: int) -> bool:
        """ "a standing committee meeting in the afternoon": a plain noun before, nothing acted on behind."""
        before, after = self.lower(i - 1), self.lower(i + 1)
        plain = (
            before.isalpha() and before not in _CLOSED and self._chunk_at.get(i - 1) is None and not is_adverb(before)
        )
        return plain and (not after or after in PREPOSITIONS or not after[0].isalnum() or after in _AUXILIARIES)

    def _present(self, i: int, slots: frozenset[VerbForm], chunk: int | None) -> VerbUse | None:
        """Present tense, which only its neighbours tell from a noun."""
        after = self.lower(i + 1)
        if after in _AUXILIARIES or after in ("of", "between"):
            return None
        if after.endswith("ed") and (self.lower(i + 2) in PREPOSITIONS or not self.lower(i + 2)[:1].isalnum()):
            # "The Norway-Sweden talks failed on Monday": the verb is what follows.
            return None
        before = i - 1
        while before >= 0 and is_adverb(self.lower(before)):
            before -= 1
        chunk = self._chunk_at.get(before)
        word = self.lower(before)
        linked = word in RELATIVES or word in ("and", "or", "but", ",", "they", "we")
        if "third" in slots:
            return VerbUse(i, i, "third", False, (), False) if chunk is not None or linked else None
        many = (
            chunk is not None
            and (self.chunks[chunk].kind in ("set", "nominal") or self.chunks[chunk].coordinated)
            and self.lower(self.chunks[chunk].first) not in ("a", "an")
        )
        linked = word in ("who", "which", "that", "they", "we") or many
        return VerbUse(i, i, "base", False, (), False) if linked else None

    def zone_end(self, index: int, *, through_that: bool = False) -> int:
        """Index behind the last token that can belong to the objects of a predicate."""
        depth = 0
        for k in range(index + 1, min(len(self.tokens), index + _REACH)):
            word = self.tokens[k].lower
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
            elif (
                word in (";", ":", "—")
                or (word == "that" and not through_that and self.lower(k - 1) not in PREPOSITIONS)
                or (word == "," and self._breaks(k))
                or (
                    word
                    in (
                        "after",
                        "before",
                        "since",
                        "until",
                        "as",
                        "while",
                        "when",
                        "because",
                        "although",
                        "though",
                        "if",
                        "unless",
                        "whereas",
                        "but",
                    )
                    and depth <= 0
                    and self._clause_behind(k)
                )
                or (
                    word in ("and", "or")
                    and (self._verb_at.get(k + 1) or self._verb_after_adverbs(k + 1) or self._new_clause(k + 1))
                )
            ):
                return k
        return min(len(self.tokens), index + _REACH)

    def _new_clause(self, k: int) -> bool:
        """ "and there is speculation", "and China will": a subject with its verb."""
        if self.lower(k) == "there":
            return True
        chunk = self._chunk_at.get(k)
        fresh = chunk is not None and self.chunks[chunk].first == k and not self.chunks[chunk].coordinated
        return chunk is not None and fresh and self._verb_after_adverbs(self.chunks[chunk].last)

    def noun_zone_end(self, index: int) -> int:
        """As `zone_end`, for a noun: its complements end where the next finite verb begins."""
        end = self.zone_end(index)
        for k in range(index + 1, end):
            use = self._verb_at.get(k)
            if self.lower(k) in _AUXILIARIES - POSSESSIVE or (
                use is not None and use.slot in ("past", "third", "base")
            ):
                return k
        return end

    def _verb_after_adverbs(self, k: int) -> bool:
        while is_adverb(self.lower(k)) or self.lower(k) in _AUXILIARIES:
            k += 1
        use = self._verb_at.get(k)
        return use is not None and use.slot != "ing"

    def _breaks(self, comma: int) -> bool:
        """Whether a comma ends the clause rather than separating members of a list."""
        following = self.lower(comma + 1)
        if (
            following in RELATIVES
            or following in SUBORDINATORS
            or following in COORDINATORS - {"and", "or"}
            or following in QUOTES
        ):
            return True
        if following in ("and", "or"):
            named = self._chunk_at.get(comma + 2)
            return self._verb_after_adverbs(comma + 2) or (named is not None and not self.chunks[named].coordinated)
        use = self._verb_at.get(comma + 1)
        if use is not None:
            return True
        chunk = self._chunk_at.get(comma + 1)
        listed = chunk is not None and self.chunks[chunk].coordinated
        return not listed

    def _clause_behind(self, k: int) -> bool:
        """A verb stands between a subordinator and the next comma."""
        for j in range(k + 1, min(len(self.tokens), k + 14)):
            if self.lower(j) in (",", ";"):
                return False
            if j in self._verb_at or self.lower(j) in _AUXILIARIES:
                return True
        return False

    def governor(self, use: VerbUse) -> VerbUse | None:
        """The nearest verb before, on which an infinitive or participle may hang."""
        earlier = [u for u in self.verbs if u.index < use.first]
        return earlier[-1] if earlier else None

    def group(self, chunk: int) -> tuple[int, ...]:
        """The chunk with those that are listed with it ("Japan, the U.S. and South Korea")."""
        first = chunk
        while first > 0 and self.chunks[first].coordinated:
            first -= 1
        last = chunk
        while last + 1 < len(self.chunks) and self.chunks[last + 1].coordinated:
            last += 1
        return tuple(range(first, last + 1))

    def subject(self, use: VerbUse, depth: int = 0) -> tuple[int, ...]:
        """Chunks that are the grammatical subject; empty when it is not an actor."""
        if depth > 4:
            return ()
        before = use.first - 1
        word = self.lower(before)
        if use.infinitive:
            return self._infinitive_subject(use, depth)
        adjacent = self._chunk_at.get(before)
        if use.slot == "ing" and not use.auxiliaries and adjacent is None:
            governor = self.governor(use)
            if governor is None:
                return self._first_subject(use)
            return self._blamed(governor, before) or self.subject(governor, depth + 1)
        if word in RELATIVES:
            return self._antecedent(before)
        if (
            word in ("and", "or", "but", "then", ",")
            and (previous := self.governor(use)) is not None
            and self._same_clause(previous, use)
        ):
            return self.subject(previous, depth + 1)
        return self._left(use, before)

    def _blamed(self, governor: VerbUse, preposition: int) -> tuple[int, ...]:
        """ "Accused X of breaking the truce": X is said to have broken it."""
        chunk = self._chunk_at.get(preposition - 1)
        if chunk is None or self.lower(preposition) not in ("of", "for", "from"):
            return ()
        blames = self.lower(governor.index).startswith(_BLAMING)
        return self.group(chunk) if blames and self.chunks[chunk].first > governor.index else ()

    def _same_clause(self, earlier: VerbUse, later: VerbUse) -> bool:
        """No new subject stands between the objects of the earlier verb and the later one."""
        reach = self.zone_end(earlier.index)
        for chunk in self.chunks:
            fresh = chunk.preposition is None and not chunk.coordinated and not chunk.possessive
            if fresh and reach <= chunk.first < later.first:
                return False
        between = range(earlier.index + 1, later.first)
        return not any(self.lower(k) in SUBORDINATORS and self._clause_behind(k) for k in between)

    def _infinitive_subject(self, use: VerbUse, depth: int) -> tuple[int, ...]:
        to = use.first
        chunk = self._chunk_at.get(to - 1)
        if chunk is not None and any(self.chunks[c].preposition == "for" for c in self.group(chunk)):
            return self.group(chunk)
        governor = self.governor(use)
        if governor is None:
            return self._left(use, to - 1)
        if chunk is not None and chunk >= 0 and self.chunks[chunk].first > governor.index and self._controls(governor):
            return self.group(chunk)
        found = self.subject(governor, depth + 1)
        return found or self._left(use, to - 1)

    def _controls(self, use: VerbUse) -> bool:
        word = self.lower(use.index)
        return any(word.startswith(stem[:-1] if stem.endswith("e") else stem) for stem in _OBJECT_CONTROL)

    def _antecedent(self, relative: int) -> tuple[int, ...]:
        for k in range(relative - 1, max(-1, relative - 8), -1):
            chunk = self._chunk_at.get(k)
            if chunk is not None and not self.chunks[chunk].possessive:
                return self.group(chunk)
        return ()

    def _first_subject(self, use: VerbUse) -> tuple[int, ...]:
        """Subject of the main clause behind a participle ("Citing security, Japan ...")."""
        for k, chunk in enumerate(self.chunks):
            if chunk.first > use.index and chunk.preposition is None and self._verb_after_adverbs(chunk.last):
                return self.group(k)
        return ()

    def _left(self, use: VerbUse, before: int) -> tuple[int, ...]:
        fallback: tuple[int, ...] = ()
        beyond = self._relative_before(before)
        k = len(self.chunks) - 1
        while k >= 0:
            chunk = self.chunks[k]
            if chunk.last > beyond:
                k -= 1
                continue
            if self._wall(chunk.last, before + 1):
                break
            if chunk.apposition:
                k -= 1
                continue
            group = self.group(k)
            head = self.chunks[group[0]]
            if head.preposition is None:
                # "Turkish jets bombed" acts as "Turkey's jets bombed": whose they are stands for them.
                if not chunk.possessive and not chunk.adjective:
                    return group
                if not fallback and before - chunk.last <= 4:
                    fallback = group
            elif head.preposition in ("of", "from", "for") and before + 1 == chunk.last and not fallback:
                fallback = group
            k = group[0] - 1
        return fallback

    def _relative_before(self, before: int) -> int:
        """Where to look from for the subject: "X, which borders Y, condemned" passes over the relative clause."""
        if self.lower(before) == ",":
            for k in range(before - 1, max(0, before - 14), -1):
                if self.lower(k) in ("which", "who") and self.lower(k - 1) == ",":
                    return k
        return before + 1

    def _wall(self, first: int, last: int) -> bool:
        """A clause boundary lies between: the subject cannot be beyond it."""
        return any(
            self.lower(k) in (";", "that") or (self.lower(k) in SUBORDINATORS and self._clause_behind_until(k, last))
            for k in range(first, last)
        )

    def _clause_behind_until(self, k: int, last: int) -> bool:
        return not any(self.lower(j) == "," for j in range(k, last)) and self.lower(k) not in (
            "as",
            "after",
            "before",
            "since",
            "until",
        )


_IRREGULAR_PAST: Final = word_set(
    "met held made took gave sent went came began broke built fought found left led lost ran saw shot spoke struck"
    " told withdrew won wrote said sought sank signed flew fell drew became brought bought chose drove kept knew"
    " meant paid rose sold stood thought"
)
