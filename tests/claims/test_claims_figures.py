"""Amounts: value, currency, owner, period, comparison."""

import pytest
from claims_reading import of_kind, only


@pytest.mark.parametrize(
    ("text", "value", "currency", "country", "measure"),
    [
        ("Trade between Kenya and Tanzania reached 1.2 billion dollars in 2023.", 1.2e9, "USD", "KEN", "trade volume"),
        ("Norway's exports to Poland rose to €3.4 billion in 2022.", 3.4e9, "EUR", "NOR", "exports"),
        ("Sweden raised its defence spending to £4.5bn.", 4.5e9, "GBP", "SWE", "defense budget"),
        ("Brazilian companies invested 300 million dollars in Paraguay.", 3e8, "USD", "BRA", "investment"),
        ("Namibia bought a ferry for 90 million euros.", 9e7, "EUR", "NAM", "amount of money"),
        ("Japan's defence budget grew to about 7.9 trillion yen.", 7.9e12, "JPY", "JPN", "defense budget"),
        ("The United States gave Ukraine $40m in military aid.", 4e7, "USD", "USA", "military aid"),
    ],
)
def test_money(text, value, currency, country, measure):
    found = only("figures", text)
    assert found.value == pytest.approx(value)
    assert (found.currency, found.unit) == (currency, currency)
    assert (found.country, found.measure) == (country, measure)


def test_counted_things_have_a_unit_and_no_currency():
    found = only("figures", "Egypt has about 440,000 troops.")
    assert (found.value, found.unit, found.currency, found.country) == (440_000, "troops", None, "EGY")
    assert found.approximate


def test_a_number_without_an_approximation_is_exact():
    assert not only("figures", "Egypt has 440,000 troops.").approximate


def test_a_comparison_keeps_both_amounts_with_their_years():
    text = "Japan's defence budget grew to about 7.9 trillion yen this year, up from 6.8 trillion yen in 2023."
    new, old = of_kind("figures", text)
    assert new.compared_with == "6.8 trillion yen"
    assert old.compared_with is None
    assert (new.period, old.period) == ("2024", "2023")
    assert (new.approximate, old.approximate) == (True, False)


def test_amounts_of_nobody_are_left_out():
    assert of_kind("figures", "The repair cost 90 million euros.") == []


def test_years_and_plain_counts_are_no_figures():
    assert of_kind("figures", "Kenya and Uganda met three times in 2019.") == []


def test_the_focus_is_the_amount():
    text = "Sweden raised its defence spending to £4.5bn."
    found = only("figures", text)
    assert text[slice(*found.focus)] == "£4.5bn"
