"""Pronouns and descriptions."""

import pytest
from language_reading import reading


def referents(text):
    """What each referring mention stands for, as written."""
    read = reading(text)
    return {
        text[m.start : m.end]: text[read.mentions[m.refers].start : read.mentions[m.refers].end]
        for m in read.mentions
        if m.refers is not None
    }


@pytest.mark.parametrize(
    ("text", "pronoun", "antecedent"),
    [
        ("President William Ruto left. He said that Peru was wrong.", "He", "President William Ruto"),
        ("The Kenyan foreign minister left. He said that Peru was wrong.", "He", "The Kenyan foreign minister"),
        ("Kenya condemned Peru. It recalled its ambassador.", "It", "Kenya"),
        ("Kenya and Uganda met. They signed a pact.", "They", "Uganda"),
        (
            "The Kenyan foreign ministry objected. The ministry called Peru.",
            "The ministry",
            "The Kenyan foreign ministry",
        ),
    ],
)
def test_antecedents(text, pronoun, antecedent):
    assert referents(text)[pronoun] == antecedent


@pytest.mark.parametrize(
    "text",
    [
        "He said that rain would fall.",
        "The Kenyan ministers left. He stayed.",
        "The ministry called Peru.",
        "Kenya left. She stayed.",
    ],
)
def test_nothing_fits(text):
    assert not {"He", "She", "The ministry"} & set(referents(text))


def test_references_look_back_only_a_few_sentences():
    far = "President William Ruto left. " + "It rained. " * 6 + "He said that Peru was wrong."
    assert "He" not in referents(far)
    assert all(m.refers is None or m.refers < k for k, m in enumerate(reading(far).mentions))
