"""The inference of publication dates: what each kind of hint does, and what must always hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publication_tables import EVENTS, HOLDERS

from foedera.articles.publication import infer_publication
from foedera.model import UNKNOWN_DATE, Block, DateValue, bounds
from foedera.model.errors import KnowledgeError

LATEST = dt.date(2026, 6, 30)


def infer(text: str, blocks: tuple[Block, ...] = (), latest: dt.date = LATEST, **tables) -> DateValue:
    return infer_publication(text, blocks, latest=latest, **{"events": EVENTS, "holders": HOLDERS, **tables})


def parts(*lines: tuple[str, str]) -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for kind, line in lines:
        blocks.append(Block(kind, len(text), len(text) + len(line), "test"))
        text += line + "\n"
    return text, tuple(blocks)


def test_nothing_told_is_unknown() -> None:
    assert infer("") == UNKNOWN_DATE
    assert infer("The ministers met and agreed to meet again.") == UNKNOWN_DATE


def test_a_past_year_is_a_lower_bound() -> None:
    found = infer("The two states signed the treaty in 2019 and it was ratified in 2020.")
    assert (found.low or "") >= "2020"
    assert (found.high or "") < "2026-06-30"
    assert any("2020" in reason for reason in found.reasons)


def test_a_coming_year_is_an_upper_bound() -> None:
    found = infer("The two states signed the treaty in 2019. They will open a joint base in 2021.")
    assert "2019" <= (found.low or "") <= (found.high or "") < "2022"


def test_a_deadline_lies_further_ahead_than_an_event() -> None:
    event = infer("The pact was signed in 2014. The ministry will buy jets in 2020.")
    deadline = infer("The pact was signed in 2014. The ministry will buy jets by 2020.")
    assert (deadline.low or "") <= (event.low or "")


def test_a_day_in_the_lead_gives_the_month() -> None:
    found = infer("The envoys met in Oslo on 12 March 2018 and agreed on a truce.")
    assert found.value == "2018-03"
    assert found.basis == "inferred"


def test_two_months_without_a_year_close_in_on_the_months_between() -> None:
    found = infer("In March 2018 they met. The truce was signed in September. A state visit will follow in December.")
    assert "2018-03" <= (found.low or "") <= (found.high or "") < "2021"


def test_a_weekday_picks_the_year() -> None:
    found = infer("The pact, signed in 2020, lapsed. The envoys met on Tuesday, March 14, in Oslo.")
    assert (found.value or "").startswith("2023-03")


def test_holders_bound_from_both_sides() -> None:
    now = infer("President Moon met the envoy.")
    assert "2017-04" < (now.low or "") < (now.high or "") < "2022-07"
    later = infer("Former President Moon Jae-in met President Yoon Suk Yeol.")
    assert (later.low or "") > "2022-05"
    assert (later.high or "") < "2025-06"
    assert any("out of office" in reason for reason in later.reasons)


def test_a_name_under_another_title_is_not_taken_for_the_holder() -> None:
    assert infer("Vice President Biden met the envoy.") == UNKNOWN_DATE


def test_an_event_is_followed_by_news_about_it() -> None:
    found = infer("Leaders of the Group of Seven met in Hiroshima.")
    assert (found.low, (found.high or "") < "2024") == ("2023-05-19", True)
    assert any("Hiroshima" in reason for reason in found.reasons)


def test_an_event_told_with_its_year_is_background() -> None:
    fresh = infer("Crimea held a referendum.")
    old = infer("In 2014 Crimea held a referendum.")
    assert (old.high or "9") > (fresh.high or "")


def test_the_distance_from_an_event_is_added() -> None:
    found = infer("Over a year ago, Russia began its invasion of Ukraine.")
    assert "2022-11" <= (found.low or "") <= (found.high or "") < "2024"
    found = infer("Kyiv marked the second anniversary of the Russian invasion of Ukraine.")
    assert "2024-01" < (found.low or "") <= "2024-02-24" <= (found.high or "") < "2024-04"


def test_budget_plans_come_before_the_budget_year() -> None:
    found = infer("Japan plans to spend 6.8 trillion yen on defence in fiscal 2023.")
    assert "2022-03" <= (found.low or "") <= (found.high or "") < "2024-04"


def test_a_page_load_day_is_an_upper_bound_and_never_the_date() -> None:
    text, blocks = parts(("furniture", "Saturday, May 18"), ("paragraph", "They signed the pact in 2017."))
    found = infer(text, blocks, latest=dt.date(2020, 1, 1))
    assert (found.high or "") <= "2019-05-18"
    assert found.value != "2019-05-18"
    alone = infer(*parts(("furniture", "Saturday, May 18"), ("paragraph", "They signed the pact.")))
    assert alone.value is None


def test_a_copyright_year_is_an_upper_bound() -> None:
    text, blocks = parts(("paragraph", "The pact was signed in 2015."), ("furniture", "© 2010-2016 Example Media"))
    assert (infer(text, blocks).high or "") <= "2016-12-31"


def test_a_caption_is_a_lower_bound() -> None:
    text, blocks = parts(("caption", "The two ministers shake hands in 2018."), ("paragraph", "President Trump spoke."))
    assert (infer(text, blocks).low or "") >= "2018"


def test_other_furniture_is_not_read() -> None:
    text, blocks = parts(("furniture", "Most read: what happened in 2024"), ("paragraph", "They met and left."))
    assert infer(text, blocks) == UNKNOWN_DATE


@pytest.mark.parametrize("bad", ["2019-13-01", "soon"])
def test_a_malformed_table_is_reported(bad: str) -> None:
    row = {**EVENTS[0], "start": bad}
    with pytest.raises(KnowledgeError, match=bad):
        infer("Nothing.", events=(row,))


_SENTENCES = st.sampled_from(
    [
        "President Biden met President Yoon in Seoul.",
        "Former President Trump spoke.",
        "The talks were held on April 10.",
        "A state visit will take place in April.",
        "The pact was signed in November 2016 and renewed in 2017.",
        "They plan to finish by 2027.",
        "The 2022 summit was the first since 1998.",
        "Russia's invasion of Ukraine changed everything over a year ago.",
        "The decision came on Tuesday, March 14.",
        "On 3 June 2021 the parliament voted.",
        "Japan plans record spending in fiscal 2024.",
        "Exports fell last year, and in December they rose.",
        "Prime Minister Abe resigned in August.",
        "The exercise will start on 3 May 2025.",
        "Crimea was annexed in 2014.",
    ]
)
_TEXTS = st.lists(_SENTENCES, max_size=6).map(" ".join)
_LATEST = st.dates(dt.date(1985, 1, 1), dt.date(2030, 12, 31))


@given(_TEXTS, _LATEST)
@settings(deadline=None, max_examples=60)
def test_what_always_holds(text: str, latest: dt.date) -> None:
    found = infer(text, latest=latest)
    assert found == infer(text, latest=latest)
    if found == UNKNOWN_DATE:
        return
    assert found.basis == "inferred"
    assert found.reasons
    assert (found.low or "") <= (found.high or "") <= latest.isoformat()
    if found.value is not None:
        _, first, last = bounds(found.value)
        assert (found.low or "") <= last.isoformat()
        assert first.isoformat() <= (found.high or "")
        if found.granularity != "year":
            assert (found.low or "") <= first.isoformat()
            assert min(last, latest).isoformat() <= (found.high or "")


@given(_TEXTS, st.integers(1991, 2020), st.integers(1, 6))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_a_later_past_year_never_moves_the_window_earlier(text: str, year: int, more: int) -> None:
    told = f"{text} The two sides signed a protocol in {max(year, 2017)}."
    before = infer(told)
    after = infer(f"{told} They signed another in {max(year, 2017) + more}.")
    if before.first and before.last and after.first and after.last:
        # The shortest stretch may change its shape, and bounds are rounded out to a month: two months of slack.
        slack = dt.timedelta(days=62)
        assert after.first >= before.first - slack or after.last >= before.last - slack


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read(text: str) -> None:
    found = infer(text)
    assert found.value is None or found.reasons
