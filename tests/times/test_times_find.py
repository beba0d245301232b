"""The finder: what is a time expression, what is not, and how it is taken apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedera.times as times
from foedera.times import TIME_FORMS, find_times


def texts(text: str) -> list[str]:
    return [e.text for e in find_times(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both sides signed on 12 March 2024.", ["12 March 2024"]),
        ("The envoys met on March 16-17, 2023 in Oslo.", ["March 16-17, 2023"]),
        ("The envoys met on the 16th and 17th of March.", ["the 16th and 17th of March"]),
        ("Talks opened on Saturday, May 18, and closed on Aug. 22.", ["Saturday, May 18", "Aug. 22"]),
        ("A ship sank in Sept 2018.", ["Sept 2018"]),
        ("June 2019's accord lapsed.", ["June 2019"]),
        ("They will meet on Tuesday evening.", ["Tuesday evening"]),
        ("Early Wednesday the border closed.", ["Early Wednesday"]),
        ("Korea was ruled from 1910 to 1945.", ["1910 to 1945"]),
        ("During the war of 1950-53 it was divided.", ["1950-53"]),
        ("Sales rose between 2016 and 2020.", ["between 2016 and 2020"]),
        ("In mid-2019, late last year and in the early 1990s", ["mid-2019", "late last year", "the early 1990s"]),
        ("the first quarter of 2023 and fiscal year 2023-24", ["the first quarter of 2023", "fiscal year 2023-24"]),
        ("The 2018 and 2019 summits failed.", ["2018", "2019"]),
        ("A treaty of 1815, the 1907 convention and the pact (1921)", ["1815", "1907", "1921"]),
        ("Published 2024-05-06T10:30:00Z by the ministry", ["2024-05-06T10:30:00Z"]),
        (
            "Over a year ago, a day earlier, the following day",
            ["Over a year ago", "a day earlier", "the following day"],
        ),
        ("It has not met since then; it recently said so.", ["since then", "recently"]),
        ("for three years, in the past two years, every year", ["three years", "the past two years", "every year"]),
        ("Talks start at 10:30 a.m. on June 5.", ["10:30 a.m.", "June 5"]),
        ("They struck a deal in May and July.", ["May", "July"]),
        ("spring 2024, last summer, this fall", ["spring 2024", "last summer", "this fall"]),
        ("the end of the year", ["the end of the year"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The base hosts 2000 troops and some 1,950 vehicles.",
        "It sent 2000 Syrian soldiers.",
        "Resolution 1973 and resolutions 1929 and 2094 were cited.",
        "The bill cost $2000 and ran to 1999 pages.",
        "They may march on the capital, the minister warned.",
        "May the talks succeed.",
        "Prime Minister Theresa May and Ambassador April Jones spoke.",
        "The March on Rome was led by others.",
        "The fall of the capital surprised the Second Army.",
        "The Sunday Times asked about Bloody Sunday.",
        "A Boeing 1999 flew at 2015.5 metres.",
        "Call 2019-555-1234 or visit room 2010.",
        "3,000 people and 45 countries joined",
    ],
)
def test_leaves_out_what_is_no_time(text: str) -> None:
    assert texts(text) == []


def test_a_year_before_a_noun_and_not_before_a_unit() -> None:
    assert texts("The 2022 summit drew 2022 people.") == ["2022"]
    assert texts("In 2019, Syrian troops left; some 2019 Syrian troops stayed.") == ["2019"]


def test_parts_of_a_day() -> None:
    (e,) = find_times("They met on Tuesday, March 14.")
    assert (e.form, e.kind, e.year, e.month, e.day, e.weekday, e.preposition) == ("day", "date", None, 3, 14, 1, "on")


def test_parts_of_offsets() -> None:
    ago, later = find_times("More than two years ago they met; a month later they parted.")
    assert (ago.amount, ago.unit, ago.shift, ago.modifier, ago.anchor) == (2, "year", -1, "over", "reference")
    assert (later.amount, later.unit, later.shift, later.anchor) == (1, "month", 1, "previous")
    (after,) = find_times("Two years after the invasion, aid stopped.")
    assert after.anchor == "event"


def test_prepositions_are_kept_apart_from_the_span() -> None:
    found = find_times("It was to end by 2027, as it had since 2015 and until May 2020.")
    assert [(e.text, e.preposition) for e in found] == [("2027", "by"), ("2015", "since"), ("May 2020", "until")]


def test_kinds() -> None:
    kinds = {e.text: e.kind for e in find_times("On Friday, at noon, a two-day visit; annual talks every month.")}
    assert kinds == {"Friday": "date", "noon": "time", "two-day": "duration", "annual": "set", "every month": "set"}


def test_public_names_are_pinned() -> None:
    assert times.__all__ == sorted(times.__all__, key=lambda n: (not n.isupper(), n[0].islower(), n))
    assert set(times.__all__) == {
        "MONTH_NAMES", "TIMEX_TYPES", "TIME_FORMS", "WEEKDAY_NAMES", "Anchor", "Tense", "TimeExpression", "TimeForm",
        "TimeKind", "find_times", "normalise", "timex_value",
    }  # fmt: skip


_WORDS = st.sampled_from(
    [
        "on",
        "in",
        "by",
        "since",
        "March",
        "May",
        "2019",
        "2000",
        "14",
        "3",
        ",",
        ".",
        "Tuesday",
        "last",
        "next",
        "year",
        "years",
        "ago",
        "the",
        "of",
        "early",
        "late",
        "mid",
        "-",
        "–",
        "troops",
        "a",
        "two",
        "several",
        "days",
        "earlier",
        "that",
        "Q3",
        "fiscal",
        "FY2023-24",
        "12/03/2024",
        "2024-02-30",
        "30",
        "February",
        "the",
        "1990s",
        "quarter",
        "first",
        "over",
        "more",
        "than",
        "half",
        "\n",
        "'",
        "(",
        ")",
        "BC",
        "century",
        "to",
        "and",
        "between",
        "31",
        "April",
        "every",
    ]
)


@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_spans_slice_the_text_and_do_not_overlap(text: str) -> None:
    found = find_times(text)
    assert [e.text for e in found] == [text[e.start : e.end] for e in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(e.text == e.text.strip() and e.text and e.form in TIME_FORMS for e in found)
    assert found == find_times(text)


@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_text_behind_a_paragraph_break_does_not_change_what_is_found(text: str) -> None:
    alone = [(e.start, e.text) for e in find_times(text + "\n\nThe end.")]
    assert (
        alone == [(e.start, e.text) for e in find_times(text + "\n\nThe end.\n\nNothing else was said in 2011.")][:-1]
    )


@pytest.mark.parametrize(
    "seed", ["2019 ", "May ", "March 1-", "in 1999-", "the end of ", "over about ", "1,", "\n", " "]
)
def test_long_repetitive_texts_are_read_to_the_end(seed: str) -> None:
    text = seed * (20_000 // len(seed)) + " On 3 June 2021 it ended."
    assert find_times(text)[-1].text == "3 June 2021"
