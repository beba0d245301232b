"""Whether a sentence says that something happened, is planned, might happen, or did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from foedera.model import Status

from .lexicon import status_cues_at
from .syntax import Syntax, VerbUse
from .words import BE, HAVE, MAY, NEGATION, WILL, WOULD, is_adverb, word_set

_REPORTING: Final = word_set(
    "said told notice notified announced stated vowed pledged promised declared added confirmed informed"
)
_ARRANGED: Final = word_set("planned scheduled slated expected set due arranged foreseen envisaged pencilled")
_CALLED_OFF: Final = ("cancel", "scrap", "abandon", "abort")
_POSSIBLE: Final = frozenset({"possible", "potential", "prospective", "eventual"})
_WINDOW: Final = 9


@dataclass(frozen=True, slots=True)
class Judgement:
    """Status of a predicate.

    Attributes:
        status: As in `Predicate`.
        negated: Something denies it; together with ``planned`` that is a refusal.
        alleged: Only a party asserts it.
        cue: The words that say so.
    """

    status: Status
    negated: bool = False
    alleged: bool = False
    cue: str = ""


def judge_verb(syntax: Syntax, use: VerbUse) -> Judgement:
    """Status of a verb from its auxiliaries, then from what governs it."""
    aux = use.auxiliaries
    if use.passive and syntax.lower(use.index) in _ARRANGED:
        return Judgement("planned", False, False, syntax.lower(use.index))
    negated = any(w in NEGATION or w.endswith(("n't", "n’t")) for w in aux) or (not aux and _never(syntax, use.first))
    alleged = _alleged(syntax, use.first)
    own = _own_status(syntax, use)
    if own is not None and own.status != "happened":
        return Judgement("denied" if negated and own.status != "planned" else own.status, negated, alleged, own.cue)
    if use.infinitive or (use.slot == "ing" and not aux):
        governed = _cue_before(syntax, use.first)
        if governed is not None:
            status, cue = governed
            return Judgement(status, negated or status == "denied", alleged, cue)
    conditional = _conditional(syntax, use.first)
    if conditional:
        return Judgement("hypothetical", negated, alleged, conditional)
    if negated:
        return Judgement("denied", True, alleged, "not")
    if use.infinitive:
        return _infinitive(syntax, use, alleged)
    return own or Judgement("happened", False, alleged, "")


def _never(syntax: Syntax, first: int) -> bool:
    """ "Never attacked", "without attacking": negated though no auxiliary carries it."""
    before = first - 1
    while is_adverb(syntax.lower(before)):
        before -= 1
    return syntax.lower(before) in ("never", "hardly", "without")


def judge_noun(syntax: Syntax, index: int, chunk_first: int) -> Judgement:
    """Status of a noun from the words before it and the verb that it hangs on."""
    alleged = _alleged(syntax, chunk_first)
    if syntax.lower(index) in _POSSIBLE:
        return Judgement("hypothetical", False, alleged, syntax.lower(index))
    # "Peru's possible participation": what stands right before the noun comes before what governs the phrase.
    governed = _cue_before(syntax, index, window=2) or _cue_before(syntax, chunk_first, window=5)
    if governed is not None:
        return Judgement(governed[0], governed[0] == "denied", alleged, governed[1])
    following = next((u for u in syntax.verbs if u.first > index and syntax.lower(u.index) not in BE), None)
    if following is not None and following.passive and syntax.lower(following.index).startswith(_CALLED_OFF):
        return Judgement("denied", True, alleged, syntax.lower(following.index))
    verbs = [u for u in syntax.verbs if u.index < index and index < syntax.zone_end(u.index)]
    if verbs:
        judged = judge_verb(syntax, verbs[-1])
        return Judgement(judged.status, judged.negated, judged.alleged or alleged, judged.cue)
    conditional = _conditional(syntax, chunk_first)
    if conditional:
        return Judgement("hypothetical", False, alleged, conditional)
    return Judgement("happened", False, alleged)


def _own_status(syntax: Syntax, use: VerbUse) -> Judgement | None:
    aux = use.auxiliaries
    for word in aux:
        if word in WILL:
            return Judgement("planned", cue=word)
        if word in MAY:
            return Judgement("hypothetical", cue=word)
        if word in WOULD:
            reported = any(syntax.lower(k) in _REPORTING for k in range(use.first))
            return Judgement("planned" if reported else "hypothetical", cue=word)
    if "to" in aux and any(w in BE for w in aux[: aux.index("to")]) and use.slot == "base":
        return Judgement("planned", cue="is to")
    if use.slot == "ing" and any(w in BE for w in aux) and not any(w in ("was", "were") for w in aux):
        return Judgement("ongoing", cue="is ...ing")
    if use.slot in ("third", "base") and not aux:
        return Judgement("happened", cue="present")
    return Judgement("happened") if aux and any(w in HAVE for w in aux) else None


def _cue_before(syntax: Syntax, first: int, window: int = _WINDOW) -> tuple[Status, str] | None:
    """The nearest cue of ``statuses.csv`` that ends within a few words before an index."""
    words = [syntax.lower(k) for k in range(first + 1)]
    if syntax.lower(first) != "to":
        words = words[:-1]
    best: tuple[int, Status, str] | None = None
    for start in range(max(0, len(words) - window), len(words)):
        for cue in status_cues_at().get(words[start], ()):
            end = start + len(cue.words)
            if cue.status == "alleged" or tuple(words[start:end]) != cue.words or _boundary(words[end:]):
                continue
            # Later is nearer; of two that end together the longer one begins first and stands.
            if best is None or end > best[0]:
                best = (end, cast(Status, cue.status), " ".join(cue.words))
            break
    return (best[1], best[2]) if best else None


def _boundary(words: list[str]) -> bool:
    return any(w in (",", ";", ":", "“", "”", "that", "after", "before", "because", "and") for w in words)


def _conditional(syntax: Syntax, first: int) -> str:
    for k in range(first - 1, max(-1, first - 14), -1):
        word = syntax.lower(k)
        if word in (",", ";", "that"):
            return ""
        if word in ("if", "unless", "whether"):
            return word
    return ""


def _infinitive(syntax: Syntax, use: VerbUse, alleged: bool) -> Judgement:
    """ "to VERB" without a cue: a purpose or a content, which has not happened by itself."""
    governor = syntax.governor(use)
    if governor is None:
        return Judgement("planned", False, alleged, "to")
    word = syntax.lower(governor.index)
    if word.startswith(("help", "continu", "manag", "began", "begin", "start")):
        return Judgement("happened", False, alleged, word)
    return Judgement("planned", False, alleged, f"{word} ... to")


def _alleged(syntax: Syntax, first: int) -> bool:
    words = [syntax.lower(k) for k in range(max(0, first - 7), first + 1)]
    return any(
        cue.status == "alleged" and tuple(words[start : start + len(cue.words)]) == cue.words
        for start, word in enumerate(words)
        for cue in status_cues_at().get(word, ())
    )
