"""The network at work: every word gets its scores, every pair that is shown its own, whatever is read beside it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_scores import encoded, scored, span

from foedera.language.encoding import Encoded
from foedera.language.events import REACH, candidate_pairs
from foedera.language.labels import ENTITIES, MENTIONS, MODES, SPEECH, STAGES, STANCES, STATUSES, TYPES, spans
from foedera.language.network import (
    BATCH,
    LONGEST,
    OVERLAP,
    PAIRS,
    PIECES,
    WINDOW,
    Network,
    _batches,
    _parts,
    _windows,
    network,
    pair_arrays,
)

TEXTS = ["Kenya met Uganda in Oslo on Monday.", "They signed a pact.", "Nobody else in the region had been told of it."]
HEADS = {"type": len(TYPES), "mode": len(MODES), "status": len(STATUSES), "alleged": 1, "symmetric": 1,
         "stance": len(STANCES), "stage": len(STAGES)}  # fmt: skip


def check(found, e):
    """Shapes of what is said of a sentence, and that all of it is numbers."""
    count = len(e.first)
    assert {head: row.shape for head, row in found.tags.items()} == {
        head: (count, len(labels)) for head, labels in network().weights.card["tags"].items()
    }
    assert found.fact.shape == (count,)
    assert found.links.shape == (count, count, 2)
    assert found.vectors.shape[0] == count
    assert len(found.pairs) == len(found.triggers)
    for (_, heads), trigger in zip(found.pairs, found.triggers, strict=True):
        assert {head: row.shape for head, row in heads.items()} == {head: (size,) for head, size in HEADS.items()}
        assert trigger.shape == (count,)
        assert all(np.isfinite(row).all() for row in heads.values())
    assert all(np.isfinite(row).all() for row in (*found.tags.values(), found.fact, found.links, found.vectors))


def same(one, two):
    """Whether two scorings are the same to the last bit."""
    rows = [(one.tags[head], two.tags[head]) for head in one.tags]
    rows += [(one.fact, two.fact), (one.links, two.links), (one.vectors, two.vectors)]
    for (_, heads), (_, others) in zip(one.pairs, two.pairs, strict=True):
        rows += [(heads[head], others[head]) for head in HEADS]
    rows += zip(one.triggers, two.triggers, strict=True)
    return [p for p, _ in one.pairs] == [p for p, _ in two.pairs] and all(np.array_equal(a, b) for a, b in rows)


def some(k, first, shown):
    """A few pairs of any sentence."""
    return [((0, 1), (2, 3)), ((2, 3), (0, 1)), ((0, 1), None), (None, (2, 3))]


def test_the_labels_of_the_weights_are_those_of_the_code():
    card = network().weights.card
    assert {head: tuple(card["tags"][head]) for head in ("entity", "mention", "time", *SPEECH)} == {
        "entity": spans(*ENTITIES), "mention": spans(*MENTIONS), "time": spans("time"),
        **{layer: spans(layer) for layer in SPEECH},
    }  # fmt: skip
    assert card["pair_heads"] == HEADS
    assert [tuple(card[name]) for name in ("types", "modes", "statuses", "stances", "stages")] == [
        TYPES, MODES, STATUSES, STANCES, STAGES,
    ]  # fmt: skip


@pytest.mark.parametrize("joined", [False, True])
def test_the_same_sentences_give_the_same_scores(joined):
    sentences = [encoded(text) for text in TEXTS]
    one, two = (network().read(sentences, some, joined=joined) for _ in range(2))
    assert len(one) == len(sentences)
    for a, b, e in zip(one, two, sentences, strict=True):
        check(a, e)
        assert len(a.pairs) == 4
        assert same(a, b)


def test_what_stands_beside_a_sentence_changes_no_shape_and_no_pair():
    sentences = [encoded(text) for text in TEXTS]
    together = network().read(sentences, some)
    for e, beside in zip(sentences, together, strict=True):
        (alone,) = network().read([e], some)
        check(alone, e)
        check(beside, e)
        assert [pair for pair, _ in alone.pairs] == [pair for pair, _ in beside.pairs]
        # Quantised sums may differ in their last digits with the width of a batch; what is read may not.
        assert np.corrcoef(alone.vectors.ravel(), beside.vectors.ravel())[0, 1] > 0.98


def test_nothing_to_read():
    assert network().read([]) == []
    empty, full = network().read([encoded(" "), encoded("Kenya met Uganda.")], some)
    check(empty, encoded(" "))
    check(full, encoded("Kenya met Uganda."))
    assert (len(empty.pairs), len(full.pairs)) == (0, 4)


def test_names_are_found():
    text = "Angela Merkel met Emmanuel Macron in Paris."
    (found,) = network().read([encoded(text)])
    labels = network().weights.card["tags"]["entity"]
    first, second = found.tags["entity"][[0, 6]].argmax(axis=1)
    assert (labels[first], labels[second]) == ("B-PER", "B-LOC")


def test_neighbours_that_are_read_together_see_each_other():
    sentences = [encoded(text) for text in TEXTS]
    apart, together = (network().read(sentences, joined=joined) for joined in (False, True))
    for a, b, e in zip(apart, together, sentences, strict=True):
        check(b, e)
        assert not np.allclose(a.vectors, b.vectors, atol=0.05)


def test_the_pairs_of_joined_sentences_are_counted_from_their_own_words():
    sentences = [encoded(text) for text in TEXTS]
    asked = []

    def choose(k, first, shown):
        asked.append((k, first, len(shown.fact)))
        return [((k, k + 1), (k + 2, k + 3))]

    found = network().read(sentences, choose, joined=True)
    assert sorted(asked) == [(k, 0, len(e.first)) for k, e in enumerate(sentences)]
    assert [scored.pairs[0][0] for scored in found] == [((k, k + 1), (k + 2, k + 3)) for k in range(len(sentences))]


def long_text(count):
    """A sentence of so many words that does not end early."""
    return " ".join(["Kenya", "and"] + [f"visitor {k} saw" for k in range(count // 3 - 1)] + ["Uganda"]) + "."


@pytest.fixture(scope="module")
def stretched():
    """A sentence of several parts."""
    return encoded(long_text(700))


def test_every_word_of_a_long_sentence_is_scored(stretched):
    assert len(stretched.pieces) > 2 * LONGEST
    (found,) = network().read([stretched])
    check(found, stretched)
    assert (np.abs(found.vectors).sum(axis=1) > 0).all()
    assert all((np.abs(row).sum(axis=1) > 0).all() for row in found.tags.values())
    words = np.arange(len(stretched.first))
    assert (found.links[words, words] > -1e4).all()
    assert (found.links[0, -1] == -1e4).all()


def test_pairs_inside_a_part_of_a_long_sentence_survive(stretched):
    count = len(stretched.first)
    parts = list(_parts(0, stretched))
    shared = (parts[1].first, parts[0].last)
    pairs = {
        "begin": ((0, 1), (2, 3)),
        "overlap": ((shared[0], shared[0] + 1), (shared[1] - 1, shared[1])),
        "end": ((count - 2, count - 1), (count - 4, count - 3)),
        "last alone": ((count - 2, count - 1), None),
        "nobody first": (None, (0, 1)),
        "too far apart": ((0, 1), (count - 2, count - 1)),
    }

    def choose(k, first, shown):
        return [
            tuple(None if side is None else (side[0] - first, side[1] - first) for side in pair)
            for pair in pairs.values()
        ]

    (found,) = network().read([stretched], choose)
    check(found, stretched)
    kept = [pair for pair, _ in found.pairs]
    assert set(kept) == set(pairs.values()) - {pairs["too far apart"]}
    assert len(kept) == len(set(kept))
    for (pair, _), trigger in zip(found.pairs, found.triggers, strict=True):
        inside = np.flatnonzero(trigger > -1e4)
        side = pair[0] or pair[1]
        assert inside[0] <= side[0] < side[1] <= inside[-1] + 1
        assert len(inside) <= LONGEST


def test_a_long_sentence_beside_short_ones_keeps_its_place(stretched):
    sentences = [encoded(TEXTS[0]), stretched, encoded(TEXTS[1])]
    for joined in (False, True):
        found = network().read(sentences, some, joined=joined)
        for one, e in zip(found, sentences, strict=True):
            check(one, e)
        assert [len(one.pairs) for one in (found[0], found[2])] == [4, 4]


def test_the_links_of_a_sentence_without_end_are_left_out():
    e = encoded("visitor " * (4 * LONGEST + 1))
    (found,) = network().read([e])
    assert found.links.size == 0
    assert len(found.fact) == 4 * LONGEST + 1


def test_two_hundred_actors_are_bounded():
    text = ", ".join(["Kenya", "Uganda"] * 100) + " met."
    e = encoded(text)
    actors = [e.word_at(k, k + 1) for k in range(len(text)) if text[k : k + 5] in ("Kenya", "Ugand")]
    assert len(actors) == 200
    pairs = candidate_pairs(actors, scored(len(e.first)), 0.0)
    assert len(set(pairs)) == len(pairs) <= 200 * (2 * REACH + 1)
    assert len(e.pieces) > LONGEST

    def choose(k, first, shown):
        near = [(a - first, b - first) for a, b in actors if first <= a and b <= first + len(shown.fact)]
        return candidate_pairs(near, shown, float("-inf"))[: 2 * PAIRS]

    (found,) = network().read([e], choose)
    check(found, e)
    assert 2 * PAIRS < len(found.pairs) <= 2 * PAIRS * len(list(_parts(0, e)))


def test_pairs_beyond_one_round_are_scored_like_those_before():
    e = encoded(TEXTS[0])
    pair = ((0, 1), (2, 3))
    (found,) = network().read([e], lambda k, first, shown: [pair] * (PAIRS + 1))
    assert len(found.pairs) == PAIRS + 1
    first, last = found.pairs[0][1], found.pairs[-1][1]
    # The last round holds one pair and the first many, so that quantised sums may differ in their last digits.
    assert all(np.allclose(first[head], last[head], atol=0.1) for head in HEADS)


def test_pairs_outside_the_sentence_and_pairs_of_nobody_are_not_scored():
    e = encoded(TEXTS[1])
    count = len(e.first)
    wrong = [(None, None), ((0, 1), (count, count + 1)), ((-2, -1), (0, 1)), ((0, 1), (-9, -8)), ((0, count + 1), None)]
    (found,) = network().read([e], lambda k, first, shown: [*wrong, ((0, 1), None)])
    assert [pair for pair, _ in found.pairs] == [((0, 1), None)]


def test_direction_matters():
    text = TEXTS[0]
    e = encoded(text)
    kenya, uganda = span(text, e, "Kenya"), span(text, e, "Uganda")
    (found,) = network().read([e], lambda k, first, shown: [(kenya, uganda), (uganda, kenya), (kenya, None)])
    one, two, three = (heads["type"] for _, heads in found.pairs)
    assert not np.array_equal(one, two)
    assert not np.array_equal(one, three)


def test_roles_of_chosen_words():
    e = encoded(TEXTS[0])
    (found,) = network().read([e])
    roles = network().roles(found, [1, 3])
    assert roles.shape == (2, len(e.first), len(network().weights.card["roles"]))
    assert np.array_equal(roles[0], network().roles(found, [1])[0])


class Card:
    """Weights of which only the description is asked."""

    def __init__(self, **card):
        self.card = card


def shares_with(scores, **card):
    """Probabilities of types under some calibration."""
    made = object.__new__(Network)
    made.weights = Card(**card)
    return made.type_shares(np.log(np.array(scores, dtype=np.float32)))


def test_probabilities_of_types_are_calibrated():
    assert shares_with([1, 2, 1]) == pytest.approx([0.25, 0.5, 0.25])
    assert shares_with([1, 4, 1], temperatures={"type": 2.0}) == pytest.approx([0.25, 0.5, 0.25])
    assert shares_with([1, 2, 1], none_offset=np.log(5)) == pytest.approx([0.625, 0.25, 0.125])
    assert shares_with([[1, 2, 1], [1, 1, 1]]).shape == (2, 3)
    found = network().type_shares(np.zeros(len(TYPES), dtype=np.float32))
    assert found.sum() == pytest.approx(1)


def test_calibration_defaults_to_none():
    assert 0 <= network().threshold <= 1
    assert network().temperature("no such head") == 1.0
    assert all(network().temperature(head) > 0 for head in HEADS)


def made(sizes):
    """A sentence whose words have these numbers of pieces."""
    first = np.cumsum([0, *sizes])[:-1].astype(np.int64)
    total, places = sum(sizes), np.arange(len(sizes))
    return Encoded(np.zeros(total, dtype=np.int64), np.zeros((total, 3), dtype=np.int64), first, places, places + 1)


sizes = st.one_of(
    st.lists(st.integers(1, 16), max_size=80), st.integers(0, 900).map(lambda n: [1] * n), st.just([16] * 60)
)


@settings(deadline=None)
@given(sizes)
def test_parts_cover_a_sentence_and_overlap(found):
    e = made(found)
    parts = list(_parts(0, e))
    assert {w for p in parts for w in range(p.first, p.last)} == set(range(len(found)))
    assert all(0 < p.size <= LONGEST for p in parts)
    assert all((p.low, p.high) == (sum(found[: p.first]), sum(found[: p.last])) for p in parts)
    for one, two in pairwise(parts):
        assert one.first < two.first <= one.last < two.last
        assert OVERLAP - 16 <= one.high - two.low <= OVERLAP
    assert [p.whole for p in parts] == ([True] if 0 < sum(found) <= LONGEST else [False] * len(parts))


@settings(deadline=None, max_examples=50)
@given(st.lists(sizes, max_size=40), st.booleans())
def test_batches_hold_every_part_once_and_are_bounded(found, joined):
    parts = [p for k, row in enumerate(found) for p in _parts(k, made(row))]
    windows = _windows(parts, joined)
    batches = list(_batches(windows))
    held = [(p.sentence, p.first) for batch in batches for window in batch for p in window]
    assert sorted(held) == sorted((p.sentence, p.first) for p in parts)
    for window in windows:
        order = [p.sentence for p in window]
        assert order == list(range(order[0], order[0] + len(order)))
        assert len(window) == 1 or (joined and sum(p.size for p in window) <= WINDOW)
    for batch in batches:
        assert len(batch) <= BATCH
        assert len(batch) * (max(sum(p.size for p in w) for w in batch) + 2) <= PIECES


def test_where_pieces_stand_to_a_pair():
    # A window of two sentences, words 0-4 and 5-6; word 1 has two pieces; the first and last piece are marks.
    sentence = np.array([[0, 0, 0, 0, 0, 1, 1, -1]])
    piece_word = np.array([[-1, 0, 1, 1, 2, 3, 4, 5, 6, -1]])
    pairs = [
        ((1, 2), (3, 4)),
        ((3, 4), (1, 2)),
        ((1, 3), None),
        (None, (3, 4)),
        ((5, 6), (6, 7)),
        ((0, 4), (1, 2)),
    ]
    rows, columns = np.zeros(6, dtype=np.int64), np.arange(6)
    held, region = pair_arrays(pairs, rows, columns, sentence, piece_word)
    assert region[0].tolist() == [
        [0, 3, 1, 1, 4, 2, 6, 0, 0, 0],
        [0, 3, 2, 2, 5, 1, 6, 0, 0, 0],
        [0, 3, 1, 1, 1, 6, 6, 0, 0, 0],
        [0, 3, 3, 3, 3, 2, 6, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 1, 2, 0],
        [0, 1, 2, 2, 1, 1, 6, 0, 0, 0],
    ]
    assert held.shape == (1, 6, 2, 8)
    assert [[np.flatnonzero(side).tolist() for side in pair] for pair in held[0]] == [
        [[1], [3]], [[3], [1]], [[1, 2], []], [[], [3]], [[5], [6]], [[0, 1, 2, 3], [1]],
    ]  # fmt: skip


def test_pairs_stand_in_the_rows_and_columns_that_are_named():
    sentence = np.array([[0, 0], [0, 0]])
    piece_word = np.array([[0, 1], [0, 1]])
    held, region = pair_arrays(
        [((0, 1), (1, 2)), ((1, 2), None)], np.array([1, 0]), np.array([1, 0]), sentence, piece_word
    )
    assert region.tolist() == [[[3, 1], [0, 0]], [[0, 0], [1, 2]]]
    assert held.sum() == 3
