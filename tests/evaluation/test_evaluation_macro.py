"""Macro F1 against values worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedera.evaluation.macro import macro_figures


def test_by_hand():
    # a: 2 hits of 3 gold and 2 guessed, 4/5. b: 1 hit of 1 and 3, 1/2. c: no hit of 2. d is not in the gold.
    gold = ["a", "a", "a", "b", "c", "c"]
    guess = ["a", "a", "b", "b", "b", "d"]
    out = macro_figures("x_", gold, guess, accuracy=True, by="by_class")
    assert out["by_class"] == {"a": 0.8, "b": 0.5, "c": 0.0}
    assert out["x_macro_f1"] == pytest.approx(1.3 / 3, abs=1e-4)
    assert out["x_accuracy"] == 0.5
    assert out["x_macro_f1_low"] < out["x_macro_f1"] < out["x_macro_f1_high"]
    assert out["x_accuracy_low"] < 0.5 < out["x_accuracy_high"]
    assert set(macro_figures("x_", gold, guess)) == {"x_macro_f1", "x_macro_f1_low", "x_macro_f1_high"}


@pytest.mark.parametrize("count", [1, 40])
def test_perfect(count):
    out = macro_figures("", ["a"] * count, ["a"] * count, accuracy=True)
    assert set(out.values()) == {1.0}


def test_all_wrong():
    assert set(macro_figures("", ["a", "b"], ["b", "a"], accuracy=True).values()) == {0.0}


def test_the_same_items_give_the_same_intervals():
    gold, guess = list("aabbabab"), list("ababaabb")
    assert macro_figures("", gold, guess) == macro_figures("", gold, guess)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=20))
def test_against_the_definition(items):
    gold, guess = zip(*items, strict=True)
    each = []
    for c in set(gold):
        hit = sum(a == b == c for a, b in items)
        precision, recall = hit / (guess.count(c) or 1), hit / gold.count(c)
        each.append(2 * precision * recall / (precision + recall) if hit else 0)
    out = macro_figures("", gold, guess)
    assert out["macro_f1"] == pytest.approx(sum(each) / len(each), abs=1e-4)
    assert 0 <= out["macro_f1_low"] <= out["macro_f1_high"] <= 1
