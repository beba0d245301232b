"""What a sentence matches of the predicate table, and which chunks take part."""

import pytest
from language_reading import matched, words

from foedera.knowledge import load_table


def found(text, family="event"):
    """Label, words, sources and targets of each match of a family."""
    read, matches = matched(text)

    def span(first, last):
        return text[read.tokens[first].start : read.tokens[last - 1].end]

    return [
        (m.rule.label, span(m.first, m.last), [words(read, c) for c in m.sources], [words(read, c) for c in m.targets])
        for m in matches
        if m.rule.family == family
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya condemned Peru.", ("ACCUSE", "condemned", ["Kenya"], ["Peru"])),
        ("Peru was condemned by Kenya.", ("ACCUSE", "condemned", ["Kenya"], ["Peru"])),
        ("Kenya received arms from Peru.", ("AID", "received", ["Peru"], ["Kenya"])),
        ("Kenya's condemnation of Peru was sharp.", ("ACCUSE", "condemnation", ["Kenya"], ["Peru"])),
        ("The visit of the Kenyan president to Peru ended.", ("CONSULT", "visit", ["the Kenyan president"], ["Peru"])),
        ("Norway brokered a truce between Kenya and Peru.", ("CONSULT", "brokered", ["Norway"], ["Kenya", "Peru"])),
        ("Kenya condemned the raid by Peru on Chad.", ("ACCUSE", "condemned", ["Kenya"], ["Peru"])),
        ("Kenya called on Peru to free the sailors.", ("REQUEST", "called on", ["Kenya"], ["Peru"])),
    ],
)
def test_roles(text, expected):
    assert found(text)[0] == expected


def test_joint_acts_have_sources_alone():
    assert found("Kenya met Peru in Oslo.") == [("CONSULT", "met", ["Kenya", "Peru"], [])]
    assert found("A summit between Kenya and Peru will be held.")[0][2:] == (["Kenya", "Peru"], [])


def test_a_verb_takes_its_noun_with_it():
    assert len(found("Kenya and Peru held talks.")) == 1
    assert len(found("Kenya launched air strikes against Chad.")) == 1


def test_what_is_refused_is_no_event_of_its_own():
    assert [label for label, *_ in found("Kenya refused to recognise Peru.")] == ["REJECT"]
    assert [label for label, *_ in found("Kenya refused to renew its trade pact with Peru.")] == ["REJECT"]


def test_a_broken_truce_is_not_one_that_is_kept():
    assert found("Kenya violated the ceasefire with Peru.") == []
    assert [label for label, *_ in found("Kenya violated the ceasefire with Peru.", "agreement")] == ["violated"]


def test_one_verb_may_serve_several_families():
    text = "Kenya signed a trade agreement with Peru."
    assert [label for label, *_ in found(text)] == ["SUPPORT"]
    assert [label for label, *_ in found(text, "agreement")] == ["signed"]


def test_the_object_of_an_agreement_begins_behind_the_verbs():
    text = "Kenya refused to renew its trade pact with Peru."
    read, matches = matched(text)
    (act,) = [m for m in matches if m.rule.family == "agreement"]
    assert [t.text for t in read.tokens[slice(*act.object)]][:3] == ["its", "trade", "pact"]


def test_every_reason_names_a_row():
    rows = {row["id"] for row in load_table("predicates")}
    _, matches = matched("Kenya condemned Peru and met Chad before Norway attacked Mali.")
    assert len(matches) >= 3
    for m in matches:
        assert any(f"predicates.csv {row}" in m.reason for row in rows)
        assert 0 < m.score <= 1


def test_contexts_come_from_the_words_around():
    _, matches = matched("Kenya promised to help Peru with its vaccination campaign against cholera.")
    (promise,) = [m for m in matches if m.rule.family == "event"]
    assert "health" in promise.contexts
