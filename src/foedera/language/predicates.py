"""Matches the predicate lexicon against a sentence and gives each predicate its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from .lexicon import Form, Lexicon, Rule, context_words
from .mentions import AGREEMENT_NOUNS, Chunk
from .status import Judgement, judge_noun, judge_verb
from .syntax import Syntax, VerbUse
from .words import (
    BE,
    COORDINATORS,
    DETERMINERS,
    DO,
    HAVE,
    LOCATIVE,
    MODALS,
    NEGATION,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    is_adverb,
    word_set,
)

_GAP: Final = 2
_OBJECT_REACH: Final = 14
_TARGET_PREPOSITIONS: Final = ("against", "on", "upon", "to", "toward", "towards", "into", "with", "from", "over",
                               "for", "of", "at", "between", "in", "inside", "near", "around", "off")  # fmt: skip
_NOUN_TARGETS: Final = ("against", "on", "upon", "into", "to", "toward", "towards", "of", "over", "with", "for", "at",
                        "from", "between", "among", "in")  # fmt: skip
_PARTICLES: Final = word_set("up down out back away forward ahead together apart aside")
_CLOSED: Final = PREPOSITIONS | COORDINATORS | MODALS | BE | HAVE | DO | RELATIVES
_EMBEDDING: Final = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN"})
_CONFLICT: Final = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_JUDGING: Final = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_MEDIATED: Final = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE"})
# Who violates a ceasefire does not observe one.
_UNDONE: Final = frozenset({"violated", "terminated", "suspended", "expired"})
_SUPPORT_VERBS: Final = word_set(
    "launch carry impose make hold conduct stage voice express announce issue file lodge mount begin start lead sign"
    " order offer provide give deliver declare pledge extend reiterate renew convey place slap levy plan host open"
    " resume continue step unleash"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate as tokens and chunks.

    Attributes:
        first, last: Token range of its words.
        rule: The row of the lexicon.
        use: The verb, None for nouns.
        sources, targets: Chunk indices.
        symmetric: All act together.
        judgement: Its status.
        object: Token range acted on, or None.
        place: Chunk where it happens, or None.
        contexts: Contexts of the row and of the words around.
        score: Confidence before calibration.
        reason: In words.
    """

    first: int
    last: int
    rule: Rule
    use: VerbUse | None
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    symmetric: bool
    judgement: Judgement
    object: tuple[int, int] | None
    place: int | None
    contexts: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A rule whose words and constraints are satisfied."""

    first: int
    last: int
    end: int
    rule: Rule
    use: VerbUse | None
    covered: frozenset[int]
    words: int


class Matcher:
    """Finds the predicates of one sentence.

    Args:
        syntax: The sentence.
        lexicon: The rules.
        dated: Indices of tokens that begin a time expression.
    """

    def __init__(self, syntax: Syntax, lexicon: Lexicon, dated: frozenset[int] = frozenset()) -> None:
        self._dated = dated
        self.syntax, self.lexicon = syntax, lexicon
        self.tokens = syntax.tokens
        self._words = {t.lower for t in self.tokens}
        self.contexts = self._sentence_contexts()

    def predicates(self) -> list[Found]:
        """All predicates, in order of their words."""
        hits = list(self._best_hits())
        verbs = {h.use.index: h for h in hits if h.use is not None and h.rule.family == "event"}
        out: list[Found] = []
        for hit in hits:
            if self._is_content(hit, verbs) or self._is_covered(hit, hits) or self._only_leads(hit, hits):
                continue
            hit = _with_modes(hit, hits)
            out.append(self._verb(hit, hit.use, verbs) if hit.use is not None else self._noun(hit))
        return out

    # matching

    def _best_hits(self) -> Iterator[_Hit]:
        for i in range(len(self.tokens)):
            best: dict[str, _Hit] = {}
            for form in self.lexicon.starting(self.tokens[i].lower):
                hit = self._hit(i, form)
                if hit is not None and (hit.rule.family not in best or _rank(hit) > _rank(best[hit.rule.family])):
                    best[hit.rule.family] = hit
            yield from best.values()

    def _hit(self, i: int, form: Form) -> _Hit | None:
        if form.rule.noun:
            return self._noun_hit(i, form)
        # Most forms ask for a further word that the sentence does not hold.
        if form.rest and form.rest[0] not in self._words and form.rest[0] != "its":
            return None
        use = self.syntax.verb_use(i, form.slots)
        if use is None:
            return None
        covered = self._rest(i, form.rest)
        if covered is None:
            return None
        last = max(covered, default=i) + 1
        end = self.syntax.zone_end(last - 1, through_that=form.rule.complement == "that")
        constrained = self._constraints(form.rule, last, end, i, use)
        if constrained is None:
            return None
        return _Hit(i, last, end, form.rule, use, frozenset(covered) | constrained, len(covered) + 1)

    def _noun_hit(self, i: int, form: Form) -> _Hit | None:
        last = i + 1 + len(form.rest)
        if tuple(self.syntax.lower(k) for k in range(i + 1, last)) != form.rest or not self._is_noun(i, last - 1):
            return None
        end = self.syntax.noun_zone_end(last - 1)
        constrained = self._constraints(form.rule, last, end, i, None)
        return None if constrained is None else _Hit(i, last, end, form.rule, None, constrained, last - i)

    def _is_noun(self, first: int, head: int) -> bool:
        word = self.tokens[head].lower
        slots = self.lexicon.slots(word)
        if slots is not None and first == head and self.syntax.verb_use(head, slots) is not None:
            return False
        chunk = self.syntax.chunk_at(head)
        if chunk is not None and self.syntax.chunks[chunk].kind in ("person", "office", "organisation"):
            return False
        # A noun before another noun only modifies it: "invasion fleet", "protest leader", "trade pact".
        if self.syntax.lower(head + 1) in AGREEMENT_NOUNS:
            return False
        following = self.syntax.chunk_at(head + 1)
        return following is None or self.syntax.chunks[following].first == head + 1

    def _rest(self, i: int, rest: tuple[str, ...]) -> list[int] | None:
        """Token indices of the further words of a lemma, each within a small gap."""
        out: list[int] = []
        at = i
        for word in rest:
            for k in range(at + 1, min(at + 2 + _GAP, len(self.tokens))):
                if self.tokens[k].lower == word or (word == "its" and self.tokens[k].lower in POSSESSIVE_PRONOUNS):
                    out.append(k)
                    at = k
                    break
                if not self._may_stand_between(k, word):
                    return None
            else:
                return None
        return out

    def _may_stand_between(self, k: int, word: str) -> bool:
        """Only an adverb parts a verb from its particle; plain words may precede a noun ("hold long talks")."""
        between = self.tokens[k]
        if is_adverb(between.lower) or between.lower in NEGATION:
            return True
        plain = between.text.islower() and between.text[0].isalpha() and between.lower not in _CLOSED
        return plain and word not in PREPOSITIONS and word not in _PARTICLES and self.syntax.chunk_at(k) is None

    def _constraints(self, rule: Rule, start: int, end: int, i: int, use: VerbUse | None) -> frozenset[int] | None:
        """Token indices that satisfy the constraints; None when one fails."""
        reach = min(end, start + _OBJECT_REACH)
        used: set[int] = set()
        if rule.object or rule.without:
            found = self._words_in(rule.object or rule.without, start, reach)
            if not found and use is not None and use.passive:
                found = self._words_in(rule.object or rule.without, self._subject_zone(use), use.first)
            if bool(found) != bool(rule.object):
                return None
            used.update(found if rule.object else ())
        if rule.prepositions and not any(self._heads(k, rule.prepositions) for k in range(i + 1, end)):
            return None
        if rule.complement and not self._complement(rule.complement, start, end):
            return None
        return frozenset(used)

    def _heads(self, k: int, prepositions: frozenset[str]) -> bool:
        """A preposition of the rule that does not merely head a date ("on Thursday")."""
        return self.syntax.lower(k) in prepositions and k + 1 not in self._dated

    def _subject_zone(self, use: VerbUse) -> int:
        earlier = self.syntax.governor(use)
        return max(earlier.index + 1 if earlier else 0, use.first - 10)

    def _words_in(self, words: frozenset[str], start: int, end: int) -> list[int]:
        for k in range(start, end):
            word = self.tokens[k].lower
            if word in words:
                return [k]
            pair = f"{word} {self.syntax.lower(k + 1)}"
            if pair in words and k + 1 < end:
                return [k, k + 1]
        return []

    def _complement(self, complement: str, start: int, end: int) -> bool:
        if complement == "to":
            return any(
                self.tokens[k].lower == "to" and k + 1 < len(self.tokens)
                for k in range(start, min(end + 1, len(self.tokens)))
            )
        if complement == "that":
            return any(self.syntax.lower(k) == "that" for k in range(start, min(end + 1, start + 8)))
        return any(u.slot == "ing" and start <= u.index < start + 6 for u in self.syntax.verbs)

    def _is_content(self, hit: _Hit, verbs: dict[int, _Hit]) -> bool:
        """What is asked for, refused, promised or threatened is not an event of its own."""
        if hit.rule.family != "event" or hit.use is None:
            return False
        if not (hit.use.infinitive or hit.use.slot == "ing"):
            return False
        governor = self.syntax.governor(hit.use)
        parent = verbs.get(governor.index) if governor else None
        if parent is not None and parent is not hit and parent.rule.label == "ACCUSE" and hit.use.slot == "ing":
            return True
        if parent is None or parent is hit or parent.rule.label not in _EMBEDDING:
            return False
        return not (parent.rule.label == "AGREE" and hit.rule.label in _CONFLICT)

    def _only_leads(self, hit: _Hit, hits: list[_Hit]) -> bool:
        """ "is prepared to invade" promises no cooperation: the invasion is what is spoken of."""
        if hit.rule.label != "AGREE" or hit.use is None:
            return False
        for other in hits:
            if (
                other.rule.family == "event"
                and other.rule.label in _CONFLICT
                and other.use is not None
                and other.use.infinitive
            ):
                governor = self.syntax.governor(other.use)
                if governor is not None and hit.first <= governor.index < hit.last:
                    return True
        return False

    def _is_covered(self, hit: _Hit, hits: list[_Hit]) -> bool:
        """A noun that already belongs to a verb of the same family ("hold talks")."""
        if hit.use is not None:
            return any(o.rule.family == hit.rule.family and o.first < hit.first < o.last for o in hits)
        own = set(range(hit.first, hit.last))
        if hit.rule.family == "event" and any(
            o.rule.family == "agreement" and o.rule.label in _UNDONE and o.use is not None and o.covered & own
            for o in hits
        ):
            return True
        return any(
            o is not hit and o.rule.family == hit.rule.family and (o.covered & own or _contains(o, hit)) for o in hits
        )

    # roles of verbs

    def _verb(self, hit: _Hit, use: VerbUse, verbs: dict[int, _Hit]) -> Found:
        subject = self._actors(self.syntax.subject(use))
        zone = self._zone_groups(hit.last, hit.end)
        if not any(self._named(c) for g in zone for c in g):
            zone = self._relative_groups(hit) or zone
        hit = self._mediated(hit, subject, zone)
        if use.passive:
            sources, targets = self._passive_roles(hit, subject, zone)
        else:
            sources, targets = self._active_roles(hit, subject, zone)
        if not targets and hit.rule.label in _EMBEDDING and hit.rule.family == "event":
            targets = self._embedded_target(hit, sources)
        return self._found(hit, sources, targets, judge_verb(self.syntax, use))

    def _relative_groups(self, hit: _Hit) -> list[tuple[int, ...]]:
        """ "upbeat about the deal that X and Y have struck": who is meant stands in the relative clause."""
        if self.syntax.lower(hit.end) not in ("that", "which") or hit.end <= hit.last or hit.rule.complement:
            return []
        return self._zone_groups(hit.end, self.syntax.zone_end(hit.end))

    def _named(self, chunk: int) -> bool:
        """Whether a chunk says whose it is: "the alliance" alone does not."""
        found = self.syntax.chunks[chunk]
        return found.kind in ("person", "pronoun", "set") or any(m.entry.codes for m in found.matches)

    def _mediated(self, hit: _Hit, subject: tuple[int, ...], zone: list[tuple[int, ...]]) -> _Hit:
        """ "broker a truce between X and Y": the subject stands between the parties and is not one of them."""
        parties = [
            g for g in zone if len(g) > 1 and self.syntax.chunks[g[0]].preposition in ("between", "among", "for")
        ]
        if not parties or not subject or hit.rule.roles != "S=O" or hit.rule.label not in _MEDIATED:
            return hit
        return replace(hit, rule=replace(hit.rule, label="CONSULT", modes=("third-party",), roles="S>OO"))

    def _active_roles(
        self, hit: _Hit, subject: tuple[int, ...], zone: list[tuple[int, ...]]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        rule = hit.rule
        if rule.roles == "S":
            return subject, ()
        if rule.roles == "S>OO":
            return subject, tuple(dict.fromkeys(c for g in zone for c in g if not self._place_only(c)))
        picked = self._pick(zone, rule.prepositions if rule.roles == "S>P" else frozenset(), rule.roles, hit.last)
        if rule.roles == "O>S":
            return picked, subject
        return subject, self._doer(rule, zone) or picked

    def _doer(self, rule: Rule, zone: list[tuple[int, ...]]) -> tuple[int, ...]:
        """ "Condemned the raid by X on Y": what is judged is X's, unless somebody is judged directly."""
        governed = [(self.syntax.chunks[g[0]].preposition, g) for g in zone]
        if rule.label not in _JUDGING or rule.roles != "S>O" or any(p is None for p, _ in governed):
            return ()
        return next((g for p, g in governed if p == "by"), ())

    def _passive_roles(
        self, hit: _Hit, subject: tuple[int, ...], zone: list[tuple[int, ...]]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        agent = next((g for g in zone if self.syntax.chunks[g[0]].preposition == "by"), ())
        rest = [g for g in zone if g != agent]
        if hit.rule.roles == "S>P":
            return agent, self._pick(rest, hit.rule.prepositions, "S>P") or subject
        if hit.rule.roles in ("S=O", "S>OO"):
            return agent, (subject or self._parties_before(hit)) + self._pick(rest, frozenset(), "S=O")
        if hit.rule.roles == "O>S":
            return subject, agent
        return agent, subject or self._pick(rest, frozenset(), "S>O")

    def _parties_before(self, hit: _Hit) -> tuple[int, ...]:
        """ "A summit between X and Y will be held": the parties stand in the subject."""
        if hit.use is None:
            return ()
        groups = self._zone_groups(self._subject_zone(hit.use), hit.use.first)
        joint = [g for g in groups if self.syntax.chunks[g[0]].preposition in ("between", "among", "with", "of")]
        return tuple(c for g in joint for c in g)

    def _zone_groups(self, start: int, end: int) -> list[tuple[int, ...]]:
        out: list[tuple[int, ...]] = []
        for k, chunk in enumerate(self.syntax.chunks):
            if start <= chunk.first < end and not any(k in g for g in out):
                group = tuple(c for c in self.syntax.group(k) if start <= self.syntax.chunks[c].first < end)
                out.append(group)
        return [kept for g in out if (kept := tuple(c for c in self._actors(g) if not self._owns(c)))]

    def _owns(self, chunk: int) -> bool:
        """ "its radar": a possessive pronoun is nobody's target."""
        return self.syntax.chunks[chunk].kind == "pronoun" and self.syntax.chunks[chunk].possessive

    def _pick(
        self, zone: list[tuple[int, ...]], prepositions: frozenset[str], roles: str, start: int = 0
    ) -> tuple[int, ...]:
        """The group that fills the target: a direct object, else behind the best preposition."""
        chunks = self.syntax.chunks
        # "call on Japan": the preposition is part of the predicate, so what follows is its object.
        own = roles not in ("S>P", "S=O")
        governed = [(None if own and chunks[g[0]].first == start else chunks[g[0]].preposition, g) for g in zone if g]
        if roles == "S=O":
            governed = [(p, g) for p, g in governed if not self.syntax.chunks[g[-1]].adjective]
        if prepositions:
            wanted = [g for p, g in governed if p in prepositions]
            return wanted[0] if wanted else ()
        if roles == "S=O":
            order: tuple[str | None, ...] = ("with", None, "between", "among", "and", "from", "to")
        else:
            order = (None, *_TARGET_PREPOSITIONS)
        for preposition in order:
            for p, group in governed:
                part = own and chunks[group[0]].first == start
                if p == preposition and (part or not self._place_only(group[0])):
                    return group
        return next((g for p, g in governed if p in LOCATIVE and roles == "S>O" and chunks[g[0]].kind == "state"), ())

    def _place_only(self, chunk: int) -> bool:
        return self.syntax.chunks[chunk].locative

    def _embedded_target(self, hit: _Hit, sources: tuple[int, ...]) -> tuple[int, ...]:
        """ "refused to withdraw from Syria": the target stands in the clause that is refused."""
        zone = self._zone_groups(hit.last, min(len(self.tokens), hit.last + 24))
        for group in zone:
            if not set(group) & set(sources) and not self._place_only(group[0]):
                return group
        return ()

    # roles of nouns

    def _noun(self, hit: _Hit) -> Found:
        owners, after = self._owners(hit), self._zone_groups(hit.last, hit.end)
        chunks = self.syntax.chunks
        verb = self._carrier(hit)
        subject = self._actors(self.syntax.subject(verb)) if verb is not None and not verb.passive else ()
        by = next((g for g in after if chunks[g[0]].preposition == "by"), ())
        if hit.rule.roles in ("S=O", "S>OO"):
            return self._joint_noun(hit, owners, after, subject)
        rest = [g for g in after if g != by]
        targets = self._noun_target(rest, hit.rule)
        sources = owners or by or tuple(c for c in subject if c not in targets)
        if not sources:
            sources = next((g for g in rest if chunks[g[0]].preposition in ("from", "of") and g != targets), ())
        if hit.rule.roles == "O>S":
            sources, targets = targets, sources
        if hit.rule.roles == "S":
            targets = ()
        return self._found(hit, sources, targets, judge_noun(self.syntax, hit.first, self._noun_start(hit.first)))

    def _joint_noun(
        self, hit: _Hit, owners: tuple[int, ...], after: list[tuple[int, ...]], subject: tuple[int, ...]
    ) -> Found:
        parties = [
            c
            for g in after
            if self.syntax.chunks[g[0]].preposition in ("between", "with", "among", "by", "of")
            for c in g
        ]
        together = tuple(dict.fromkeys((*owners, *parties)))
        if hit.rule.roles == "S>OO":
            return self._found(
                hit, subject or owners, tuple(parties), judge_noun(self.syntax, hit.first, self._noun_start(hit.first))
            )
        if len(together) < 2:
            together = tuple(dict.fromkeys((*together, *subject)))
        return self._found(hit, together, (), judge_noun(self.syntax, hit.first, self._noun_start(hit.first)))

    def _owners(self, hit: _Hit) -> tuple[int, ...]:
        """Who a noun belongs to; "at their summit, X and Y agreed" looks ahead to the subject."""
        owners = self._before_noun(hit.first)
        if len(owners) == 1 and self.syntax.lower(self.syntax.chunks[owners[0]].first) == "their":
            for use in self.syntax.verbs:
                subject = self._actors(self.syntax.subject(use))
                if use.index > hit.last and (
                    len(subject) > 1 or any(self.syntax.chunks[c].kind == "set" for c in subject)
                ):
                    return subject
        return owners

    def _noun_start(self, first: int) -> int:
        k = first
        while (
            k > 0
            and k > first - 6
            and self.syntax.lower(k - 1) not in PREPOSITIONS
            and self.syntax.lower(k - 1) not in (",", ";", "that", "and")
        ):
            if any(u.index == k - 1 for u in self.syntax.verbs):
                break
            k -= 1
        return k

    def _before_noun(self, first: int) -> tuple[int, ...]:
        """Possessors and adjectives of state that own a noun, with those listed beside them."""
        for k in range(first - 1, max(-1, first - 6), -1):
            word = self.syntax.lower(k)
            chunk = self.syntax.chunk_at(k)
            if chunk is not None:
                found = self.syntax.chunks[chunk]
                if found.possessive or found.adjective or found.last == first or found.kind == "state":
                    hyphened = self.syntax.group(chunk)
                    return self._actors(tuple(c for c in hyphened if c <= chunk))
                return ()
            if (
                word in PREPOSITIONS
                or word in (",", ";", "that")
                or word in MODALS
                or any(u.index == k and u.slot != "participle" for u in self.syntax.verbs)
            ):
                return ()
            if word in DETERMINERS and self.syntax.chunk_at(k - 1) is None:
                return ()
        return ()

    def _carrier(self, hit: _Hit) -> VerbUse | None:
        """The verb whose object the noun is, when that verb only carries it ("launched an attack")."""
        for use in reversed(self.syntax.verbs):
            if use.index < hit.first < self.syntax.zone_end(use.index):
                word = self.syntax.lower(use.index)
                light = any(word.startswith(v[:4]) for v in _SUPPORT_VERBS)
                between = any(self.syntax.lower(k) in PREPOSITIONS for k in range(use.index + 1, hit.first))
                return use if light and not between else None
        return None

    def _noun_target(self, groups: list[tuple[int, ...]], rule: Rule) -> tuple[int, ...]:
        allowed = tuple(rule.prepositions) or _NOUN_TARGETS
        for preposition in sorted(allowed, key=lambda p: _NOUN_TARGETS.index(p) if p in _NOUN_TARGETS else 99):
            for group in groups:
                if group and self.syntax.chunks[group[0]].preposition == preposition:
                    return group
        return ()

    # assembling

    def _may_act(self, chunk: Chunk) -> bool:
        return chunk.kind not in ("agreement", "system") and not (
            chunk.kind == "place" and chunk.preposition in LOCATIVE
        )

    def _actors(self, group: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(c for c in group if self._may_act(self.syntax.chunks[c]))

    def _found(self, hit: _Hit, sources: tuple[int, ...], targets: tuple[int, ...], judgement: Judgement) -> Found:
        # A refusal has a side that refuses: "X would not renew the pact with Y".
        symmetric = hit.rule.roles == "S=O" and not (judgement.negated and judgement.status == "planned")
        if symmetric:
            sources, targets = tuple(dict.fromkeys((*sources, *targets))), ()
        words = " ".join(t.text for t in self.tokens[hit.first : hit.last])
        passive = ", passive" if hit.use is not None and hit.use.passive else ""
        cue = f", {judgement.status} by {judgement.cue!r}" if judgement.cue else ""
        return Found(
            hit.first, hit.last, hit.rule, hit.use, sources, targets, symmetric, judgement, self._object(hit),
            self._place(hit),
            tuple(dict.fromkeys((*hit.rule.contexts, *self.contexts))), self._score(hit, sources, targets),
            f"{'noun' if hit.rule.noun else 'verb'} {words!r} (predicates.csv {hit.rule.id}{passive}{cue})",
        )  # fmt: skip

    def _score(self, hit: _Hit, sources: tuple[int, ...], targets: tuple[int, ...]) -> float:
        score = 0.45 + 0.08 * min(hit.rule.weight, 3) + 0.1 * bool(sources) + 0.1 * bool(targets)
        return round(min(0.9, score - 0.08 * hit.rule.noun), 3)

    def _object(self, hit: _Hit) -> tuple[int, int] | None:
        end = min(hit.end, hit.last + 16)
        first = min((k for k in hit.covered if k >= hit.first), default=hit.last)
        # In "refuse to renew the pact" the object begins behind the verb inside.
        inner = max((u.index + 1 for u in self.syntax.verbs if hit.first < u.index < hit.last), default=0)
        start = max(min(hit.last, first), inner)
        if hit.use is not None and hit.use.passive and not any(k > hit.last for k in hit.covered):
            begin = self._subject_zone(hit.use)
            return (begin, hit.use.first) if begin < hit.use.first else None
        return (start, end) if start < end else None

    def _place(self, hit: _Hit) -> int | None:
        for k, chunk in enumerate(self.syntax.chunks):
            if chunk.locative and (hit.first - 12 <= chunk.first < hit.end + 6):
                return k
        return None

    def _sentence_contexts(self) -> tuple[str, ...]:
        joined = " " + " ".join(t.lower for t in self.tokens) + " "
        return tuple(c for c, phrases in context_words() if any(p in joined for p in phrases))


def _with_modes(hit: _Hit, hits: list[_Hit]) -> _Hit:
    """ "launched air strikes": the noun tells the mode of the verb that carries it."""
    if hit.use is None or hit.rule.modes:
        return hit
    for other in hits:
        same = other.use is None and (other.rule.family, other.rule.label) == (hit.rule.family, hit.rule.label)
        if same and other.rule.modes and hit.covered & set(range(other.first, other.last)):
            return replace(hit, rule=replace(hit.rule, modes=other.rule.modes))
    return hit


def _contains(one: _Hit, other: _Hit) -> bool:
    """ "bilateral summit" contains "summit"."""
    return one.first <= other.first and other.last <= one.last and one.last - one.first > other.last - other.first


def _rank(hit: _Hit) -> tuple[int, int]:
    """More constraints win; each further word of a lemma counts as one ("refuse to meet" before "refuse")."""
    return hit.rule.weight + hit.words - 1, hit.last - hit.first
