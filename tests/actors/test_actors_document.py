"""Mentions of one article."""

import datetime as dt

import pytest

from foedera.actors import DocumentActors
from foedera.language import default_reader
from foedera.model import Article, Block, DateValue


def actors(text, title=None, published="2024-05-15"):
    """Each mention as written with the codes that it stands for."""
    whole = f"{title}\n{text}" if title else text
    start = len(title) + 1 if title else 0
    blocks = ((Block("title", 0, start - 1, "given"),) if title else ()) + (
        Block("paragraph", start, len(whole), "given"),
    )
    article = Article(
        "art_x", "pag_x", "x.txt", whole, blocks, title=title, published=DateValue.of(published, "stated", "x")
    )
    reading = default_reader().read(article)
    found = DocumentActors(article, reading)
    return found, [(found.text(k), found.codes(k)) for k in range(len(reading.mentions))]


def code_of(text, mention, **kwargs):
    _, found = actors(text, **kwargs)
    return next(codes for words, codes in reversed(found) if words == mention)


@pytest.mark.parametrize(
    ("text", "mention", "codes"),
    [
        ("Kenya met Peru. The two countries agreed.", "The two countries", ("KEN", "PER")),
        ("Kenya, Peru and Chad met. The three countries agreed.", "The three countries", ("KEN", "PER", "TCD")),
        ("It rained. The two countries agreed.", "The two countries", ()),
        ("Kenya, Peru and Chad met. The two countries agreed.", "The two countries", ()),
        ("President William Ruto left. He agreed.", "He", ("KEN",)),
        ("Kenya and Peru met. They agreed.", "They", ("KEN", "PER")),
        ("Kenya objected. Its army attacked Mali.", "Its army", ("KEN",)),
        ("Ambassador Joao Silva, Portugal's envoy to Angola, left.", "Ambassador Joao Silva", ("PRT",)),
        ("Maria Lopez, a professor at the University of Chile, left. Then Lopez came back.", "Lopez", ("CHL",)),
        ("The ministry objected.", "The ministry", ()),
    ],
)
def test_who_is_meant(text, mention, codes):
    assert code_of(text, mention) == codes


def test_a_title_names_the_two_countries():
    text = "The two countries will share water."
    assert code_of(text, "The two countries", title="Kenya and Uganda sign pact") == ("KEN", "UGA")


def test_what_stands_in_a_title_comes_first_as_its_codes():
    found, _ = actors("It rained.", title="Kenya and Uganda sign pact")
    assert found.title_codes == ("KEN", "UGA")
    assert found.titled(frozenset({"KEN"})) == ("UGA",)


def test_an_office_holder_is_taken_as_of_the_day():
    found, mentions = actors("Angela Merkel visited Poland.")
    k = [m for m, _ in mentions].index("Angela Merkel")
    assert found.actors(k)[0].sector == "ELI"
    assert found.actors(k, dt.date(2015, 3, 1))[0].sector == "GOV"


def test_a_set_is_less_certain_than_a_name():
    found, mentions = actors("Kenya met Peru. The two countries agreed.")
    words = [m for m, _ in mentions]
    named, several = found.actors(words.index("Kenya")), found.actors(words.index("The two countries"))
    assert len(several) == 2
    assert max(a.confidence for a in several) < named[0].confidence
    assert {a.basis for a in several} == {"context"}


def test_in_play_are_the_latest_two():
    found, mentions = actors("Kenya met Peru. Chad met Mali. The two countries agreed.")
    k = [m for m, _ in mentions].index("The two countries")
    assert found.in_play(k) == ("TCD", "MLI")
    assert found.in_play(k, 1, frozenset({"TCD"})) == ("MLI",)
    assert found.in_play(0) == ()
