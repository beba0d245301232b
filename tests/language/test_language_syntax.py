"""Verbs, their voice, their subjects and the reach of their objects."""

import pytest
from language_reading import syntax, verb, words


def subject(text, form):
    found = syntax(text)
    return [words(found, c) for c in found.subject(verb(found, form))]


@pytest.mark.parametrize(
    ("text", "form", "slot", "passive", "infinitive"),
    [
        ("Kenya condemned Peru.", "condemned", "past", False, False),
        ("Peru was condemned by Kenya.", "condemned", "participle", True, False),
        ("Kenya has condemned Peru.", "condemned", "participle", False, False),
        ("Kenya will condemn Peru.", "condemn", "base", False, False),
        ("Kenya refused to condemn Peru.", "condemn", "base", False, True),
        ("Kenya is condemning Peru.", "condemning", "ing", False, False),
        ("Kenya condemns Peru.", "condemns", "third", False, False),
    ],
)
def test_forms(text, form, slot, passive, infinitive):
    use = verb(syntax(text), form)
    assert (use.slot, use.passive, use.infinitive) == (slot, passive, infinitive)


def test_nouns_that_look_like_verbs_are_none():
    assert verb(syntax("The attack on Peru failed."), "attack") is None
    assert verb(syntax("Indonesia held a military exercise."), "exercise") is None


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Kenya condemned Peru.", "condemned", ["Kenya"]),
        ("Norway, Sweden and Iceland condemned Belarus.", "condemned", ["Norway", "Sweden", "Iceland"]),
        ("Kenya met Peru and condemned Chile.", "condemned", ["Kenya"]),
        ("Kenya, which borders Somalia, condemned Peru.", "condemned", ["Kenya"]),
        ("Kenya urged Somalia to attack Chad.", "attack", ["Somalia"]),
        ("Kenya promised to attack Chad.", "attack", ["Kenya"]),
        ("Kenya accused Somalia of attacking Chad.", "attacking", ["Somalia"]),
        ("Citing the war, Kenya condemned Peru.", "condemned", ["Kenya"]),
        ("Turkish jets bombed Iraq.", "bombed", ["Turkish"]),
        ("Turkey's jets bombed Iraq.", "bombed", ["Turkey"]),
        ("Rain fell and the roof collapsed.", "collapsed", []),
    ],
)
def test_subjects(text, form, expected):
    found = syntax(text)
    use = verb(found, form)
    assert [words(found, c) for c in found.subject(use)] == expected if use else expected == []


@pytest.mark.parametrize(
    ("text", "form", "reach"),
    [
        ("Kenya condemned Peru; Chile was silent.", "condemned", "Peru"),
        ("Kenya condemned Peru and sent arms to Chad.", "condemned", "Peru"),
        ("Kenya condemned Peru after Chile had attacked it.", "condemned", "Peru"),
        ("Kenya condemned Peru, which had attacked Chile.", "condemned", "Peru"),
        ("Kenya condemned Peru, Chile and Chad.", "condemned", "Peru , Chile and Chad ."),
    ],
)
def test_how_far_objects_reach(text, form, reach):
    found = syntax(text)
    use = verb(found, form)
    end = found.zone_end(use.index)
    assert " ".join(t.text for t in found.tokens[use.index + 1 : end]) == reach
