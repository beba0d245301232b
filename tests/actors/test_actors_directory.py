"""The dated directory."""

import datetime as dt

import pytest

from foedera.actors import directory


def kinds(phrase):
    return [h.kind for h in directory().scan(phrase)[1]]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Kenya", ["state"]),
        ("the Kenyan foreign minister", ["adjective", "office"]),
        ("Papua New Guinea", ["state"]),
        ("Guinea-Bissau", ["state"]),
        ("nothing at all", []),
    ],
)
def test_the_longest_hits_from_left_to_right(phrase, expected):
    assert kinds(phrase) == expected


def test_hits_cover_their_words():
    words, hits = directory().scan("the South Sudanese army in Papua New Guinea")
    assert [" ".join(words[h.first : h.last]) for h in hits] == ["South Sudanese", "army", "Papua New Guinea"]


def test_listings_of_a_name():
    (listing,) = [x for x in directory().named("Uhuru Kenyatta") if x.kind == "person"]
    assert (listing.code, listing.name, listing.ambiguous) == ("KEN", "Uhuru Kenyatta", False)
    assert listing.start <= dt.date(2015, 1, 1) <= listing.end < dt.date(2024, 1, 1)
    assert directory().named("no such name") == ()


def test_a_surname_is_marked_as_ambiguous():
    assert all(x.ambiguous for x in directory().named("Kenyatta") if x.kind == "person")


def test_an_open_end_reaches_beyond_every_report():
    (state,) = [x for x in directory().named("Kenya") if x.kind == "state"]
    assert state.end.year == 9000


def test_names_keep_their_case_and_offices_do_not():
    assert directory().named("kenya") == ()
    assert directory().named("Foreign Minister") == directory().named("foreign minister") != ()


def test_one_directory_serves_all():
    assert directory() is directory()
