"""The normaliser: values from words, from publication, and from a date told before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.model import UNKNOWN_DATE, DateValue
from foedera.times import find_times, normalise

DAY = DateValue.of("2023-03-17", "stated")
MONTH = DateValue.of("2023-03", "stated")
YEAR = DateValue.of("2023", "stated")
BEFORE = DateValue.of("2019-08-22", "explicit")


def value(text: str, reference: DateValue = DAY, tense="past", **more) -> DateValue:
    (expression,) = find_times(text)
    return normalise(expression, reference=reference, tense=tense, **more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 12 March 2024", "2024-03-12"),
        ("on 2024-05-06", "2024-05-06"),
        ("25/12/2023", "2023-12-25"),
        ("on 12.03.2024", "2024-03-12"),
        ("in June 2019", "2019-06"),
        ("in mid-2019", "2019"),
        ("the 1990s", "1990s"),
        ("in the first quarter of 2023", "2023-Q1"),
        ("in the second half of 2023", "2023-07/2023-12"),
        ("spring 2024", "2024-03/2024-05"),
        ("winter 2023", "2023-12/2024-02"),
        ("from 1910 to 1945", "1910/1945"),
        ("1950-53", "1950/1953"),
        ("March 16-17, 2023", "2023-03-16/2023-03-17"),
        ("from September 2022 to March 2023", "2022-09/2023-03"),
        ("from November to February 2023", "2022-11/2023-02"),
        ("in the nineteenth century", "1801/1900"),
        ("fiscal year 2023-24", "2023"),
    ],
)
def test_written_out(text: str, expected: str) -> None:
    found = value(text, UNKNOWN_DATE)
    assert (found.value, found.basis) == (expected, "explicit")


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Tuesday", "2023-03-14", "2023-03-21"),
        ("on Friday", "2023-03-17", "2023-03-17"),
        ("last Friday", "2023-03-10", "2023-03-10"),
        ("next Friday", "2023-03-24", "2023-03-24"),
        ("on Tuesday, March 14", "2023-03-14", "2023-03-14"),
        ("in August", "2022-08", "2023-08"),
        ("in March", "2023-03", "2023-03"),
        ("in December", "2022-12", "2023-12"),
        ("last March", "2022-03", "2022-03"),
        ("next April", "2023-04", "2023-04"),
        ("on April 10", "2022-04-10", "2023-04-10"),
        ("on March 10", "2023-03-10", "2024-03-10"),
        ("since February", "2023-02", "2023-02"),
        ("yesterday", "2023-03-16", "2023-03-16"),
        ("last week", "2023-03-06/2023-03-12", "2023-03-06/2023-03-12"),
        ("this month", "2023-03", "2023-03"),
        ("last month", "2023-02", "2023-02"),
        ("last year", "2022", "2022"),
        ("last quarter", "2022-Q4", "2022-Q4"),
        ("in the first quarter", "2023-Q1", "2023-Q1"),
        ("two years ago", "2021", "2021"),
        ("three months ago", "2022-12", "2022-12"),
        ("over a year ago", "2021/2022", "2021/2022"),
        ("in the past two years", "2021/2023", "2021/2023"),
        ("over the next decade", "2023/2033", "2023/2033"),
        ("last summer", "2022-06/2022-08", "2022-06/2022-08"),
        ("from March 3 to March 7", "2023-03-03/2023-03-07", "2024-03-03/2024-03-07"),
        ("at the end of the year", "2023", "2023"),
    ],
)
def test_counted_from_a_day(text: str, past: str, future: str) -> None:
    assert value(text).value == past
    assert value(text, tense="future").value == future
    assert value(text).basis == "relative"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on Tuesday", "2023-03"), ("yesterday", "2023-03"), ("in August", "2022-08"), ("in March", "2023-03"),
     ("on March 10", "2023-03-10"), ("last month", "2023-02"), ("last year", "2022"), ("two years ago", "2021")],
)  # fmt: skip
def test_counted_from_a_month(text: str, expected: str) -> None:
    assert value(text, MONTH).value == expected


def test_counted_from_a_year() -> None:
    assert value("on Tuesday", YEAR).value == "2023"
    assert value("last year", YEAR).value == "2022"
    august = value("in August", YEAR)
    assert (august.value, august.low, august.high) == (None, "2022-08-01", "2023-08-31")


@pytest.mark.parametrize("text", ["on Tuesday", "in August", "last year", "a day earlier", "since then", "that year"])
def test_unknown_stays_unknown(text: str) -> None:
    found = value(text, UNKNOWN_DATE)
    assert (found.value, found.granularity, found.basis) == (None, None, "none")
    assert found.reasons


def test_a_window_without_a_value_still_answers_where_its_ends_agree() -> None:
    window = DateValue(None, None, "inferred", "2021-09-01", "2022-02-28", ("hints",))
    assert value("in August", window).value == "2021-08"
    assert value("last year", window).value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a day earlier", "2019-08-21"), ("the following day", "2019-08-23"), ("the same day", "2019-08-22"),
     ("that year", "2019"), ("the previous year", "2018"),
     ("two months later", "2019-10"), ("since then", "2019-08-22"),
     ("a week later", "2019-08-26/2019-09-01")],
)  # fmt: skip
def test_counted_from_the_date_told_before(text: str, expected: str) -> None:
    found = value(text, previous=BEFORE)
    assert (found.value, found.basis) == (expected, "relative")


def test_a_day_after_a_vaguer_date_is_no_closer_than_that_date() -> None:
    assert value("a day later", previous=DateValue.of("2019-08", "explicit")).value == "2019-08"
    assert value("that day", previous=DateValue.of("2019", "explicit")).value == "2019"


@pytest.mark.parametrize("text", ["recently", "for three years", "every year", "at 10 a.m.", "years ago", "in 480 BC",
                                  "two days after the summit"])  # fmt: skip
def test_what_names_no_date(text: str) -> None:
    found = value(text)
    assert found.value is None
    assert found.reasons


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("early 2020", "2020-01-01", "2020-04-30"), ("mid-2020", "2020-05-01", "2020-08-31"),
     ("late last year", "2022-09-01", "2022-12-31"), ("the end of 2025", "2025-10-01", "2025-12-31"),
     ("late June 2021", "2021-06-21", "2021-06-30"), ("earlier this year", "2023-01-01", "2023-03-17"),
     ("later this year", "2023-03-17", "2023-12-31")],
)  # fmt: skip
def test_modifiers_narrow_the_bounds(text: str, low: str, high: str) -> None:
    found = value(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "country", "low", "high"),
    [("fiscal 2023", "JPN", "2023-04-01", "2024-03-31"), ("fiscal 2023", "USA", "2022-10-01", "2023-09-30"),
     ("fiscal 2023", None, "2023-01-01", "2023-12-31"), ("fiscal year 2023-24", "IND", "2023-04-01", "2024-03-31"),
     ("financial year 2023/24", "GBR", "2023-04-01", "2024-03-31")],
)  # fmt: skip
def test_fiscal_years(text: str, country: str | None, low: str, high: str) -> None:
    found = value(text, fiscal=country)
    assert (found.value, found.low, found.high) == ("2023", low, high)
    assert any("budget year" in reason for reason in found.reasons)


def test_this_fiscal_year_counts_from_publication() -> None:
    assert value("this fiscal year", fiscal="JPN").value == "2022"
    assert value("next fiscal year", fiscal="USA").value == "2024"


def test_ambiguous_digits_keep_both_days() -> None:
    found = value("on 12/03/2024")
    assert (found.value, found.low, found.high) == (None, "2024-03-12", "2024-12-03")


def test_deadlines_say_so() -> None:
    found = value("by 2027")
    assert found.value == "2027"
    assert any("deadline" in reason for reason in found.reasons)


def test_reasons_quote_the_words_and_the_reference() -> None:
    assert value("on Tuesday").reasons == ("'on Tuesday', the last Tuesday on or before publication on 2023-03-17",)


_TEXTS = st.sampled_from(
    [
        "on Tuesday",
        "last Monday",
        "next Sunday",
        "in August",
        "on April 10",
        "on February 29",
        "last year",
        "next month",
        "two years ago",
        "over 90 years ago",
        "last week",
        "this weekend",
        "from May 3 to June 2",
        "last winter",
        "in the third quarter",
        "Tuesday, February 29",
        "the past two centuries",
        "999 decades ago",
        "that month",
        "yesterday",
        "a century earlier",
        "this fiscal year",
        "between November and February",
    ]
)
_DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@given(_TEXTS, _DAYS, st.sampled_from(["past", "future", "present", None]), st.booleans())
def test_values_are_well_formed_whatever_the_day(text: str, day: dt.date, tense, coarse: bool) -> None:
    reference = DateValue.of(day.isoformat()[:7] if coarse else day.isoformat(), "stated")
    (expression,) = find_times(text)
    found = normalise(expression, reference=reference, tense=tense, previous=reference)
    assert found.reasons
    assert (found.value is None) == (found.granularity is None)
    if found.value is not None:
        whole = DateValue.of(found.value, found.basis)
        if found.basis != "explicit" and expression.form != "fiscal_year":
            assert (whole.low or "") <= (found.low or "") <= (found.high or "") <= (whole.high or "")


@given(st.sampled_from(["on Tuesday", "in August", "on April 10"]), _DAYS)
def test_the_past_is_not_after_publication_and_the_future_not_before(text: str, day: dt.date) -> None:
    reference = DateValue.of(day.isoformat(), "stated")
    assert (value(text, reference).low or "") <= day.isoformat() <= (value(text, reference, "future").high or "")
