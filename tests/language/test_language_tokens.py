"""Words and sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.language.gazetteer import gazetteer
from foedera.language.tokens import sentences, tokenize


def split(text):
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


def words(text, splitters=frozenset()):
    return [t.text for t in tokenize(text, splitters=splitters)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kenya met Uganda. They talked.", 2),
        ("Gen. Ahmed Gaid met Dr. Osei in St. Petersburg. They talked.", 2),
        ("The U.S. delegation left Nairobi.", 1),
        ("He flew to the U.S. The visit was short.", 2),
        ("J. P. Morales resigned on Jan. 3 in Lima.", 1),
        ("Exports grew by 3.5 percent. Imports fell.", 2),
        ("Was it a threat? Peru said no! Chile was silent.", 3),
        ("“We agree.” The minister left.", 2),
        ("“Will you sign?” the envoy asked.", 1),
        ("The talks failed… Nobody was surprised.", 2),
        ("Oslo (see No. 4) was quiet.", 1),
        ("Firms such as Acme Inc. left the country.", 1),
        ("", 0),
        ("   \n ", 0),
        ("no stop at the end", 1),
    ],
)
def test_where_sentences_end(text, count):
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S. and the U.N.", ["the", "U.S.", "and", "the", "U.N."]),
        ("Peru’s army, Chile's navy", ["Peru", "’s", "army", ",", "Chile", "'s", "navy"]),
        ("ministers' talks", ["ministers", "'", "talks"]),
        ("Jean-Pierre didn't go", ["Jean-Pierre", "didn't", "go"]),
        ("1,250.5 million", ["1,250.5", "million"]),
        ("Gen. Osei", ["Gen.", "Osei"]),
        ("“Yes,” she said.", ["“", "Yes", ",", "”", "she", "said", "."]),
        ("COVID-19 rules", ["COVID-19", "rules"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_a_hyphen_parts_names_of_states_and_not_those_of_people():
    assert words("Norway-Sweden border", gazetteer().splitters) == ["Norway", "-", "Sweden", "border"]
    assert words("Jean-Pierre", gazetteer().splitters) == ["Jean-Pierre"]


@given(st.text(max_size=200))
def test_tokens_slice_back_and_leave_out_white_space_alone(text):
    tokens = tokenize(text, splitters=gazetteer().splitters)
    assert all(text[t.start : t.end] == t.text != "" for t in tokens)
    assert all(t.lower == t.text.lower() for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    kept = "".join(t.text for t in tokens)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


prose = st.lists(
    st.sampled_from(
        ["Kenya", "U.S.", "met", ".", "!", "?”", "“No", "Gen.", " ", "  ", "\n", "…", ")", "p.m.", "é", "3.5"]
    )
)


@given(st.one_of(st.text(max_size=200), prose.map(" ".join), prose.map("".join)), st.integers(0, 20))
def test_sentences_are_ordered_inside_and_lose_nothing(text, start):
    start = min(start, len(text))
    found = list(sentences(text, start, len(text)))
    assert all(start <= a < b <= len(text) for a, b in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(text[a:b] == text[a:b].strip() for a, b in found)
    inside = "".join(text[a:b] for a, b in found)
    assert "".join(inside.split()) == "".join(text[start:].split())
