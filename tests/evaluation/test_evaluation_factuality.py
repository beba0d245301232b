"""Whether predicates are read as having happened."""

import warnings

import numpy as np
import pytest
from reader_files import COMMON, check_common, refusal, with_intervals, write_rows

from foedera.evaluation import evaluate_factuality
from foedera.evaluation.annotated import joined
from foedera.language import network

ROWS = [
    ("Kenya signed the treaty and Uganda did n't sign it .".split(), (1, 8)),
    ("Rain might fall in Oslo .".split(), (2,)),
    ("They refused to leave .".split(), (1, 3)),
    ("Nobody spoke .".split(), (1,)),
]
KEYS = with_intervals("pearson_r", "mae")


def row(tokens, *facts):
    return {"tokens": tokens, "pred_factuality": [[token, value, 1.0] for token, value in facts]}


def read(tokens):
    """What the reader says of every token of a sentence."""
    text, places = joined(tokens)
    (e,) = network().encode(text, [(0, len(text))])
    return e, places


def own(change=lambda value: value):
    """The rows with what the reader itself says of them, changed."""
    found = [read(tokens) for tokens, _ in ROWS]
    scored = network().read([e for e, _ in found])
    return [
        row(tokens, *((k, float(change(s.fact[e.word_at(*places[k])[0]]))) for k in heads))
        for (tokens, heads), (e, places), s in zip(ROWS, found, scored, strict=True)
    ]


def score(file):
    return evaluate_factuality(file, network=network())


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_keys(tmp_path, name):
    scores = score(write_rows(tmp_path / name, [row(["It", "rained"], (1, 3)), row(["It", "rained"]), *own()]))
    assert set(scores) == COMMON | KEYS
    check_common(scores, "factuality", 7)


def test_perfect(tmp_path):
    scores = score(write_rows(tmp_path / "a.jsonl", own()))
    assert (scores["pearson_r"], scores["mae"]) == (1.0, 0.0)


def test_what_is_off_by_a_line_correlates(tmp_path):
    scores = score(write_rows(tmp_path / "a.jsonl", own(lambda value: 2 * value + 1)))
    assert scores["pearson_r"] == 1
    assert scores["mae"] > 0.5
    assert score(write_rows(tmp_path / "b.jsonl", own(lambda value: -value)))["pearson_r"] == -1


def test_by_hand(tmp_path):
    rows = own()
    mine = np.array([value for r in rows for _, value, _ in r["pred_factuality"]])
    gold = np.array([3, -3, 0, 1, -2, 2.5])
    values = iter(gold)
    for r in rows:
        r["pred_factuality"] = [[k, float(next(values)), 0.5] for k, _, _ in r["pred_factuality"]]
    scores = score(write_rows(tmp_path / "a.jsonl", rows))
    assert scores["pearson_r"] == pytest.approx(np.corrcoef(mine, gold)[0, 1], abs=1e-4)
    assert scores["mae"] == pytest.approx(np.abs(mine - gold).mean(), abs=1e-4)
    assert scores["mae_low"] < scores["mae"] < scores["mae_high"]


@pytest.mark.parametrize("value", [3.0, 0.1, 1.1])
def test_gold_that_does_not_vary_has_no_correlation(tmp_path, value):
    file = write_rows(tmp_path / "a.jsonl", own(lambda _: value))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scores = score(file)
    assert [scores[k] for k in ("pearson_r", "pearson_r_low", "pearson_r_high")] == [None] * 3
    assert scores["mae"] > 0


def test_a_token_that_is_no_word_is_read_as_undecided(tmp_path):
    assert score(write_rows(tmp_path / "a.jsonl", [row(["\u200b", "fell"], (0, 1.5))]))["mae"] == 1.5


@pytest.mark.parametrize(
    "bad",
    [
        {"tokens": ["a"]},
        {"pred_factuality": [[0, 1, 1]]},
        {"tokens": ["a"], "pred_factuality": [[1, 1, 1]]},
        {"tokens": ["a"], "pred_factuality": [[-1, 1, 1]]},
        {"tokens": ["a"], "pred_factuality": [[0]]},
        {"tokens": ["a"], "pred_factuality": [[0, "x"]]},
        {"tokens": ["a"], "pred_factuality": [[0, None]]},
        {"tokens": ["a"], "pred_factuality": [{"0": 1}]},
        {"tokens": ["a"], "pred_factuality": [3]},
        {"tokens": ["a"], "pred_factuality": 3},
        {"tokens": ["a"], "pred_factuality": "x"},
        {"tokens": 3, "pred_factuality": [[0, 1, 1]]},
        {"tokens": "a", "pred_factuality": [[0, 1, 1]]},
        {"tokens": [], "pred_factuality": [[0, 1, 1]]},
    ],
)
def test_what_is_refused(tmp_path, bad):
    file = write_rows(tmp_path / "a.jsonl", [row(["It", "rained"], (1, 3)), bad])
    assert refusal(evaluate_factuality, file) == f"{file}:2"


def test_nothing_to_measure_is_refused(tmp_path):
    file = write_rows(tmp_path / "a.jsonl", [row(["a"])])
    assert refusal(evaluate_factuality, file) == str(file)
    assert refusal(evaluate_factuality, tmp_path / "none") == str(tmp_path / "none")
