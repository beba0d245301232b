"""What is fitted on held-out pairs."""

import numpy as np
from training.annotations import parse
from training.calibrate import (
    Fit,
    _held,
    calibration_error,
    chosen_glance,
    chosen_threshold,
    fitted,
    glanced,
    pair_scores,
    shares_of,
)
from training.examples import Pair

from foedera.language import network
from foedera.language.labels import TYPES

RECORD = parse(
    ["[a:state Kenya] condemned [b:state Peru] while [c:state Chad] slept.", "ACCUSE a > b @condemned happened"], "x:1"
)


def scores(kind, height):
    row = np.zeros(len(TYPES))
    row[TYPES.index(kind) if kind else 0] = height
    return row


def test_the_threshold_lets_few_unrelated_pairs_pass():
    found = [(Pair((0, 1), (1, 2), (0,)), {"type": scores("", k / 10), "table": 0}) for k in range(100)]
    found += [(Pair((0, 1), (1, 2), (3,)), {"type": scores(TYPES[3], 8), "table": 0})] * 10
    threshold = chosen_threshold(found, Fit(1.0, 0.0, 0.0))
    alarms = [1 - 1 / (1 + 16 * np.exp(-k / 10)) >= threshold for k in range(100)]
    assert 0 < sum(alarms) <= 2


def test_a_fit_makes_the_sure_less_sure_where_half_are_wrong():
    found = [
        (Pair((0, 1), (1, 2), (TYPES.index(t),)), {"type": scores("AID", 9), "table": 0}) for t in ("AID", "ACCUSE")
    ] * 20
    assert fitted(found).heat > 2


def test_the_table_counts_as_far_as_it_was_right():
    kind = TYPES.index("AID")

    def pairs(right):
        types = [(kind if k < right else 0,) for k in range(40)]
        return [(Pair((0, 1), (1, 2), t), {"type": np.zeros(len(TYPES)), "table": kind}) for t in types]

    assert fitted(pairs(36)).bonus > fitted(pairs(20)).bonus
    plain, helped = (shares_of(pairs(40), Fit(1.0, 0.0, bonus))[0] for bonus in (0.0, 2.0))
    assert helped[kind] > plain[kind]
    assert helped[0] < plain[0]


def test_calibration_error():
    sure = np.full(100, 0.8)
    assert calibration_error(sure, np.arange(100) % 10 < 8) < 1e-9
    assert abs(calibration_error(sure, np.ones(100, dtype=bool)) - 0.2) < 1e-9


def test_what_the_first_look_rules_out_is_unrelated(monkeypatch):
    held = _held(RECORD, network())
    asked = [p for p in held.example.pairs if p.source and p.target]
    (scored,) = network().read(network().encode(RECORD.text, [(0, len(RECORD.text))]))
    reached = {(p.source, p.target): glanced(p, scored) for p in asked}
    between = sorted(reached.values())[len(reached) // 2]
    monkeypatch.setitem(network().weights.card, "glance", between)
    for pair, found in pair_scores(network(), [held]):
        ruled_out = int(np.argmax(found["type"])) == 0 and float(found["type"][0]) == 40.0
        assert ruled_out == (reached[(pair.source, pair.target)] < between and not found["table"])


def test_the_first_look_keeps_what_is_related():
    held = _held(RECORD, network())
    (related,) = [p for p in held.example.pairs if p.target and p.types not in ((), (0,))]
    (scored,) = network().read(network().encode(RECORD.text, [(0, len(RECORD.text))]))
    assert chosen_glance(network(), [held]) <= glanced(related, scored) + 1e-3


def test_what_the_table_finds_stands_beside_a_held_out_sentence():
    assert [kind for *_, kind in _held(RECORD, network()).suggestions] == [TYPES.index("ACCUSE")]
