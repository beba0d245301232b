"""Inflection: from the forms in a text to the lemmas of the tables, and back."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from foedera.knowledge import cells, load_table

VerbForm = Literal["base", "third", "past", "participle", "ing"]

_VOWELS: Final = "aeiou"


@cache
def _irregular() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {r["verb"]: (cells(r["past"]), cells(r["participle"])) for r in load_table("irregular_verbs")}


@cache
@cache
def irregular_pasts() -> frozenset[str]:
    """Past forms such as "sent", those left out that are more often something else ("left", "won")."""
    return frozenset(p for past, _ in _irregular().values() for p in past) - {
        "left",
        "won",
        "set",
        "put",
        "cut",
        "lead",
        "cast",
    }


def verb_forms(lemma: str) -> dict[str, frozenset[VerbForm]]:
    """All forms of a verb and what they can be.

    Args:
        lemma: One word in lower case.

    Returns:
        Form → the slots that it fills ("met" is past and participle).
    """
    past, participle = _irregular().get(lemma, ((), ()))
    british = (lemma + "l",) if _may_double_l(lemma) else ()
    regular = (_with_ed(lemma), *(stem + "ed" for stem in british))
    slots: list[tuple[VerbForm, tuple[str, ...]]] = [
        ("base", (lemma,)),
        ("third", (plural(lemma),)),
        ("past", past or regular),
        ("participle", participle or regular),
        ("ing", (_with_ing(lemma), *(stem + "ing" for stem in british))),
    ]
    out: dict[str, frozenset[VerbForm]] = {}
    for slot, forms in slots:
        for form in forms:
            out[form] = out.get(form, frozenset()) | {slot}
    return out


def plural(noun: str) -> str:
    """The plural of a noun, which is also a verb's third person."""
    irregular = {"man": "men", "woman": "women", "have": "has", "be": "is", "do": "does", "go": "goes"}
    for singular, many in irregular.items():
        if noun == singular or (len(singular) > 2 and noun.endswith(singular) and singular.endswith("man")):
            return noun.removesuffix(singular) + many
    if noun.endswith(("s", "x", "z", "ch", "sh")) or noun == "veto":
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def _may_double_l(lemma: str) -> bool:
    """ "Canceled" and "cancelled" are both written."""
    return len(lemma) > 4 and lemma[-1] == "l" and lemma[-2] in "aeo" and lemma[-3] not in _VOWELS


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _with_ing(lemma: str) -> str:
    doubled = _doubling(lemma)
    if doubled:
        return doubled + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return lemma + "ing"


def _doubling(lemma: str) -> str | None:
    """The lemma with its last consonant doubled, where a tabled past form or a short stem says so."""
    past, _ = _irregular().get(lemma, ((), ()))
    double = lemma + lemma[-1]
    if any(p.startswith(double) for p in past):
        return double
    short = {"get", "set", "put", "cut", "hit", "let", "run", "win", "sit", "shut", "split", "quit", "dig", "begin",
    "spin",
             "beat", "bid", "forbid", "upset", "overrun", "shed"} - {"beat"}  # fmt: skip
    return double if lemma in short else None
