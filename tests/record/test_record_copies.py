"""Groups of near-copies and their originals."""

import random

from hypothesis import given
from hypothesis import strategies as st

from foedera.record import Head, copy_groups, originals

ids = st.sampled_from([f"art_{i}" for i in range(8)])


@given(st.lists(st.tuples(ids, ids)), st.randoms())
def test_groups_do_not_depend_on_order(pairs, rng: random.Random):
    groups = copy_groups(pairs)
    rng.shuffle(pairs)
    assert copy_groups([(b, a) for a, b in pairs]) == groups
    assert all(groups[a] == groups[b] for a, b in pairs)
    assert all(group == min(one for one in groups if groups[one] == group) for group in groups.values())


def test_articles_that_no_pair_joins_stay_apart():
    assert copy_groups([("b", "a"), ("d", "c"), ("b", "e")]) == {"a": "a", "b": "a", "c": "c", "d": "c", "e": "a"}


def head(ident, low=None, credit=None):
    return Head(ident, f"{ident}.txt", low, credit)


def test_the_earliest_is_the_original():
    groups = copy_groups([("a", "b"), ("b", "c")])
    found = originals(groups, [head("a"), head("b", "2019-02-01"), head("c", "2019-01-01", "a wire")])
    assert {one: original.id for one, original in found.items()} == {"a": "c", "b": "c"}


def test_then_the_one_without_credit_then_the_smallest_id():
    groups = copy_groups([("a", "b"), ("b", "c")])
    day = "2019-01-01"
    assert {h.id for h in originals(groups, [head("a", day, "x"), head("b", day), head("c", day)]).values()} == {"b"}
    assert {h.id for h in originals(groups, [head("a", day), head("b", day), head("c", day)]).values()} == {"a"}


def test_an_article_in_no_group_is_no_copy():
    assert originals({}, [head("a")]) == {}
