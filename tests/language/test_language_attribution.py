"""Who says what, as spans of a reading."""

import pytest
from language_reading import reading, syntax

from foedera.language.attribution import quotations


def said(text):
    """Speaker, cue and content of each attribution."""
    read = reading(text)
    return [
        (
            text[read.mentions[a.source].start : read.mentions[a.source].end],
            text[slice(*a.cue)],
            text[slice(*a.content)],
        )
        for a in read.attributions
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("Kenya said that Peru was wrong.", "Kenya", "said", "Peru was wrong"),
        ("“Peru is wrong about us,” Kenya said.", "Kenya", "said", "“Peru is wrong about us,”"),
        ("“Peru is wrong about us,” said Kenya.", "Kenya", "said", "“Peru is wrong about us,”"),
        ("According to Kenya, Peru was wrong.", "Kenya", "According to", "Peru was wrong"),
        ("Peru was quite wrong, according to Kenya.", "Kenya", "according to", "Peru was quite wrong"),
        ("Kenya warned that Peru might leave.", "Kenya", "warned", "Peru might leave"),
    ],
)
def test_direct_indirect_and_inverted(text, speaker, cue, content):
    assert said(text) == [(speaker, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said nothing.",
        "Kenya did not say that Peru was wrong.",
        "It rained in Peru.",
    ],
)
def test_no_speaker_or_nothing_said(text):
    assert said(text) == []


def test_quotation_marks():
    found = syntax('“One” and "two" and “three')
    assert [" ".join(t.text for t in found.tokens[a:b]) for a, b in quotations(found)] == ["One", "two", "three"]


def test_pieces_of_a_quotation_are_no_direct_speech():
    (found,) = reading(
        "Kenya said that Peru was “quite wrong” about the new border in the northern hills."
    ).attributions
    assert not found.direct
    assert len(found.quotes) == 1


def test_the_medium_is_kept():
    (found,) = reading("“Peru is wrong about us,” Kenya said in a statement on Monday.").attributions
    assert found.medium == "in a statement"
    assert found.times


def test_negation_turns_a_stance():
    def stance(text):
        return reading(text).attributions[0].stance[0][1]

    assert stance("Kenya said that it supported Peru.") == "supportive"
    assert stance("Kenya said that it would never trust Peru.") != "supportive"
