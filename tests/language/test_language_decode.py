"""Scores become spans that are well formed, and probabilities that are probabilities."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from foedera.language.decode import best_path, labelled, sigmoid, softmax
from foedera.language.labels import MENTIONS, spans

LABELS = spans("x", "y")


def rows(longest, labels=LABELS):
    """Any scores of a few words."""
    numbers = st.floats(-60, 60, width=32)
    return st.integers(0, longest).flatmap(lambda n: hnp.arrays(np.float32, (n, len(labels)), elements=numbers))


def is_allowed(path, labels=LABELS):
    before = "O"
    for k in path:
        if labels[k].startswith("I-") and before[2:] != labels[k][2:]:
            return False
        before = labels[k]
    return True


def logs(scores):
    return np.log(softmax(scores))


@given(rows(12))
def test_no_inside_without_its_own_beginning(scores):
    found = best_path(scores, LABELS)
    assert found.shape == (len(scores),)
    assert is_allowed(found)


@given(rows(6, spans(*MENTIONS)))
def test_every_span_has_one_kind_and_spans_do_not_touch_each_other(scores):
    found = labelled(scores, spans(*MENTIONS))
    assert all(0 <= a < b <= len(scores) for a, b, _, _ in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    assert {kind for _, _, kind, _ in found} <= set(MENTIONS)
    assert all(0 < share <= 1 for *_, share in found)


@given(rows(4))
def test_no_allowed_path_is_likelier(scores):
    table = logs(scores)
    words = np.arange(len(scores))
    paths = [p for p in product(range(len(LABELS)), repeat=len(scores)) if is_allowed(p)]
    best = max(table[words, list(p)].sum() for p in paths)
    assert table[words, best_path(scores, LABELS)].sum() == pytest.approx(best, rel=1e-4, abs=1e-3)


@given(rows(8))
def test_where_the_best_labels_are_a_path_they_are_the_path(scores):
    greedy = scores.argmax(axis=1)
    if is_allowed(greedy):
        assert (best_path(scores, LABELS) == greedy).all()


def hot(*labels):
    """Scores that say exactly these labels."""
    out = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    out[np.arange(len(labels)), [LABELS.index(label) for label in labels]] = 9
    return out


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-x", "I-x", "O", "B-y"], [(0, 2, "x"), (3, 4, "y")]),
        (["B-x", "B-x"], [(0, 1, "x"), (1, 2, "x")]),
        (["B-x", "B-y", "I-y"], [(0, 1, "x"), (1, 3, "y")]),
        (["O", "O", "B-x"], [(2, 3, "x")]),
    ],
)
def test_spans(labels, expected):
    assert [found[:3] for found in labelled(hot(*labels), LABELS)] == expected


def test_a_stray_inside_is_mended():
    scores = hot("O", "I-x", "O")
    scores[1, LABELS.index("B-x")] = 8
    assert [found[:3] for found in labelled(scores, LABELS)] == [(1, 2, "x")]
    scores = hot("B-x", "I-y")
    scores[1, LABELS.index("I-x")] = 8
    assert [found[:3] for found in labelled(scores, LABELS)] == [(0, 2, "x")]


def test_a_span_is_as_sure_as_its_words_on_average():
    scores = hot("B-x", "I-x")
    scores[1] /= 3
    ((_, _, _, share),) = labelled(scores, LABELS)
    each = softmax(scores).max(axis=1)
    assert each[0] > each[1]
    assert share == pytest.approx(each.mean())


@given(rows(6), st.floats(0.2, 8))
def test_probabilities(scores, temperature):
    shares = softmax(scores, temperature)
    assert shares.sum(axis=-1) == pytest.approx(np.ones(len(scores)))
    assert (shares >= 0).all()
    taken = shares[np.arange(len(scores)), scores.argmax(axis=1)] if len(scores) else shares
    assert taken == pytest.approx(shares.max(axis=1) if len(scores) else shares)


@given(rows(6))
def test_a_higher_temperature_is_less_sure(scores):
    assert (softmax(scores, 3.0).max(axis=-1, initial=0) <= softmax(scores).max(axis=-1, initial=0) + 1e-9).all()


def test_probabilities_by_hand():
    assert softmax(np.log(np.array([[1, 2, 5]], dtype=np.float32)))[0] == pytest.approx([0.125, 0.25, 0.625])
    assert softmax(np.log(np.array([1, 16], dtype=np.float32)), 2.0) == pytest.approx([0.2, 0.8])
    assert softmax(np.array([2e4, 0], dtype=np.float32)) == pytest.approx([1, 0])
    assert sigmoid(0) == 0.5
    assert sigmoid(np.log(3)) == pytest.approx(0.75)
    assert sigmoid(2 * np.log(3), 2.0) == pytest.approx(0.75)


@given(st.floats(-1e6, 1e6))
def test_a_yes_and_its_no_share_what_there_is(score):
    assert sigmoid(score) + sigmoid(-score) == pytest.approx(1)
    assert 0 <= sigmoid(score) <= 1
