"""The predicate lexicon, compiled for lookup by word form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, cast, get_args

from foedera.knowledge import cells, load_table
from foedera.model import Status
from foedera.model.errors import KnowledgeError
from foedera.model.reading import ClaimFamily

from .morphology import VerbForm, plural, verb_forms

_FAMILIES: Final = frozenset(get_args(ClaimFamily))
_STATUSES: Final = frozenset(get_args(Status)) | {"alleged"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``predicates.csv``.

    Attributes:
        id: Its name, given as the reason of a claim.
        noun: It is a noun, not a verb.
        object: Words of which one must stand in the object zone; empty when anything will do.
        without: Words of which none may.
        prepositions: Of which one must stand in the zone; empty when none is asked for.
        complement: ``to``, ``that``, ``ing`` or empty.
        family, label, modes, contexts: As in `Predicate`.
        roles: Who is source and who target, see the header of the table.
        weight: Number of constraints; more specific rules win.
    """

    id: str
    noun: bool
    object: frozenset[str]
    without: frozenset[str]
    prepositions: frozenset[str]
    complement: str
    family: ClaimFamily
    label: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: str
    weight: int


@dataclass(frozen=True, slots=True)
class Form:
    """A word form that may begin a predicate.

    Attributes:
        rest: Lemma words that must follow, with small gaps.
        slots: What the form can be; empty for nouns.
        rule: The row.
    """

    rest: tuple[str, ...]
    slots: frozenset[VerbForm]
    rule: Rule


@dataclass(frozen=True, slots=True)
class StatusCue:
    """Words before a predicate that say whether it happened."""

    words: tuple[str, ...]
    status: str


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Named sets of ``wordsets.csv`` with the plurals of their words."""
    out: dict[str, frozenset[str]] = {}
    for row in load_table("wordsets"):
        words = cells(row["words"])
        out["@" + row["name"].lstrip("@")] = frozenset(words) | {_plural_phrase(w) for w in words}
    return out


def _plural_phrase(phrase: str) -> str:
    *front, last = phrase.split()
    return " ".join([*front, plural(last)])


def _expand(cell: str, where: str) -> frozenset[str]:
    out: set[str] = set()
    for item in cells(cell):
        if item.startswith("@"):
            if item not in word_sets():
                raise KnowledgeError(f"unknown word set {item!r}", where=where, remedy="add it to wordsets.csv")
            out |= word_sets()[item]
        else:
            out |= {item, _plural_phrase(item)}
    return frozenset(out)


def _rule(row: dict[str, str]) -> Rule:
    where = f"predicates.csv, {row['id']}"
    if row["family"] not in _FAMILIES:
        raise KnowledgeError(f"unknown family {row['family']!r}", where=where, remedy=f"use one of {sorted(_FAMILIES)}")
    negative = row["object"].startswith("!")
    words = _expand(row["object"].lstrip("!"), where)
    prepositions = frozenset(cells(row["prep"]))
    weight = 2 * bool(words and not negative) + bool(prepositions) + bool(row["complement"])
    return Rule(
        row["id"], row["pos"] == "noun", frozenset() if negative else words, words if negative else frozenset(),
        prepositions,
        row["complement"], cast(ClaimFamily, row["family"]), row["label"], cells(row["modes"]), cells(row["contexts"]),
        row["roles"] or "S>O", weight,
    )  # fmt: skip


class Lexicon:
    """All rules, by the first word form of their lemmas."""

    def __init__(self) -> None:
        self._verbs: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
        self._nouns: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
        for row in load_table("predicates"):
            rule = _rule(row)
            for lemma in cells(row["lemmas"]):
                first, *rest = lemma.split()
                # Negation is the matcher's business: "not renew" is "renew", refused or denied.
                if first != "not":
                    (self._nouns if rule.noun else self._verbs).setdefault(first, []).append((tuple(rest), rule))
        self._slots: dict[str, dict[str, frozenset[VerbForm]]] = {}
        for lemma in self._verbs:
            for text, slots in verb_forms(lemma).items():
                self._slots.setdefault(text, {})[lemma] = slots
        self._singular = {plural(noun): noun for noun in self._nouns}
        self._forms: dict[str, list[Form]] = {}

    def slots(self, word: str) -> frozenset[VerbForm] | None:
        """What a word in lower case can be as a verb of the table; None where it is none."""
        found = self._slots.get(word)
        return frozenset().union(*found.values()) if found else None

    def starting(self, word: str) -> list[Form]:
        """Forms that begin with a word in lower case, in the order of the table within each lemma."""
        if word not in self._forms:
            self._forms[word] = [*self._verb_forms(word), *self._noun_forms(word)]
        return self._forms[word]

    def _verb_forms(self, word: str) -> Iterator[Form]:
        for lemma, slots in self._slots.get(word, {}).items():
            for rest, rule in self._verbs[lemma]:
                yield Form(rest, slots, rule)

    def _noun_forms(self, word: str) -> Iterator[Form]:
        for rest, rule in self._nouns.get(word, ()):
            if rest:
                yield Form(rest, frozenset(), rule)
                yield Form((*rest[:-1], plural(rest[-1])), frozenset(), rule)
            else:
                yield Form((), frozenset(), rule)
        for rest, rule in self._nouns.get(self._singular.get(word, ""), ()):
            if not rest:
                yield Form((), frozenset(), rule)


@cache
def lexicon() -> Lexicon:
    """The lexicon over the shipped tables, built once per process."""
    return Lexicon()


@cache
def status_cues() -> tuple[StatusCue, ...]:
    """Status cues, longest first; inflected where their first word is a verb."""
    out: list[StatusCue] = []
    for row in load_table("statuses"):
        if row["status"] not in _STATUSES:
            raise KnowledgeError(f"unknown status {row['status']!r}", where=f"statuses.csv, {row['cue']}")
        words = tuple(row["cue"].lower().split())
        forms = (
            verb_forms(words[0])
            if len(words) > 1 and words[-1] in ("to", "on", "for", "of") and words[0].isalpha()
            else {words[0]: None}
        )
        out.extend(StatusCue((form, *words[1:]), row["status"]) for form in (*forms, words[0]))
    return tuple(sorted(set(out), key=lambda c: (-len(c.words), c.words, c.status)))


@cache
def status_cues_at() -> dict[str, tuple[StatusCue, ...]]:
    """Status cues by their first word, longest first."""
    out: dict[str, list[StatusCue]] = {}
    for cue in status_cues():
        out.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(found) for word, found in out.items()}


@cache
def context_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Contexts with the phrases that indicate them, in lower case with a space at both ends."""
    return tuple(
        (r["context"], tuple(f" {' '.join(w.lower().split())} " for w in cells(r["words"])))
        for r in load_table("contexts")
    )


@cache
def speech_cues() -> dict[str, tuple[tuple[tuple[str, ...], frozenset[VerbForm], dict[str, str]], ...]]:
    """Reporting cues by first word form: (further words, slots, row)."""
    out: dict[str, list[tuple[tuple[str, ...], frozenset[VerbForm], dict[str, str]]]] = {}
    for row in load_table("speech"):
        words = tuple(row["cue"].lower().split())
        if words[0] in ("according", "in", "per", "as", "for", "from"):
            out.setdefault(words[0], []).append((words[1:], frozenset(), row))
            continue
        for form, slots in verb_forms(words[0]).items():
            out.setdefault(form, []).append((words[1:], slots, row))
    return {form: tuple(sorted(found, key=lambda f: -len(f[0]))) for form, found in out.items()}
