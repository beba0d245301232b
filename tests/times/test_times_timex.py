"""Values in TimeML's notation."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.model import UNKNOWN_DATE, DateValue
from foedera.times import TIMEX_TYPES, TimeExpression, find_times, normalise, timex_value

DAY = DateValue.of("2023-03-17", "stated")
VALUE = re.compile(
    r"(?:\d{3,4}|\d{4}-\d\d(?:-\d\d)?|\d{4}-W\d\d|\d{4}-Q[1-4]|P(?:\d+|X)(?:D|WE|W|M|Q|Y|DE|CE)"
    r"|(?:\d{4}-\d\d-\d\d)?T\d\d:\d\d|(?:PAST|PRESENT|FUTURE)_REF|)"
)


def value(text: str, reference: DateValue = DAY) -> str:
    (expression,) = find_times(text)
    return timex_value(expression, normalise(expression, reference=reference, tense="past"))


def expression(text="", kind="date", form="day", **parts) -> TimeExpression:
    return TimeExpression(0, len(text), text, kind, form, **parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 12 March 2024", "2024-03-12"),
        ("in June 2019", "2019-06"),
        ("in 2019", "2019"),
        ("the 1990s", "199"),
        ("in the first quarter of 2023", "2023-Q1"),
        ("yesterday", "2023-03-16"),
        ("last year", "2022"),
        ("last week", "2023-W10"),
        ("this week", "2023-W11"),
        ("two weeks ago", "2023-W09"),
        ("on Tuesday", "2023-03-14"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert value(text) == expected


def test_a_week_is_counted_by_its_own_year() -> None:
    assert value("last week", DateValue.of("2021-01-05", "stated")) == "2020-W53"
    assert value("last week", DateValue.of("2025-01-08", "stated")) == "2025-W01"


@pytest.mark.parametrize("text", ["from 1910 to 1945", "spring 2024", "in the nineteenth century"])
def test_stretches_that_are_no_unit_of_the_notation_have_no_value(text: str) -> None:
    assert value(text) == ""


@pytest.mark.parametrize("text", ["on Tuesday", "last week", "yesterday", "that day"])
def test_without_a_day_to_count_from_there_is_no_value(text: str) -> None:
    assert value(text, UNKNOWN_DATE) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for two years", "P2Y"),
        ("for three weeks", "P3W"),
        ("for ten days", "P10D"),
        ("for months", "PXM"),
        ("decades", "PXDE"),
        ("the past two weeks", "P2W"),
    ],
)
def test_durations(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "expected"),
    [
        ("duration", 2, "weekend", "P2WE"),
        ("duration", None, "century", "PXCE"),
        ("duration", 0, "quarter", "P0Q"),
        ("duration", 3, None, ""),
        ("set", None, "year", "P1Y"),
        ("set", 2, "month", "P2M"),
        ("set", None, None, ""),
    ],
)
def test_periods(kind: str, amount: int | None, unit: str | None, expected: str) -> None:
    found = expression("x", kind, kind, amount=amount, unit=unit)
    assert timex_value(found, UNKNOWN_DATE) == timex_value(found, DAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "PRESENT_REF"),
        ("currently", "PRESENT_REF"),
        ("At present", "PRESENT_REF"),
        ("soon", "FUTURE_REF"),
        ("in the future", "FUTURE_REF"),
        ("recently", "PAST_REF"),
        ("knowingly", "PAST_REF"),
    ],
)
def test_vague_words(text: str, expected: str) -> None:
    assert timex_value(expression(text, form="vague"), UNKNOWN_DATE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 a.m.", "T10:00"),
        ("10:30 p.m.", "T22:30"),
        ("12 a.m.", "T00:00"),
        ("12:05 pm", "T12:05"),
        ("15:45", "T15:45"),
        ("5 PM", "T17:00"),
        ("noon", ""),
    ],
)
def test_hours(text: str, expected: str) -> None:
    found = expression(text, "time", "clock")
    assert timex_value(found, UNKNOWN_DATE) == expected
    assert timex_value(found, DAY) == "2023-03-17" + expected


def test_the_day_of_an_hour_is_the_first_of_a_stretch() -> None:
    found = expression("10 a.m.", "time", "clock")
    assert timex_value(found, DateValue.of("2023-03", "stated")) == "2023-03-01T10:00"


def test_every_kind_has_a_type() -> None:
    assert TIMEX_TYPES == {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}


phrases = st.sampled_from([
    "on 12 March 2024", "in June", "the 1990s", "last week", "two weeks ago", "every year", "for decades", "at 3 p.m.",
    "recently", "in Q3 2023", "next weekend", "this century", "fiscal 2023", "44 BC", "the week of 6 March", "in 9999",
    "30 February 2021", "from 1950 to 1953", "the previous day", "on Friday evening", "over the past 3 years",
])  # fmt: skip


@given(st.lists(phrases, max_size=5).map(", ".join), st.dates().map(lambda d: DateValue.of(d.isoformat(), "stated")))
def test_every_value_follows_the_notation(text: str, reference: DateValue) -> None:
    for found in find_times(text):
        written = timex_value(found, normalise(found, reference=reference, tense="past"))
        assert VALUE.fullmatch(written), (found.text, written)
