"""What the encoder is given can be traced back to the characters of the text, whatever the text is."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_scores import encoded, words

from foedera.language.encoding import _KNOWN, FEATURES, LONGEST_WORD, SLOTS
from foedera.language.gazetteer import gazetteer
from foedera.language.network import network

ODD = [
    "",
    " \n\t ",
    "x",
    ".",
    "JAPAN CRITICISES CHINA OVER ISLANDS",
    "🇯🇵 protested 😡 to 🇨🇳 👩‍👩‍👧.",
    "Токио protested to 北京 – טוקיו and الصين.",
    "Jap\0an \0 met\x07 China\x1b.",
    "\u200b\ufeff\u2060",
    "Zu\u0308rich and Pho\u031b\u0300 and ﬁve Ⅷ ½",
    "a\ud800b \udfff met\ud83d",
    "…“”’‘—‑",
    "U.S.-Japan (1,250.5%) [sic] @x #y http://a.example/b?c=d",
    "ß İ ı ǅ ſ",
]


def check(text, found):
    """Everything that has to hold of any encoded text."""
    count, pieces = len(found.starts), len(found.pieces)
    assert found.features.shape == (pieces, SLOTS)
    assert len(found.first) == len(found.ends) == count
    assert ((found.features >= 0) & (found.features < FEATURES)).all()
    assert ((found.pieces >= 0) & (found.pieces < network().tokenizer.get_vocab_size())).all()
    assert list(found.first[:1]) == ([0] if count else [])
    sizes = np.diff(np.append(found.first, pieces))
    assert ((sizes >= 1) & (sizes <= LONGEST_WORD)).all()
    places = list(zip(found.starts, found.ends, strict=True))
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    assert not any(c in " \n\t" for word in words(text, found) for c in word)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text):
    check(text, encoded(text))


tokens = st.sampled_from(
    [
        "Kenya",
        "South Korea",
        "U.S.",
        "met",
        ".",
        "on Monday",
        "in 2019",
        "北京",
        "😡",
        "\0",
        "e\u0301",
        "-",
        "’s",
        "NATO",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=120), st.lists(tokens, max_size=12).map(" ".join), st.lists(tokens).map("".join)))
def test_any_text(text):
    check(text, encoded(text))


def test_no_character_of_a_word_is_lost():
    text = "Nairobi's envoys met U.S. officials (in Oslo) on 12 May 2019."
    assert words(text, encoded(text)) == [
        "Nairobi", "'", "s", "envoys", "met", "U", ".", "S", ".", "officials", "(", "in", "Oslo", ")", "on", "12",
        "May", "2019", ".",
    ]  # fmt: skip


def test_a_text_without_words_has_no_pieces():
    found = encoded(" \u200b ")
    assert found.pieces.shape == found.first.shape == (0,)
    assert found.word_at(0, 3) is None


def test_a_megabyte_without_a_space_is_one_short_word():
    text = "x" * 2**20 + " y"
    found = encoded(text)
    assert [(a, b) for a, b in zip(found.starts, found.ends, strict=True)] == [(0, 2**20), (2**20 + 1, 2**20 + 2)]
    assert len(found.pieces) <= LONGEST_WORD + 1


def test_a_word_of_many_pieces_keeps_its_characters_and_not_its_pieces():
    text = "qzxj" * 20 + " Kenya"
    whole = network().tokenizer.encode(text, add_special_tokens=False)
    found = encoded(text)
    assert len(whole.ids) > LONGEST_WORD + 1
    assert words(text, found) == text.split()
    assert list(found.pieces) == [*whole.ids[:LONGEST_WORD], whole.ids[-1]]
    check(text, found)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_word_at_gives_the_words_that_share_a_character(data):
    text = "  Kenya's  envoys, on 3 May,\tmet them in Dar-es-Salaam. "
    found = encoded(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    over = [k for k, (a, b) in enumerate(zip(found.starts, found.ends, strict=True)) if a < end and start < b]
    assert found.word_at(start, end) == ((over[0], over[-1] + 1) if over else None)


def test_a_sentence_is_encoded_the_same_wherever_it_stands():
    text = "Rain fell. South Korea met Kenya on Monday. All left."
    start, end = 11, 43
    (inside,) = network().encode(text, [(start, end)])
    alone = encoded(text[start:end])
    assert (inside.pieces == alone.pieces).all()
    assert (inside.features == alone.features).all()
    assert (inside.starts == alone.starts + start).all()
    assert (inside.ends == alone.ends + start).all()


def test_sentences_keep_their_order():
    text = "Peru met Chile. Oslo waited."
    found = network().encode(text, [(0, 15), (16, 28)])
    assert [words(text, e) for e in found] == [["Peru", "met", "Chile", "."], ["Oslo", "waited", "."]]
    assert network().encode(text, []) == []


def shape(text):
    """The first feature of the last word."""
    return int(encoded(text).features[-1, 0])


def test_capitals_are_told_by_features_alone():
    lower, upper = encoded("they told us"), encoded("they told US")
    assert (lower.pieces == upper.pieces).all()
    assert (lower.features != upper.features).any()


def test_shapes_tell_words_apart():
    seen = [
        shape(text)
        for text in ("it saw osei", "it saw Osei", "Osei", "it saw OSEI", "it saw O", "it saw McOsei", "it saw 12",
                     "it saw X12", "NOBODY SAW ANY OSEI", "it saw .")
    ]  # fmt: skip
    assert len(set(seen)) == 9
    assert seen[0] == seen[-1] == 0


def test_a_capital_behind_an_opening_quotation_mark_may_be_that_of_the_sentence():
    assert shape("“Osei") == shape("Osei") != shape("it saw Osei")


def test_tabled_names_are_marked_from_their_first_word_on():
    text = "South Korea met South Koreans beside a table."
    names = encoded(text).features[:, 1]
    first, inside = int(names[0]), int(names[1])
    assert 0 != first != inside != 0
    assert names[2] == names[-2] == 0
    assert (encoded("Peru met Chile").features[[0, 2], 1] == first).all()


def test_times_are_marked_from_their_first_word_on():
    text = "Peru met Chile on 12 May 2019."
    times = list(encoded(text).features[:, 2])
    begins, inside = times[4:6]
    assert times == [0, 0, 0, 0, begins, inside, inside, 0]
    assert 0 != begins != inside != 0


def test_words_of_the_predicate_table_carry_its_type():
    def event(text):
        return list(encoded(text).features[:, 3])

    condemned = event("Peru condemned Chile.")
    assert condemned[0] == condemned[2] == condemned[3] == 0 != condemned[1]
    assert event("Peru criticised Chile.")[1] == condemned[1]
    assert event("Peru bombed Chile.")[1] not in (0, condemned[1])
    assert not any(event("The sky over Lima is grey."))


def known(text):
    """Each word with the letters of what it may name, "" for nothing."""
    found = encoded(text)
    letters = {k: kinds for kinds, k in _KNOWN.items()} | {0: ""}
    return dict(zip(words(text, found), (letters[int(k)] for k in found.features[found.first, 4]), strict=True))


def test_words_that_name_persons_and_places():
    found = known("Rosa García flew from São Paulo to Nairobi.")
    assert "g" in found["Rosa"]
    assert "f" in found["García"]
    assert found["São"] == found["Paulo"] == found["Nairobi"] == "p"
    assert found["flew"] == found["from"] == ""


def test_a_word_in_small_letters_names_nobody():
    assert set(known("rosa flew from nairobi.").values()) == {""}


def test_the_longest_name_of_a_place_counts():
    assert known("York")["York"] != known("New York")["York"]
    assert known("New York")["New"] == "p"


def test_tokens_that_are_known_change_nothing():
    text = "Kenya met Uganda in Oslo on Monday."
    (fresh,) = network().encode(text, [(0, len(text))])
    (given_,) = network().encode(text, [(0, len(text))], [gazetteer().line(text, 0, len(text))])
    assert np.array_equal(fresh.features, given_.features)
    assert fresh.times == given_.times
    assert [text[t.start : t.end] for t in fresh.times] == ["Monday"]
