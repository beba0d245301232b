"""Whether something happened."""

import pytest
from language_reading import syntax, verb

from foedera.language.status import judge_noun, judge_verb


@pytest.mark.parametrize(
    ("text", "form", "status", "negated"),
    [
        ("Kenya attacked Chad.", "attacked", "happened", False),
        ("Kenya has attacked Chad.", "attacked", "happened", False),
        ("Kenya did not attack Chad.", "attack", "denied", True),
        ("Kenya never attacked Chad.", "attacked", "denied", True),
        ("Kenya has not attacked Chad.", "attacked", "denied", True),
        ("Kenya will attack Chad.", "attack", "planned", False),
        ("Kenya will not attack Chad.", "attack", "planned", True),
        ("Kenya may attack Chad.", "attack", "hypothetical", False),
        ("Kenya would attack Chad.", "attack", "hypothetical", False),
        ("Kenya said it would attack Chad.", "attack", "planned", False),
        ("Kenya is attacking Chad.", "attacking", "ongoing", False),
        ("Kenya plans to attack Chad.", "attack", "planned", False),
        ("Kenya is to attack Chad.", "attack", "planned", False),
        ("If Kenya attacks Chad, Somalia will respond.", "attacks", "hypothetical", False),
        ("Kenya refused to attack Chad.", "attack", "denied", True),
        ("Kenya helped to free Chad.", "free", "happened", False),
    ],
)
def test_verbs(text, form, status, negated):
    found = syntax(text)
    judged = judge_verb(found, verb(found, form))
    assert (judged.status, judged.negated) == (status, negated)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The attack on Chad failed.", "attack", "happened"),
        ("Kenya will launch an attack on Chad.", "attack", "planned"),
        ("Kenya denied an attack on Chad.", "attack", "denied"),
        ("The summit between Kenya and Chad was cancelled.", "summit", "denied"),
    ],
)
def test_nouns(text, word, status):
    found = syntax(text)
    at = next(k for k, t in enumerate(found.tokens) if t.lower == word)
    first = at - 1 if found.lower(at - 1) in ("a", "an", "the") else at
    assert judge_noun(found, at, first).status == status


def test_hearsay_is_alleged():
    found = syntax("Kenya reportedly attacked Chad.")
    assert judge_verb(found, verb(found, "attacked")).alleged
    found = syntax("Kenya attacked Chad.")
    assert not judge_verb(found, verb(found, "attacked")).alleged
