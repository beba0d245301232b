"""Codes, dates, passages and names; ratios and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.evaluation.bootstrap import Ratio, figures, precision_recall
from foedera.evaluation.matching import codes, dates, dice, likeness, names_agree, pair_up, words


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (None, set()),
        ("", set()),
        ("USAGOV", {"USA"}),
        ("USA GOV", {"USA"}),
        ("USA;JPN", {"USA", "JPN"}),
        ("usa, jpn", {"USA", "JPN"}),
        ({"code": "KOR", "sector": "MIL"}, {"KOR"}),
        ({"code": None, "mention": "sources"}, set()),
        ({"country": "KOR"}, {"KOR"}),
        (["KOR", {"code": "JPN"}], {"KOR", "JPN"}),
        ("NATO", {"IGO"}),
        ("AUKUS", {"AUS", "GBR", "USA"}),
    ],
)
def test_codes_of_actor_fields(field, expected):
    assert codes(field) == expected


def test_dates_are_the_value_and_what_is_accepted_ranges_by_their_start():
    assert dates({"value": "2019", "accept": ["2018/2020", None]}) == ("2019", "2018")
    assert dates("2019-03") == ("2019-03",)
    assert dates(None) == dates({"value": None}) == ()


def test_names_agree_by_the_last_word_or_half_of_the_shorter():
    assert names_agree("Mr. Elphberg", ["Rudolf Elphberg (king)"])
    assert names_agree("the king of Ruritania", ["king"])
    assert not names_agree("Rupert Hentzau", ["Rudolf Elphberg"])
    assert not names_agree("the", ["the"])
    assert not names_agree(None, ["x"])


@given(st.text(), st.text())
def test_likeness_is_symmetric_between_0_and_1_and_whole_for_the_same_words(a, b):
    assert 0 <= likeness(a, [b]) == likeness(b, [a]) <= 1
    assert likeness(a, [a]) == (1 if words(a) else 0)
    assert dice(words(a), words(b)) == dice(words(b), words(a))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 5)), unique_by=lambda c: c[1:]))
def test_pairs_take_each_row_and_item_once_and_leave_no_pair_over(candidates):
    pairs = pair_up(((rank,), i, j) for rank, i, j in candidates)
    rows, items = [i for i, _ in pairs], [j for _, j in pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(items)) == len(items)
    assert all(i in rows or j in items for _, i, j in candidates)
    if candidates:
        assert pairs[0][0] in {i for rank, i, _ in candidates if rank == max(c[0] for c in candidates)}


def test_figures_are_ratios_of_sums():
    units = [[{"gold": 1, "system": 1, "hit": 1}, {"gold": 1}], [{"system": 1}, {"system": 1}]]
    out = figures(units, precision_recall("", "hit"))
    assert (out["precision"], out["recall"], out["f1"]) == (0.3333, 0.5, 0.4)
    assert out["f1_low"] == 0
    assert out["f1_high"] > 0.4


def test_figures_that_do_not_apply_are_none_and_certain_ones_have_no_width():
    out = figures(
        [[{"page": 1, "right": 1}] * 3], {"right": Ratio(("right",), ("page",)), "date": Ratio(("d",), ("of",))}
    )
    assert (out["right"], out["right_low"], out["right_high"]) == (1, 1, 1)
    assert (out["date"], out["date_low"], out["date_high"]) == (None, None, None)
    assert figures([], precision_recall("", "hit"))["f1"] == 0


def test_more_items_narrow_the_interval():
    few = figures([[{"page": 1, "right": 1}, {"page": 1}] * 5], {"right": Ratio(("right",), ("page",))})
    many = figures([[{"page": 1, "right": 1}, {"page": 1}] * 200], {"right": Ratio(("right",), ("page",))})
    assert few["right"] == many["right"] == 0.5
    assert many["right_high"] - many["right_low"] < (few["right_high"] - few["right_low"]) / 3
