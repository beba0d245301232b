"""Scores of pairs become events: who is source, who is target, who act together, and what is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_scores import related, scored

from foedera.language.events import REACH, candidate_pairs, relations
from foedera.language.network import network

A, B, C, D = (0, 1), (2, 4), (5, 6), (7, 8)


def events(*pairs, threshold=0.5):
    return relations(scored(10, pairs), network(), threshold)


def parties(found):
    return [(r.type, r.sources, r.targets, r.symmetric) for r in found]


def test_a_directed_event():
    (found,) = events(related(A, B, "ACCUSE", 6, status="planned", alleged=True, modes=["allege"]))
    assert (found.type, found.modes, found.sources, found.targets) == ("ACCUSE", ("allege",), (A,), (B,))
    assert (found.symmetric, found.status, found.alleged, found.trigger) == (False, "planned", True, 6)
    heads = related(A, B, "ACCUSE", 6)[1]
    assert found.probability == pytest.approx(network().type_shares(heads["type"]).max())


def test_the_direction_is_that_of_the_pair():
    assert parties(events(related(B, A, "ACCUSE", 6))) == [("ACCUSE", (B,), (A,), False)]


def test_nothing_is_read_from_nothing():
    assert events() == []
    assert events(related(A, B, "none", 6), related(B, A, "none", 6), related(A, None, "none", 6)) == []


def test_nobody_is_no_source():
    assert events(related(None, B, "COERCE", 6)) == []


def test_what_has_no_target():
    assert parties(events(related(A, None, "PROTEST", 6))) == [("PROTEST", (A,), (), False)]
    assert parties(events(related(A, None, "CONSULT", 6, symmetric=True))) == [("CONSULT", (A,), (), True)]


def test_what_has_a_target_is_not_also_without_one():
    found = events(related(A, None, "COERCE", 6, modes=["arrest"], sure=6), related(A, B, "COERCE", 6))
    assert parties(found) == [("COERCE", (A,), (B,), False)]
    assert found == events(related(A, B, "COERCE", 6))


def test_targets_of_one_source_are_one_event():
    found = events(related(A, C, "SANCTION", 6), related(A, B, "SANCTION", 6))
    assert parties(found) == [("SANCTION", (A,), (B, C), False)]


def test_sources_with_the_same_targets_are_one_event():
    found = events(*(related(s, t, "SANCTION", 6) for s in (B, A) for t in (D, C)))
    assert parties(found) == [("SANCTION", (A, B), (C, D), False)]


def test_sources_with_other_targets_are_other_events():
    found = events(related(A, C, "AID", 6), related(B, D, "AID", 6))
    assert parties(found) == [("AID", (A,), (C,), False), ("AID", (B,), (D,), False)]


def test_both_directions_by_one_word_are_done_together():
    found = events(related(A, B, "CONSULT", 6), related(B, A, "CONSULT", 6))
    assert parties(found) == [("CONSULT", (A, B), (), True)]


def test_of_two_directions_of_an_act_that_one_does_the_likelier_counts():
    found = events(related(A, B, "REJECT", 6), related(B, A, "REJECT", 6, sure=4.0))
    assert parties(found) == [("REJECT", (A,), (B,), False)]
    both = events(related(A, B, "REJECT", 6, symmetric=True), related(B, A, "REJECT", 6, symmetric=True))
    assert parties(both) == [("REJECT", (A, B), (), True)]


def test_a_visit_has_a_direction():
    visits = [related(s, t, "CONSULT", 6, modes=("visit",), sure=sure) for s, t, sure in ((A, B, 5.0), (B, A, 9.0))]
    assert parties(events(*visits)) == [("CONSULT", (B,), (A,), False)]


def test_what_is_said_to_be_mutual_needs_one_direction_alone():
    assert parties(events(related(B, A, "CONSULT", 6, symmetric=True))) == [("CONSULT", (A, B), (), True)]


def test_all_who_act_together_are_one_event():
    pairs = [related(s, t, "COOPERATE", 6) for s in (A, B, C) for t in (A, B, C) if s != t]
    assert parties(events(*pairs)) == [("COOPERATE", (A, B, C), (), True)]


def test_both_directions_by_two_words_are_two_events():
    found = events(related(B, A, "ACCUSE", 7), related(A, B, "ACCUSE", 6))
    assert parties(found) == [("ACCUSE", (A,), (B,), False), ("ACCUSE", (B,), (A,), False)]


def test_events_come_in_the_order_of_their_words():
    found = events(related(A, B, "REJECT", 8), related(A, B, "AID", 3), related(A, C, "ACCUSE", 3))
    assert [(r.trigger, r.type) for r in found] == [(3, "ACCUSE"), (3, "AID"), (8, "REJECT")]


def test_the_threshold_decides_between_something_and_nothing():
    pair = related(A, B, "AID", 6, sure=2)
    something = 1 - network().type_shares(pair[1]["type"])[0]
    assert 0 < something < 1
    assert len(events(pair, threshold=something - 1e-6)) == 1
    assert events(pair, threshold=something + 1e-6) == []


def test_the_likeliest_type_is_read_where_something_is_likelier_than_nothing():
    pair = related(A, B, "AID", 6, sure=0)
    # Whatever is added to "none" by calibration, it stays the likeliest single class and less likely than all others.
    pair[1]["type"][0] = 0.5 - float(network().weights.card.get("none_offset", 0.0))
    pair[1]["type"][network().weights.card["types"].index("AID")] = 0.2
    assert parties(events(pair)) == [("AID", (A,), (B,), False)]


def test_modes_are_those_of_the_type_and_the_likeliest_first():
    pair = related(A, B, "REQUEST", 6, modes=["meet", "change"])
    names = network().weights.card["modes"]
    pair[1]["mode"][names.index("REQUEST/change")] = 4
    pair[1]["mode"][names.index("REJECT/meet")] = 30
    assert events(pair)[0].modes == ("meet", "change")


def test_pairs_of_one_event_decide_its_status_together():
    pairs = [related(A, t, "AID", 6, status=s) for t, s in ((B, "denied"), (C, "planned"), (D, "planned"))]
    assert [r.status for r in events(*pairs)] == ["planned"]


spans = st.sampled_from([A, B, C, D])
pairs = st.tuples(
    spans, st.one_of(st.none(), spans), st.sampled_from(["none", "AID", "CONSULT"]), st.integers(0, 9), st.booleans()
).filter(lambda p: p[0] != p[1])


@given(st.lists(pairs, max_size=12, unique_by=lambda p: p[:2]), st.randoms())
def test_no_source_is_left_out_and_no_party_is_made_up(found, chance):
    rows = [related(s, t, kind, word, symmetric=mutual) for s, t, kind, word, mutual in found]
    made = events(*rows)
    chance.shuffle(rows)
    assert parties(events(*rows)) == parties(made)
    wanted = {(kind, word) for _, _, kind, word, _ in found if kind != "none"}
    assert {(r.type, r.trigger) for r in made} == wanted
    for r in made:
        known = [p for p in found if (p[2], p[3]) == (r.type, r.trigger)]
        sides = {s for p in known for s in p[:2] if s}
        assert set(r.sources) | set(r.targets) <= sides
        assert r.sources
        assert not set(r.sources) & set(r.targets)
        assert not (r.symmetric and r.targets)
        assert list(r.sources) == sorted(set(r.sources))
        if not r.symmetric and r.targets:
            assert {(s, t) for s in r.sources for t in r.targets} <= {p[:2] for p in known}
    for kind, word in wanted:
        acting = {p[0] for p in found if (p[2], p[3]) == (kind, word)}
        assert acting <= {s for r in made if (r.type, r.trigger) == (kind, word) for s in r.sources}


def test_every_actor_is_paired_with_its_neighbours_both_ways_and_alone():
    shown = scored(20)
    assert candidate_pairs([], shown, 0.0) == []
    assert candidate_pairs([A], shown, 0.0) == [(A, None)]
    assert candidate_pairs([A, B], shown, 0.0) == [(A, None), (A, B), (B, None), (B, A)]


def test_a_first_look_rules_pairs_out_one_way():
    shown = scored(20)
    shown.related[A[0] : A[1], B[0] : B[1]] = -3.0
    assert candidate_pairs([A, B], shown, -1.0) == [(A, None), (B, None), (B, A)]


def test_places_are_acted_on_and_do_not_act():
    assert candidate_pairs([A], scored(20), 0.0, [B]) == [(A, None), (A, B)]


@given(st.integers(0, 40))
def test_actors_far_apart_are_not_paired(count):
    actors = [(2 * k, 2 * k + 1) for k in range(count)]
    found = candidate_pairs(actors, scored(2 * count), 0.0)
    assert len(found) == len(set(found))
    assert set(found) == {(a, None) for a in actors} | {
        (a, b) for i, a in enumerate(actors) for j, b in enumerate(actors) if 0 < abs(i - j) <= REACH
    }
