"""Mentions of the network and chunks around tabled names become one list in which nothing stands twice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_reading import syntax
from network_scores import card, encoded, scored, tagged, words

from foedera.language.labels import ACTORS, MENTIONS
from foedera.language.mentions import Chunk
from foedera.language.merging import Found, chunk_words, found_mentions, paired, with_speakers


def chunk(kind="state", preposition=None):
    return Chunk(0, 1, kind, preposition=preposition)


def mentions(count, *spans, chunks=(), places=(), links=()):
    return found_mentions(scored(count, mention=spans), card()["tags"]["mention"], chunks, places, links)


@pytest.mark.parametrize(
    ("label", "kind"), [("org", "organisation"), ("state", "state"), ("pronoun", "pronoun"), ("system", "system")]
)
def test_kinds_are_those_of_the_model(label, kind):
    assert mentions(4, (1, 3, label)) == [Found((1, 3), kind, None, False)]


def test_every_label_but_money_is_a_mention():
    kinds = {label: mentions(2, (0, 1, label)) for label in MENTIONS}
    assert {label for label, found in kinds.items() if not found} == {"money"}
    assert [label for label, found in kinds.items() if found and found[0].locative] == ["place"]


def test_a_chunk_that_the_network_has_missed_is_kept():
    found = mentions(8, (0, 2, "person"), chunks=[chunk(), chunk(preposition="in")], places=[(3, 4), (5, 6)])
    assert found == [
        Found((0, 2), "person", None, False), Found((3, 4), "state", 0, False), Found((5, 6), "state", 1, True),
    ]  # fmt: skip


def test_a_chunk_inside_a_mention_is_part_of_it():
    found = mentions(8, (0, 6, "office"), chunks=[chunk(), chunk("office")], places=[(1, 2), (2, 6)])
    assert found == [Found((0, 6), "office", 1, False)]


def test_a_mention_takes_the_words_of_its_noun_phrase_that_it_lacks():
    assert mentions(8, (2, 3, "office"), chunks=[chunk()], places=[(1, 5)]) == [Found((1, 5), "office", 0, False)]


def test_what_hangs_on_a_mention_is_no_part_of_it():
    found = mentions(8, (1, 2, "office"), chunks=[chunk()], places=[(1, 6)], links=[3])
    assert found == [Found((1, 3), "office", 0, False)]


def test_a_noun_on_which_a_mention_hangs_is_another():
    found = mentions(8, (4, 6, "org"), chunks=[chunk("office")], places=[(1, 6)], links=[3])
    assert found == [Found((1, 3), "office", 0, False), Found((4, 6), "organisation", 0, False)]


def test_two_mentions_in_a_chunk_stay_what_they_are():
    found = mentions(8, (3, 4, "force"), (5, 6, "place"), chunks=[chunk("office")], places=[(1, 6)], links=[2, 4])
    assert [f.words for f in found] == [(1, 2), (3, 4), (5, 6)]


def test_a_chunk_beside_a_mention_is_another():
    found = mentions(8, (2, 3, "state"), chunks=[chunk()], places=[(3, 4)])
    assert [f.words for f in found] == [(2, 3), (3, 4)]


def test_a_chunk_that_is_not_shown_is_left_out():
    assert mentions(8, chunks=[chunk()], places=[None]) == []


def test_money_hides_no_chunk():
    assert mentions(4, (0, 2, "money"), chunks=[chunk()], places=[(0, 1)]) == [Found((0, 1), "state", 0, False)]


spans = st.lists(st.integers(0, 20), unique=True, max_size=8).map(lambda cuts: list(pairwise(sorted(cuts))))


@given(spans, spans, st.sets(st.integers(0, 20)), st.data())
def test_nothing_stands_twice(seen, places, links, data):
    kinds = st.sampled_from(sorted(set(MENTIONS) - {"money"}))
    marked = [(a, b, data.draw(kinds)) for a, b in seen]
    chunks = [chunk() for _ in places]
    found = mentions(20, *marked, chunks=chunks, places=places, links=links)
    assert [f.words for f in found] == sorted(f.words for f in found)
    assert all(one.words[1] <= two.words[0] for one, two in pairwise(found))
    # Each mention of the network stands in one, and each chunk is one, is beside one, or shares words with one.
    assert all(any(f.words[0] <= a and b <= f.words[1] for f in found) for a, b in seen)
    assert all(any(f.words[0] < b and a < f.words[1] for f in found) for a, b in places)


def test_parties_are_actors_that_are_more_than_a_place():
    every = [(2 * k, 2 * k + 1, label) for k, label in enumerate(MENTIONS)]
    found = mentions(2 * len(MENTIONS), *every)
    labels = {(a, b): label for a, b, label in every}
    assert [labels[w] for w in paired(found)] == [label for label in MENTIONS if label in ACTORS]
    assert paired([Found((0, 1), "state", 0, True), Found((2, 3), "nominal", 1, False)]) == [(2, 3)]


def test_chunks_are_found_again_among_the_words_of_the_network():
    text = "Kenya's foreign minister told the Ugandan president (in Oslo) that Peru would wait."
    e, parsed = encoded(text), syntax(text)
    seen = [words(text, e)[a:b] for a, b in chunk_words(parsed, e)]
    assert [" ".join(s) for s in seen] == [
        "Kenya ' s foreign minister", "the Ugandan president", "Oslo", "Peru",
    ]  # fmt: skip


def test_a_stray_label_makes_a_whole_mention():
    scores = scored(3)
    labels = card()["tags"]["mention"]
    scores.tags["mention"] = tagged(3, "mention", (0, 2, "org"))
    scores.tags["mention"][0] = 0
    found = found_mentions(scores, labels, [], [])
    assert [f.words for f in found] == [(0, 2)]


def test_speakers_that_no_mention_covers_are_further_mentions():
    found = [Found((2, 4), "office", None, False), Found((6, 7), "state", 0, False)]
    assert with_speakers(found, []) == found
    assert with_speakers(found, [(2, 3), (3, 6)]) == found
    assert with_speakers(found, [(0, 1), (4, 6)]) == [
        Found((0, 1), "nominal", None, False), found[0], Found((4, 6), "nominal", None, False), found[1],
    ]  # fmt: skip
    assert paired(with_speakers([], [(0, 1)])) == [(0, 1)]
