"""Amounts in a sentence."""

import pytest
from language_reading import syntax, words

from foedera.language.quantities import amounts


def only(text):
    found = amounts(text, syntax(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Peru paid $3 million.", 3e6, "USD"),
        ("Peru paid 3 million dollars.", 3e6, "USD"),
        ("Peru paid $2.5bn.", 2.5e9, "USD"),
        ("Peru paid 1,250 euros.", 1250, "EUR"),
        ("Peru paid €40m.", 4e7, "EUR"),
        ("Peru paid 6 trillion yen.", 6e12, "JPY"),
        ("Peru sent twelve tanks.", 12, "tanks"),
        ("Exports of Peru fell by 3.5 percent.", 3.5, "percent"),
    ],
)
def test_values_and_units(text, value, unit):
    found = only(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit
    assert found.currency == (unit if unit.isupper() else None)
    assert text[found.start : found.end]


@pytest.mark.parametrize("word", ["about", "nearly", "more than", "at least", "up to", "some"])
def test_approximations(word):
    assert only(f"Peru paid {word} 3 million dollars.").approximate
    assert not only("Peru paid 3 million dollars.").approximate


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Peru paid 3 million dollars.", "Peru"),
        ("Norway's exports to Poland rose to €3.4 billion.", "Norway"),
        ("Danish exports to Poland rose to €3.4 billion.", "Danish"),
        ("Trade between Kenya and Tanzania reached 2 billion dollars.", "Kenya"),
        ("The loan to Chad was 2 billion dollars.", "Chad"),
    ],
)
def test_owners(text, owner):
    found = syntax(text)
    (amount,) = amounts(text, found)
    assert words(found, amount.owner) == owner


def test_nobody_owns_what_is_nobodys():
    assert only("The bridge cost 3 million dollars.").owner is None


def test_years_and_pages_are_no_amounts():
    text = "In 2019 Peru read page 3."
    assert amounts(text, syntax(text)) == []
