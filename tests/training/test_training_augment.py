"""Sentences with other states in them."""

import random

from hypothesis import given
from hypothesis import strategies as st
from training.augment import elsewhere

TEXT = "An Iranian envoy told Peru that Iran and the United Nations backed Lima."


def test_a_state_is_exchanged_for_the_same_one_throughout():
    text, _ = elsewhere("Peru met Norway. Peru left.", [], random.Random(1))
    first, second, third = text.split()[0], text.split()[2], text.split()[3]
    assert first == third != "Peru"
    assert second != "Norway."


def test_adjectives_and_capitals_follow_their_state_and_the_article_its_word():
    for seed in range(20):
        text, _ = elsewhere(TEXT, [], random.Random(seed))
        assert "Iran" not in text
        assert "the United Nations" in text
        article, adjective = text.split()[:2]
        assert (article == "An") == (adjective[0] in "AEIO")


def test_names_behind_an_article_and_capital_letters_stay():
    text = "The US and IRAN met in the Sudan."
    assert elsewhere(text, [], random.Random(0))[0] == text


@given(st.randoms(use_true_random=False), st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_spans_move_along(rng, start, size):
    end = min(len(TEXT), start + size)
    text, [(a, b), (c, d)] = elsewhere(TEXT, [(start, end), (0, len(TEXT))], rng)
    assert (c, d) == (0, len(text))
    assert 0 <= a < b <= len(text)
    # What stands beside the states is where it was.
    low = TEXT.index(" envoy told ")
    (place,) = elsewhere(TEXT, [(low, low + 12)], random.Random(0))[1]
    assert elsewhere(TEXT, [], random.Random(0))[0][slice(*place)] == " envoy told "
