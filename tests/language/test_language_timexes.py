"""Time expressions: the network says where they are, the tables what they mean."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_scores import card, encoded, scored, span

from foedera.language.network import network
from foedera.language.timexes import find_timexes, time_spans
from foedera.model import UNKNOWN_DATE, DateValue

DAY = DateValue.of("2023-03-17", "stated")


def times(text, reference=DAY):
    return [(text[t.start : t.end], t.type, t.value) for t in find_timexes(text, reference, network())]


def test_the_characters_of_a_span_are_those_of_its_words():
    text = "Kenya met Uganda on 12 May 2019 and again last week."
    e = encoded(text)
    first, second = span(text, e, "12 May 2019"), span(text, e, "last week")
    found = scored(len(e.first), time=[(*first, "time"), (*second, "time")])
    assert [text[a:b] for a, b in time_spans(e, found, card()["tags"]["time"])] == ["12 May 2019", "last week"]
    assert time_spans(e, scored(len(e.first)), card()["tags"]["time"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya signed the pact on 12 March 2019.", ("12 March 2019", "DATE", "2019-03-12")),
        ("Kenya signed the pact in June 2019.", ("June 2019", "DATE", "2019-06")),
        ("Kenya signed the pact on Tuesday.", ("Tuesday", "DATE", "2023-03-14")),
        ("Kenya signed the pact last week.", ("last week", "DATE", "2023-W10")),
        ("Kenya and Uganda talked for two years.", ("two years", "DURATION", "P2Y")),
    ],
)
def test_expressions_with_their_values(text, expected):
    ((written, kind, value),) = times(text)
    assert expected[0] in written
    assert (kind, value) == expected[1:]


def test_what_is_told_relative_to_an_unknown_day_has_no_value():
    assert [value for _, _, value in times("Kenya signed the pact on Tuesday.", UNKNOWN_DATE)] == [""]


def test_what_counts_from_a_date_told_before_uses_it():
    text = "Kenya signed the pact on 12 March 2019. Uganda signed the pact the following day."
    assert [value for _, _, value in times(text)][-1] == "2019-03-13"


def test_offsets_are_those_of_the_whole_text():
    text = "A heading\n\nKenya signed the pact on 12 March 2019.\r\nUganda left the pact on 3 May 2021."
    found = times(text)
    assert [value for _, _, value in found] == ["2019-03-12", "2021-05-03"]
    assert all(year in written for (written, _, _), year in zip(found, ("2019", "2021"), strict=True))


def test_words_that_name_no_time_that_is_tabled_are_a_date_without_a_value(monkeypatch):
    monkeypatch.setattr("foedera.language.timexes.time_spans", lambda e, scores, labels: [(0, 5)])
    assert times("Kenya met Uganda.") == [("Kenya", "DATE", "")]


def test_a_span_means_what_the_tabled_expression_that_it_shares_most_with_means(monkeypatch):
    text = "From Monday to 12 March 2019 Kenya met Uganda."
    start = text.index("day to")
    monkeypatch.setattr("foedera.language.timexes.time_spans", lambda e, scores, labels: [(start, len(text) - 18)])
    ((_, _, value),) = times(text)
    assert value == "2019-03-12"


def test_no_text_has_no_times():
    assert times("") == times("\n \n") == []


phrases = st.sampled_from(
    [
        "Kenya met Uganda",
        "on 12 May 2019",
        "yesterday",
        "for two years",
        ".",
        "\n",
        "the 30th of February",
        "10 a.m.",
        "in 9999",
    ]
)


@settings(deadline=None, max_examples=40)
@given(st.one_of(st.text(max_size=60), st.lists(phrases, max_size=10).map(" ".join)))
def test_any_text(text):
    found = find_timexes(text, DAY, network())
    assert found == find_timexes(text, DAY, network())
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert {t.type for t in found} <= {"DATE", "TIME", "DURATION", "SET"}
