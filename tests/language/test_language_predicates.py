"""Predicates with their roles, as mentions of a reading."""

import pytest
from language_reading import reading

from foedera.knowledge import load_table


def found(text, family="event"):
    """Label, words, sources and targets of each predicate of a family."""
    read = reading(text)

    def names(indices):
        return [text[read.mentions[k].start : read.mentions[k].end] for k in indices]

    return [
        (p.label, text[p.start : p.end], names(p.sources), names(p.targets))
        for p in read.predicates
        if p.family == family
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
    (act,) = [p for p in reading(text).predicates if p.family == "agreement"]
    assert text[slice(*act.object)].startswith("its trade pact")


def test_every_reason_names_a_row():
    rows = {row["id"] for row in load_table("predicates")}
    read = reading("Kenya condemned Peru and met Chad. Norway's attack on Mali failed.")
    assert len(read.predicates) >= 3
    for p in read.predicates:
        assert any(f"predicates.csv {row}" in p.reason for row in rows)
        assert 0 < p.score <= 1


def test_contexts_come_from_the_words_around():
    (p,) = [p for p in reading("Kenya promised to help Peru with its vaccination campaign against cholera.").predicates
            if p.family == "event"]  # fmt: skip
    assert "health" in p.contexts
