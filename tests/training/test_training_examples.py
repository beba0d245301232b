"""Labels of words, and sentences in a row as one text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.examples import IGNORED, TAG_HEADS, Example, Pair, example, marked, outside, window

from foedera.language import labelled, network
from foedera.language.encoding import encode

ENTITY = TAG_HEADS["entity"]


def encoded(text):
    return encode(text, [(0, len(text))], network().tokenizer)[0]


def made(text, **parts):
    found = example(encoded(text), "g")
    return Example(found.pieces, found.features, found.first, found.sentence, group="g", **parts)


def test_the_labels_are_those_of_the_weights():
    card = network().weights.card
    assert {head: tuple(labels) for head, labels in card["tags"].items()} == TAG_HEADS


def test_marked_words():
    text = "Angela Merkel met Osei in Berlin."
    found = marked(encoded(text), [(0, 13, "PER"), (18, 22, "PER"), (7, 20, "ORG"), (26, 32, "LOC")], ENTITY)
    assert [ENTITY[k] for k in found] == ["B-PER", "I-PER", "O", "B-PER", "O", "B-LOC", "O"]


def test_a_part_of_a_word_marks_the_word_and_nothing_marks_nothing():
    text = "Angela left"
    assert [ENTITY[k] for k in marked(encoded(text), [(2, 3, "PER"), (6, 7, "LOC")], ENTITY)] == ["B-PER", "O"]
    assert not marked(encoded(text), [], ENTITY).any()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(["PER", "LOC", "ORG"])), max_size=6))
def test_marked_words_are_well_formed(found):
    e = encoded("Angela Merkel of Ohio met Martha Quill in Berlin.")
    row = marked(e, [(a, a + n, kind) for a, n, kind in found], ENTITY)
    scores = np.eye(len(ENTITY), dtype=np.float32)[row] * 9
    spans = [(a, b, kind) for a, b, kind, _ in labelled(scores, ENTITY)]
    wanted = []
    for a, n, kind in found:
        words = e.word_at(a, a + n)
        if words and not any(x < words[1] and words[0] < y for x, y, _ in wanted):
            wanted.append((*words, kind))
    assert spans == sorted(wanted)


def test_sentences_in_a_row():
    one = made("Osei met Quill.", tags={"entity": np.array([1, 0, 1, 0])}, facts=((1, 3.0),),
               links=((1, 0, -1),), pairs=(Pair((0, 1), (2, 3), (2,), trigger=1),))  # fmt: skip
    two = made("Rain fell", tags={"upos": np.array([7, 15])}, roles={1: np.array([1, 0])}, links=((1, -1, 0),),
               pairs=(Pair((0, 1), None, (0,)), Pair(None, (0, 1), trigger=0)))  # fmt: skip
    both = window([one, two])
    assert both.words == 6
    assert both.sentence.tolist() == [0, 0, 0, 0, 1, 1]
    assert both.pieces.tolist() == [*one.pieces, *two.pieces]
    assert both.first.tolist() == [*one.first, *(two.first + len(one.pieces))]
    assert both.tags["entity"].tolist() == [1, 0, 1, 0, IGNORED, IGNORED]
    assert both.tags["upos"].tolist() == [IGNORED] * 4 + [7, 15]
    assert {k: row.tolist() for k, row in both.roles.items()} == {5: [IGNORED] * 4 + [1, 0]}
    assert both.facts == ((1, 3.0),)
    assert both.links == ((1, 0, -1), (5, -1, 4))
    assert both.pairs == (
        Pair((0, 1), (2, 3), (2,), trigger=1), Pair((4, 5), None, (0,)), Pair(None, (4, 5), trigger=4),
    )  # fmt: skip
    assert both.group == "g"


def test_a_sentence_alone_is_itself():
    one = made("Osei left.")
    assert window([one]) is one
    assert window([one, one]).roles is None
    assert window([one, one]).links is None
    assert outside(3).tolist() == [0, 0, 0]


def test_a_pair_that_is_moved_keeps_what_it_is():
    pair = Pair((0, 2), None, (3,), status=1, alleged=True, trigger=0)
    assert pair.moved(5) == Pair((5, 7), None, (3,), status=1, alleged=True, trigger=5)
    assert Pair(None, (1, 2)).moved(2) == Pair(None, (3, 4))


def test_what_is_trained_on_is_laid_out_as_what_is_read():
    pytest.importorskip("torch", reason="batches for training are tensors: install the extra train")
    from training.batches import collate

    from foedera.language.network import _arrays, _parts, pair_arrays

    sentences = [encoded("Osei met Martha Quill in Ohio."), encoded("Rain fell.")]
    read = _arrays([list(_parts(k, e)) for k, e in enumerate(sentences)])
    pair = Pair((0, 1), (2, 4), (2,))
    first, second = (example(e, "g") for e in sentences)
    batch = collate([Example(first.pieces, first.features, first.first, first.sentence, pairs=(pair,)), second])
    for name in ("pieces", "features", "mask", "first", "piece_word", "sentence"):
        assert np.array_equal(getattr(batch, name).numpy(), getattr(read, name)), name
    at = np.zeros(1, dtype=np.int64)
    spans, region = pair_arrays([(pair.source, pair.target)], at, at, read.sentence, read.piece_word)
    assert np.array_equal(batch.spans.numpy(), spans)
    assert np.array_equal(batch.region.numpy(), region)
