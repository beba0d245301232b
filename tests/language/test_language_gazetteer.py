"""Names in tokens."""

import pytest

from foedera.language.gazetteer import gazetteer
from foedera.language.tokens import tokenize


def at(text, i=0):
    return gazetteer().at(tokenize(text, splitters=gazetteer().splitters), i)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Kenya", "state", "KEN"),
        ("Peruvian exports", "adjective", "PER"),
        ("Nairobi said", "capital", "KEN"),
        ("African Union troops", "organisation", "AU"),
        ("Saudi officials", "adjective", "SAU"),
        ("Somali ships", "adjective", "SOM"),
    ],
)
def test_kinds_and_codes(text, kind, code):
    entry = at(text).entry
    assert (entry.kind, entry.codes[0], entry.ambiguous) == (kind, code, False)


def test_the_longest_name_wins():
    assert at("South Sudan and Chad").entry.codes == ("SSD",)
    assert at("Guinea-Bissau").entry.codes == ("GNB",)
    assert at("Guinea").entry.codes[0] == "GIN"
    match = at("Papua New Guinea signed")
    assert (match.first, match.last, match.entry.codes) == (0, 3, ("PNG",))


def test_offices_match_in_any_case_and_in_the_plural():
    assert at("Foreign Minister Osei").entry.kind == "office"
    assert at("foreign ministers met").entry.kind == "office"


def test_names_match_only_as_they_are_written():
    assert at("turkey with rice") is None
    assert at("chile pepper") is None


def test_plain_words_match_nothing():
    assert at("water flows") is None


def test_a_form_of_two_states_is_doubtful():
    entry = at("Congolese troops").entry
    assert entry.ambiguous
    assert set(entry.codes) == {"COD", "COG"}
